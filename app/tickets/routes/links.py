"""The page of a personal link: GET shows, a summary asks, POST acts. No cookie, no script, no session (guard.md 7)."""

from flask import abort, current_app, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError

from app.core.db import held
from app.extensions import db, writing
from app.people import actions as people
from app.people.models import PersonalLink
from app.people.queries import find_link
from app.tickets import actions, policy
from app.tickets.actions import Refused
from app.tickets.forms import FORMS, MovedForm
from app.tickets.models import Ticket
from app.tickets.routes import bp, tasklinks
from app.tickets.routes.changes import carry_out, compile_answer
from app.tickets.routes.conflicts import conflict_of
from app.tickets.routes.fieldlink import open_page
from app.tickets.routes.files import send_evidence
from app.tickets.routes.heads import head_page
from app.tickets.routes.linkview import DONE, LinkView
from app.tickets.routes.quiet import ended, quiet
from app.tickets.routes.writing import forget_sent, insert_module, keep_sent, keep_typed
from app.web import nonce
from app.web.access import by_link
from app.web.forms import Form

BLOCKS = "any(status,catatan,berkas)"
PURPOSE = "ticket"


@bp.get("/t/<token>")
@by_link
def personal(token):
    if tasklinks.is_task(token):
        return tasklinks.show(token, _note_opened)
    asked = actions.find_head_request(token) if find_link(token, PURPOSE) is None else None
    if asked:
        return head_page(token, *asked)
    if field := open_page(token):
        return field
    link, ticket = _open(token)
    if link.opened_at is None and request.method == "GET":
        _note_opened(link)
        link, ticket = _open(token)
    return _page("link/show.html", LinkView(ticket, link, token))


def _note_opened(link: PersonalLink) -> None:
    """That the page was fetched, once, in a short transaction of its own; a busy database is not worth an error."""
    try:
        with writing():
            people.note_opened(link)
    except OperationalError:
        db.session.rollback()


@bp.get("/t/<token>/<path:name>")
@by_link
def personal_elsewhere(token, name):
    """Addresses that only take forms lead back to the page."""
    if tasklinks.is_task(token):
        return tasklinks.elsewhere(token)
    if not open_page(token):
        _open(token)
    return redirect(url_for("tickets.personal", token=token), 303)


@bp.get("/t/<token>/berkas/<int:evidence_id>")
@by_link
def personal_evidence(token, evidence_id):
    """A file of the own OPD; of a sensitive matter none."""
    if tasklinks.is_task(token):
        return tasklinks.evidence(token, evidence_id)
    link, ticket = _open(token)
    if ticket.sensitive:
        ended()
    return quiet(send_evidence(evidence_id, link.seat, ticket.id))


@bp.post("/t/<token>/periksa")
@by_link
def personal_check(token):
    """The summary before a move acts: it is tried and undone, so that only what would hold is asked to be confirmed."""
    if tasklinks.is_task(token):
        return tasklinks.check(token)
    link, ticket = _open(token)
    form = FORMS["status"](of=ticket, personal=True)
    if "insert" in request.form:
        return _inserted(token, "status", form)
    if form.is_stale(ticket):
        return _stale(token, "status", form)
    try:
        actions.move(ticket, form.move.data or "", link.seat, form.values())
    except Refused as refused:
        return _refused(token, "status", form, refused.errors)
    link, ticket = _keep_what_was_typed(token, "status", form)
    return _page("link/check.html", _view(ticket, link, token, "status", form))


@bp.post("/t/<token>/naskah")
@by_link
def personal_draft(token):
    """«Simpan naskah»: what was typed waits for this seat; nothing is sent."""
    link, ticket = _open(token)
    keep_sent(ticket, link.seat, not ticket.sensitive)
    return quiet(redirect(url_for("tickets.personal", token=token, kabar="naskah"), 303))


@bp.post("/t/<token>/perbaiki")
@by_link
def personal_mend(token):
    """«Kembali memperbaiki»: the page again with what was typed."""
    if tasklinks.is_task(token):
        return tasklinks.mend(token)
    link, ticket = _open(token)
    form = FORMS["status"](of=ticket, personal=True)
    view = _view(ticket, link, token, "status", form)
    if request.form.get("salin"):
        compile_answer(form, view.paragraphs)
    return _page("link/show.html", view)


