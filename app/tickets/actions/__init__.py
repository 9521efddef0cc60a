"""Verbs over tickets and their neighbours. None of them commits; `Refused` says in words what to do next."""

from app.core.refused import Refused
from app.tickets.actions.moves import move
from app.tickets.actions.opening import merge, promote, release
from app.tickets.actions.shielding import follow_masks
from app.tickets.actions.steering import assign, confirm_crisis, report_moved, set_due, set_level, set_secrecy
from app.tickets.actions.talking import attach, file_audience, note, open_original

__all__ = [
    "Refused", "assign", "attach", "confirm_crisis", "file_audience", "follow_masks", "merge", "move", "note",
    "open_original", "promote", "release", "report_moved", "set_due", "set_level", "set_secrecy",
]  # fmt: skip
