"""`/surat-keluar`: what went out, what waits, what failed and why; in the demo also what a letter says."""

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, abort, current_app, flash, redirect, request, url_for
from flask_login import current_user

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
from app.web.forms import Form
from app.web.fragments import answer, page
from app.web.lists import PAGE, arg, here_with, int_arg, slice_of

bp = Blueprint("notify", __name__)
CONFLICT = 409

tallies.offer("unopened", lambda seat: unopened_by_opd(policy.visible_letters(seat)))
tallies.offer("letters", lambda seat: queries.troubled(policy.visible_letters(seat)))


@bp.get("/surat-keluar")
@allow(Role.DISKOMINFO)
def letters():
    chosen = arg("keadaan", allowed=list(LetterState))
    wanted = _mine()
    if chosen:
        wanted = wanted.where(Letter.state == chosen)
    if before := int_arg("sebelum"):
        wanted = wanted.where(Letter.id < before)
    rows = db.session.execute(queries.listed(wanted).limit(PAGE + 1)).all()
    found = slice_of(rows, lambda row: str(row.id))
    after = here_with(sebelum=found.next) if found.next else None
    troubled = queries.troubled(_mine())
    told = {"failed": troubled[LetterState.FAILED], "stuck": troubled[LetterState.WAITING], "held": queries.held_back()}
    return page("notify/letters.html", letters=found.rows, chosen=chosen, after=after, **told, **_kit())


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
    return page("notify/calls.html", status, rows=rows, refused=refused, sent=form, fresh=fresh, kinds=KIND_LABELS)


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
