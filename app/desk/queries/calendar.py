"""What is dated: rakor, plans, reviews, deadlines and days off, each as far as the reader may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import joinedload

from app.agenda import policy as agenda
from app.agenda.models import AgendaItem, Plan, Rakor
from app.agenda.rules import AgendaStage, PlanState, RakorState
from app.core import calendar, clock
from app.extensions import db
from app.people.models import Opd, Seat
from app.tickets import policy as tickets
from app.tickets.models import Task, Ticket
from app.tickets.policy import tasks
from app.tickets.queries import SHOWN_TITLE
from app.tickets.rules.tasks import TASKLESS

MOST = 200
"""As many of one kind as a page lists."""


@dataclass
class Day:
    """What is dated on one day. `tickets` and `tasks` are how many fall due."""

    holiday: str = ""
    rakor: list[Rakor] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    reviews: list[AgendaItem] = field(default_factory=list)
    tickets: int = 0
    tasks: int = 0

    @property
    def empty(self) -> bool:
        return not (self.holiday or self.rakor or self.plans or self.reviews or self.tickets or self.tasks)


def dated(days: Sequence[date], seat: Seat) -> dict[date, Day]:
    """The days in a row, with what is dated on each."""
    off = calendar.holidays()
    found = {day: Day(holiday=off.get(day, "")) for day in days}
    for rakor in _rakor(days, seat):
        found[clock.day_of(rakor.starts_at)].rakor.append(rakor)
    for plan in _plans(days, seat):
        found[plan.due_on].plans.append(plan)
    for item in _reviews(days, seat):
        if item.review_on:
            found[item.review_on].reviews.append(item)
    for day, number in zip(days, _due(days, Ticket.due_at, tickets.visible_to(seat).where(Ticket.open)), strict=True):
        found[day].tickets = number
    for day, number in zip(days, _due(days, Task.due_at, _open_tasks(seat)), strict=True):
        found[day].tasks = number
    return found


def due_tickets(day: date, seat: Seat) -> Sequence[Row]:
    """(id, number, title, sensitive, state, due_at, lead) of the open tickets that fall due on a day."""
    columns = (Ticket.id, SHOWN_TITLE, Ticket.sensitive, Ticket.state, Ticket.due_at, Opd.short.label("lead"))
    rows = select(*columns).outerjoin(Opd, Opd.id == Ticket.lead_opd_id)
    rows = rows.where(*tickets.visible(seat), Ticket.open, *_within([day], Ticket.due_at))
    return db.session.execute(rows.order_by(Ticket.due_at, Ticket.id).limit(MOST)).all()


def due_tasks(day: date, seat: Seat) -> Sequence[Task]:
    """The open tasks that fall due on a day."""
    rows = _open_tasks(seat).where(*_within([day], Task.due_at)).options(joinedload(Task.opd))
    return db.session.scalars(rows.order_by(Task.due_at, Task.id).limit(MOST)).unique().all()


def _open_tasks(seat: Seat) -> Select[Task]:
    """The open tasks of matters that go on."""
    return tasks.visible_to(seat).where(Task.open, Ticket.state.not_in(TASKLESS))


def _rakor(days: Sequence[date], seat: Seat) -> Sequence[Rakor]:
    held = agenda.visible_rakor(seat).where(Rakor.state != RakorState.CANCELLED, *_within(days, Rakor.starts_at))
    return db.session.scalars(held.order_by(Rakor.starts_at, Rakor.id).limit(MOST)).all()


def _plans(days: Sequence[date], seat: Seat) -> Sequence[Plan]:
    running = agenda.visible_plans(seat).where(Plan.state == PlanState.RUNNING)
    running = running.where(Plan.due_on >= days[0], Plan.due_on <= days[-1])
    return db.session.scalars(running.order_by(Plan.due_on, Plan.id).limit(MOST)).all()


def _reviews(days: Sequence[date], seat: Seat) -> Sequence[AgendaItem]:
    ended = (AgendaStage.DROPPED, AgendaStage.REVIEWED)
    coming = agenda.visible_items(seat).where(AgendaItem.into_id.is_(None), AgendaItem.stage.not_in(ended))
    coming = coming.where(AgendaItem.review_on >= days[0], AgendaItem.review_on <= days[-1])
    return db.session.scalars(coming.order_by(AgendaItem.review_on, AgendaItem.id).limit(MOST)).all()


def _due(days: Sequence[date], column, rows) -> list[int]:
    """How many of `rows` fall due on each day, in one statement however many rows."""
    each = [func.count().filter(*_within([day], column)) for day in days]
    counted = rows.where(*_within(days, column)).with_only_columns(*each).order_by(None)
    return list(db.session.execute(counted).one())


def _within(days: Sequence[date], column) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """From the first local midnight to the one after the last day."""
    return column >= clock.midnight(days[0]), column < clock.midnight(days[-1] + timedelta(days=1))
