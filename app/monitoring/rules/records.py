"""What every reader yields, whatever it reads: plain records, and rows that could not be taken with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from app.monitoring.rules import cleaning, links
from app.monitoring.rules.kinds import Channel, Tone
from app.monitoring.rules.values import channel_of

TEXT_LENGTH = 50_000
RAW_LENGTH = 2_000


@dataclass(slots=True)
class Record:
    """One item as a source tells it: `line` is its place in the file, `marks` are things an operator should know.

    `mirror` is what only SP4N-LAPOR! tells of its complaints. `studied` is what its reader was asked to find out in it.
    """

    line: int = 0
    external_id: str = ""
    url: str = ""
    title: str = ""
    text: str = ""
    media: str = ""
    channel: Channel | None = None
    author: str = ""
    published_at: datetime | None = None
    tone: Tone | None = None
    reach: int | None = None
    raw: dict[str, Any] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    mirror: dict[str, Any] = field(default_factory=dict)
    studied: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Rejected:
    """A row that was not taken, with an Indonesian reason that says what to do."""

    line: int
    reason: str
    raw: dict[str, Any] = field(default_factory=dict)


MARKS = {
    "future_date": "Tanggal di sumber ada di masa depan; dipakai waktu pengambilan.",
    "no_date": "Sumber tidak memberi tanggal; dipakai waktu pengambilan.",
    "date_unread": "Tanggal di sumber tidak terbaca; dipakai waktu pengambilan.",
    "old_item": "Berita lama: terbit lebih dari 30 hari sebelum diambil.",
    "tone_unread": "Tone di sumber tidak dikenal.",
}
OLD_DAYS = 30
DOUBTFUL = frozenset({"future_date", "no_date", "date_unread"})


def is_old(alert: Any) -> bool:
    """Whether an alert, or a row of one, was old news already when it was fetched."""
    return alert.fetched_at - alert.published_at > timedelta(days=OLD_DAYS)


def taken(record: Record, now: datetime) -> Record | Rejected:
    """The record cleaned and dated, or why it cannot be taken. `now` is the time of fetching."""
    text = cleaning.plain(record.text, TEXT_LENGTH)
    title = cleaning.line(record.title) or cleaning.line(text, 140)
    if not title:
        return Rejected(record.line, "Judul dan isi kosong.", raw(record.raw))
    published_at, marks = dated(record.published_at, now)
    url = links.showable(record.url)
    if "no_date" in marks and "date_unread" in record.marks:
        marks.remove("no_date")
    return Record(
        line=record.line,
        external_id=cleaning.line(record.external_id, 500),
        url=url,
        title=title,
        text=text,
        media=cleaning.name(record.media),
        channel=record.channel or channel_of("", links.host_of(url)),
        author=cleaning.name(record.author),
        published_at=published_at,
        tone=record.tone,
        reach=record.reach,
        raw=raw(record.raw),
        marks=[*record.marks, *marks],
        mirror=record.mirror,
        studied=record.studied,
    )


def dated(published_at: datetime | None, now: datetime) -> tuple[datetime, list[str]]:
    """A usable time of publication: missing and future ones become `now`, and say so."""
    if published_at is None:
        return now, ["no_date"]
    if published_at > now:
        return now, ["future_date"]
    return published_at, ["old_item"] if (now - published_at).days > OLD_DAYS else []


def raw(values: dict[str, Any]) -> dict[str, str]:
    """The source's own fields as short plain text, for people who look up what was delivered."""
    kept = list(values.items())[:60]
    return {
        _column(k): cleaning.cut(cleaning.tidy(str(v)[: RAW_LENGTH * 2]), RAW_LENGTH)
        for k, v in kept
        if v not in (None, "")
    }


@lru_cache(maxsize=256)
def _column(name: str) -> str:
    """A column's name, which every row of a sheet bears again."""
    return cleaning.name(name)
