"""The circle of a restricted (terbatas) matter: who is admitted, who may be named, and who may open in an emergency.

Deputies see the matter from the day they are named: a secret must not wait until somebody has noted an absence.
Whoever opened in an emergency is admitted until its hour has come.
"""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from app.core import clock
from app.core.db import held
from app.extensions import db
from app.people.models import Opd, Person, Seat
from app.people.policy import active_seats
from app.people.rules import Role
from app.tickets.models import FormerLead, NamedOfficer, Ticket
from app.tickets.rules import LINKS_END, TaskState

OF_OPD = tuple(role for role in Role if role.of_opd)


def admitted() -> ColumnElement[bool]:
    """Named for good, as officer or deputy, or let in by an emergency opening that still lasts."""
    return or_(NamedOfficer.until.is_(None), NamedOfficer.until > clock.now())


def tickets_of(person_id: int) -> Select:
    """Ids of the restricted tickets to which a person is admitted now."""
    return select(NamedOfficer.ticket_id).where(NamedOfficer.person_id == person_id, admitted())


def persons_of(ticket_id: int) -> Select:
    """Ids of the persons who are admitted to a restricted ticket now."""
    return select(NamedOfficer.person_id).where(NamedOfficer.ticket_id == ticket_id, admitted())


def circle(ticket: Ticket) -> Sequence:
    """(NamedOfficer, name) of a restricted ticket: officers, deputies, then who opened in an emergency."""
    rows = select(NamedOfficer, Person.name).join(Person, Person.id == NamedOfficer.person_id)
    rows = rows.where(NamedOfficer.ticket_id == ticket.id)
    return db.session.execute(rows.order_by(NamedOfficer.until.is_not(None), NamedOfficer.deputy, Person.name)).all()


def candidates(ticket: Ticket) -> list[Seat]:
    """Who may be named: seats of Diskominfo and of the lead OPD that act today, one for each person."""
    wanted = Seat.role == Role.DISKOMINFO
    if ticket.lead_opd_id:
        wanted = or_(wanted, and_(Seat.opd_id == ticket.lead_opd_id, Seat.role.in_(OF_OPD)))
    seats = active_seats().join(Opd, Opd.id == Seat.opd_id).where(wanted)
    found = db.session.scalars(seats.order_by(Opd.position, Person.name, Seat.id)).all()
    return list({seat.person_id: seat for seat in reversed(found)}.values())[::-1]


def may_change_circle(ticket: Ticket, seat: Seat) -> bool:
    """Diskominfo's; of a restricted ticket only who is named for good, not who opened it in an emergency."""
    if seat.role is not Role.DISKOMINFO:
        return False
    mine = tickets_of(seat.person_id).where(NamedOfficer.ticket_id == ticket.id, NamedOfficer.until.is_(None))
    return not ticket.restricted or db.session.scalar(mine) is not None


def may_reopen_circle(seat: Seat) -> bool:
    """Whether this seat is told of restricted tickets that nobody can open any more: a system admin's."""
    return seat.role is Role.DISKOMINFO and seat.is_admin


def unattended(seat: Seat) -> Select:
    """Restricted tickets whose officers and deputies have all moved or ended: (id, OPD), never what they are about."""
    rows = select(Ticket.id, Opd.short.label("lead")).outerjoin(Opd, Opd.id == Ticket.lead_opd_id)
    return rows.where(*_unattended(seat)).order_by(Ticket.id)


def unattended_ticket(ticket_id: int, seat: Seat) -> Ticket:
    """One of these, for naming new officers; 404 for any other."""
    wanted = select(Ticket).where(Ticket.id == ticket_id, *_unattended(seat))
    return db.session.scalar(held(wanted, Ticket)) or abort(404)


def _unattended(seat: Seat) -> list[ColumnElement[bool]]:
    if not may_reopen_circle(seat):
        return [false()]
    in_office = or_(Seat.role == Role.DISKOMINFO, and_(Seat.opd_id == Ticket.lead_opd_id, Seat.role.in_(OF_OPD)))
    stands = active_seats().join(NamedOfficer, NamedOfficer.person_id == Seat.person_id)
    stands = stands.where(NamedOfficer.ticket_id == Ticket.id, NamedOfficer.until.is_(None), in_office)
    return [Ticket.restricted.is_(True), Ticket.state.not_in(LINKS_END), ~exists(stands.correlate(Ticket))]


def may_try_emergency(seat: Seat) -> bool:
    """Whether this seat may ask for an emergency opening at all: system admins, and officers of OPDs for their own."""
    return may_reopen_circle(seat) or seat.role.of_opd


def closed_to(ticket_id: int | None, seat: Seat) -> Ticket | None:
    """The restricted ticket of that number which this seat could open in an emergency. None for whatever else:
    unknown, not restricted, somebody else's, or open to it already; the page says the same of each."""
    if ticket_id is None or not may_try_emergency(seat):
        return None
    wanted = select(Ticket).where(
        Ticket.id == ticket_id, Ticket.restricted, Ticket.id.not_in(tickets_of(seat.person_id))
    )
    if seat.role.of_opd:
        wanted = wanted.where(Ticket.lead_opd_id == seat.opd_id)
    return db.session.scalar(held(wanted, Ticket))


def emergencies(seat: Seat, since) -> Select:
    """(ticket id, who, until, reason) of emergency openings of matters that this person is named on, newest first."""
    mine = select(NamedOfficer.ticket_id).where(NamedOfficer.person_id == seat.person_id, NamedOfficer.until.is_(None))
    rows = select(NamedOfficer.ticket_id, Person.name, NamedOfficer.until, NamedOfficer.reason)
    rows = rows.join(Person, Person.id == NamedOfficer.person_id).join(Ticket, Ticket.id == NamedOfficer.ticket_id)
    rows = rows.where(Ticket.restricted, NamedOfficer.until > since, NamedOfficer.ticket_id.in_(mine))
    return rows.order_by(NamedOfficer.until.desc()).limit(10)


def readers(ticket: Ticket) -> dict[int, str]:
    """Who can open the ticket now: «Rina Kartika (Diskominfo)» by person, in the decree's order."""
    seats = active_seats().join(Opd, Opd.id == Seat.opd_id)
    if ticket.restricted:
        seats = seats.where(Seat.person_id.in_(persons_of(ticket.id)))
    else:
        seats = seats.where(or_(Seat.role.in_((Role.DISKOMINFO, Role.PIMPINAN)), _works_on(ticket)))
    found = db.session.scalars(seats.order_by(Opd.position, Person.name, Seat.id)).all()
    return {seat.person_id: f"{seat.person.name} ({seat.opd.short})" for seat in reversed(found)}


def _works_on(ticket: Ticket) -> ColumnElement[bool]:
    asked = {
        opd
        for task in ticket.tasks
        if task.state is not TaskState.DROPPED
        for opd in (task.opd_id, task.contact_opd_id)
    }
    led = select(FormerLead.opd_id).where(FormerLead.ticket_id == ticket.id)
    here = or_(Seat.opd_id.in_({ticket.lead_opd_id, *asked} - {None}), Seat.opd_id.in_(led))
    return and_(Seat.role.in_(OF_OPD), here)
