"""The demo's own days and hours: who watches this week and the next, a local day off, and the coming Ramadan."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from app.core import clock
from app.core.calendar import Holiday
from app.extensions import db
from app.people.models import Seat, WatchDuty, WorkingHours
from app.people.rules import RAMADAN_BASIS, RAMADAN_GUESS, RAMADAN_HOURS

WEEKS = 2
WORKDAYS = 5
LOCAL_DAY = (9, 28, "Hari jadi Kota Tenggarong", "Contoh: surat edaran Bupati")


def settle_hours(now: datetime, watchers: Sequence[Seat]) -> None:
    """The first of `watchers` has the working days of each week, the others the weekends in turn."""
    today = clock.local(now).date()
    monday = today - timedelta(days=today.weekday())
    for week in range(WEEKS):
        begins = monday + timedelta(weeks=week)
        weekend, ends = begins + timedelta(days=WORKDAYS), begins + timedelta(weeks=1)
        other = watchers[1 + week % (len(watchers) - 1)]
        db.session.add_all([_watch(watchers[0], begins, weekend), _watch(other, weekend, ends)])
    month, day, name, basis = LOCAL_DAY
    db.session.merge(Holiday(day=date(today.year, month, day), name=name, local=True, basis=basis))
    db.session.add_all(_ramadan(*found) for found in RAMADAN_GUESS.items() if found[0] == today.year + 1)
    db.session.flush()


def _watch(seat: Seat, first: date, until: date) -> WatchDuty:
    starts, ends = (datetime.combine(day, time(), clock.zone()) for day in (first, until))
    return WatchDuty(seat_id=seat.id, starts_at=starts, ends_at=ends)


def _ramadan(year: int, days: tuple[str, str]) -> WorkingHours:
    first, last = (date.fromisoformat(day) for day in days)
    return WorkingHours(
        name=f"Jam Ramadan {year}", week=list(RAMADAN_HOURS), starts_on=first, ends_on=last,
        basis=RAMADAN_BASIS,
    )  # fmt: skip
