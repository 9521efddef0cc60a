"""A run: one reading of one feed or file. The raw bytes are kept before anybody looks into them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sqlalchemy import delete

from app.core import clock, events, storage, work
from app.extensions import db
from app.monitoring import queries
from app.monitoring.actions.health import note_trouble, note_worked
from app.monitoring.actions.ingest import Intake
from app.monitoring.models import IngestRun, Profile, RejectedRow, Source
from app.monitoring.readers.guarded import Batch
from app.monitoring.rules.kinds import RunState
from app.monitoring.rules.mapping import Mapping
from app.people.models import Seat

IMPORT = "run.import"
FILE_LINE = 0


def start_run(
    source: Source,
    content: bytes | BinaryIO,
    *,
    file_name: str = "",
    media_type: str = "",
    by: Seat | None = None,
    profile: Profile | None = None,
) -> IngestRun:
    """Keep the raw bytes and have a worker read them once this is committed. Raises storage.DiskFull."""
    run = IngestRun(
        source_id=source.id,
        state=RunState.WAITING,
        seat_id=by.id if by else None,
        file_name=file_name[:200],
        media_type=media_type[:100],
        raw_key=storage.put(content),
        started_at=clock.now(),
    )
    if profile:
        read_by(run, profile)
    db.session.add(run)
    db.session.flush()
    work.later(IMPORT, run.id, key=f"{IMPORT}:{run.id}")
    return run


def read_by(run: IngestRun, profile: Profile) -> None:
    """The columns of `run` are read as `profile` says."""
    run.profile_id, profile.used_at = profile.id, clock.now()


def mapping_of(run: IngestRun) -> Mapping | None:
    """How its profile has the columns of a run read; None leaves it to the synonyms."""
    profile = db.session.get(Profile, run.profile_id) if run.profile_id else None
    return Mapping.from_dict(profile.mapping) if profile else None


def take_batch(run: IngestRun, intake: Intake, batch: Batch) -> None:
    """Take a batch into `run` and move its progress. Does not commit."""
    run.state = RunState.RUNNING
    run.rows_total = batch.total if batch.total is not None else run.rows_total
    intake.take(run, batch.items)


def not_yet_taken(batches: Iterable[Batch], done: int) -> Iterable[Batch]:
    """The rows behind the first `done`: the same file is read the same way each time. Empty batches pass."""
    for batch in batches:
        if done < len(batch.items) or not batch.items:
            yield Batch(batch.items[done:], batch.total)
        done = max(0, done - len(batch.items))


def finish_run(run: IngestRun) -> None:
    """The file was read to its end."""
    run.state, run.rows_total = RunState.DONE, run.rows_done
    _close(run)
    note_worked(run.source_id)


def refuse_run(run: IngestRun, reason: str, headers: Iterable[str] = ()) -> None:
    """The file, or the rest of it, cannot be taken: one rejected row says why. What was taken before stays."""
    shown = {f"kolom {number}": header for number, header in enumerate(headers, start=1)}
    db.session.add(RejectedRow(run_id=run.id, row_no=FILE_LINE, reason=reason[:300], raw=shown))
    run.state, run.trouble = RunState.REFUSED, reason[:500]
    run.rejected += 1
    run.rows_done += 1
    _close(run)
    note_trouble(run.source_id, reason)


def _close(run: IngestRun) -> None:
    run.finished_at = clock.now()
    if run.new or run.rejected or run.seat_id:
        counts = {"new": run.new, "repeated": run.repeated, "rejected": run.rejected}
        seat = db.session.get(Seat, run.seat_id) if run.seat_id else None
        events.record(f"source:{run.source_id}", f"source.run_{run.state}", seat, after=counts, ref_id=run.id)


def bury_runs(run_ids: Iterable[int]) -> None:
    """Runs whose work was given up: their reading killed every process that tried."""
    for run_id in run_ids:
        run = db.session.get(IngestRun, run_id)
        if run and run.state in queries.OPEN_RUNS:
            refuse_run(run, "Pembacaan berhenti mendadak setiap kali dicoba. Minta berkas baru dari sumbernya.")


def reopen_run(run_id: int) -> None:
    """Undo the refusal of a buried run, so that its work may read on from where it stopped. Does not commit."""
    run = db.session.get(IngestRun, run_id)
    if run is None or run.state is not RunState.REFUSED:
        return
    db.session.execute(delete(RejectedRow).where(RejectedRow.run_id == run_id, RejectedRow.row_no == FILE_LINE))
    run.state, run.trouble, run.finished_at = RunState.WAITING, "", None
    run.rejected -= 1
    run.rows_done -= 1
