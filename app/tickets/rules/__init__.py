"""Pure knowledge about tickets: their life (the table of moves) and how history tells it."""

from app.tickets.rules.life import (
    ANSWER_DAYS,
    BUDGET_KINDS,
    CLASS_LABELS,
    CLOSE_AFTER_DAYS,
    ENDED,
    LEAD,
    LINKS_END,
    LONGEST_TEXT,
    MOVES,
    OPD_CLOCK_RUNS,
    OUTCOMES,
    PROPOSED_OUTSIDE,
    PROPOSED_UNKNOWN,
    REACTION_HOURS,
    REQUIRED,
    STATE_LABELS,
    AnswerKind,
    Audience,
    Level,
    Move,
    State,
    TicketClass,
    Turn,
    Who,
    missing,
    moves_from,
    turn_of,
)

__all__ = [
    "ANSWER_DAYS", "BUDGET_KINDS", "CLASS_LABELS", "CLOSE_AFTER_DAYS", "ENDED", "LEAD", "LINKS_END", "LONGEST_TEXT",
    "MOVES", "OPD_CLOCK_RUNS", "OUTCOMES", "PROPOSED_OUTSIDE", "PROPOSED_UNKNOWN", "REACTION_HOURS", "REQUIRED",
    "STATE_LABELS", "AnswerKind", "Audience", "Level", "Move", "State", "TicketClass", "Turn", "Who",
    "missing", "moves_from", "turn_of",
]  # fmt: skip
