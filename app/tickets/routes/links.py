"""The page of a personal link: GET shows, a summary asks, POST acts. No cookie, no script, no session (guard.md 7)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError

from app.extensions import db, writing
from app.people import actions as people
from app.people.models import PersonalLink
from app.people.queries import find_link
from app.tickets import actions
from app.tickets.actions import Refused
from app.tickets.forms import MovedForm
from app.tickets.routes import bp
from app.tickets.routes.changes import TICKET
from app.tickets.routes.cycle import Kind, carry_out, fill
from app.tickets.routes.fieldlink import open_page
from app.tickets.routes.files import send_evidence
from app.tickets.routes.heads import head_page
from app.tickets.routes.linkview import LinkView, ticket_of
from app.tickets.routes.quiet import ended, quiet
from app.tickets.routes.tasklinkview import TaskLinkView, task_of
from app.tickets.routes.tasks import TASK
from app.tickets.routes.writing import forget_sent, keep_sent, keep_typed
from app.web import nonce
from app.web.access import by_link
from app.web.forms import Form

BLOCKS = "any(status,catatan,berkas)"
PURPOSE = "ticket"


@dataclass(frozen=True)
class LinkKind:
    """What a link to a ticket and one to a task do not share."""

    kind: Kind
    page: str
    view: type
    find: Callable[..., Any]
    """Of a living link and `lock`: what it is about, None once its seat has no part in it any more."""
    move: Callable[..., Any]
    moved_away: Callable[..., Any]


KINDS = {
    "ticket": LinkKind(TICKET, "link/show.html", LinkView, ticket_of, actions.move, actions.report_moved),
    "task": LinkKind(TASK, "link/task.html", TaskLinkView, task_of, actions.move_task, actions.report_moved_from_task),
}
"""By the first word of the link's subject."""


@bp.get("/t/<token>")
@by_link
def personal(token):
    return _other_page(token) or _page(_first_opened(token, _open(token)))


@bp.get("/t/<token>/<path:name>")
@by_link
def personal_elsewhere(token, name):
    """Addresses that only take forms lead back to the page."""
    if not open_page(token):
        _open(token)
    return redirect(url_for("tickets.personal", token=token), 303)


@bp.get("/t/<token>/berkas/<int:evidence_id>")
@by_link
def personal_evidence(token, evidence_id):
    """A file of the own OPD; of a sensitive matter none."""
    view = _open(token)
    if view.ticket.sensitive:
        ended()
    return quiet(send_evidence(evidence_id, view.seat, view.ticket.id))


@bp.post("/t/<token>/periksa")
@by_link
def personal_check(token):
    """The summary before a move acts: it is tried and undone, so that only what would hold is asked to be confirmed."""
    view = _open(token)
    form = _form(view, "status")
    if "insert" in request.form:
        return _filled(view, "status", form)
    if form.is_stale(view.thing):
        return _stale(view, "status", form)
    try:
        _kind_of(view).move(view.thing, form.move.data or "", view.seat, form.values())
    except Refused as refused:
        return _refused(view, "status", form, refused.errors)
    return _page(_kept_and_again(view, "status", form), "link/check.html")


@bp.post("/t/<token>/naskah")
@by_link
def personal_draft(token):
    """«Simpan naskah»: what was typed waits for this seat; nothing is sent."""
    keep_sent(_open(token))
    return quiet(redirect(url_for("tickets.personal", token=token, kabar="naskah"), 303))


@bp.post("/t/<token>/perbaiki")
@by_link
def personal_mend(token):
    """«Kembali memperbaiki»: the page again with what was typed."""
    view = _open(token)
    return _filled(view, "status", _form(view, "status"))


@bp.post(f"/t/<token>/<{BLOCKS}:block>")
@by_link
def personal_change(token, block):
    """A form of the contract. A repeat acts no second time and is led to the page like the first."""
    view = _open(token, lock=True)
    form = _form(view, block)
    if "insert" in request.form:
        return _filled(view, block, form)
    if nonce.first_use(form.nonce.data):
        if form.is_stale(view.thing):
            return _stale(view, block, form)
        try:
            carry_out(_kind_of(view).kind, block, view.thing, view.seat, form)
        except Refused as refused:
            return _refused(view, block, form, refused.errors)
        forget_sent(block, view.thing, view.seat)
        db.session.commit()
    if find_link(token, PURPOSE) is None:
        return _last_word(view, block, form)
    return quiet(redirect(url_for("tickets.personal", token=token, kabar=block), 303))


