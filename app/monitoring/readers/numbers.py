"""Numbers as Indonesian exports write them: 1.234,5 and 12,5 rb and 3.4K."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"^([+-]?[\d.,]+)\s*(rb|ribu|k|jt|juta|m|mn)?$")
_TIMES = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000, "m": 1_000_000, "mn": 1_000_000}
_GROUPS = re.compile(r"^[+-]?\d{1,3}([.,]\d{3})+$")
LARGEST = 2**31 - 1


def count(value: object) -> int | None:
    """A number of people, views or the like; None when it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _bounded(value)
    match = _SHAPE.match(str(value or "").strip().casefold().replace("\u00a0", "").replace(" ", ""))
    if not match:
        return None
    number = _decimal(match[1])
    return _bounded(number * _TIMES.get(match[2] or "", 1)) if number is not None else None


def _decimal(text: str) -> float | None:
    """The last of two different signs is the decimal one; signs before groups of three are none."""
    if _GROUPS.match(text) and len(set(text) & {".", ","}) == 1:
        text = text.replace(".", "").replace(",", "")
    elif text.rfind(",") > text.rfind("."):
        text = text.replace(".", "").replace(",", ".")
    else:
        text = text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None


def _bounded(number: float) -> int | None:
    return int(number) if 0 <= number <= LARGEST else None
