"""Sources that ship with the project: three feeds and two sheets of invented media, read by the house's own readers.

Dates in them are written relative to the demo's now: `{{-2d 07:12 rfc}}` is two local days ago at 07.12,
`{{-3h iso}}` three hours ago.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from app.core import clock
from app.demo.sheets import read_at_once
from app.monitoring import actions
from app.monitoring.fetch import DEMO_SCHEME, Fetched
from app.monitoring.jobs import demo_folder
from app.monitoring.models import Source
from app.monitoring.queries import source_named
from app.monitoring.rules.kinds import Channel, SourceKind

BUNDLE = Path(__file__).resolve().parent / "bundle"
FEEDS = {
    "kabar-etam.xml": "Kabar Etam",
    "suara-hulu.xml": "Suara Hulu",
    "tenggarong-kini.json": "Tenggarong Kini",
}
SHEETS = {
    "ima.xlsx": ("IMA, media daring", Channel.NEWS),
    "isa.csv": ("ISA, media sosial", Channel.SOCIAL),
}
_WHEN = re.compile(r"\{\{-(\d+)([dhm])(?: (\d\d):(\d\d))? (\w+)\}\}")
_FORMS: dict[str, Callable[[datetime], str]] = {
    "rfc": lambda at: f"{clock.DAYS[at.weekday()][:3]}, {at:%d} {clock.MONTHS[at.month - 1][:3]} {at:%Y %H:%M} WITA",
    "iso": lambda at: at.isoformat(timespec="seconds"),
    "dmy": lambda at: f"{at:%d/%m/%Y}",
    "hm": lambda at: f"{at:%H.%M}",
    "dmyhm": lambda at: f"{at:%d/%m/%Y %H.%M.%S}",
}


def load_demo_sources(now: datetime) -> list[Source]:
    """Add the bundled sources and take in what they tell up to `now`. Does not commit."""
    return [*(_feed(name, called, now) for name, called in FEEDS.items()), *(_sheet(name, now) for name in SHEETS)]


def rendered(name: str, now: datetime) -> bytes:
    """A bundled file with its dates set to the demo's now."""
    content = (BUNDLE / name).read_bytes()
    if name.endswith(".xlsx"):
        return _rendered_workbook(content, now)
    encoding = "cp1252" if name.endswith(".csv") else "utf-8"
    return _dated(content.decode(encoding), now).encode(encoding)


def _rendered_workbook(content: bytes, now: datetime) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, _dated(old.read(name).decode(), now).encode())
    return out.getvalue()


def _dated(text: str, now: datetime) -> str:
    return _WHEN.sub(lambda match: _FORMS[match[5]](_moment(match, now)), text)


def _moment(match: re.Match[str], now: datetime) -> datetime:
    """Local time so long before now, never after it."""
    number, unit = int(match[1]), match[2]
    here = clock.local(now)
    if unit != "d":
        return here - timedelta(**{"h": {"hours": number}, "m": {"minutes": number}}[unit])
    day = here - timedelta(days=number)
    return min(day.replace(hour=int(match[3]), minute=int(match[4]), second=0, microsecond=0), here)


def _feed(name: str, called: str, now: datetime) -> Source:
    content = rendered(name, now)
    folder = demo_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    values = {"name": called, "kind": SourceKind.RSS, "url": DEMO_SCHEME + name, "channel": Channel.NEWS}
    source = actions.add_source(values, None)
    read_at_once(source, content)
    actions.note_fetched(source, Fetched(content), known=True)
    return source


def _sheet(name: str, now: datetime) -> Source:
    called, channel = SHEETS[name]
    values = {"name": called, "kind": SourceKind.SHEET, "channel": channel}
    source = source_named(called) or actions.add_source(values, None)
    read_at_once(source, rendered(name, now), name)
    return source
