"""Sensitive alerts: the ticket behind one may not tell what the alert hides. Nothing here commits."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from app.extensions import db
from app.monitoring.actions import sorting
from app.monitoring.models import Alert
from app.people.models import Seat
from app.tickets import actions as tickets
from app.tickets import policy
from app.tickets.models import Ticket, TicketAlert


def mark_sensitive(alerts: Sequence[Alert], seat: Seat) -> None:
    """Sensitive at once, each under its number until somebody writes a judul aman."""
    for alert in alerts:
        former = alert.shown_title
        sorting.mark_sensitive(alert, seat)
        _hide_behind(alert, former, seat)


def name_safely(alert: Alert, seat: Seat, safe_title: str) -> None:
    """From now on this judul aman is the only title anybody is shown. Raises Refused."""
    former = alert.shown_title
    sorting.set_safe_title(alert, seat, safe_title)
    _hide_behind(alert, former, seat)


def unmark_sensitive(alerts: Sequence[Alert], seat: Seat) -> None:
    """Undo of `mark_sensitive`; a ticket that became sensitive by it alone is so no more. Raises Refused."""
    for alert in alerts:
        ticket = policy.ticket_behind(alert.id, seat)
        by_it = ticket is not None and ticket.sensitive and ticket.safe_title == alert.safe_title
        sorting.unmark_sensitive(alert, seat)
        db.session.flush()
        if ticket is not None and by_it:
            tickets.set_secrecy(ticket, seat, safe_title=_still_hidden(ticket))


def _hide_behind(alert: Alert, former: str, seat: Seat) -> None:
    """A ticket that told the title is named safely; one that was called as the alert was is called so again."""
    ticket = policy.ticket_behind(alert.id, seat)
    if ticket is not None and alert.sensitive and (not ticket.sensitive or ticket.safe_title == former):
        tickets.set_secrecy(ticket, seat, safe_title=alert.safe_title)


def _still_hidden(ticket: Ticket) -> str:
    """The judul aman of another sensitive alert behind the ticket; empty when there is none."""
    others = select(Alert.safe_title).where(Alert.sensitive, exists().where(
        TicketAlert.alert_id == Alert.id, TicketAlert.ticket_id == ticket.id
    ))  # fmt: skip
    return db.session.scalar(others.order_by(Alert.id).limit(1)) or ""
