"""/impor/<id>/ditolak.csv: the rows of a reading that were not taken, for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from flask_login import current_user
from sqlalchemy import Row

from app.extensions import db, writing
from app.monitoring import actions, policy
from app.monitoring.models import IngestRun, RejectedRow
from app.monitoring.routes import bp
from app.monitoring.routes.sources import operators
from app.web.downloads import send_csv

AT_ONCE = 500


@bp.get("/impor/<int:run_id>/ditolak.csv")
@operators
def imports_rejected(run_id: int):
    """Those that nobody has corrected or dropped. Written down first, like every export."""
    with writing():
        actions.note_downloaded(policy.visible_run(run_id, current_user.seat), current_user.seat)
    run = policy.visible_run(run_id, current_user.seat)
    return send_csv(_file_name(run), _table(run))


def _file_name(run: IngestRun) -> str:
    """«ditolak-ima-november-17.csv»: of the file, and the number of its reading."""
    stem = re.sub(r"[^a-z0-9]+", "-", PurePath(run.file_name or run.source.name).stem.casefold()).strip("-")[:60]
    return f"ditolak-{stem}-{run.id}.csv" if stem else f"ditolak-{run.id}.csv"


def _table(run: IngestRun) -> Iterator[Sequence[object]]:
    headers: dict[str, None] = {}
    for row in _rows(run):
        headers |= dict.fromkeys(row.raw)
    yield ["Baris", "Alasan", *headers]
    for row in _rows(run):
        yield [row.row_no or "Berkas", row.reason, *(row.raw.get(header, "") for header in headers)]


def _rows(run: IngestRun) -> Iterator[Row]:
    """One page after the other: a file may hold many thousands."""
    after, rows = 0, policy.waiting_rejected(run).limit(AT_ONCE)
    while page := db.session.execute(
        rows.where(RejectedRow.id > after).with_only_columns(
            RejectedRow.id, RejectedRow.row_no, RejectedRow.reason, RejectedRow.raw
        )
    ).all():
        yield from page
        after = page[-1].id
