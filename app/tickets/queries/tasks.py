"""Questions about tasks: those an OPD works on, and those that wait for a seat."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from app.extensions import db
from app.people.models import Opd, Person, Seat
from app.people.rules import Role
from app.tickets.models import Task, Ticket
from app.tickets.policy import tasks as policy
from app.tickets.policy import visible
from app.tickets.rules import TaskState
from app.tickets.rules.tasks import CLOSED_MATTER, TASKLESS

MOST_LISTED = 100
MOST_WAITING = 20

MATTER = case(
    (Ticket.restricted, func.coalesce(func.nullif(Ticket.safe_title, ""), CLOSED_MATTER)),
    (Ticket.sensitive, Ticket.safe_title),
    else_=Ticket.title,
).label("matter")
"""What a list of tasks says of the ticket: of a restricted one only its judul aman."""

COLUMNS = (
    *(Task.ticket_id, Task.number, Task.text, Task.state, Task.received_at, Task.due_at, Task.paused_at),
    *(Task.ended_at, Task.hold_until, MATTER, Ticket.sensitive, Ticket.restricted),
    *(Opd.short.label("opd"), Person.name.label("holder")),
)


def own_tasks(seat: Seat) -> Sequence[Row]:
    """Open tasks that the seat's OPD works on, the nearest due first."""
    return db.session.execute(_rows(_own_open(seat)).limit(MOST_LISTED)).all()


def count_own_tasks(seat: Seat) -> int:
    """How many there are."""
    many = select(func.count(Task.id)).join(Ticket, Ticket.id == Task.ticket_id).where(_own_open(seat))
    return db.session.scalar(many) or 0


def waiting_tasks(seat: Seat) -> Sequence[Row]:
    """Open tasks whose turn is the seat's: to work on, to receive as the lead, to be ruled on by Diskominfo."""
    mine = and_(_own_open(seat), Task.state.in_((TaskState.OPEN, TaskState.IN_PROGRESS)), Task.hold_until.is_(None))
    handed_in = and_(Ticket.lead_opd_id == seat.opd_id, Task.state == TaskState.SUBMITTED, *visible(seat))
    turns = [mine, handed_in]
    if seat.role is Role.DISKOMINFO:
        turns.append(and_(Task.state == TaskState.CONTESTED, *visible(seat)))
    return db.session.execute(_rows(and_(Task.open, _goes_on(), or_(*turns))).limit(MOST_WAITING)).all()


def _own_open(seat: Seat) -> ColumnElement[bool]:
    return and_(Task.open, _goes_on(), *policy.own(seat))


def _goes_on() -> ColumnElement[bool]:
    return Ticket.state.not_in(TASKLESS)


def _rows(wanted: ColumnElement[bool]) -> Select:
    rows = select(*COLUMNS).join(Ticket, Ticket.id == Task.ticket_id).join(Opd, Opd.id == Task.opd_id)
    rows = rows.outerjoin(Seat, Seat.id == Task.seat_id).outerjoin(Person, Person.id == Seat.person_id)
    return rows.where(wanted).order_by(Task.due_at, Task.id)
