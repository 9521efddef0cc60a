"""How a story is played: scenes in the order of time, each acted by the house's own verbs under a pretended clock."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from app.core import calendar, clock
from app.demo import pictures
from app.extensions import db
from app.monitoring.actions import sorting
from app.monitoring.actions.isu import put_together
from app.monitoring.models import Alert, Isu
from app.people.models import Seat
from app.tickets import actions, policy
from app.tickets.models import FieldRequest, Ticket, TicketAlert

OFFICE_STARTED = time(11, 0)
"""The story's last day is the last working day on which this hour has passed: nothing happens in the future."""


NEXT_YEAR = "next year"
DAY_NAME = re.compile(r"\{hari (-?\d+)\}")


class Calendar:
    """The story's days: 0 is its last, n the n-th working day before."""

    def __init__(self, now: datetime):
        self.now, self.off = now, calendar.days_off()
        moment = clock.local(now)
        self.last = moment.date() if moment.time() >= OFFICE_STARTED else moment.date() - timedelta(days=1)
        while not calendar.is_working_day(self.last, self.off):
            self.last -= timedelta(days=1)

    def day(self, back: int) -> date:
        """The `back`-th working day before the last; a negative one lies ahead."""
        step, day, left = (-1 if back >= 0 else 1), self.last, abs(back)
        while left:
            day += timedelta(days=step)
            left -= calendar.is_working_day(day, self.off)
        return day

    def instant(self, back: int, at: str) -> datetime:
        """That day at «HH.MM» local time."""
        hour, minute = at.split(".")
        return datetime.combine(self.day(back), time(int(hour), int(minute)), clock.zone()).astimezone(UTC)

    def told(self, values: dict[str, str]) -> dict[str, str]:
        """Texts with the names of the story's days in them: «{hari 2}» is «Jumat» when that day was one."""
        return {key: DAY_NAME.sub(self._name, text) for key, text in values.items()}

    def _name(self, match: re.Match[str]) -> str:
        return clock.DAYS[self.day(int(match[1])).weekday()]

    def typed(self, back: int, at: str) -> str:
        """The same as a browser sends it."""
        return clock.for_input(self.instant(back, at))


@dataclass(frozen=True)
class Item:
    """Something that was published: a row of the sheet that monitoring brings the next time."""

    day: int
    at: str
    media: str
    title: str
    text: str
    tone: str = "Negatif"
    social: bool = False


@dataclass(frozen=True)
class Scene:
    """At that time somebody does something about the story's ticket. `who` is an email, "" the clock."""

    day: int
    at: str
    who: str
    act: Callable[[Play, Seat | None], None]


@dataclass(frozen=True)
class Story:
    """One matter: what was published about it, and what people did."""

    name: str
    items: tuple[Item, ...]
    scenes: tuple[Scene, ...]

    def url(self, number: int) -> str:
        """Where an item stands, made up and always the same."""
        host = self.items[number].media.lower().replace(" ", "")
        return f"https://{host}.example/{self.name}-{number + 1}"


@dataclass
class Play:
    """A story while it is played."""

    story: Story
    days: Calendar
    seats: dict[str, Seat]
    ticket: Ticket = field(init=False)
    isu: Isu | None = field(init=False, default=None)
    asked: FieldRequest | None = field(init=False, default=None)

    @property
    def opened_at(self) -> datetime:
        """When the story's first scene is played."""
        first = self.story.scenes[0]
        return self.days.instant(first.day, first.at)

    def alerts(self, numbers: tuple[int, ...]) -> list[Alert]:
        """The alerts that the story's items have become; they must have arrived by now."""
        urls = [self.story.url(number) for number in numbers]
        found = {alert.url: alert for alert in db.session.scalars(select(Alert).where(Alert.url.in_(urls)))}
        return [found[url] for url in urls]


def opens(day: int, at: str, who: str, *items: int, **values: str) -> Scene:
    """Promote the items (by number, default the first): «Jadikan tiket»."""

    def act(play: Play, seat: Seat | None) -> None:
        play.ticket = actions.promote(play.alerts(items or (0,)), seat, values)

    return Scene(day, at, who, act)


def opens_safely(day: int, at: str, who: str, safe_title: str, **values: str) -> Scene:
    """Promote a sensitive item under a judul aman."""

    def act(play: Play, seat: Seat | None) -> None:
        alerts = play.alerts((0,))
        sorting.set_safe_title(alerts[0], seat, safe_title)
        play.ticket = actions.promote(alerts, seat, values)

    return Scene(day, at, who, act)


def ignores(day: int, at: str, who: str, reason: str, *items: int) -> Scene:
    return Scene(day, at, who, lambda play, seat: sorting.ignore(play.alerts(items), seat, reason))


def merges(day: int, at: str, who: str, *items: int) -> Scene:
    return Scene(day, at, who, lambda play, seat: actions.merge(play.alerts(items), play.ticket, seat))


