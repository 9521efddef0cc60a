"""What waits for whom: the first page of each role, bounded whatever the size of the whole."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, union_all

from app.core import clock
from app.core.events import Event, EventText
from app.desk.rules import CENTRE_ASKS
from app.extensions import db
from app.monitoring.models import Alert
from app.people.models import Opd, Person, Seat
from app.tickets import policy
from app.tickets.models import Answer, Escalation, ShiftNote, Ticket, TicketAlert
from app.tickets.queries import SHOWN_TITLE
from app.tickets.rules import State
from app.tickets.rules.authority import Cause

PER_GROUP = 8
MOST_MINE = 40
MOST_ELSEWHERE = 20
MOST_OPEN = 40
MOST_ANSWERS = 8
MOST_TOLD = 5
EXCERPT = 280

ROW = (
    Ticket.id, SHOWN_TITLE, Ticket.sensitive, Ticket.restricted, Ticket.state, Ticket.level, Ticket.ticket_class,
    Ticket.opened_at, Ticket.received_at, Ticket.due_at, Ticket.paused_at, Ticket.hold_until, Ticket.ended_at,
    Ticket.refusals, Ticket.crisis_proposed, Ticket.alerts,
)  # fmt: skip


def _rows(*columns) -> Select:
    """Rows of tickets with the lead OPD's short name and who holds it; without conditions yet."""
    rows = select(*ROW, Opd.short.label("lead"), Person.name.label("holder"), *columns)
    rows = rows.outerjoin(Opd, Opd.id == Ticket.lead_opd_id).outerjoin(Seat, Seat.id == Ticket.seat_id)
    return rows.outerjoin(Person, Person.id == Seat.person_id)


def is_newcomer(seat: Seat) -> bool:
    """Whether the holder took the seat over and has not read the first page. Only such a seat is asked again."""
    if seat.follows_id is None:
        return False
    return db.session.scalar(select(Seat.welcomed_at.is_(None)).where(Seat.id == seat.id)) is True


def note_for_newcomer(seat: Seat) -> str | None:
    """What whoever handed the seat over wrote to its new holder."""
    told = select(EventText.text).join(Event, Event.id == EventText.event_id)
    told = told.where(Event.stream == f"person:{seat.person_id}", Event.kind == "seat.followed")
    return db.session.scalar(told.where(Event.ref_id == seat.id).order_by(Event.id.desc()).limit(1))


def centre_matters(seat: Seat, unanswered: Iterable[int]) -> dict[str, list[Row]]:
    """What waits for Diskominfo by group, a few of each, the longest waiting first. One statement.

    Groups are the states that ask something, "crisis" (proposals), "going_up": what is proposed to go up to a
    superior, "unheard": among them those whose OPD has nobody who gets letters, and "stand_in": drafts of OPDs in
    `unanswered`, which have no narahubung to approve them.
    """
    going_up = select(Escalation.ticket_id).where(Escalation.closed_at.is_(None))
    groups: dict[str, list[ColumnElement[bool]]] = {
        "crisis": [Ticket.crisis_proposed, Ticket.open],
        "going_up": [Ticket.id.in_(going_up)],
        "unheard": [Ticket.id.in_(going_up.where(Escalation.cause == Cause.NOBODY))],
        "stand_in": [Ticket.state == State.AWAITING_APPROVAL, Ticket.lead_opd_id.in_(list(unanswered))],
        **{state.value: [Ticket.state == state] for state in CENTRE_ASKS},
    }
    seen = policy.visible(seat)
    branches = [_oldest(name, [*conditions, *seen]) for name, conditions in groups.items()]
    ids = union_all(*branches).subquery()
    rows = _rows(ids.c.group).join(ids, ids.c.id == Ticket.id).order_by(Ticket.opened_at, Ticket.id)
    matters: dict[str, list[Row]] = {name: [] for name in groups}
    for row in db.session.execute(rows):
        matters[row.group].append(row)
    return matters


