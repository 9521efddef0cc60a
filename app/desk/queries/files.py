"""The pictures and videos of an alert."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.monitoring.models import Alert, AlertFile


def files_of(alert: Alert) -> Sequence[AlertFile]:
    """In the order they came. Whether they may be shown is for `desk.policy.visible_file` to say."""
    return db.session.scalars(select(AlertFile).where(AlertFile.alert_id == alert.id).order_by(AlertFile.id)).all()
