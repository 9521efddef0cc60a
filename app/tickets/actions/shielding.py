"""A ticket that is called as its alert was goes along when the shield masks the alert. Nothing here commits."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.monitoring.models import Alert
from app.tickets.actions.findable import make_findable
from app.tickets.actions.opening import LONGEST_TITLE
from app.tickets.models import Ticket, TicketAlert


def follow_masks(changed: Sequence[tuple[Alert, str]]) -> None:
    """Tickets behind these alerts are found by the masked words, and called by them where they were by the former."""
    former = {alert.id: (title, alert.title) for alert, title in changed}
    behind = select(Ticket, TicketAlert.alert_id).join(TicketAlert, TicketAlert.ticket_id == Ticket.id)
    for ticket, alert_id in db.session.execute(behind.where(TicketAlert.alert_id.in_(former))).all():
        was, now = former[alert_id]
        if ticket.title == was[:LONGEST_TITLE]:
            ticket.title = now[:LONGEST_TITLE]
        make_findable(ticket)
