"""Verbs over tickets and their neighbours. None of them commits; `Refused` says in words what to do next."""

from app.core.refused import Refused
from app.tickets.actions.deciding import decide
from app.tickets.actions.escalating import mark_sent, propose, set_aside
from app.tickets.actions.handover import Newcomer, hand_over, welcome
from app.tickets.actions.heads import ask_head, find_head_request, head_title, mint_head_link
from app.tickets.actions.moves import move
from app.tickets.actions.opening import merge, promote, release
from app.tickets.actions.publishing import publish, withdraw_publication
from app.tickets.actions.redacting import redact, set_truth
from app.tickets.actions.reminding import (
    Reached,
    claim_due,
    clock_to_tell,
    nobody_to_tell,
    propose_overdue_rulings,
    settle_nobody,
)
from app.tickets.actions.ruling import ask_ruling, record_ruling
from app.tickets.actions.secrecy import set_secrecy
from app.tickets.actions.shielding import follow_masks
from app.tickets.actions.steering import assign, report_moved, set_due, set_level
from app.tickets.actions.steps import calendar_for
from app.tickets.actions.talking import attach, file_audience, note, open_original
from app.tickets.actions.tasks import move_task, open_task
from app.tickets.actions.taskwork import (
    assign_task,
    attach_to_task,
    note_task,
    record_contact,
    report_moved_from_task,
    set_contact,
    set_task_due,
)
from app.tickets.actions.writing import forget_drafts, keep_drafts, save_module, seed_modules

__all__ = [
    "Newcomer", "Reached", "Refused", "ask_head", "ask_ruling", "assign", "assign_task", "attach", "attach_to_task",
    "calendar_for", "claim_due", "clock_to_tell", "decide", "file_audience", "find_head_request",
    "follow_masks", "forget_drafts", "hand_over", "head_title", "keep_drafts", "mark_sent", "merge",
    "mint_head_link", "move", "move_task", "nobody_to_tell", "note", "note_task", "open_original", "open_task",
    "promote", "propose", "propose_overdue_rulings", "publish", "record_contact", "record_ruling", "redact",
    "release", "report_moved", "report_moved_from_task", "save_module", "seed_modules", "set_aside", "set_contact",
    "set_due", "set_level", "set_secrecy", "set_task_due", "set_truth", "settle_nobody", "welcome",
    "withdraw_publication",
]  # fmt: skip
