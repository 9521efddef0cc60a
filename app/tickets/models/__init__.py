"""Tickets and what hangs on them: tables, and verbs about one object."""

from app.tickets.models.answers import Answer, Evidence, HeadApproval, Publication
from app.tickets.models.authority import Escalation, Reminder, Ruling
from app.tickets.models.clocks import ClockChange, ClockPolicy
from app.tickets.models.tasks import FieldRequest, FormerTask, Task
from app.tickets.models.ticket import FormerLead, IllegalMove, NamedOfficer, Ticket, TicketAlert, TicketCount
from app.tickets.models.writing import Draft, ShiftNote, TextModule

__all__ = [
    "Answer", "ClockChange", "ClockPolicy", "Draft", "Escalation", "Evidence", "FieldRequest", "FormerLead",
    "FormerTask", "HeadApproval", "IllegalMove", "NamedOfficer", "Publication", "Reminder", "Ruling", "ShiftNote",
    "Task", "TextModule", "Ticket", "TicketAlert", "TicketCount",
]  # fmt: skip
