"""Who may ask something of the field, and who reads what comes back."""

from flask import abort
from sqlalchemy import ColumnElement, and_, false, or_, select

from app.core.db import held
from app.extensions import db
from app.people.models import Seat
from app.people.rules import Role
from app.tickets.models import FieldRequest, Task, Ticket
from app.tickets.rules import LEAD, LINKS_END, Who
from app.tickets.rules.field import Asked


def may_ask(ticket: Ticket, seat: Seat, mine: frozenset[Who], task: Task | None = None) -> bool:
    """Diskominfo and the lead OPD about the ticket; an OPD about its own task, until that has ended."""
    if ticket.state in LINKS_END:
        return False
    if task is not None:
        return seat.role.of_opd and task.belongs_to(seat.opd_id) and not task.state.ended
    return Who.DISKOMINFO in mine or bool(mine & LEAD)


def may_know(seat: Seat) -> ColumnElement[bool]:
    """The asking OPD; of a field check also Diskominfo and the lead, for a finding is a fact of the matter."""
    if seat.role is Role.PIMPINAN:
        return false()
    own = FieldRequest.opd_id == seat.opd_id
    check = FieldRequest.kind == Asked.CHECK
    if seat.role is Role.DISKOMINFO:
        return or_(own, check)
    leads = select(Ticket.id).where(Ticket.lead_opd_id == seat.opd_id)
    return or_(own, and_(check, FieldRequest.ticket_id.in_(leads)))


def own_request(request_id: int, ticket: Ticket, seat: Seat) -> FieldRequest:
    """A question of this seat's OPD about the ticket, for ending it; 404 for any other."""
    wanted = select(FieldRequest).where(FieldRequest.id == request_id, FieldRequest.ticket_id == ticket.id)
    wanted = wanted.where(FieldRequest.opd_id == seat.opd_id)
    return db.session.scalar(held(wanted, FieldRequest)) or abort(404)
