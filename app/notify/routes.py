"""`/surat-keluar`: what went out, what waits, what failed and why; in the demo also what a letter says."""

from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Blueprint, abort, current_app, flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock
from app.core.refused import Refused
from app.extensions import db
from app.notify import actions, mail, policy, queries
from app.notify.calls import unopened_by_opd, whom_to_call
from app.notify.forms import CallForm
from app.notify.models import Letter, LetterState
from app.notify.reading import parts_of
from app.notify.rules import KIND_LABELS
from app.people.models import Seat
from app.people.rules import Role
from app.web import nonce, tallies
from app.web.access import allow
from app.web.downloads import MOST_IN_CSV, TABLE_FORMS, send_table
from app.web.forms import Form
from app.web.fragments import answer, page
from app.web.lists import PAGE, arg, here_with, int_arg, list_with, slice_of

bp = Blueprint("notify", __name__)
CONFLICT = 409
SENT = (
    *("Surat", "Kepada", "Email", "Peran", "OPD", "Diminta oleh", "Tiket", "Judul", "Keadaan", "Ditulis", "Terkirim"),
    "Kendala",
)
TO_CALL = ("Nama", "Peran", "OPD", "Telepon", "Tiket", "Judul", "Surat", "Dikirim", "Tenggat")

tallies.offer("unopened", lambda seat: unopened_by_opd(policy.visible_letters(seat)))
tallies.offer("letters", lambda seat: queries.troubled(policy.visible_letters(seat)))


@bp.get("/surat-keluar")
@allow(Role.DISKOMINFO)
def letters():
    chosen = arg("keadaan", allowed=list(LetterState))
    wanted = _chosen(chosen)
    if before := int_arg("sebelum"):
        wanted = wanted.where(Letter.id < before)
    rows = db.session.execute(queries.listed(wanted).limit(PAGE + 1)).all()
    found = slice_of(rows, lambda row: str(row.id))
    after = here_with(sebelum=found.next) if found.next else None
    troubled = queries.troubled(_mine())
    told = {"failed": troubled[LetterState.FAILED], "stuck": troubled[LetterState.WAITING], "held": queries.held_back()}
    told |= {"chosen": chosen, "export": lambda form: list_with(url_for("notify.export_letters", form=form))}
    return page("notify/letters.html", letters=found.rows, after=after, **told, **_kit())


def _chosen(state: str):
    return _mine().where(Letter.state == state) if state else _mine()


@bp.get(f"/surat-keluar/unduh.<{TABLE_FORMS}:form>")
@allow(Role.DISKOMINFO)
def export_letters(form):
    listed = queries.listed(_chosen(arg("keadaan", allowed=list(LetterState)))).limit(MOST_IN_CSV + 1)
    return send_table(form, f"surat-keluar-{clock.today():%Y%m%d}", SENT, _sent(listed))


def _sent(listed) -> Iterator[tuple]:
    """Asked while it is sent, as every list that leaves."""
    yield from map(_letter_line, db.session.execute(listed.execution_options(yield_per=500)))


def _letter_line(row) -> tuple:
    title = "" if row.restricted or not row.ticket_id else row.safe_title if row.sensitive else row.title
    ticket = f"{row.ticket_id:04d}" if row.ticket_id else ""
    when = map(clock.for_table, (row.created_at, row.sent_at))
    who = (row.name, row.email, row.role.label if row.role else "", row.short or "", row.asked_by)
    return (KIND_LABELS[row.kind], *who, ticket, title, row.state.label, *when, row.trouble)


@bp.get(f"/panggilan/unduh.<{TABLE_FORMS}:form>")
@allow(Role.DISKOMINFO)
def export_calls(form):
    return send_table(form, f"panggilan-{clock.today():%Y%m%d}", TO_CALL, _to_call(_mine()))


def _to_call(letters) -> Iterator[tuple]:
    yield from map(_call_line, whom_to_call(letters))


def _call_line(row) -> tuple:
    who, when = (row.name, row.role.label, row.short, row.phone), map(clock.for_table, (row.sent_at, row.due_at))
    return (*who, f"{row.ticket_id:04d}", row.shown_title, KIND_LABELS[row.kind], *when)


@bp.get("/surat-keluar/<int:letter_id>")
@allow(Role.DISKOMINFO)
def read(letter_id: int):
    """Only in the demo: outside it nobody but the receiver may hold a letter's link."""
    folder = _folder() or abort(404)
    letter = policy.openable_letter(letter_id, current_user.seat)
    subject, html, text = parts_of(folder / letter.file_name) if letter.file_name else abort(404)
    return page("notify/letter.html", letter=letter, subject=subject, html=html, text=text)


@bp.post("/surat-keluar/<int:letter_id>/coba-lagi")
@allow(Role.DISKOMINFO)
def send_again(letter_id: int):
    return _decide(letter_id, actions.send_again)


@bp.post("/surat-keluar/<int:letter_id>/buang")
@allow(Role.DISKOMINFO)
def discard(letter_id: int):
    return _decide(letter_id, actions.discard)


@bp.post("/surat-keluar/lepaskan")
@allow(Role.DISKOMINFO, admin=True)
def release():
    if nonce.first_use(request.form.get("nonce", "")):
        actions.release(current_user.seat)
    db.session.commit()
    return redirect(url_for("notify.letters"), 303)


@bp.get("/panggilan")
@allow(Role.DISKOMINFO)
def calls():
    """Whom to telephone: letters whose link nothing has opened, of requests that still wait for that OPD."""
    return _calls()


@bp.post("/panggilan/<int:letter_id>")
@allow(Role.DISKOMINFO)
def called(letter_id: int):
    letter = policy.letter_to_call_about(letter_id, current_user.seat)
    form = CallForm()
    try:
        if nonce.first_use(form.nonce.data):
            actions.note_call(letter, current_user.seat, form.note.data or "")
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _calls(letter_id, form, 422)
    name = letter.person.name
    db.session.commit()
    flash(f"Telepon ke {name} dicatat di riwayat tiketnya.")
    return redirect(url_for("notify.calls"), 303)


def _calls(refused: int | None = None, form: CallForm | None = None, status: int = 200):
    rows = whom_to_call(_mine())
    fresh = CallForm(formdata=None)
    told = {"kinds": KIND_LABELS, "export": lambda form: url_for("notify.export_calls", form=form)}
    return page("notify/calls.html", status, rows=rows, refused=refused, sent=form, fresh=fresh, **told)


def _decide(letter_id: int, act: Callable[[Letter, Seat], bool]):
    """Do it once; a repeat of the same form shows the first result, a late one what has happened meanwhile."""
    letter = policy.visible_letter(letter_id, current_user.seat)
    repeated = not nonce.first_use(request.form.get("nonce", ""))
    in_time = repeated or act(letter, current_user.seat)
    db.session.commit()
    row = db.session.execute(queries.listed(_mine()).where(Letter.id == letter_id)).one()
    status = 200 if in_time else CONFLICT
    return answer("notify/_letter.html", "letter", to=url_for("notify.letters"), status=status, letter=row, **_kit())


def _mine():
    return policy.visible_letters(current_user.seat)


def _kit() -> dict:
    return {"fresh_form": lambda: Form(formdata=None), "readable": _folder() is not None, "kinds": KIND_LABELS}


def _folder() -> Path | None:
    """Where letters lie that the demo may show."""
    outbox = mail.transport(current_app.config["MAIL_URL"])
    return outbox.folder if current_app.config["DEMO"] and isinstance(outbox, mail.FiledMail) else None
