"""Whether the page behind an alert is still there: asked by a worker, written into its history. None commits."""

from __future__ import annotations

from sqlalchemy import func, select, update

from app.core import clock, events, work
from app.core.db import held
from app.extensions import db
from app.monitoring import queries
from app.monitoring.models import Alert
from app.monitoring.queries.evidence import CHECKED
from app.monitoring.rules.reach import Link

CHECK = "link.check"


def ask_link(alert_id: int) -> bool:
    """«Periksa tautan»; False while it is being asked already."""
    if queries.work_of(CHECK, alert_id):
        return False
    work.later(CHECK, alert_id)
    return True


def note_link(alert_id: int, link: Link, reason: str) -> None:
    """Write down what the site said. Gone stays since when it was first gone; what is not known changes nothing.

    The alert's version stays, since nobody's open form is about this.
    """
    alert = db.session.scalar(held(select(Alert).where(Alert.id == alert_id), Alert))
    if alert is None:
        return
    now = clock.now()
    gone = {Link.GONE: func.coalesce(Alert.link_gone_at, now), Link.THERE: None, Link.UNKNOWN: Alert.link_gone_at}
    change = update(Alert).where(Alert.id == alert_id).values(link_checked_at=now, link_gone_at=gone[link])
    db.session.execute(change.execution_options(synchronize_session=False))
    events.record(alert.stream, CHECKED, None, after={"link": link.value, "reason": reason})
