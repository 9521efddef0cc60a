"""Verbs that join several features. None of them commits."""

from app.desk.actions.openings import note_openings_taken
from app.desk.actions.people_sheets import (
    APPLY,
    CHANGED_MEANWHILE,
    READ,
    apply_sheet,
    confirm_sheet,
    forget_rows,
    keep_answers,
    keep_rows,
    refuse_sheet,
    start_sheet,
)
from app.desk.actions.sensitive import mark_sensitive, name_safely, unmark_sensitive
from app.desk.actions.shielding import shield_old_alerts
from app.desk.actions.work import discard, try_again

__all__ = [
    "APPLY", "CHANGED_MEANWHILE", "READ", "apply_sheet", "confirm_sheet", "forget_rows", "keep_answers", "keep_rows",
    "refuse_sheet", "start_sheet", "discard", "mark_sensitive", "name_safely", "note_openings_taken",
    "shield_old_alerts", "try_again", "unmark_sensitive",
]  # fmt: skip
