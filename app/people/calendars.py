"""By whose hours a clock runs: the general calendar, or an OPD's own. Kept for half a minute, like the days off."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Row, select

from app.core import calendar, clock
from app.core.calendar import Calendar, Hours, Regime
from app.core.kept import Kept
from app.extensions import db
from app.people.models import Person, Seat, WatchDuty, WorkingHours
from app.people.rules import GENERAL_HOURS, WATCH_HOURS, HoursKind, week_of

EARLIEST = date(2000, 1, 1)
BUILT_IN = {
    HoursKind.WORK: Regime("Jam kerja umum", week_of(GENERAL_HOURS), EARLIEST),
    HoursKind.WATCH: Regime("Jam siaga", week_of(WATCH_HOURS), EARLIEST),
}
"""What holds where the table says nothing."""


class Calendars:
    """Every office's calendar, made when it is asked for."""

    def __init__(self, rows: Sequence[Row], holidays: Mapping[date, str]):
        self.facts = rows, holidays, clock.zone_key()
        self._rows, self._holidays, self._made = rows, holidays, {}
        self._having_own = {row.opd_id for row in rows if row.opd_id}

    def of(self, opd_id: int | None) -> Calendar:
        """The calendar of that OPD; the general one for those without hours of their own."""
        key = opd_id if opd_id in self._having_own else None
        if key not in self._made:
            work, watch = (self._hours(key, kind) for kind in HoursKind)
            self._made[key] = Calendar(work, watch, clock.zone())
        return self._made[key]

    def _hours(self, opd_id: int | None, kind: HoursKind) -> Hours:
        """Watch hours run on days off too."""
        mine = [row for row in self._rows if row.kind is kind and row.opd_id in (None, opd_id)]
        regimes = [
            Regime(row.name, week_of(row.week), row.starts_on, row.ends_on, bool(row.opd_id), row.works_holidays)
            for row in mine
        ]
        return Hours([*regimes, BUILT_IN[kind]], self._holidays if kind is HoursKind.WORK else {})


_latest: Calendars | None = None


def _load() -> Calendars:
    """The same object as long as nothing changed: its tables of years stay."""
    global _latest
    columns = (WorkingHours.opd_id, WorkingHours.kind, WorkingHours.name, WorkingHours.week)
    more = (WorkingHours.works_holidays, WorkingHours.starts_on, WorkingHours.ends_on)
    rows = db.session.execute(select(*columns, *more).order_by(WorkingHours.id)).all()
    fresh = Calendars(rows, calendar.holidays())
    if _latest is None or _latest.facts != fresh.facts:
        _latest = fresh
    return _latest


def _load_roster() -> tuple[Row, ...]:
    watches = select(Person.name, Person.phone, WatchDuty.starts_at, WatchDuty.ends_at)
    watches = watches.select_from(WatchDuty).join(Seat, Seat.id == WatchDuty.seat_id).join(Person)
    coming = WatchDuty.ends_at > clock.now(), Seat.acts_today()
    return tuple(db.session.execute(watches.where(*coming).order_by(WatchDuty.starts_at, WatchDuty.id)))


roster = Kept(_load_roster, WatchDuty, Seat)
"""Who watches from now on (piket): name, telephone, from and to."""


def on_duty() -> list[Row]:
    """Who watches now."""
    now = clock.now()
    return [each for each in roster() if each.starts_at <= now < each.ends_at]


calendars = Kept(_load, WorkingHours, calendar.Holiday)
"""All calendars as they are now."""


def calendar_of(opd_id: int | None = None) -> Calendar:
    """By what an OPD's clocks run; without one, the general calendar."""
    return calendars().of(opd_id)
