"""Verbs of the agenda. None commits."""

from app.agenda.actions.matters import merge, move, propose, revise
from app.agenda.actions.meetings import (
    arrange,
    attend,
    cancel,
    decide,
    drop_matter,
    finish,
    lock,
    order,
    rearrange,
    take_up,
)
from app.agenda.actions.plans import drop, keep, make, report

__all__ = [
    "arrange", "attend", "cancel", "decide", "drop", "drop_matter", "finish", "keep", "lock", "make",
    "merge", "move", "order", "propose", "rearrange", "report", "revise", "take_up",
]  # fmt: skip
