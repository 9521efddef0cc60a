"""What the mirror of SP4N-LAPOR! asks of the operators: answers that are here and not yet there."""

from collections.abc import Sequence

from sqlalchemy import Row, exists, select

from app.extensions import db
from app.monitoring.models import Mirrored
from app.people.models import Seat
from app.tickets import policy
from app.tickets.models import Answer, Ticket, TicketAlert

MOST = 20


def not_entered(seat: Seat) -> Sequence[Row]:
    """Complaints behind a ticket with an approved answer that nobody has entered in SP4N yet; at most twenty."""
    approved = (Answer.ticket_id == Ticket.id, Answer.approved_at.is_not(None), Answer.returned_at.is_(None))
    rows = select(Ticket.id, Mirrored.tracking_id, Mirrored.alert_id)
    rows = rows.join(TicketAlert, TicketAlert.ticket_id == Ticket.id)
    rows = rows.join(Mirrored, Mirrored.alert_id == TicketAlert.alert_id)
    rows = rows.where(Mirrored.entered_at.is_(None), exists().where(*approved), *policy.visible(seat))
    return db.session.execute(rows.order_by(Ticket.id, Mirrored.alert_id).limit(MOST)).all()
