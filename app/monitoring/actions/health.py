"""How a source is doing. Written past the version that guards people's edits: a poll must not spoil an open form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from app.core import clock
from app.extensions import db
from app.monitoring.models import Source
from app.monitoring.rules.health import next_poll

if TYPE_CHECKING:  # httpx is a worker's business, not the web's
    from app.monitoring.fetch import Fetched


def note_offered(source_id: int, every_minutes: int) -> None:
    """A fetch was ordered: should every attempt at it die, the source is asked again at its next turn, not before."""
    _note(source_id, next_poll_at=next_poll(clock.now(), every_minutes, 0))


def note_worked(source_id: int) -> None:
    """The source gave something that could be read."""
    _note(source_id, worked_at=clock.now(), failures=0, trouble="")


def note_trouble(source_id: int, reason: str) -> None:
    """What the source gave could not be read; unread content must not pass for known content at the next poll."""
    source = db.session.get_one(Source, source_id)
    failures = source.failures + 1
    at = next_poll(clock.now(), source.every_minutes, failures)
    forgotten = {"body_hash": "", "etag": "", "last_modified": ""}
    _note(source_id, failures=failures, trouble=reason[:300], next_poll_at=at, **forgotten)


def note_fetched(source: Source, fetched: Fetched, known: bool) -> None:
    """The source answered, maybe only with what is `known`: remember by what to ask next time, and when."""
    now = clock.now()
    values: dict[str, Any] = {"polled_at": now, "next_poll_at": next_poll(now, source.every_minutes, 0)}
    if known:
        values |= {"worked_at": now, "failures": 0, "trouble": ""}
    if fetched.body is not None:
        values |= {"etag": fetched.etag, "last_modified": fetched.last_modified, "body_hash": fetched.digest}
    if fetched.moved_to:
        values["url"] = fetched.moved_to
    _note(source.id, **values)


def note_failed(source: Source, reason: str, after: float | None = None, gone: bool = False) -> None:
    """Nothing came: ask later and later; a source that says it is gone is not asked again."""
    now, failures = clock.now(), source.failures + 1
    at = next_poll(now, source.every_minutes, failures, after)
    off = {"enabled": False} if gone else {}
    _note(source.id, polled_at=now, next_poll_at=at, failures=failures, trouble=reason[:300], **off)


def _note(source_id: int, **values: Any) -> None:
    db.session.execute(update(Source).where(Source.id == source_id).values(**values))
