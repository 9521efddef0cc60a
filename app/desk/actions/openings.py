"""Taking along who saw what. Nothing here commits."""

from app.core import events
from app.desk.rules.openings import Asked
from app.people.models import Seat


def note_openings_taken(asked: Asked, rows: int, seat: Seat) -> None:
    """Write down who downloaded the list of openings, and of which period."""
    after = asked.args | {"rows": rows}
    events.record(f"person:{seat.person_id}", "person.openings_taken", seat, after=after, audience="internal")
