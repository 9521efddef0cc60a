"""Two people changed the same thing: who was first, and both versions side by side."""

from collections.abc import Iterable
from enum import StrEnum

from app.core import clock, events


def conflict(stream: str, thing, form, names: Iterable[str]) -> dict:
    """What `ui.conflict` shows. The form then carries the new version, so that sending it again is a decision."""
    who, at = first(stream)
    form.version.data = str(thing.version)
    pairs = [(form[name], getattr(thing, name)) for name in names if name in form]
    return {
        "who": who,
        "at": at,
        "what": "Bandingkan keduanya.",
        "rows": [
            (field.label.text, _said(stored), _said(field.data)) for field, stored in pairs if stored != field.data
        ],
    }


def first(stream: str) -> tuple[str, str]:
    """Who changed it last, and when, in words."""
    last = next(iter(events.latest(stream, 1)), None)
    return (last.actor, clock.short(last.at)) if last else ("Orang lain", "baru saja")


def _said(value) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, StrEnum):
        return getattr(value, "label", value.value)
    return str(value) if value else "kosong"