def gathers(day: int, at: str, who: str, title: str = "") -> Scene:
    """«Satukan isu»: all alerts that stand behind the ticket by then; the first time under `title`."""

    def act(play: Play, seat: Seat | None) -> None:
        behind = select(Alert).join(TicketAlert, TicketAlert.alert_id == Alert.id)
        alerts = db.session.scalars(behind.where(TicketAlert.ticket_id == play.ticket.id).order_by(Alert.id)).all()
        play.isu = put_together(alerts, seat, title, play.isu)

    return Scene(day, at, who, act)


def does(day: int, at: str, who: str, move: str, *, until: tuple[int, str] | None = None, **values: str) -> Scene:
    """A move of the table. `until` is a day of the story and a time; the year may be NEXT_YEAR."""

    def act(play: Play, seat: Seat | None) -> None:
        typed = {"until": play.days.typed(*until)} if until else {}
        if values.get("year") == NEXT_YEAR:
            typed["year"] = str(clock.today().year + 1)
        actions.move(play.ticket, move, seat, play.days.told(values) | typed)

    return Scene(day, at, who, act)


def says(day: int, at: str, who: str, text: str, audience: str = "shared") -> Scene:
    def act(play: Play, seat: Seat | None) -> None:
        actions.note(play.ticket, seat, play.days.told({"text": text})["text"], audience)

    return Scene(day, at, who, act)


def brings(day: int, at: str, who: str, picture: str, name: str) -> Scene:
    """Attach a drawn picture as evidence."""

    def act(play: Play, seat: Seat | None) -> None:
        actions.attach(play.ticket, seat, io.BytesIO(pictures.draw(picture)), name)

    return Scene(day, at, who, act)


def assigns(day: int, at: str, who: str, holder: str) -> Scene:
    def act(play: Play, seat: Seat | None) -> None:
        actions.assign(play.ticket, seat, str(play.seats[holder].id))

    return Scene(day, at, who, act)


def levels(day: int, at: str, who: str, level: str) -> Scene:
    return Scene(day, at, who, lambda play, seat: actions.set_level(play.ticket, seat, level))


def dates(day: int, at: str, who: str, due: tuple[int, str], reason: str) -> Scene:
    return Scene(day, at, who, lambda play, seat: actions.set_due(play.ticket, seat, play.days.typed(*due), reason))


def redacts(day: int, at: str, who: str, old: str, new: str, note: str) -> Scene:
    """Diskominfo edits some words of the answer it reviews."""

    def act(play: Play, seat: Seat | None) -> None:
        answer = policy.pending_answer(play.ticket)
        assert answer is not None and seat is not None and old in answer.text
        actions.redact(play.ticket, seat, answer.text.replace(old, new), note)

    return Scene(day, at, who, act)


def finds(day: int, at: str, who: str, truth: str, basis: str) -> Scene:
    """Status kebenaran, with what it rests on."""

    def act(play: Play, seat: Seat | None) -> None:
        assert seat is not None
        actions.set_truth(play.ticket, seat, truth, basis)

    return Scene(day, at, who, act)


def moves_away(day: int, at: str, who: str, replacement: str) -> Scene:
    return Scene(day, at, who, lambda play, seat: actions.report_moved(play.ticket, seat, replacement))


def asks_opd(day: int, at: str, who: str, opd: str, text: str, due: tuple[int, str] | None = None) -> Scene:
    """A task for a supporting OPD or an outside body; the story's tasks are numbered from 1."""

    def act(play: Play, seat: Seat | None) -> None:
        typed = {"due_at": play.days.typed(*due)} if due else {}
        actions.open_task(play.ticket, seat, {"opd": opd, "text": play.days.told({"text": text})["text"]} | typed)

    return Scene(day, at, who, act)


def does_task(
    day: int, at: str, who: str, number: int, move: str, *, until: tuple[int, str] | None = None, **values: str
) -> Scene:
    """A move of the tasks' table."""

    def act(play: Play, seat: Seat | None) -> None:
        typed = {"until": play.days.typed(*until)} if until else {}
        actions.move_task(_task(play, number), move, seat, play.days.told(values) | typed)

    return Scene(day, at, who, act)


def calls(day: int, at: str, who: str, number: int, way: str, whom: str, text: str) -> Scene:
    """A letter, a call or an answer of an outside body."""

    def act(play: Play, seat: Seat | None) -> None:
        words = play.days.told({"text": text})["text"]
        actions.record_contact(_task(play, number), seat, {"way": way, "whom": whom, "text": words})

    return Scene(day, at, who, act)


def brings_for_task(day: int, at: str, who: str, number: int, picture: str, name: str) -> Scene:
    """Attach a drawn picture to a task."""

    def act(play: Play, seat: Seat | None) -> None:
        actions.attach_to_task(_task(play, number), seat, io.BytesIO(pictures.draw(picture)), name)

    return Scene(day, at, who, act)


def _task(play: Play, number: int):
    return next(task for task in play.ticket.tasks if task.number == number)
