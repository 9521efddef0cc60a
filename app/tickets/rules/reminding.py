"""When an OPD may be told of its clock, what the clock is called, and what goes up when its time is used. No SQL."""

from datetime import datetime

from app.core.calendar import Calendar, Unit
from app.tickets.rules.authority import Cause
from app.tickets.rules.steps import ALL
from app.tickets.rules.sums import DUE, FIRST, REACT

IN_WATCH_HOURS = frozenset({Unit.WATCH_HOURS, Unit.CLOCK_HOURS})
"""Clocks that run outside the working hours too: of those people are told in the jam siaga as well."""

CALLED = {REACT: "tanggapan pertama", FIRST: "jawaban pertama", DUE: "jawaban lengkap"}
TASK_CALLED = "hasil tugas"
"""What a reminder calls the clock: «75 % waktu jawaban lengkap terpakai»."""

GOES_UP = {REACT: Cause.TAKE_ON, DUE: Cause.DUE}


def goes_up_as(what: str, step: int) -> Cause | None:
    """What is proposed to a superior at that step of a clock: only once all of its time is used."""
    return GOES_UP.get(what) if step >= ALL else None


def may_tell(unit: Unit, at: datetime, calendar: Calendar) -> bool:
    """Nobody is written to in the night: only in the OPD's working hours, of urgent clocks in the jam siaga too."""
    return tells_from(unit, at, calendar) <= at


def tells_from(unit: Unit, at: datetime, calendar: Calendar) -> datetime:
    """From when on, at that instant or later, people may be told."""
    moment = calendar.local(at)
    hours = [calendar.work, calendar.watch] if unit in IN_WATCH_HOURS else [calendar.work]
    return min(calendar.instant(each.opening(moment)) for each in hours)