@bp.post("/t/<token>/pindah")
@by_link
def personal_moved(token):
    """«Saya sudah pindah tugas»: this person's links die at once, the matter stays, Diskominfo is told."""
    view = _open(token, lock=True)
    form = MovedForm(of=view.thing, personal=True)
    if nonce.first_use(form.nonce.data):
        if form.is_stale(view.thing):
            return _stale(view, "pindah", form)
        try:
            _kind_of(view).moved_away(view.thing, view.seat, form.replacement.data or "")
        except Refused as refused:
            return _refused(view, "pindah", form, refused.errors)
        db.session.commit()
    return _last_word(view, "pindah", form)


def _other_page(token: str):
    """The page of a link that is not a seat's: a head's, or one of the field. None for any other."""
    if _living(token) is not None:
        return None
    asked = actions.find_head_request(token)
    return head_page(token, *asked) if asked else open_page(token)


def _first_opened(token: str, view):
    """That the page was fetched, once, in a short transaction of its own; a busy database is not worth an error."""
    if view.link.opened_at is not None or request.method != "GET":
        return view
    try:
        with writing():
            people.note_opened(view.link)
    except OperationalError:
        db.session.rollback()
    return _open(token)


def _living(token: str) -> PersonalLink | None:
    return find_link(token, PURPOSE) if len(token) < 100 else None


def _open(token: str, *, lock: bool = False):
    """What a living link shows. Whatever does not work looks the same; a restricted matter asks to sign in."""
    link = _living(token)
    kind = KINDS[link.subject.partition(":")[0]] if link and link.seat else None
    thing = kind.find(link, lock=lock) if kind else None
    if lock and thing:
        db.session.refresh(link)  # whoever held the matter until now may have ended it
    if thing is None or not link.alive:
        ended()
    if request.method == "POST":
        people.speak_as(link.seat, request.form.get("as_name", ""))
    view = kind.view(thing, link, token)
    if view.ticket.restricted:
        where = f"{current_app.config['BASE_URL']}{view.signed_in_url}"
        told = render_template("link/restricted.html", ticket=view.ticket, where=where)
        abort(quiet(make_response(told, 403)))
    return view


def _kind_of(view) -> LinkKind:
    return KINDS[view.link.subject.partition(":")[0]]


def _form(view, block: str) -> Form:
    return _kind_of(view).kind.forms[block](of=view.thing, personal=True)


def _last_word(view, block: str, form: Form):
    view.posted = block
    return quiet(make_response(render_template("link/done.html", words=view.last_word(form))))


def _kept_and_again(view, block: str, form: Form):
    """As it is now, with the form as it was sent. What did not act yet waits here for the seat, on the phone or at the
    desk; nothing behind a judul aman."""
    db.session.rollback()
    keep_typed(_open(view.token), block, form)
    db.session.commit()
    again = _open(view.token)
    again.forms[block], again.posted = form, block
    return again


def _filled(view, block: str, form: Form):
    """The page again with what was typed, and with a text module or the tasks' paragraphs where that was asked."""
    fill(view, block, form)
    return _page(_kept_and_again(view, block, form))


def _refused(view, block: str, form: Form, errors: dict[str, str]):
    again = _kept_and_again(view, block, form)
    form.refuse(errors)
    return _page(again, status=422)


def _stale(view, block: str, form: Form):
    again = _kept_and_again(view, block, form)
    if block != "pindah":
        again.conflict = _kind_of(again).kind.conflict(block, again, form)
    form.version.data = str(again.thing.version)
    return _page(again, status=409)


def _page(view, template: str = "", status: int = 200):
    shown = render_template(template or _kind_of(view).page, v=view, t=view.ticket)
    return quiet(make_response(shown, status))
