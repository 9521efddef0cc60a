"""What is kept of alerts as evidence."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.monitoring.models import Alert, IngestRun, Shielded, Source
from app.monitoring.rules.evidence import Content, Seen

CHECKED = "alert.link_checked"


def evidence_of(alerts: Sequence[Alert], by: str) -> list[Seen]:
    """What the sheets of these alerts tell, masked and under their judul aman. Three statements however many they are.

    `by` is who asks for them.
    """
    ids = [alert.id for alert in alerts]
    masked = dict(db.session.execute(select(Shielded.alert_id, Shielded.kinds).where(Shielded.alert_id.in_(ids))).all())
    origin = select(Alert.id, Source.name, IngestRun.id.label("run_id"), IngestRun.file_name, IngestRun.raw_key)
    origin = origin.join(Source, Source.id == Alert.source_id).outerjoin(IngestRun, IngestRun.id == Alert.run_id)
    origins = {row.id: row for row in db.session.execute(origin.where(Alert.id.in_(ids)))}
    checks = _checks(ids)
    return [
        Seen(
            number=alert.id,
            content=Content(alert.title, alert.url, alert.published_at, alert.text),
            seen_hash=alert.seen_hash,
            facts=[*_facts(alert, origins[alert.id]), ("Lembar dibuat", f"{clock.long(clock.now())} oleh {by}")],
            checks=checks[alert.id],
            masked=masked.get(alert.id, ()),
            safe_title=alert.safe_title if alert.sensitive else "",
        )
        for alert in alerts
    ]


def last_check(history: Sequence[Event]) -> dict | None:
    """{link, reason} of the latest check in this history, newest first."""
    return next((event.after for event in history if event.kind == CHECKED), None)


def _facts(alert: Alert, origin) -> list[tuple[str, str]]:
    facts = [("Media", alert.media or origin.name), ("Kanal", alert.channel.label)]
    facts += [("Terbit", clock.long(alert.published_at)), ("Diambil", clock.long(alert.fetched_at))]
    facts.append(("Sumber", origin.name))
    if origin.run_id:
        facts.append(("Pembacaan", f"nomor {origin.run_id}"))
    if origin.raw_key:
        facts.append(("Berkas mentah", f"SHA-256 {origin.raw_key}"))
    return facts


def _checks(ids: Sequence[int]) -> dict[int, list[str]]:
    """Each check of each alert in words, the oldest first."""
    told: dict[int, list[str]] = defaultdict(list)
    streams = [f"alert:{alert_id}" for alert_id in ids]
    mine = select(Event.stream, Event.at, Event.after).where(Event.stream.in_(streams), Event.kind == CHECKED)
    for stream, at, after in db.session.execute(mine.order_by(Event.stream, Event.seq)):
        told[int(stream.partition(":")[2])].append(f"{clock.long(at)}: {after['link']}. {after['reason']}")
    return told
