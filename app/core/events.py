"""Append-only history: every verb says that it happened, in the transaction in which it happened.

Events of one stream ("ticket:17") form a hash chain; personal text stands in a side table and enters the
chain only as a salted hash, so that a redaction leaves the chain valid (guard.md 25).
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, insert, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.core import clock
from app.core.db import take_ids
from app.extensions import Base, db

GENESIS = "0" * 64


class Event(Base):
    """One thing that happened. Never updated, never deleted: triggers on both databases refuse."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("stream", "seq"),
        Index("ix_event_actor", "person_id", "at"),
        Index("ix_event_kind", "kind", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    seat_id: Mapped[int | None]
    person_id: Mapped[int | None]
    opd_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(200))
    audience: Mapped[str] = mapped_column(String(16), default="shared")
    ref_id: Mapped[int | None]
    before: Mapped[dict | None]
    after: Mapped[dict | None]
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    body: Mapped["EventText | None"] = relationship(lazy="raise_on_sql", uselist=False)

    @property
    def stream_id(self) -> int:
        """The number in the stream's name: 17 of "ticket:17"."""
        return int(self.stream.partition(":")[2])


class EventText(Base):
    """What somebody wrote. May be redacted: text None, the salted hash stays."""

    __tablename__ = "event_text"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    text: Mapped[str | None]
    salt: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))
    redacted_at: Mapped[datetime | None]


Reader = Callable[[Event], None]
_readers: list[Reader] = []


def subscribe(reader: Reader) -> Reader:
    """Have `reader(event)` called inside the transaction of every event."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def record(
    stream: str,
    kind: str,
    by,
    *,
    before: dict | None = None,
    after: dict | None = None,
    text: str | None = None,
    audience: str = "shared",
    opd_id: int | None = None,
    ref_id: int | None = None,
) -> Event:
    """Append an event to `stream` and tell the readers; `by` is the acting Seat, or None for the system itself.

    Refused when the seat signs nothing: a shared mailbox without the name of who acts.

    `opd_id` is whose event it is (the audience *internal* is that OPD alone); default: the actor's OPD.
    Does not commit.
    """
    seq, prev_hash = _tail(stream)
    event = _linked(stream, seq + 1, prev_hash, kind, by, before, after, text, audience, opd_id, ref_id)
    db.session.add(event)
    db.session.flush()
    for reader in _readers:
        reader(event)
    return event


def record_many(kind: str, changes: Sequence[tuple[str, dict, dict]]) -> None:
    """Append one event of the system itself to each stream: (stream, before, after), each stream once.

    As many statements for a batch as for one; readers are told of each. Does not commit.
    """
    if not changes:
        return
    tails = _tails([stream for stream, _before, _after in changes])
    recorded = []
    for event_id, (stream, before, after) in zip(take_ids(Event, len(changes)), changes, strict=True):
        seq, prev_hash = tails.get(stream, (0, GENESIS))
        recorded.append(_linked(stream, seq + 1, prev_hash, kind, None, before, after))
        recorded[-1].id = event_id
    columns = Event.__table__.columns.keys()
    db.session.execute(insert(Event), [{name: getattr(event, name) for name in columns} for event in recorded])
    for event in recorded:
        for reader in _readers:
            reader(event)


def _linked(
    stream: str,
    seq: int,
    prev_hash: str,
    kind: str,
    by,
    before: dict | None,
    after: dict | None,
    text: str | None = None,
    audience: str = "shared",
    opd_id: int | None = None,
    ref_id: int | None = None,
) -> Event:
    """The event that follows in the chain of its stream."""
    event = Event(
        stream=stream,
        seq=seq,
        kind=kind,
        at=clock.now(),
        **_who(by, opd_id),
        audience=audience,
        ref_id=ref_id,
        before=before,
        after=after,
        prev_hash=prev_hash,
    )
    body = _body(text)
    event.hash = digest(event, body.digest if body else None)
    event.body = body
    return event


def latest(stream: str, most: int = 20) -> list[Event]:
    """The newest events of a stream, with their texts; the newest first."""
    newest = select(Event).where(Event.stream == stream).order_by(Event.seq.desc()).limit(most)
    return list(db.session.scalars(newest.options(joinedload(Event.body))))


def _who(by, opd_id: int | None) -> dict:
    if by is None:
        return {"opd_id": opd_id, "actor": "Sistem"}
    return {"seat_id": by.id, "person_id": by.person_id, "opd_id": opd_id or by.opd_id, "actor": by.signed}


def digest(event: Event, text_digest: str | None) -> str:
    """SHA-256 over everything the event claims, the text's digest and the previous hash."""
    claim = [
        *(event.stream, event.seq, event.kind, event.at.isoformat(timespec="microseconds")),
        *(event.seat_id, event.person_id, event.opd_id, event.actor, event.audience, event.ref_id),
        *(event.before, event.after, text_digest, event.prev_hash),
    ]
    return hashlib.sha256(json.dumps(claim, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken_links() -> Iterator[tuple[str, int, str]]:
    """Every (stream, seq, what is wrong) whose chain does not hold. Reads the whole table in order, streaming."""
    rows = db.session.execute(
        select(Event, EventText)
        .outerjoin(EventText)
        .order_by(Event.stream, Event.seq)
        .execution_options(yield_per=1000)
    )
    stream, seq, last = None, 0, GENESIS
    for event, body in rows:
        if event.stream != stream:
            stream, seq, last = event.stream, 0, GENESIS
        if event.seq != seq + 1:
            yield event.stream, event.seq, f"urutan melompat dari {seq}"
        if event.prev_hash != last or event.hash != digest(event, body.digest if body else None):
            yield event.stream, event.seq, "isi atau rantainya berubah"
        if body and body.text is not None and body.digest != text_digest(body.salt, body.text):
            yield event.stream, event.seq, "teksnya berubah"
        seq, last = event.seq, event.hash


def text_digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def _body(text: str | None) -> EventText | None:
    if text is None:
        return None
    salt = secrets.token_hex(16)
    return EventText(text=text, salt=salt, digest=text_digest(salt, text))


def _tail(stream: str) -> tuple[int, str]:
    last = select(Event.seq, Event.hash).where(Event.stream == stream).order_by(Event.seq.desc()).limit(1)
    row = db.session.execute(last).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def _tails(streams: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The ends of several chains; a stream without events is not among them."""
    newest = select(func.max(Event.id)).where(Event.stream.in_(streams)).group_by(Event.stream)
    rows = db.session.execute(select(Event.stream, Event.seq, Event.hash).where(Event.id.in_(newest)))
    return {row.stream: (row.seq, row.hash) for row in rows}
