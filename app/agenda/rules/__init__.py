"""The life of a matter on the agenda, of a rakor, and of a plan. No Flask, no SQL."""

from app.agenda.rules.matters import MOVES, AgendaStage, Approval, Instrument, Move, moves_from
from app.agenda.rules.meetings import Attendance, RakorState
from app.agenda.rules.plans import PlanOrigin, PlanState, is_late
from app.agenda.rules.sentences import sentence

LONGEST_TITLE = 300
LONGEST_LINE = 300
LONGEST_TEXT = 8000
MOST_MATTERS = 60
"""As many as one rakor can take up in a day, twice over."""

__all__ = [
    "LONGEST_LINE", "LONGEST_TEXT", "LONGEST_TITLE", "MOST_MATTERS", "MOVES", "AgendaStage", "Approval", "Attendance",
    "Instrument", "Move", "PlanOrigin", "PlanState", "RakorState", "is_late", "moves_from", "sentence",
]  # fmt: skip
