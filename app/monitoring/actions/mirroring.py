"""The mirror: what the export of SP4N-LAPOR! tells is kept by Tracking ID, and never over what was done here.

A newer export changes what it says of a complaint and nothing else: the alert, its ticket and its history are ours.
No letter is written and no clock runs for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, insert, select, update

from app.core import clock, events
from app.core.refused import Refused
from app.extensions import db
from app.monitoring.models import Alert, IngestRun, Mirrored
from app.monitoring.rules.mirror import state_of
from app.monitoring.rules.records import Record
from app.people.models import Seat

TOLD = ("raw_state", "state", "kind", "category", "agency")
"""What a newer export may change of a complaint that is known."""


def keep_mirrored(run: IngestRun, told: Sequence[tuple[int, Record]]) -> None:
    """Keep what an export says of these alerts, the last word in the file counting. Three statements a batch."""
    told = [(alert_id, record) for alert_id, record in told if record.mirror]
    if not told:
        return
    rows = {alert_id: _row(alert_id, record, run.started_at) for alert_id, record in told}
    run.data_at = max(row["data_at"] for row in rows.values())
    known = _known(list(rows))
    fresh = [row for alert_id, row in rows.items() if alert_id not in known]
    newer = [row for alert_id, row in rows.items() if alert_id in known and row["data_at"] >= known[alert_id].data_at]
    if fresh:
        table: Table = Mirrored.__table__  # type: ignore[assignment]
        db.session.execute(insert(table), fresh)
    if newer:
        db.session.execute(update(Mirrored), [_changes(row) for row in newer])
        _tell(newer, known)


def set_entered(alert: Alert, seat: Seat, entered: bool) -> None:
    """«Sudah dientri di SP4N», and taking it back. Raises Refused for what is not mirrored."""
    mirrored = db.session.get(Mirrored, alert.id)
    if mirrored is None:
        raise Refused({"entered": "Pantauan ini bukan laporan SP4N-LAPOR!."})
    if bool(mirrored.entered_at) is entered:
        return
    mirrored.entered_at, mirrored.entered_by = (clock.now(), seat.signature) if entered else (None, "")
    kind = "alert.mirror_entered" if entered else "alert.mirror_reopened"
    events.record(alert.stream, kind, seat, after={"tracking_id": mirrored.tracking_id})


def _row(alert_id: int, record: Record, started_at: datetime) -> dict[str, Any]:
    """The mirror's row. An export of the future, by a wrong clock, is as old as its import."""
    said = record.mirror
    told_at = datetime.fromisoformat(said["data_at"]) if said["data_at"] else started_at
    return {
        "alert_id": alert_id,
        "tracking_id": record.external_id,
        "raw_state": said["raw_state"],
        "state": state_of(said["raw_state"]),
        "kind": said["kind"],
        "category": said["category"],
        "agency": said["agency"],
        "reporter_hidden": said["reporter_hidden"],
        "reported_at": record.published_at,
        "data_at": min(told_at, started_at),
    }


def _changes(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("alert_id", "data_at", *TOLD)}


def _known(alert_ids: list[int]) -> dict[int, Row]:
    columns = select(Mirrored.alert_id, Mirrored.raw_state, Mirrored.data_at)
    return {row.alert_id: row for row in db.session.execute(columns.where(Mirrored.alert_id.in_(alert_ids)))}


def _tell(newer: list[dict[str, Any]], known: dict[int, Row]) -> None:
    """One event on each alert whose status in SP4N-LAPOR! is another one now."""
    changes = [
        (f"alert:{row['alert_id']}", {"status": known[row["alert_id"]].raw_state}, {"status": row["raw_state"]})
        for row in newer
        if row["raw_state"] != known[row["alert_id"]].raw_state
    ]
    events.record_many("alert.mirror_changed", changes)
