"""«Tempel dari WhatsApp»: what was pasted is kept whole and taken in at once, and can be taken back. None commits."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from app.core import clock, events, search, storage
from app.core.db import held, serialise
from app.core.refused import Refused
from app.core.uploads import KeptFile
from app.extensions import db
from app.monitoring import queries
from app.monitoring.actions.files import add_files, hang_files
from app.monitoring.actions.ingest import INTAKE_LOCK, Intake
from app.monitoring.actions.runs import finish_run
from app.monitoring.actions.sources import add_source
from app.monitoring.models import Alert, AlertFile, AlertKey, IngestRun, Shielded, Source
from app.monitoring.rules.keys import keys_of, told_by
from app.monitoring.rules.kinds import Channel, RunState, SourceKind
from app.monitoring.rules.pasting import Cover
from app.monitoring.rules.records import Record, Rejected
from app.people.models import Seat

PASTED = "Tempelan"
ASKED = "alert.asked"
NAME_TAKEN = "Sumber bernama Tempelan sudah dipakai untuk hal lain. Ubah namanya di Sumber, lalu tempel lagi."


def paste(
    text: str, items: Sequence[Record | Rejected], cover: Cover, by: Seat, files: Sequence[KeptFile] = ()
) -> IngestRun:
    """Keep the pasted text as it came and take its items in, as from any source. Raises Refused, storage.DiskFull.

    A journalist's or a leader's request about something known is written into that alert's history. `files` are
    stored already; they belong to the first item.
    """
    serialise(INTAKE_LOCK)
    source = _source(by)
    run = IngestRun(
        source_id=source.id,
        state=RunState.RUNNING,
        seat_id=by.id,
        media_type="text/plain",
        raw_key=storage.put(text.encode()),
        started_at=clock.now(),
    )
    db.session.add(run)
    db.session.flush()
    known = _known(items, source)
    Intake(source).take(run, items)
    _remember_repeats(known, source.id)
    if cover.asks:
        _note_asked(known, cover, run, by)
    if files:
        _hang(files, known, run, by)
    finish_run(run)
    return run


def take_paste_back(run: IngestRun, by: Seat) -> int:
    """«Urungkan»: the alerts of a paste that nobody has acted on or pasted again since are gone; how many.

    The raw text and the bytes of files stay, and so does a further sighting of what was known before.
    """
    serialise(INTAKE_LOCK)
    if run.state is not RunState.DONE:
        return 0
    brought = select(Alert).where(Alert.run_id == run.id).order_by(Alert.id)
    db.session.scalars(held(brought, Alert)).all()  # whoever acts on one now is waited for, and seen by what follows
    untouched = {told_by(run.source_id, ref): ref for ref in db.session.scalars(queries.untouched(run.id))}
    again = queries.known_by(untouched)
    ids = [ref for key, ref in untouched.items() if key not in again]
    search.remove_many("alert", ids)
    db.session.execute(delete(AlertKey).where(AlertKey.alert_id.in_(ids)))
    db.session.execute(delete(AlertFile).where(AlertFile.alert_id.in_(ids)))
    db.session.execute(delete(Shielded).where(Shielded.alert_id.in_(ids)))
    db.session.execute(delete(Alert).where(Alert.id.in_(ids)).execution_options(synchronize_session=False))
    run.new -= len(ids)
    run.state = RunState.UNDONE
    events.record(f"source:{run.source_id}", "source.run_undone", by, after={"gone": len(ids)}, ref_id=run.id)
    return len(ids)


def _known(items: Sequence[Record | Rejected], source: Source) -> list[int]:
    """The alerts that the items repeat."""
    named = [keys_of(item, source.id) for item in items if isinstance(item, Record)]
    owners = queries.known_by(key for own in named for key in own)
    return sorted({next(owners[key] for key in own if key in owners) for own in named if owners.keys() & own})


def _remember_repeats(alert_ids: Sequence[int], source_id: int) -> None:
    """That they were pasted once more: whoever brought them first cannot take them back from under the other."""
    told = {told_by(source_id, ref): ref for ref in alert_ids}
    fresh = told.keys() - queries.known_by(told).keys()
    db.session.add_all(AlertKey(key=key, alert_id=told[key]) for key in fresh)


def _note_asked(alert_ids: Sequence[int], cover: Cover, run: IngestRun, by: Seat) -> None:
    """Who asks, and by when, in the history of each of these alerts. Locked in one order, as by any verb."""
    if not alert_ids:
        return
    told = {"origin": cover.origin.value, "media": cover.media, "deadline": cover.deadline}
    asked = held(select(Alert).where(Alert.id.in_(alert_ids)).order_by(Alert.id), Alert)
    for alert in db.session.scalars(asked).all():
        events.record(alert.stream, ASKED, by, after=told, ref_id=run.id)


def _hang(files: Sequence[KeptFile], known: Sequence[int], run: IngestRun, by: Seat) -> None:
    """On the alert that the paste repeats, else on the first one it made."""
    if known:
        add_files(db.session.scalars(held(select(Alert).where(Alert.id == known[0]), Alert)).one(), files, by)
    elif made := db.session.scalar(select(Alert.id).where(Alert.run_id == run.id).order_by(Alert.id).limit(1)):
        hang_files(made, files, by)


def _source(by: Seat) -> Source:
    known = queries.paste_source()
    if known:
        return known
    if db.session.scalar(select(Source.id).where(Source.name == PASTED)):
        raise Refused({"text": NAME_TAKEN})
    return add_source({"name": PASTED, "kind": SourceKind.PASTE, "channel": Channel.NEWS}, by)
