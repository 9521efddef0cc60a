"""Rows become alerts: a batch is one transaction in which each row is new, repeated or rejected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import select, update

from app.core import search
from app.core.db import insert_many, serialise, take_ids
from app.extensions import db
from app.monitoring import queries
from app.monitoring.actions.mirroring import keep_mirrored
from app.monitoring.models import Alert, AlertKey, IngestRun, RejectedRow, Shielded, Source
from app.monitoring.queries.offices import public_names
from app.monitoring.rules import atlas, keys, links, shield
from app.monitoring.rules.evidence import Content
from app.monitoring.rules.kinds import AlertState, Channel, SourceKind
from app.monitoring.rules.records import DOUBTFUL, MARKS, Record, Rejected
from app.monitoring.rules.topics import Hint, Topic, Topics
from app.monitoring.rules.values import is_paid
from app.monitoring.rules.words import tokens
from app.people.models import Opd

INTAKE_LOCK = 41_001
"""PostgreSQL: one batch at a time, so that two imports cannot both find a key missing."""


class Intake:
    """Takes the rows of one run. Read once per run, with the first new row: the OPDs and their words."""

    def __init__(self, source: Source) -> None:
        self.source_id, self.channel, self.name = source.id, source.channel, source.name
        self.is_feed, self.is_sheet = source.kind is SourceKind.RSS, source.kind is SourceKind.SHEET

    @cached_property
    def _offices(self) -> Sequence[Opd]:
        return db.session.scalars(select(Opd).where(Opd.active.is_(True)).order_by(Opd.id)).all()

    @cached_property
    def _public(self) -> frozenset[str]:
        return public_names()

    @cached_property
    def _opds(self) -> tuple[dict[str, int], Topics]:
        opds = self._offices
        topics = (Topic(o.code, (o.name, o.short, *o.abbreviations), tuple(o.topics), o.kind) for o in opds)
        return {opd.code: opd.id for opd in opds}, _compiled(tuple(topics))

    def ready(self) -> Intake:
        """With everything in memory that `study` needs, for a process that may not ask the database."""
        _ = self._opds, self._public, atlas.gazetteer()
        return self

    def study(self, record: Record) -> dict[str, Any]:
        """What a record tells by itself: its keys, what may be stored of it, its place and likely OPDs."""
        own = keys.keys_of(record, self.source_id)
        return {"keys": own, "masked": _changed(record, self._shielded(record)), **self._recognised(record)}

    def take(self, run: IngestRun, items: Sequence[Record | Rejected]) -> None:
        """Write one batch and move the run's counters with it. Does not commit."""
        serialise(INTAKE_LOCK)
        records = [item for item in items if isinstance(item, Record)]
        rejected = [item for item in items if isinstance(item, Rejected)]
        new = self._sort(run, records)
        self._keep_rejected(run, rejected)
        run.new += new
        run.repeated += len(records) - new
        run.rejected += len(rejected)
        run.rows_done += len(items)

    def _sort(self, run: IngestRun, records: list[Record]) -> int:
        """Insert what is new, remember under which keys; count what is repeated. Returns how many are new."""
        named = [(record, record.studied.get("keys") or keys.keys_of(record, self.source_id)) for record in records]
        known = queries.known_by({key for _, own in named for key in own})
        before = frozenset(known)
        fresh: list[tuple[Record, list[str]]] = []
        repeats: list[int] = []
        told: list[tuple[int, Record]] = []
        for record, own in named:
            owner = next((known[key] for key in own if key in known), None)
            if owner is None:
                owner = -1 - len(fresh)  # its place among the new ones, until it has an id
                fresh.append((record, own))
            else:
                repeats.append(owner)
            told.append((owner, record))
            known |= {key: owner for key in own if key not in known}
        ids = self._insert(run, [record for record, _ in fresh])
        _remember({key: owner for key, owner in known.items() if key not in before}, ids)
        self._count_sightings({owner for owner in repeats if owner >= 0})
        keep_mirrored(run, [(owner if owner >= 0 else ids[-1 - owner], record) for owner, record in told])
        return len(fresh)

    def _insert(self, run: IngestRun, records: list[Record]) -> list[int]:
        if not records:
            return []
        ids = take_ids(Alert, len(records))
        safe = [self._shielded(record) for record in records]
        taken = zip(ids, records, safe, strict=True)
        rows = [{"id": ref, **self._row(run, record, kept)} for ref, record, kept in taken]
        insert_many(Alert, rows)
        _keep_originals(zip(ids, records, safe, strict=True))
        search.put_many("alert", [(ref, _findable(row), ()) for ref, row in zip(ids, rows, strict=True)])
        return ids

    def _shielded(self, record: Record) -> shield.Shield:
        """What may be stored in the open. Keys were made before, of the words as they came."""
        if record.studied:
            return shield.Shield(**_own(record) | record.studied["masked"])
        channel, outlet = record.channel or self.channel, record.media or self._outlet(record)
        return shield.shielded(record.title, record.text, record.author, _raw(record), channel, self._public, outlet)

    def _recognised(self, record: Record) -> dict[str, Any]:
        words = tokens(record.title, record.text)
        place = atlas.gazetteer().find(words).main
        hints = [_shown(hint) for hint in self._opds[1].hints(words)]
        return {"place": place.label[:120] if place else "", "hints": hints}

    def _row(self, run: IngestRun, record: Record, safe: shield.Shield) -> dict[str, Any]:
        known = record.studied or self._recognised(record)
        hints = known["hints"]
        return {
            "source_id": self.source_id,
            "run_id": run.id,
            "external_id": record.external_id[:200],
            "url": record.url[:2000],
            "title": safe.title[:500],
            "text": safe.text,
            "media": safe.media[:120],
            "channel": record.channel or self.channel,
            "author": safe.author[:120],
            "published_at": record.published_at,
            "date_doubtful": not DOUBTFUL.isdisjoint(record.marks),
            "fetched_at": run.started_at,
            "reach": record.reach,
            "tone_source": record.tone,
            "tone": record.tone,
            "place": known["place"],
            "hint_opd_id": self._opds[0][hints[0]["opd"]] if hints else None,
            "hints": hints,
            "state": AlertState.NEW,
            "raw": safe.raw,
            "seen_hash": _seen_hash(record),
        }

    def _keep_rejected(self, run: IngestRun, rejected: list[Rejected]) -> None:
        rows = [self._rejected(run, row) for row in rejected]
        insert_many(RejectedRow, rows)

    def _rejected(self, run: IngestRun, row: Rejected) -> dict[str, Any]:
        """A row that was not taken tells nothing private either; that of a sheet may be corrected and read again."""
        safe = shield.shielded("", "", "", row.raw, self.channel, self._public).raw
        hidden = {name: cell for name, cell in row.raw.items() if safe[name] != cell} if self.is_sheet else {}
        return {"run_id": run.id, "row_no": row.line, "reason": row.reason[:300], "raw": safe, "hidden": hidden}

    def _outlet(self, record: Record) -> str:
        """A feed is its outlet; in a sheet the host of the link tells it."""
        return (self.name if self.is_feed else "") or links.host_of(record.url)[:120] or self.name

    def _count_sightings(self, alert_ids: set[int]) -> None:
        """An item seen before counts once more for every further source that tells it."""
        if not alert_ids:
            return
        tellers = db.session.execute(select(Alert.id, Alert.source_id).where(Alert.id.in_(alert_ids)))
        told = {keys.told_by(self.source_id, ref): ref for ref, source_id in tellers if source_id != self.source_id}
        for key in queries.known_by(told):
            told.pop(key)
        if told:
            insert_many(AlertKey, [{"key": key, "alert_id": ref} for key, ref in told.items()])
            seen = update(Alert).where(Alert.id.in_(told.values())).values(sightings=Alert.sightings + 1)
            db.session.execute(seen.execution_options(synchronize_session=False))


