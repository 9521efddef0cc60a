"""What full-text search knows of a ticket: its shown title and, unless sensitive, its alerts' titles."""

from sqlalchemy import select

from app.core import search
from app.extensions import db
from app.monitoring.models import Alert
from app.tickets.models import FormerLead, Ticket, TicketAlert
from app.tickets.rules import TaskState
from app.tickets.rules.finding import proof_kind, scope


def make_findable(ticket: Ticket) -> None:
    """Put the ticket's words and whose it is into the index. A restricted ticket is never in it."""
    if ticket.restricted:
        search.remove("ticket", ticket.id)
        return
    search.put("ticket", ticket.id, _words(ticket), scopes=[scope(opd_id) for opd_id in _whose(ticket)])


def _whose(ticket: Ticket) -> list[int]:
    """The lead, and who works on a task of it that was not dropped."""
    asked = {task.worked_by_id for task in ticket.tasks if task.state is not TaskState.DROPPED}
    return sorted(asked | ({ticket.lead_opd_id} if ticket.lead_opd_id else set()))


def make_proof_findable(ticket: Ticket) -> None:
    """Before the lead changes: the leaving OPD finds the ticket by the words it knew, and by no later ones."""
    if ticket.lead_opd_id and not ticket.restricted:
        search.put(proof_kind(ticket.lead_opd_id), ticket.id, _words(ticket))


def hide_proofs(ticket: Ticket) -> None:
    """Former leads find the ticket by no word that it hides by now."""
    led = select(FormerLead.opd_id).where(FormerLead.ticket_id == ticket.id)
    for opd_id in db.session.scalars(led).all():
        if ticket.restricted:
            search.remove(proof_kind(opd_id), ticket.id)
        else:
            search.put(proof_kind(opd_id), ticket.id, _words(ticket))


def _words(ticket: Ticket) -> str:
    if ticket.sensitive:
        return f"{ticket.number} {ticket.safe_title}"
    titles = select(Alert.title).join(TicketAlert, TicketAlert.alert_id == Alert.id)
    rows = db.session.scalars(titles.where(TicketAlert.ticket_id == ticket.id, Alert.sensitive.is_(False)).limit(50))
    return " ".join([ticket.number, ticket.title, *rows])
