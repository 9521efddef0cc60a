"""What was stored before there was a shield: masked in batches, as often as one likes. Nothing here commits."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from app.core.db import held
from app.extensions import db
from app.monitoring.actions.findable import make_many_findable
from app.monitoring.actions.isu import tell_title
from app.monitoring.models import Alert, IngestRun, RejectedRow, Shielded, Source
from app.monitoring.queries.offices import public_names
from app.monitoring.rules import shield
from app.monitoring.rules.isu import LONGEST_TITLE

BATCH = 500
SAMPLE = 300


def shield_alerts(before: int | None) -> tuple[int | None, list[tuple[Alert, str]]]:
    """Mask one batch of the alerts below `before`, the newest first: (the lowest looked at, alerts with former titles).

    The lowest is None when there were none left. The words as they came are kept, as at intake.
    """
    alerts = list(db.session.scalars(held(_below(select(Alert), Alert.id, before), Alert)))
    public = public_names()
    changed = [(alert, former) for alert in alerts if (former := _mask(alert, public)) is not None]
    db.session.flush()
    make_many_findable([alert for alert, _former in changed])
    for alert, former in changed:
        tell_title(alert, former[:LONGEST_TITLE], None)
    return (alerts[-1].id if alerts else None), changed


def shield_rejected(before: int | None) -> tuple[int | None, int]:
    """The same of rows that were not taken: (the lowest looked at, how many changed)."""
    rows = select(RejectedRow, Source.channel).join(IngestRun, IngestRun.id == RejectedRow.run_id)
    rows = _below(rows.join(Source, Source.id == IngestRun.source_id), RejectedRow.id, before)
    found, public, changed = db.session.execute(rows).all(), public_names(), 0
    for row, channel in found:
        raw = shield.shielded("", "", "", row.raw, channel, public).raw
        if raw != row.raw:
            row.raw, changed = raw, changed + 1
    return (found[-1][0].id if found else None), changed


def unmasked_among_oldest() -> bool:
    """Whether any of the oldest alerts holds what the shield would take out. `shield_alerts` comes to them last."""
    public = public_names()
    oldest = db.session.scalars(select(Alert).order_by(Alert.id).limit(SAMPLE))
    return any(_safe(alert, public) != _stored(alert) for alert in oldest)


def _below(rows: Select, ids, before: int | None) -> Select:
    rows = rows.where(ids < before) if before is not None else rows
    return rows.order_by(ids.desc()).limit(BATCH)


def _mask(alert: Alert, public: frozenset[str]) -> str | None:
    """Mask the alert where it must be; the title it had, None where nothing changed."""
    safe = shield.shielded(*_words(alert), alert.raw, alert.channel, public, alert.media)
    if _fields(safe) == _stored(alert):
        return None
    former = alert.title
    _keep_original(alert, safe.kinds)
    alert.title, alert.text, alert.author, alert.media, alert.raw = _fields(safe)
    return former


def _keep_original(alert: Alert, kinds: Sequence[str]) -> None:
    known = db.session.get(Shielded, alert.id)
    if known is not None:
        known.kinds = [*known.kinds, *(kind for kind in kinds if kind not in known.kinds)]
        return
    title, text, author = _words(alert)
    db.session.add(Shielded(alert_id=alert.id, kinds=list(kinds), title=title, text=text, author=author))


def _safe(alert: Alert, public: frozenset[str]) -> tuple:
    return _fields(shield.shielded(*_words(alert), alert.raw, alert.channel, public, alert.media))


def _fields(safe: shield.Shield) -> tuple:
    """As they fit into their columns: a mask may be longer than what it hides."""
    return safe.title[:500], safe.text, safe.author[:120], safe.media[:120], safe.raw


def _stored(alert: Alert) -> tuple:
    return *_words(alert), alert.media, alert.raw


def _words(alert: Alert) -> tuple[str, str, str]:
    return alert.title, alert.text, alert.author