@lru_cache(maxsize=1)
def _compiled(topics: tuple[Topic, ...]) -> Topics:
    """Made anew only when an OPD or its words have changed."""
    return Topics(topics)


def _remember(unknown: dict[str, int], ids: list[int]) -> None:
    """Write the keys that this batch brought, those of a repeat under the alert it repeats."""
    rows = [{"key": key, "alert_id": owner if owner >= 0 else ids[-1 - owner]} for key, owner in unknown.items()]
    insert_many(AlertKey, rows)


def _keep_originals(taken: Iterable[tuple[int, Record, shield.Shield]]) -> None:
    """The words as they came, of those items from which something was taken out."""
    rows = [
        {"alert_id": ref, "kinds": list(safe.kinds), "title": it.title, "text": it.text, "author": it.author}
        for ref, it, safe in taken
        if safe.kinds
    ]
    insert_many(Shielded, rows)


def _own(record: Record) -> dict[str, Any]:
    """The parts of an item that the shield may change, as they came."""
    return {name: getattr(record, name) for name in ("title", "text", "author", "media", "raw")}


def _changed(record: Record, safe: shield.Shield) -> dict[str, Any]:
    """What the shield made different: for most items nothing, and long texts need not be told twice."""
    own = _own(record)
    changed = {name: getattr(safe, name) for name in own if getattr(safe, name) != own[name]}
    return changed | ({"kinds": safe.kinds} if safe.kinds else {})


def _seen_hash(record: Record) -> str:
    """Of the words as they came, before the shield."""
    assert record.published_at is not None, "`records.taken` dates everything"
    return Content(record.title, record.url, record.published_at, record.text).hash()


def _shown(hint: Hint) -> dict[str, Any]:
    return {"opd": hint.code, "words": list(hint.words), "score": hint.score}


def _raw(record: Record) -> dict[str, Any]:
    """The source's own fields, and what an operator should know about the item."""
    notes = [MARKS[mark] for mark in record.marks]
    if record.channel is not Channel.SOCIAL and is_paid(record.title, record.raw.get("kategori", ""), record.url):
        notes.append("Mungkin advertorial (berbayar).")
    return record.raw | ({"catatan": " ".join(notes)} if notes else {})


def _findable(row: dict[str, Any]) -> str:
    return f"{row['title']} {row['media']} {row['place']} {row['text']}"
