"""Dates as Indonesian sources write them. Times without a zone are the office's own (Asia/Makassar, WITA)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")
LONGEST = 100

_ZONES = {
    "wib": 7, "wita": 8, "wit": 9, "sgt": 8, "z": 0, "utc": 0, "gmt": 0, "ut": 0,
    "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
}  # fmt: skip
_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "ags": 8,
    "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_IN_WORDS = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[-/ .]+([a-z]{3,9})\.?,?[-/ .]*(\d{4}|\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?!\d)")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?=$|t\d|\s)")
_TIME = re.compile(r"(?<!\d)(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m\b)?")
_OFFSET = re.compile(r"(?:gmt|utc)?\s*([+-])(\d{2}):?(\d{2})?\s*(?:\(|$)")
_USUAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](199\d|20\d\d) (\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?", re.ASCII)
"""Day, month, year and the time of day, nothing else: most sheets, read three times as fast."""
_ZONE = re.compile(rf"(?<![a-z])({'|'.join(_ZONES)})(?![a-z])")


def parse(value: object, zone: tzinfo = WITA) -> datetime | None:
    """The instant a source means, aware, in UTC; None when it cannot be told."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    text = " ".join(str(value or "").lower().split())
    if not text or len(text) > LONGEST:
        return None
    if text.isdigit() and len(text) in (10, 13):
        return _epoch(int(text))
    if usual := _USUAL.fullmatch(text):
        day, month, year, hour, minute, second = usual.groups("0")
        return _moment(_numbers(day, month, year), (int(hour), int(minute), min(int(second), 59)), zone)
    found = _day(text)
    if found is None:
        return None
    day_told, rest = found
    return _moment(day_told, _clock(rest), _zone(rest) or zone)


def _moment(day: tuple[int, int, int], time: tuple[int, int, int], zone: tzinfo) -> datetime | None:
    try:
        return datetime(*day, *time, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def names_time(value: object) -> bool:
    """Whether a date also says the time of day."""
    if isinstance(value, datetime):
        return (value.hour, value.minute, value.second) != (0, 0, 0)
    found = _day(" ".join(str(value or "").lower().split())[:LONGEST])
    return bool(found and _TIME.search(found[1]))


def from_serial(serial: float) -> datetime | None:
    """An Excel day number as a naive local time; None outside 1990–2100."""
    if not 32874 <= serial < 73415:
        return None
    return datetime(1899, 12, 30) + timedelta(seconds=round(serial * 86400))


def _epoch(number: int) -> datetime | None:
    seconds = number / 1000 if number > 10**11 else number
    return datetime.fromtimestamp(seconds, UTC) if 631152000 <= seconds < 4102444800 else None


def _day(text: str) -> tuple[tuple[int, int, int], str] | None:
    """Year, month, day, and what is left of the text (the time, the zone)."""
    for pattern, read in _SHAPES:
        match = pattern.search(text)
        day = read(*match.groups()) if match else None
        if match and day and 1990 <= day[0] < 2100:
            return day, text[: match.start()] + " " + text[match.end() :]
    return None


def _numbers(day: str, month: str, year: str) -> tuple[int, int, int]:
    d, m = int(day), int(month)
    return _year(year), *((d, m) if m > 12 and d <= 12 else (m, d))


def _words(day: str, month: str, year: str) -> tuple[int, int, int] | None:
    number = _MONTHS.get(month[:3])
    return (_year(year), number, int(day)) if number else None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


_SHAPES = (
    (_YEAR_FIRST, lambda y, m, d: (int(y), int(m), int(d))),
    (_IN_WORDS, _words),
    (_MONTH_FIRST, lambda m, d, y: _words(d, m, y)),
    (_DAY_FIRST, _numbers),
    (_COMPACT, lambda y, m, d: (int(y), int(m), int(d))),
)


def _clock(rest: str) -> tuple[int, int, int]:
    match = _TIME.search(rest)
    if not match:
        return 0, 0, 0
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4][0] == "p" else 0)
    return hour, minute, min(second, 59)


def _zone(rest: str) -> tzinfo | None:
    # The offset stands behind the time; a minus inside a date is no offset, and dates are already taken out.
    if offset := _OFFSET.search(rest):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    named = _ZONE.search(rest)
    return timezone(timedelta(hours=_ZONES[named[1]])) if named else None
