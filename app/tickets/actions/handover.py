"""Serah terima: everything that is open goes from one seat to its successor, in one action.

Each unanswered request is mailed to the successor in a letter of its own, not in one digest: a letter's link opens
one matter for one seat, ends with that matter, and can be acted on and called about alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core import clock, events
from app.core.db import held
from app.core.refused import Refused
from app.extensions import db
from app.people import actions as people
from app.people.models import Seat
from app.people.queries import person_by_email
from app.people.rules import Role, SeatKind
from app.tickets import policy
from app.tickets.models import NamedOfficer, Task, Ticket
from app.tickets.rules import OPD_CLOCK_RUNS, State, TaskState

LONGEST_NOTE = 1000
ASKS_NOTHING = {Role.ADMIN_OPD: frozenset({State.AWAITING_APPROVAL})}
"""States in which a request waits for the OPD, but not for that role."""


@dataclass(frozen=True)
class Newcomer:
    """A successor who has no seat here yet."""

    name: str
    email: str
    phone: str
    kind: SeatKind
    basis: str = ""
    ends_on: date | None = None


def hand_over(old: Seat, to: str | Newcomer, last_day: date, note: str, by: Seat) -> tuple[Seat, int]:
    """Hand everything over; returns the successor and how many visible matters moved. Raises Refused.

    `to` is the id of a seat of `policy.successors_of`, or somebody new. The old seat ends at once, or on `last_day`
    when that is still to come; its links end in any case.
    """
    if len(note) > LONGEST_NOTE:
        raise Refused({"note": f"Paling banyak {LONGEST_NOTE} huruf."})
    if last_day > clock.today() and old.ends_on and last_day > old.ends_on:
        raise Refused({"last_day": "Penunjukan ini berakhir lebih dulu. Pilih hari yang lebih awal."})
    new = _appointed(old, to, by) if isinstance(to, Newcomer) else _chosen(old, to)
    new.follows_id, new.welcomed_at = old.id, None
    names = {"from": old.person.name, "to": new.person.name}
    _tell_people("seat.handed_over", old, names, by)
    _tell_people("seat.followed", new, names, by, note.strip())
    moved = _move_work(old, new, names, note.strip(), by)
    _close(old, last_day, by)
    db.session.flush()
    return new, len([ticket for ticket in moved if not ticket.restricted or _is_named(ticket.id, by)])


def _chosen(old: Seat, seat_id: str) -> Seat:
    for seat in policy.successors_of(old):
        if str(seat.id) == seat_id:
            return seat
    raise Refused({"successor": "Pilih penggantinya dari daftar, atau isi orang baru."})


def _appointed(old: Seat, new: Newcomer, by: Seat) -> Seat:
    """A temporary seat works at once and its decree follows; a definite one is Diskominfo's to appoint."""
    if new.kind is SeatKind.DEFINITIF and not by.is_admin:
        raise Refused(
            {"kind": "Penunjukan definitif ditetapkan admin sistem Diskominfo. Pilih Plt., Plh., atau Sementara."}
        )
    person = person_by_email(new.email)
    if person is None:
        person = people.add_person({"name": new.name, "email": new.email, "phone": new.phone}, by)
    values = {
        "role": old.role,
        "kind": new.kind,
        "basis": new.basis,
        "starts_on": clock.today(),
        "ends_on": new.ends_on,
    }
    seat = people.appoint(person, old.opd, values, by)
    if not person.password_hash:
        people.invite(person, by)
    return seat


def _tell_people(kind: str, seat: Seat, names: dict, by: Seat, note: str = "") -> None:
    stream = f"person:{seat.person_id}"
    events.record(stream, kind, by, opd_id=seat.opd_id, ref_id=seat.id, after=names, text=note or None)


