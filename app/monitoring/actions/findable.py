"""What full-text search knows of an alert: all its words; of a sensitive one its judul aman alone."""

from collections.abc import Sequence

from app.core import search
from app.monitoring.models import Alert


def make_findable(alert: Alert) -> None:
    """Put what may be found of the alert into the index, in place of what was there."""
    make_many_findable([alert])


def make_many_findable(alerts: Sequence[Alert]) -> None:
    """The same for a batch, in one statement."""
    search.put_many("alert", [(alert.id, _words(alert), ()) for alert in alerts])


def _words(alert: Alert) -> str:
    return alert.safe_title if alert.sensitive else f"{alert.title} {alert.media} {alert.place} {alert.text}"
