"""Half-written texts, kept per seat and ticket; and «Sisipkan», which puts a text module into a field."""

from flask import abort, request
from flask_login import current_user

from app.core.numbers import whole
from app.core.words import plain
from app.extensions import db
from app.people.models import Seat
from app.tickets import actions, policy
from app.tickets.models import TextModule, Ticket
from app.tickets.queries import speaking
from app.tickets.routes import bp
from app.tickets.routes.speaking import DRAFTED
from app.tickets.rules.modules import filled, joined
from app.web.access import signed_in
from app.web.forms import Form


@bp.post("/tiket/<int:ticket_id>/naskah")
@signed_in
def keep_draft(ticket_id):
    """The page's script sends what is being typed after a pause. No version, no event, nobody else sees it."""
    seat = current_user.seat
    ticket = policy.visible_ticket(ticket_id, seat)
    keep_sent(ticket, seat, policy.may_open_original(ticket, seat))
    return "", 204


def keep_sent(ticket: Ticket, seat: Seat, reveals: bool) -> None:
    """Keep the texts of the request's block, and commit. 404 where this seat writes nothing."""
    block = request.form.get("block", "")
    if block not in DRAFTED or not reveals or not policy.takes_part(ticket, seat):
        abort(404)
    sent = {name: plain(request.form[name]) for name in DRAFTED[block] if name in request.form}
    actions.keep_drafts(seat, ticket.stream, {f"{block}-{name}": text for name, text in sent.items()})
    db.session.commit()


def keep_typed(block: str, ticket: Ticket, seat: Seat, form: Form) -> None:
    """Keep what a form brought that did not act. Nothing of what this seat may not read or write."""
    if not policy.takes_part(ticket, seat) or not policy.may_open_original(ticket, seat):
        return
    typed = {name: form[name].data or "" for name in DRAFTED.get(block, ()) if name in request.form}
    actions.keep_drafts(seat, ticket.stream, {f"{block}-{name}": text for name, text in typed.items()})


def forget_sent(block: str, ticket: Ticket, seat: Seat) -> None:
    """What was sent is no draft any more; a form says itself that something of it was kept (`drafted`)."""
    if not request.form.get("drafted"):
        return
    sent = [f"{block}-{name}" for name in DRAFTED.get(block, ()) if name in request.form]
    actions.forget_drafts(seat, ticket.stream, sent)


def insert_module(view, block: str, form: Form) -> None:
    """Put the chosen text module, with its places filled, after what the named field holds."""
    name, module_id = request.form.get("insert", ""), whole(request.form.get("module", ""))
    if name not in DRAFTED.get(block, ()) or name not in form:
        return
    wanted = speaking.modules_for(view.seat).where(TextModule.id == module_id)
    module = db.session.scalar(wanted) if module_id else None
    if module:
        form[name].data = joined(form[name].data or "", filled(module.body, view.places))
