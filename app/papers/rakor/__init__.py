"""From a rakor's rows and its frozen material to the shapes of its papers, never more than `seat` may read.

A paper goes from hand to hand: of a sensitive matter it bears the judul aman, what was decided and the plans, and none
of the words around them, whoever prints it.
"""

from collections.abc import Callable
from typing import Any

from app.agenda.models import Rakor
from app.papers.rakor import after, before, tables
from app.papers.rules import MeetingPaper
from app.people.models import Seat

SHAPE: dict[MeetingPaper, Callable[[Rakor, Seat], Any]] = {
    MeetingPaper.INVITATION: before.invitation,
    MeetingPaper.MATERIAL: before.meeting_material,
    MeetingPaper.ATTENDANCE: before.attendance,
    MeetingPaper.MINUTES: after.minutes,
    MeetingPaper.AGREEMENT: after.agreement,
    MeetingPaper.REPORT: after.report,
    MeetingPaper.MATRIX: tables.matrix,
    MeetingPaper.REGISTER: tables.register,
}


def shape(kind: MeetingPaper, rakor: Rakor, seat: Seat):
    """What the paper of this kind says."""
    return SHAPE[kind](rakor, seat)
