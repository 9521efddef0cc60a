"""Whom to call: letters that nobody opened, of requests that still wait. Under `policy.visible_letters`."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Row, Select, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.notify.models import Letter, LetterState
from app.notify.rules import CALLED, Kind
from app.people.models import Opd, Person, PersonalLink, Seat
from app.people.rules import LINK_DAYS
from app.tickets.models import Task, Ticket
from app.tickets.queries import SHOWN_TITLE
from app.tickets.rules import State, TaskState

CALL_AFTER = timedelta(hours=2)
CALLED_FOR = timedelta(hours=24)
"""A letter is called about when its link was not opened for so long; whoever was called is left alone for a day."""

STILL_ASKS = {
    Kind.FORWARD: (State.FORWARDED,),
    Kind.REROUTE: (State.FORWARDED,),
    Kind.REOPEN: (State.IN_PROGRESS,),
    Kind.SUBMIT: (State.AWAITING_APPROVAL,),
    Kind.SEND_BACK: (State.NEEDS_WORK,),
    Kind.REWORK: (State.NEEDS_WORK,),
    Kind.HANDOVER: (State.FORWARDED, State.IN_PROGRESS, State.NEEDS_WORK, State.AWAITING_APPROVAL),
}
TASK_STILL_ASKS = {
    Kind.TASK_OPEN: (TaskState.OPEN,),
    Kind.TASK_HAND: (TaskState.OPEN,),
    Kind.TASK_REWORK: (TaskState.IN_PROGRESS,),
    Kind.TASK_REOPEN: (TaskState.IN_PROGRESS,),
    Kind.TASK_HANDOVER: (TaskState.OPEN, TaskState.IN_PROGRESS),
}
"""In which states of ticket or task the newest letter of a kind still waits to be opened."""


def unopened(letters: Select) -> Select:
    """Of `letters`: the newest per seat and matter, sent, its link not fetched by anything, and its ask still open.

    Whoever acted on the ticket or task since, or was called about it within a day, is not among them.
    """
    now, ticket_stream = clock.now(), literal("ticket:") + cast(Ticket.id, String)
    task_stream = literal("task:") + cast(Letter.task_id, String)
    stream = case((Letter.task_id.is_(None), ticket_stream), else_=task_stream)
    newer = aliased(Letter)
    later = exists().where(
        newer.ticket_id == Letter.ticket_id, newer.person_id == Letter.person_id, newer.id > Letter.id,
        newer.task_id.is_not_distinct_from(Letter.task_id),
        newer.state == LetterState.SENT,
    )  # fmt: skip
    opened = exists().where(
        PersonalLink.subject == stream, PersonalLink.seat_id == Letter.seat_id, PersonalLink.opened_at.is_not(None)
    )
    acted = exists().where(Event.stream == stream, Event.person_id == Letter.person_id, Event.at > Letter.sent_at)
    called = exists().where(
        Event.stream == ticket_stream, Event.kind == CALLED, Event.ref_id == Letter.id, Event.at > now - CALLED_FOR
    )
    waiting = letters.join(Seat, Seat.id == Letter.seat_id).join(Person, Person.id == Letter.person_id)
    waiting = waiting.outerjoin(Task, Task.id == Letter.task_id)
    return waiting.where(
        Letter.state == LetterState.SENT, Letter.sent_at < now - CALL_AFTER,
        Letter.sent_at > now - timedelta(days=LINK_DAYS["ticket"]), Ticket.open, _still_asks(),
        func.coalesce(Task.contact_opd_id, Task.opd_id, Ticket.lead_opd_id) == Seat.opd_id,
        Seat.acts_today(), ~later, ~opened, ~acted, ~called,
    )  # fmt: skip


def _still_asks() -> ColumnElement[bool]:
    """Whether what the letter asks for is still to be done."""
    ticket = (and_(Letter.kind == kind, Ticket.state.in_(states)) for kind, states in STILL_ASKS.items())
    task = (and_(Letter.kind == kind, Task.state.in_(states)) for kind, states in TASK_STILL_ASKS.items())
    return or_(*ticket, *task)


CALLS = (
    *(Letter.id, Letter.kind, Letter.sent_at, Letter.ticket_id, SHOWN_TITLE, Ticket.sensitive, Ticket.level),
    *(
        func.coalesce(Task.due_at, Ticket.due_at).label("due_at"),
        Person.name,
        Person.phone,
        Person.email,
        Person.shared,
    ),
    *(Seat.role, Opd.short, Opd.code),
)


def whom_to_call(letters: Select, most: int = 200) -> Sequence[Row]:
    """Whom to call about which request, the longest waiting first."""
    rows = unopened(letters).with_only_columns(*CALLS).join(Opd, Opd.id == Seat.opd_id)
    return db.session.execute(rows.order_by(Letter.sent_at, Letter.id).limit(most)).all()


def unopened_by_opd(letters: Select) -> dict[str, int]:
    """How many of them each OPD has, by its id as a text. Up to a thousand are counted."""
    some = unopened(letters).with_only_columns(Seat.opd_id).limit(1000).subquery()
    counted = select(some.c.opd_id, func.count()).group_by(some.c.opd_id)
    return {str(opd_id): n for opd_id, n in db.session.execute(counted)}
