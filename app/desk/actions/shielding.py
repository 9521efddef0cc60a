"""Masking what was stored before there was a shield, with the tickets behind it. Nothing here commits."""

from app.monitoring.actions import shielding
from app.tickets import actions as tickets


def shield_old_alerts(before: int | None) -> tuple[int | None, int]:
    """One batch of alerts below `before`: (the lowest looked at, or None at the end; how many were masked)."""
    lowest, changed = shielding.shield_alerts(before)
    tickets.follow_masks(changed)
    return lowest, len(changed)
