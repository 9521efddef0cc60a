"""What becomes a secret below takes its words off the agenda in the same transaction (mission.md fact 12)."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.agenda.models import AgendaItem, AgendaSource
from app.agenda.rules import LONGEST_TITLE
from app.core import events
from app.extensions import db
from app.monitoring.actions.isu import root_of
from app.monitoring.models import Alert, Isu, IsuLink
from app.tickets.models import Ticket, TicketAlert


@events.subscribe
def follow_secrecy(event: events.Event) -> None:
    """A ticket or an alert became sensitive, a ticket restricted: matters from it go by a title that tells nothing."""
    if event.kind == "ticket.secrecy" and any((event.after or {}).values()):
        _after_ticket(db.session.get_one(Ticket, event.stream_id))
    elif event.kind in ("alert.sensitive", "alert.safe_title"):
        _after_alerts(db.session.scalars(select(Alert).where(Alert.id == event.stream_id)).all())


def hush_news(item: AgendaItem, isu_id: int) -> None:
    """A matter never goes by the title of an alert behind a restricted ticket, whoever proposed it could read."""
    secret = select(TicketAlert.alert_id).join(Ticket, Ticket.id == TicketAlert.ticket_id).where(Ticket.restricted)
    theirs = func.substr(Alert.title, 1, LONGEST_TITLE) == item.title
    found = select(Alert.id).where(Alert.id.in_(_alerts_of(isu_id)), Alert.id.in_(secret), theirs)
    if db.session.scalar(found.limit(1)):
        item.title, item.sensitive = f"Isu nomor {isu_id}", True


def _after_ticket(ticket: Ticket) -> None:
    behind = select(AgendaSource.item_id).where(AgendaSource.ticket_id == ticket.id)
    for item in _items(behind):
        if ticket.sensitive:
            item.title = ticket.safe_title
        _hush(item)
    alerts = select(Alert).join(TicketAlert, TicketAlert.alert_id == Alert.id)
    _after_alerts(db.session.scalars(alerts.where(TicketAlert.ticket_id == ticket.id)).all())


def _after_alerts(alerts: Sequence[Alert]) -> None:
    """Of matters from an isu: one with a sensitive alert tells its title alone, and never by that alert's own title."""
    for alert in alerts:
        family = select(Isu.id).where(Isu.root_id == root_of(alert))
        behind = select(AgendaSource.item_id).where(AgendaSource.isu_id.in_(family))
        for item in _items(behind):
            named = item.title == alert.title[:LONGEST_TITLE]
            if named:
                item.title = alert.safe_title if alert.sensitive else f"Perkara agenda nomor {item.id}"
            if named or alert.sensitive:
                _hush(item)


def _hush(item: AgendaItem) -> None:
    if not item.sensitive:
        item.sensitive = True
        events.record(item.stream, "agenda.hushed", None)


def _items(ids) -> Sequence[AgendaItem]:
    return db.session.scalars(select(AgendaItem).where(AgendaItem.id.in_(ids)).order_by(AgendaItem.id)).all()


def _alerts_of(isu_id: int):
    root = aliased(Isu)
    links = select(IsuLink.alert_id).join(Isu, Isu.id == IsuLink.isu_id)
    return links.join(root, root.id == isu_id).where(Isu.root_id == root.root_id)
