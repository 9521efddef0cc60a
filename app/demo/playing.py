"""Plays all stories at once, in the order of time, into an empty database."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from app.core import clock
from app.demo import around, meetings, mirror, sheets, sorting
from app.demo.bundled import load_demo_sources
from app.demo.stage import Calendar, Play, Scene, Story
from app.extensions import db
from app.monitoring import actions
from app.monitoring.models import Alert, Source
from app.monitoring.rules.reach import Link
from app.notify import reminders
from app.people.models import Seat

SHEETS_AT = ("07.30", "15.30")
LAST_SHEET = "10.30"
CLOCK_LOOKS = ("08.00", "10.00", "13.30", "15.00", "20.00")
DAYS_PLAYED = 13
TAKEN_DOWN = "lampu-jalan-padam"
Moment = tuple[datetime, Callable[[], None]]


def play(stories: Sequence[Story], days: Calendar, seats: dict[str, Seat], uploader: Seat) -> None:
    """Everything that happened, each moment under its own clock. Does not commit."""
    plays = [Play(story, days, seats) for story in stories]
    with clock.pretend(days.instant(DAYS_PLAYED, SHEETS_AT[0])):
        sources = sheets.add_sources()
    load_demo_sources(days.now)
    sorting.arrived_in_time(days.now)
    moments = [*_sheets(stories, days, sources, uploader), *sorting.Sorter(plays, days).moments()]
    moments += [*mirror.moments(days, uploader), *around.moments(days, seats, plays)]
    moments += meetings.moments(days, seats, plays)
    moments.append((days.instant(1, "10.20"), vanish))
    moments += [(instant, reminders.remind) for instant in _looks(days)]
    for each in plays:
        moments += [_moment(each, scene) for scene in each.story.scenes]
    for instant, act in sorted(moments, key=lambda moment: moment[0]):
        with clock.pretend(instant):
            act()


def _looks(days: Calendar) -> Iterator[datetime]:
    """When the clock looked whom to remind: in those days it ran too, if not every minute."""
    for day in range(DAYS_PLAYED):
        yield from (at for hour in CLOCK_LOOKS if (at := days.instant(day, hour)) < days.now)


def vanish() -> None:
    """One paper took its item down; what was seen of it is kept."""
    alert = db.session.scalars(select(Alert).where(Alert.url.contains(TAKEN_DOWN))).one()
    actions.note_link(alert.id, Link.GONE, "Situs menjawab 404.")


def _moment(each: Play, scene: Scene) -> Moment:
    seat = each.seats[scene.who] if scene.who else None

    def act() -> None:
        try:
            scene.act(each, seat)
        except Exception as error:
            error.add_note(f"in «{each.story.name}», day {scene.day} at {scene.at}")
            raise

    return each.days.instant(scene.day, scene.at), act


def _sheets(stories: Sequence[Story], days: Calendar, sources: dict[bool, Source], uploader: Seat) -> Iterator[Moment]:
    """Two sheets per channel and day, each with what was published since the one before."""
    rows = [
        (days.instant(item.day, item.at), item, story.url(number))
        for story in stories
        for number, item in enumerate(story.items)
    ]
    since = min(rows, key=lambda row: row[0])[0]
    for until in _times(days):
        for social, source in sources.items():
            new = [row for row in rows if since <= row[0] < until and row[1].social is social]
            if new:
                yield until, _bringing(source, sorted(new, key=lambda row: row[0]), uploader)
        since = max(since, until)


def _bringing(source, rows, uploader: Seat) -> Callable[[], None]:
    return lambda: sheets.bring(source, rows, uploader)


def _times(days: Calendar) -> list[datetime]:
    times = [days.instant(day, at) for day in range(DAYS_PLAYED) for at in SHEETS_AT if day or at == SHEETS_AT[0]]
    return sorted([*times, days.instant(0, LAST_SHEET)])
