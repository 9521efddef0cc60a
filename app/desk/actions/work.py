"""What a system admin decides about work that was given up. Nothing here commits."""

from app.core import events, work
from app.core.work import Work
from app.monitoring.actions.runs import IMPORT, reopen_run
from app.people.models import Seat


def try_again(dead: Work, seat: Seat) -> None:
    """«Coba lagi»: it starts over; a file whose reading was given up is read on from where it stopped."""
    if dead.kind == IMPORT and dead.ref_id is not None:
        reopen_run(dead.ref_id)
    _record(dead, "work.tried_again", seat)
    work.try_again(dead.id)


def discard(dead: Work, seat: Seat) -> None:
    """«Buang»: it is put away, and not tried again."""
    _record(dead, "work.discarded", seat)
    work.discard(dead.id)


def _record(dead: Work, kind: str, seat: Seat) -> None:
    after = {"kind": dead.kind, "ref": dead.ref_id}
    events.record(f"work:{dead.id}", kind, seat, after=after, audience="internal")