def _move_work(old: Seat, new: Seat, names: dict, note: str, by: Seat) -> list[Ticket]:
    """What the old seat held, and what still waits for its OPD; each ticket's history tells it."""
    _hold(old)
    tasks = _move_tasks(old, new, names, note, by)
    held_tasks = [task.ticket_id for task in tasks if task.seat_id == new.id]
    waits = (Ticket.lead_opd_id == old.opd_id) & Ticket.state.in_(OPD_CLOCK_RUNS)
    mine = or_(Ticket.seat_id == old.id, waits, Ticket.id.in_(held_tasks))
    wanted = select(Ticket).where(Ticket.open, mine).options(selectinload(Ticket.waiting_answers)).order_by(Ticket.id)
    tickets = list(db.session.scalars(held(wanted, Ticket)).unique())
    named = _named(new.person_id, [ticket.id for ticket in tickets if ticket.restricted])
    for ticket in tickets:
        knows = not ticket.restricted or ticket.id in named
        if ticket.seat_id == old.id:
            ticket.seat_id = new.id if knows else None
            db.session.expire(ticket, ["seat"])
        letter = new.id if knows and _asks(ticket, new) else None
        events.record(
            ticket.stream, "ticket.handover", by, after=names, text=note or None, opd_id=old.opd_id, ref_id=letter
        )
    return tickets


def _hold(old: Seat) -> None:
    """Every ticket before any task, in one order: as whoever changes a task does, so that nobody waits in a circle."""
    asked = select(Task.ticket_id).where(Task.open, or_(Task.seat_id == old.id, _waiting_for(old.opd_id)))
    touched = or_(Ticket.seat_id == old.id, Ticket.lead_opd_id == old.opd_id, Ticket.id.in_(asked))
    db.session.execute(held(select(Ticket.id).where(Ticket.open, touched).order_by(Ticket.id), Ticket))


def _waiting_for(opd_id: int):
    """Tasks on which that OPD is to act."""
    ours = or_(Task.contact_opd_id == opd_id, and_(Task.contact_opd_id.is_(None), Task.opd_id == opd_id))
    return and_(ours, Task.state.in_((TaskState.OPEN, TaskState.IN_PROGRESS)))


def _move_tasks(old: Seat, new: Seat, names: dict, note: str, by: Seat) -> list[Task]:
    """Open tasks that the old seat held, or that wait for its OPD; the newcomer is mailed about each that waits."""
    mine = or_(Task.seat_id == old.id, _waiting_for(old.opd_id))
    wanted = select(Task).where(Task.open, mine).order_by(Task.id)
    tasks = list(db.session.scalars(held(wanted.options(joinedload(Task.ticket)), Task)).unique())
    named = _named(new.person_id, [task.ticket_id for task in tasks if task.ticket.restricted])
    for task in tasks:
        if task.seat_id == old.id:
            task.seat_id = new.id
            db.session.expire(task, ["seat"])
        asks = task.worked_by_id == new.opd_id and task.state in (TaskState.OPEN, TaskState.IN_PROGRESS)
        inside = task.ticket.restricted and task.ticket.lead_opd_id == new.opd_id and task.ticket_id not in named
        letter = new.id if asks and not inside else None
        events.record(
            task.stream, "task.handover", by, after=names, text=note or None, opd_id=old.opd_id, ref_id=letter
        )
    return tasks


def _asks(ticket: Ticket, new: Seat) -> bool:
    """Whether the request waits for an answer of the newcomer's."""
    leads = ticket.lead_opd_id == new.opd_id and ticket.state in OPD_CLOCK_RUNS
    return leads and ticket.state not in ASKS_NOTHING.get(new.role, ())


def _named(person_id: int, ticket_ids: Collection[int]) -> set[int]:
    named = policy.secrecy.tickets_of(person_id).where(NamedOfficer.ticket_id.in_(ticket_ids))
    return set(db.session.scalars(named)) if ticket_ids else set()


def _is_named(ticket_id: int, by: Seat) -> bool:
    return bool(_named(by.person_id, [ticket_id]))


def _close(old: Seat, last_day: date, by: Seat) -> None:
    if last_day <= clock.today():
        people.end_seat(old, by)
        return
    old.ends_on = last_day
    people.end_links(seat_id=old.id)


def welcome(seat: Seat, by: Seat) -> None:
    """«Mengerti, mulai bekerja»: the newcomer has read the first page."""
    if seat.follows_id and seat.welcomed_at is None:
        seat.welcomed_at = clock.now()
        events.record(f"person:{seat.person_id}", "seat.welcomed", by, opd_id=seat.opd_id, ref_id=seat.id)
