"""Verbs about one rejected row: read it again as a person corrected it, drop it, take the dropping back."""

from __future__ import annotations

from app.core import clock, events
from app.core.refused import Refused
from app.monitoring.actions.ingest import Intake
from app.monitoring.actions.runs import mapping_of
from app.monitoring.models import IngestRun, RejectedRow
from app.monitoring.readers import sheet
from app.monitoring.rules import correcting
from app.monitoring.rules.correcting import Settled
from app.monitoring.rules.records import Record, Rejected, taken
from app.people.models import Seat


def read_again(run: IngestRun, row: RejectedRow, cells: dict[str, str], by: Seat) -> Settled:
    """The row becomes an alert, or repeats one, as if the file had held these cells. Raises Refused with the reason.

    The caller holds the run, so that its counters are moved by one at a time.
    """
    item = _read(run, row, cells)
    before = run.new
    Intake(run.source).take(run, [item])
    how = Settled.NEW if run.new > before else Settled.REPEATED
    run.rejected -= 1
    run.rows_done -= 1
    row.hidden = {}
    _settle(run, row, how, by)
    return how


def drop_row(run: IngestRun, row: RejectedRow, by: Seat) -> None:
    """Nothing is to become of the row. It stays as it came, and can be taken back."""
    _settle(run, row, Settled.DROPPED, by)


def take_drop_back(run: IngestRun, row: RejectedRow, by: Seat) -> None:
    """«Urungkan»: the dropped row waits again."""
    row.settled_at, row.settled_as = None, ""
    events.record(f"source:{run.source_id}", "source.row_restored", by, after=_told(run, row), ref_id=row.id)


def _read(run: IngestRun, row: RejectedRow, cells: dict[str, str]) -> Record:
    item = sheet.read_row(row.row_no, cells, correcting.mapping_of(row.raw, mapping_of(run)))
    if isinstance(item, Record):
        item = taken(item, run.started_at)
    if isinstance(item, Rejected):
        raise Refused({"row": item.reason})
    return item


def _settle(run: IngestRun, row: RejectedRow, how: Settled, by: Seat) -> None:
    row.settled_at, row.settled_as = clock.now(), how.value
    events.record(f"source:{run.source_id}", f"source.row_{how}", by, after=_told(run, row), ref_id=row.id)


def _told(run: IngestRun, row: RejectedRow) -> dict[str, int]:
    return {"run": run.id, "row": row.row_no}
