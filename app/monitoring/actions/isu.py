"""Isu by hand: alerts put together and taken apart again, isu merged and split back without residue. No commits.

An isu without alerts is not deleted: it is shown to nobody (desk.policy), and its number is never given again.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.core import events
from app.core.db import serialise
from app.core.refused import Refused
from app.extensions import db
from app.monitoring.models import Alert, Isu, IsuLink
from app.monitoring.rules.isu import ISU_LOCK, LONGEST_TITLE, SHORTEST_TITLE
from app.people.models import Seat


def put_together(alerts: Sequence[Alert], seat: Seat, title: str = "", isu: Isu | None = None) -> Isu:
    """«Satukan isu»: into `isu`, else into a new one. An alert is in one isu at most: it leaves its former one."""
    serialise(ISU_LOCK)
    isu = isu or _opened(title or alerts[0].shown_title, seat)
    for alert in alerts:
        _link(alert, isu, seat)
    return isu


def take_out(alerts: Iterable[Alert], seat: Seat) -> None:
    """The alerts are in no isu any more, and nothing else about them changes."""
    serialise(ISU_LOCK)
    for alert in alerts:
        link = db.session.get(IsuLink, alert.id)
        if link is not None:
            db.session.delete(link)
            db.session.flush()
            _record_alert(alert, link.isu_id, None, seat)
            _call_anew(link.isu_id, alert, seat)


def rename(isu: Isu, seat: Seat, title: str) -> None:
    """Another title. Raises Refused."""
    title = title.strip()
    if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
        raise Refused({"title": "Tulis judul isu 5–300 huruf."})
    isu.title = title
    events.record(isu.stream, "isu.rename", seat, text=title, audience="internal")


def merge(isu: Isu, into: Isu, seat: Seat) -> None:
    """All of `isu` is shown under `into`; it keeps its own alerts, so that `split` gives it back. Raises Refused."""
    serialise(ISU_LOCK)
    if isu.id == into.id:
        raise Refused({"into": "Pilih isu lain."})
    if isu.into_id or into.into_id:
        raise Refused({"into": "Isu itu sudah disatukan ke isu lain. Pilih dari daftar."})
    isu.into_id = into.id
    _lead_to(into.id, _family(isu))
    events.record(isu.stream, "isu.merge", seat, after={"into": into.id})
    events.record(into.stream, "isu.received", seat, after={"isu": isu.id})


def split(isu: Isu, seat: Seat) -> None:
    """A merged isu stands for itself again, with its own alerts and whatever was merged into it. Raises Refused."""
    serialise(ISU_LOCK)
    if isu.into_id is None:
        raise Refused({"isu": "Isu ini tidak sedang disatukan."})
    former, isu.into_id = isu.into_id, None
    _lead_to(isu.id, _below(isu, _family(isu)))
    events.record(isu.stream, "isu.split", seat, before={"into": former})


def hide_title(alert: Alert, former: str, seat: Seat) -> None:
    """The isu of an alert that was shown as `former` and is sensitive now may not go on telling that title."""
    for isu in _isu_of(alert):
        if isu.title in (alert.title[:LONGEST_TITLE], former[:LONGEST_TITLE]):
            isu.title = alert.safe_title
            events.record(isu.stream, "isu.safe_title", seat)


def tell_title(alert: Alert, former: str, seat: Seat | None) -> None:
    """An isu called as the alert was (a placeholder, or words that are masked now) tells the alert's title."""
    for isu in _isu_of(alert):
        if isu.title == former:
            isu.title = alert.title[:LONGEST_TITLE]
            events.record(isu.stream, "isu.title_told", seat)


def _isu_of(alert: Alert) -> set[Isu]:
    """The isu that the alert was put into, and the one under which that is shown."""
    link = db.session.get(IsuLink, alert.id)
    if link is None:
        return set()
    own = db.session.get_one(Isu, link.isu_id)
    return {own, db.session.get_one(Isu, own.root_id)}


def root_of(alert: Alert) -> int | None:
    """The isu under which the alert is shown."""
    own = select(Isu.root_id).join(IsuLink, IsuLink.isu_id == Isu.id)
    return db.session.scalar(own.where(IsuLink.alert_id == alert.id))


def _opened(title: str, seat: Seat) -> Isu:
    title = title.strip()[:LONGEST_TITLE]
    if len(title) < SHORTEST_TITLE:
        raise Refused({"title": "Tulis judul isu 5–300 huruf."})
    isu = Isu(title=title)
    db.session.add(isu)
    db.session.flush()
    isu.root_id = isu.id
    events.record(isu.stream, "isu.open", seat)
    return isu


def _link(alert: Alert, isu: Isu, seat: Seat) -> None:
    link = db.session.get(IsuLink, alert.id)
    former = link.isu_id if link else None
    if former == isu.id:
        return
    if link is None:
        db.session.add(IsuLink(alert_id=alert.id, isu_id=isu.id))
    else:
        link.isu_id = isu.id
    db.session.flush()
    _record_alert(alert, former, isu.id, seat)
    if former:
        _call_anew(former, alert, seat)


def _call_anew(isu_id: int, gone: Alert, seat: Seat) -> None:
    """An isu called after an alert that left is called after one that it still holds: what becomes of the former,
    sensitive or restricted, is known of the alerts inside alone."""
    isu = db.session.get_one(Isu, isu_id)
    if isu.title not in (gone.title[:LONGEST_TITLE], gone.shown_title[:LONGEST_TITLE]):
        return
    left = select(Alert).join(IsuLink, IsuLink.alert_id == Alert.id).where(IsuLink.isu_id == isu_id)
    if first := db.session.scalar(left.order_by(IsuLink.linked_at, Alert.id).limit(1)):
        isu.title = first.shown_title[:LONGEST_TITLE]
        events.record(isu.stream, "isu.called_anew", seat)


def _record_alert(alert: Alert, before: int | None, after: int | None, seat: Seat) -> None:
    """Told on the alert, and on each isu that gains or loses it."""
    events.record(alert.stream, "alert.isu", seat, before={"isu": before}, after={"isu": after})
    if before:
        events.record(f"isu:{before}", "isu.lost", seat, before={"alert": alert.id})
    if after:
        events.record(f"isu:{after}", "isu.gained", seat, after={"alert": alert.id})


def _family(isu: Isu) -> Sequence[Isu]:
    """Every isu that is shown under the same one."""
    return db.session.scalars(select(Isu).where(Isu.root_id == isu.root_id)).all()


def _below(isu: Isu, family: Sequence[Isu]) -> list[Isu]:
    """`isu` and whatever was merged into it, on any way."""
    found = [isu]
    for each in found:
        found += [other for other in family if other.into_id == each.id]
    return found


def _lead_to(root_id: int, isus: Iterable[Isu]) -> None:
    for isu in isus:
        isu.root_id = root_id
    db.session.flush()