@bp.post(f"/t/<token>/<{BLOCKS}:block>")
@by_link
def personal_change(token, block):
    """A form of the contract. A repeat acts no second time and is led to the page like the first."""
    if tasklinks.is_task(token):
        return tasklinks.change(token, block)
    link, ticket = _open(token, lock=True)
    form = FORMS[block](of=ticket, personal=True)
    if "insert" in request.form:
        return _inserted(token, block, form)
    if nonce.first_use(form.nonce.data):
        if form.is_stale(ticket):
            return _stale(token, block, form)
        try:
            carry_out(block, ticket, link.seat, form)
        except Refused as refused:
            return _refused(token, block, form, refused.errors)
        forget_sent(block, ticket, link.seat)
        db.session.commit()
    return _afterwards(token, block, form)


@bp.post("/t/<token>/pindah")
@by_link
def personal_moved(token):
    """«Saya sudah pindah tugas»: this person's links die at once, the matter stays, Diskominfo is told."""
    if tasklinks.is_task(token):
        return tasklinks.moved(token)
    link, ticket = _open(token, lock=True)
    form = MovedForm(of=ticket, personal=True)
    if nonce.first_use(form.nonce.data):
        if form.is_stale(ticket):
            return _stale(token, "pindah", form)
        try:
            actions.report_moved(ticket, link.seat, form.replacement.data or "")
        except Refused as refused:
            return _refused(token, "pindah", form, refused.errors)
        db.session.commit()
    return quiet(make_response(render_template("link/done.html", words=DONE["pindah"])))


def _open(token: str, *, lock: bool = False) -> tuple[PersonalLink, Ticket]:
    """The living link and its ticket. Whatever does not work looks the same; a restricted matter asks to sign in."""
    link = find_link(token, PURPOSE) if len(token) < 100 else None
    ticket = _ticket_of(link, lock) if link and link.seat else None
    if link is None or ticket is None or (lock and _ended_meanwhile(link)):
        ended()
    if request.method == "POST":
        people.speak_as(link.seat, request.form.get("as_name", ""))
    if ticket.restricted:
        where = f"{current_app.config['BASE_URL']}{url_for('tickets.show', ticket_id=ticket.id)}"
        abort(quiet(make_response(render_template("link/restricted.html", ticket=ticket, where=where), 403)))
    return link, ticket


def _ended_meanwhile(link: PersonalLink) -> bool:
    """Whether whoever held the ticket until now has ended the link."""
    db.session.refresh(link)
    return not link.alive


def _ticket_of(link: PersonalLink, lock: bool) -> Ticket | None:
    """The ticket, as long as the seat's OPD leads it: what a former lead keeps is read signed in."""
    wanted = policy.visible_to(link.seat).where(Ticket.id == int(link.subject.partition(":")[2]))
    wanted = wanted.where(Ticket.lead_opd_id == link.seat.opd_id).options(*policy.WHOLE)
    return db.session.scalars(held(wanted, Ticket) if lock else wanted).unique().first()


def _afterwards(token: str, block: str, form: Form):
    """Back to the page; where the move ended the link itself, a last word instead."""
    if find_link(token, PURPOSE) is None:
        words = DONE.get(form.data.get("move") or block, DONE["status"])
        return quiet(make_response(render_template("link/done.html", words=words)))
    return quiet(redirect(url_for("tickets.personal", token=token, kabar=block), 303))


def _keep_what_was_typed(token: str, block: str, form: Form) -> tuple[PersonalLink, Ticket]:
    """What did not act yet waits here for the seat, on the phone or at the desk. Nothing behind a judul aman."""
    db.session.rollback()
    link, ticket = _open(token)
    if not ticket.sensitive:
        keep_typed(block, ticket, link.seat, form)
        db.session.commit()
    return _open(token)


def _inserted(token: str, block: str, form: Form):
    """«Sisipkan»: the page again with the text module in its field. Nothing has acted."""
    link, ticket = _open(token)
    insert_module(_view(ticket, link, token, block, form), block, form)
    link, ticket = _keep_what_was_typed(token, block, form)
    return _page("link/show.html", _view(ticket, link, token, block, form))


def _refused(token: str, block: str, form: Form, errors: dict[str, str]):
    link, ticket = _keep_what_was_typed(token, block, form)
    form.refuse(errors)
    return _page("link/show.html", _view(ticket, link, token, block, form), 422)


def _stale(token: str, block: str, form: Form):
    link, ticket = _keep_what_was_typed(token, block, form)
    view = _view(ticket, link, token, block, form)
    if block != "pindah":
        view.conflict = conflict_of(block, ticket, link.seat, form, reveals=view.reads_original)
    form.version.data = str(ticket.version)
    return _page("link/show.html", view, 409)


def _view(ticket: Ticket, link: PersonalLink, token: str, block: str, form: Form) -> LinkView:
    view = LinkView(ticket, link, token)
    view.forms[block], view.posted = form, block
    return view


def _page(template: str, view: LinkView, status: int = 200):
    return quiet(make_response(render_template(template, v=view, t=view.ticket), status))
