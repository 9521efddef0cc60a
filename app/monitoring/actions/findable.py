"""What full-text search knows of an alert: all its words; of a sensitive one its judul aman alone."""

from app.core import search
from app.monitoring.models import Alert


def make_findable(alert: Alert) -> None:
    """Put what may be found of the alert into the index, in place of what was there."""
    words = f"{alert.title} {alert.media} {alert.place} {alert.text}"
    search.put("alert", alert.id, alert.safe_title if alert.sensitive else words)