def _oldest(name: str, conditions: list[ColumnElement[bool]]) -> Select:
    some = select(Ticket.id).where(*conditions).order_by(Ticket.opened_at, Ticket.id).limit(PER_GROUP).subquery()
    return select(some.c.id, literal(name).label("group"))


def counted(rows: Sequence[Row]) -> str:
    """How many there are of a group, «8+» when it is full; empty for none."""
    return f"{len(rows)}{'+' if len(rows) == PER_GROUP else ''}" if rows else ""


def matters_of(seat: Seat, states: Iterable[State], limit: int) -> Sequence[Row]:
    """The OPD's own matters in these states, the nearest due first."""
    own = (Ticket.lead_opd_id == seat.opd_id, Ticket.open, Ticket.state.in_(list(states)), *policy.visible(seat))
    return db.session.execute(_rows().where(*own).order_by(Ticket.due_at, Ticket.id).limit(limit)).all()


def finished_this_week(seat: Seat) -> Sequence[Row]:
    """What the OPD finished since Monday, the latest first."""
    own = (Ticket.lead_opd_id == seat.opd_id, Ticket.ended_at >= _monday(), *policy.visible(seat))
    return db.session.execute(_rows().where(*own).order_by(Ticket.ended_at.desc()).limit(MOST_ELSEWHERE)).all()


def open_matters(seat: Seat) -> Sequence[Row]:
    """The latest open matters, for leaders: who is on it and how far it is, nothing of lateness."""
    rows = select(Ticket.id, SHOWN_TITLE, Ticket.sensitive, Ticket.state, Ticket.opened_at, Opd.short.label("lead"))
    rows = rows.outerjoin(Opd, Opd.id == Ticket.lead_opd_id).where(Ticket.open, *policy.visible(seat))
    return db.session.execute(rows.order_by(Ticket.opened_at.desc(), Ticket.id.desc()).limit(MOST_OPEN)).all()


def told_most(seat: Seat) -> Sequence[Row]:
    """The open matters most told in the last seven days: a row of ROW with `told`, and `before`, the seven days before.

    One statement, as dear as the news of two weeks.
    """
    now, week = clock.now(), timedelta(days=7)
    lately = func.count().filter(Alert.published_at > now - week).label("told")
    before = func.count().filter(Alert.published_at <= now - week).label("before")
    news = select(TicketAlert.ticket_id, lately, before).join(Alert, Alert.id == TicketAlert.alert_id)
    news = news.where(Alert.published_at > now - 2 * week, Alert.published_at <= now).group_by(TicketAlert.ticket_id)
    told = news.subquery()
    rows = _rows(told.c.told, told.c.before).join(told, told.c.ticket_id == Ticket.id)
    rows = rows.where(*policy.visible(seat), Ticket.open, told.c.told > 0)
    return db.session.execute(rows.order_by(told.c.told.desc(), Ticket.id.desc()).limit(MOST_TOLD)).all()


def approved_answers(seat: Seat) -> Sequence[Row]:
    """The latest approved answers of what is neither restricted nor sensitive."""
    excerpt = func.substr(func.coalesce(Answer.redacted_text, Answer.text), 1, EXCERPT).label("excerpt")
    rows = select(Answer.ticket_id, excerpt, Answer.kind, Answer.approved_at, SHOWN_TITLE, Opd.short.label("opd"))
    rows = rows.join(Ticket, Ticket.id == Answer.ticket_id).join(Opd, Opd.id == Answer.opd_id)
    rows = rows.where(Answer.approved_at.is_not(None), Answer.returned_at.is_(None), Ticket.sensitive.is_(False))
    return db.session.execute(rows.where(*policy.visible(seat)).order_by(Answer.id.desc()).limit(MOST_ANSWERS)).all()


def _monday() -> datetime:
    today = clock.today()
    return clock.midnight(today - timedelta(days=today.weekday()))


def shift_notes() -> Sequence[ShiftNote]:
    """What the last shift left and nobody has done yet, the oldest first."""
    left = select(ShiftNote).where(ShiftNote.done_at.is_(None)).order_by(ShiftNote.id).limit(10)
    return db.session.scalars(left).all()
