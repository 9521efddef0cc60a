"""Who may see which letter: it is in the lookup, and a letter about a restricted ticket is for those named on it."""

from flask import abort
from sqlalchemy import Select, and_, false, not_, or_, select, true
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.notify.models import Letter, LetterItem
from app.notify.rules import Kind
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import policy as tickets
from app.tickets.models import Ticket


def visible_letters(seat: Seat) -> Select:
    """Every letter `seat` may know of: Diskominfo's, but not what tickets hide from that person."""
    letters = select(Letter).outerjoin(Ticket, Ticket.id == Letter.ticket_id)
    if seat.role is not Role.DISKOMINFO:
        return letters.where(false())
    return letters.where(or_(Letter.ticket_id.is_(None), and_(*tickets.visible(seat))))


def visible_letter(letter_id: int, seat: Seat) -> Letter:
    """That letter, or 404."""
    return db.session.scalar(visible_letters(seat).where(Letter.id == letter_id)) or abort(404)


def letter_to_call_about(letter_id: int, seat: Seat) -> Letter:
    """A letter about a ticket, with its seat and ticket, or 404."""
    whole = (joinedload(Letter.seat), joinedload(Letter.ticket))
    wanted = visible_letters(seat).where(Letter.id == letter_id, Letter.ticket_id.is_not(None)).options(*whole)
    return db.session.scalar(wanted) or abort(404)


def openable_letter(letter_id: int, seat: Seat) -> Letter:
    """A letter to read in the demo. One that sets somebody's password is for system admins alone.

    A reminder is read by whoever may know of everything in it.
    """
    letters = visible_letters(seat).where(Letter.id == letter_id)
    items = select(LetterItem.id).join(Ticket, Ticket.id == LetterItem.ticket_id)
    hidden = items.where(LetterItem.letter_id == Letter.id, not_(and_(true(), *tickets.visible(seat))))
    letters = letters.where(~hidden.correlate(Letter).exists())
    if not seat.is_admin:
        letters = letters.where(or_(Letter.ticket_id.is_not(None), Letter.kind == Kind.REMINDER))
    return db.session.scalar(letters) or abort(404)
