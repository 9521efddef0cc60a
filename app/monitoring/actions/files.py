"""Pictures and videos of an alert: already stored, and now whose they are. None of it commits."""

from collections.abc import Sequence

from app.core import events
from app.core.uploads import KeptFile
from app.extensions import db
from app.monitoring.models import Alert, AlertFile
from app.monitoring.rules import shield
from app.people.models import Seat


def add_files(alert: Alert, kept: Sequence[KeptFile], by: Seat) -> None:
    """More files for an alert that is there; its history tells who brought them."""
    hang_files(alert.id, kept, by)
    events.record(alert.stream, "alert.file", by, after={"files": len(kept)})


def hang_files(alert_id: int, kept: Sequence[KeptFile], by: Seat) -> None:
    """Files that came together with the alert: taking it back takes them along."""
    for file in kept:
        name = shield.masked(file.name)[:200]
        facts = {"key": file.key, "name": name, "media_type": file.media_type, "size": file.size}
        db.session.add(AlertFile(alert_id=alert_id, seat_id=by.id, **facts))
    db.session.flush()
