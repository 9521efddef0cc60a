"""Half-written texts, kept per seat and matter; and «Sisipkan», which puts a text module into a field."""

from flask import abort, request

from app.core.numbers import whole
from app.core.words import plain
from app.extensions import db
from app.people.models import Seat
from app.tickets import actions
from app.tickets.models import Task, TextModule, Ticket
from app.tickets.queries import speaking
from app.tickets.routes.drafting import DRAFTED, Drafting
from app.tickets.rules.modules import filled, joined
from app.web.forms import Form


def keep_sent(view: Drafting) -> None:
    """Keep the texts of the request's block, and commit. 404 where this seat writes nothing. No version, no event."""
    block = request.form.get("block", "")
    if not view.drafts(block):
        abort(404)
    sent = {name: plain(request.form[name]) for name in DRAFTED[block] if name in request.form}
    actions.keep_drafts(view.seat, view.thing.stream, {f"{block}-{name}": text for name, text in sent.items()})
    db.session.commit()


def keep_typed(view: Drafting, block: str, form: Form) -> None:
    """Keep what a form brought that did not act. Nothing of what this seat may not read or write."""
    if not view.drafts(block):
        return
    typed = {name: form[name].data or "" for name in DRAFTED[block] if name in request.form and name in form}
    actions.keep_drafts(view.seat, view.thing.stream, {f"{block}-{name}": text for name, text in typed.items()})


def forget_sent(block: str, thing: Ticket | Task, seat: Seat) -> None:
    """What was sent is no draft any more; a form says itself that something of it was kept (`drafted`)."""
    if not request.form.get("drafted"):
        return
    sent = [f"{block}-{name}" for name in DRAFTED.get(block, ()) if name in request.form]
    actions.forget_drafts(seat, thing.stream, sent)


def insert_module(view: Drafting, block: str, form: Form) -> None:
    """Put the chosen text module, with its places filled, after what the named field holds."""
    name, module_id = request.form.get("insert", ""), whole(request.form.get("module", ""))
    if name not in DRAFTED.get(block, ()) or name not in form:
        return
    wanted = speaking.modules_for(view.seat).where(TextModule.id == module_id)
    module = db.session.scalar(wanted) if module_id else None
    if module:
        form[name].data = joined(form[name].data or "", filled(module.body, view.places))
