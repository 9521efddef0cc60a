"""One clock: UTC inside, the office's zone outside, Indonesian words for both."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC. The only call of its kind in the house."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(instant: datetime) -> Iterator[None]:
    """Let `now()` answer `instant` here (this thread, this context): how the demo tells what happened last week."""
    token = _pretended.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def zone() -> ZoneInfo:
    """The zone people read times in (TANGGAP_TIMEZONE)."""
    return ZoneInfo(zone_key())


def zone_key() -> str:
    return current_app.config["TIMEZONE"] if has_app_context() else "Asia/Makassar"


def zone_name() -> str:
    """What people call the zone: WIB, WITA, WIT, else its key."""
    return ZONE_NAMES.get(zone_key(), zone_key())


def local(instant: datetime) -> datetime:
    return instant.astimezone(zone())


def today() -> date:
    return local(now()).date()


def short(instant: datetime) -> str:
    """«Kam 26 Nov, 15.20»; another year is named."""
    there = local(instant)
    return f"{short_day(there.date())}, {there:%H.%M}"


def day_of(moment: date) -> date:
    """The day itself, or the local day of an instant: six in the morning here is the day before in UTC."""
    return local(moment).date() if isinstance(moment, datetime) else moment


def short_day(moment: date) -> str:
    """«Kam 26 Nov», of a day or of an instant; another year than the present one is named."""
    day = day_of(moment)
    year = f" {day.year}" if day.year != today().year else ""
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}{year}"


def long(instant: datetime) -> str:
    """«Kamis, 26 November 2026, 15.20 WITA», as papers and letters write it."""
    there = local(instant)
    return f"{long_day(there.date())}, {there:%H.%M} {zone_name()}"


def long_day(moment: date) -> str:
    """«Kamis, 26 November 2026», of a day or of an instant."""
    day = day_of(moment)
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def midnight(day: date) -> datetime:
    """The instant at which a local day begins."""
    return datetime.combine(day, time.min, zone()).astimezone(UTC)


def month(day: date) -> str:
    """«November 2026»."""
    return f"{MONTHS[day.month - 1]} {day.year}"


MOST_YEARS_AWAY = 100


def parse_local(text: str) -> datetime:
    """A browser's local `YYYY-MM-DDTHH:MM` (or a day alone) as an aware UTC instant.

    ValueError when it is neither, or lies in no time that anybody here deals with: calendars are reckoned year by year.
    """
    moment = datetime.fromisoformat(text)
    if abs(moment.year - today().year) > MOST_YEARS_AWAY:
        raise ValueError("too far away")
    return moment.replace(tzinfo=zone()).astimezone(UTC)


def for_table(instant: datetime | None) -> str:
    """«2026-11-26 15:20», which spreadsheets sort; nothing where there is no instant."""
    return f"{local(instant):%Y-%m-%d %H:%M}" if instant else ""


def for_input(instant: datetime | None) -> str:
    """What `<input type=datetime-local>` wants."""
    return f"{local(instant):%Y-%m-%dT%H:%M}" if instant else ""
