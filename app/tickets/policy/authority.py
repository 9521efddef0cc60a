"""Who may know of proposals to go up to a superior, and of rulings that are asked for."""

from flask import abort
from sqlalchemy import Select, false, select

from app.core.db import held
from app.extensions import db
from app.people.models import Seat
from app.people.rules import Role
from app.tickets.models import Escalation, Ruling, Ticket
from app.tickets.policy import visible


def visible_escalations(seat: Seat) -> Select:
    """Proposals to go up to a superior: Diskominfo's, about tickets that the seat may know of."""
    if seat.role is not Role.DISKOMINFO:
        return select(Escalation).where(false())
    return select(Escalation).join(Ticket, Ticket.id == Escalation.ticket_id).where(*visible(seat))


def visible_escalation(escalation_id: int, seat: Seat) -> Escalation:
    """That proposal, to be decided on, or 404."""
    wanted = visible_escalations(seat).where(Escalation.id == escalation_id)
    return db.session.scalar(held(wanted, Escalation)) or abort(404)


def visible_rulings(seat: Seat) -> Select:
    """Rulings, asked for or given, on tickets that the seat may know of."""
    return select(Ruling).join(Ticket, Ticket.id == Ruling.ticket_id).where(*visible(seat))
