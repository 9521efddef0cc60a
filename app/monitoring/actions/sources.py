"""Verbs about sources: add, change, pause, ask now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, select

from app.core import clock, events, work
from app.core.db import serialise
from app.core.refused import Refused
from app.extensions import db
from app.monitoring import queries
from app.monitoring.actions.health import note_offered
from app.monitoring.models import IngestRun, Source
from app.monitoring.rules import opml
from app.monitoring.rules.kinds import SOURCE_FIELDS, Channel, SourceKind
from app.monitoring.rules.opml import Feed
from app.people.models import Seat

POLL = "source.poll"
POLL_LOCK = 41_002
PER_HOST_SECONDS = 5


def add_source(values: dict[str, Any], by: Seat | None, *, enabled: bool = True) -> Source:
    """A new source, asked at once when it is a feed and enabled. Raises Refused for a name that is taken."""
    _refuse_taken(values["name"])
    fields = {k: values[k] for k in SOURCE_FIELDS if k in values}
    source = Source(kind=SourceKind(values["kind"]), enabled=enabled, **fields)
    source.next_poll_at = clock.now() if source.kind is SourceKind.RSS else None
    source.channel = Channel.COMPLAINT if source.kind is SourceKind.SP4N else source.channel
    db.session.add(source)
    db.session.flush()
    events.record(f"source:{source.id}", "source.added", by, after={"name": source.name, "kind": source.kind})
    return source


def add_feeds(feeds: Iterable[Feed], by: Seat) -> list[Source]:
    """Feeds of a file as sources that are paused: nothing is asked of them before a person resumes them.

    What is a source already, or cannot be one, is left out; a name that is taken gets a number.
    """
    known, added = queries.feeds_by_address(), []
    for one in opml.seen(feeds, known):
        if one.free:
            values = {"name": free_name(one.feed.name), "kind": SourceKind.RSS, "url": one.feed.url}
            added.append(add_source(values, by, enabled=False))
    return added


def free_name(name: str) -> str:
    """The name itself, else the first numbered one that no source bears."""
    numbered = (f"{name[:112]} ({number})" for number in count(2))
    return next(free for free in chain([name], numbered) if not queries.source_named(free))


def found_or_added(name: str, kind: SourceKind) -> Source:
    """The source of that name, made when missing, for imports from the command line."""
    return queries.source_named(name) or add_source({"name": name, "kind": kind, "channel": Channel.NEWS}, None)


def change_source(source: Source, values: dict[str, Any], by: Seat) -> bool:
    """Take over changed fields; another address is asked at once, without what is known of the old one."""
    new = {k: values[k] for k in SOURCE_FIELDS if k in values and values[k] != getattr(source, k)}
    if not new:
        return False
    if "name" in new:
        _refuse_taken(new["name"])
    before = {k: getattr(source, k) for k in new}
    for name, value in new.items():
        setattr(source, name, value)
    if "url" in new:
        source.etag = source.last_modified = source.body_hash = source.trouble = ""
        source.failures, source.next_poll_at = 0, clock.now()
    events.record(f"source:{source.id}", "source.changed", by, before=before, after=new)
    return True


def set_enabled(source: Source, enabled: bool, by: Seat) -> None:
    """«Jeda» and «Lanjutkan»: a resumed feed is asked at once and starts without old failures."""
    if source.enabled == enabled:
        return
    source.enabled = enabled
    if enabled:
        source.failures, source.trouble, source.next_poll_at = 0, "", clock.now()
    events.record(f"source:{source.id}", "source.resumed" if enabled else "source.paused", by)


def drop_source(source: Source, by: Seat) -> None:
    """«Buang» a source that never brought anything, with the searches for its feed. Raises Refused for any other."""
    if source.enabled or not queries.is_unused(source.id):
        raise Refused(
            {"source": f"{source.name} sudah pernah dipakai, jadi tetap disimpan. Sumber yang dijeda tidak diambil."}
        )
    events.record(f"source:{source.id}", "source.dropped", by, before={"name": source.name, "url": source.url})
    db.session.execute(delete(IngestRun).where(IngestRun.source_id == source.id))
    db.session.delete(source)


def poll_now(source_id: int) -> bool:
    """«Ambil sekarang»: one fetch per source at a time; False when one is already waiting or running."""
    serialise(POLL_LOCK)
    return _offer(source_id, None)


def offer_polls() -> int:
    """Have every due feed fetched, the feeds of one host some seconds apart. Returns how many were offered."""
    serialise(POLL_LOCK)
    now = clock.now()
    due = select(Source.id, Source.url, Source.every_minutes).where(
        Source.enabled.is_(True), Source.kind == SourceKind.RSS, Source.next_poll_at <= now
    )
    asked: Counter[str] = Counter()
    offered = 0
    for source_id, url, minutes in db.session.execute(due.order_by(Source.next_poll_at, Source.id).limit(200)).all():
        host = urlsplit(url).netloc
        offered += _offer(source_id, now + timedelta(seconds=asked[host] * PER_HOST_SECONDS))
        asked[host] += 1
        note_offered(source_id, minutes)
    return offered


def _offer(source_id: int, at: datetime | None) -> bool:
    if queries.work_of(POLL, source_id):
        return False
    work.later(POLL, source_id, at=at)
    return True


def _refuse_taken(name: str) -> None:
    if queries.source_named(name):
        raise Refused({"name": "Nama ini sudah dipakai sumber lain."})
