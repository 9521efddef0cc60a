"""Verbs over tickets and their neighbours. None of them commits; `Refused` says in words what to do next."""

from app.core.refused import Refused
from app.tickets.actions.handover import Newcomer, hand_over, welcome
from app.tickets.actions.moves import move
from app.tickets.actions.opening import merge, promote, release
from app.tickets.actions.shielding import follow_masks
from app.tickets.actions.steering import assign, confirm_crisis, report_moved, set_due, set_level, set_secrecy
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

__all__ = [
    "Newcomer", "hand_over", "welcome",
    "Refused", "assign", "assign_task", "attach", "attach_to_task", "confirm_crisis", "file_audience", "follow_masks",
    "merge", "move", "move_task", "note", "note_task", "open_original", "open_task", "promote", "record_contact",
    "release", "report_moved", "report_moved_from_task", "set_contact", "set_due", "set_level", "set_secrecy",
    "set_task_due",
]  # fmt: skip
