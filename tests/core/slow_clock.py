"""A second way to reckon, so slow and plain that it can be trusted: it walks minute by minute and day by day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.calendar import Calendar, Hours, Regime, Unit, parse_spans

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONE = ZoneInfo("Asia/Makassar")
ALWAYS = date(2000, 1, 1)
OFF = {
    date(2026, 12, 24): "Cuti bersama Natal",
    date(2026, 12, 25): "Hari Raya Natal",
    date(2027, 1, 1): "Tahun Baru",
    date(2027, 3, 10): "Idulfitri",
    date(2027, 3, 11): "Idulfitri",
}


def week(*texts: str):
    """Senin–Kamis, Jumat, Sabtu, Minggu."""
    first, friday, saturday, sunday = (parse_spans(text) for text in texts)
    return (first, first, first, first, friday, saturday, sunday)


FIVE = Regime("lima hari", week("07.30-16.00", "07.30-11.00, 13.00-16.00", "", ""), ALWAYS)
SIX = Regime("enam hari", week("07.30-14.00", "07.30-11.00", "07.30-12.30", ""), ALWAYS, own=True)
SHIFTS = Regime("sif", week(*["00.00-24.00"] * 4), ALWAYS, own=True, works_holidays=True)
RAMADAN = Regime("Ramadan", week("08.00-15.00", "08.00-11.30, 12.30-15.30", "", ""), date(2027, 2, 8), date(2027, 3, 9))
WATCH = Regime("jam siaga", week(*["07.00-21.00"] * 4), ALWAYS)
CALENDARS = {
    name: Calendar(Hours(regimes, OFF), Hours([WATCH]), ZONE)
    for name, regimes in (
        ("lima", [FIVE]), ("enam", [FIVE, SIX]), ("sif", [FIVE, SHIFTS]), ("ramadan", [FIVE, RAMADAN]),
    )
}  # fmt: skip


def is_open(moment: datetime, hours: Hours) -> bool:
    """Written again from the rules, not from the code: OPD before general, with an end before without."""
    day = moment.date()
    holding = [r for r in hours.regimes if r.starts_on <= day and (r.ends_on is None or day <= r.ends_on)]
    best = [r for r in holding if r.own] or holding
    best = [r for r in best if r.ends_on] or best
    if not best or (day in hours.holidays and not best[0].works_holidays):
        return False
    at = moment.hour * 60 + moment.minute
    return any(start <= at < end for start, end in best[0].week[day.weekday()])


def opens_on(day: date, hours: Hours) -> bool:
    midnight = datetime(day.year, day.month, day.day)
    return any(is_open(midnight + n * 5 * MINUTE, hours) for n in range(288))


def first_open(moment: datetime, hours: Hours) -> datetime:
    while not is_open(moment, hours):
        moment += MINUTE
    return moment


def days_after(since: date, until: date, hours: Hours) -> int:
    count = 0
    while since < until:
        since += DAY
        count += opens_on(since, hours)
    return count


def slowly(start: datetime, amount: int, unit: Unit, calendar: Calendar, pauses=()) -> datetime:
    """The same as `reckon(…).due_at`, for pauses that begin before it is due. Whole minutes only."""
    moment = calendar.local(start)
    stops = [(calendar.local(a), calendar.local(b)) for a, b in pauses]
    if unit is Unit.WORKING_DAYS:
        return calendar.instant(_by_days(moment, amount, calendar.work, stops))
    hours = {Unit.WORKING_HOURS: calendar.work, Unit.WATCH_HOURS: calendar.watch}.get(unit)
    if hours:
        moment = first_open(moment, hours)
    left = amount * 60
    while left:
        stands = any(a <= moment < b for a, b in stops)
        left -= not stands and (hours is None or is_open(moment, hours))
        moment += MINUTE
    return calendar.instant(moment)


def _by_days(moment: datetime, days: int, hours: Hours, stops) -> datetime:
    begin = first_open(moment, hours)
    for a, b in stops:
        days += days_after(first_open(a, hours).date(), first_open(b, hours).date(), hours)
    day = begin.date()
    if not days:
        return begin
    while days:
        day += DAY
        days -= opens_on(day, hours)
    return _within(datetime.combine(day, begin.time()), hours)


def _within(moment: datetime, hours: Hours) -> datetime:
    """That hour if the office is open or just closing, else the next opening of the day, else its closing."""
    ahead = moment
    while ahead.date() == moment.date():
        if is_open(ahead, hours) or (ahead == moment and is_open(ahead - MINUTE, hours)):
            return ahead
        ahead += MINUTE
    back = moment
    while not is_open(back - MINUTE, hours):
        back -= MINUTE
    return back
