"""What one shift of Diskominfo leaves for the next."""

from app.core import clock, events
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Seat
from app.tickets.models import ShiftNote

LONGEST = 2000


def leave_note(seat: Seat, text: str) -> ShiftNote:
    """Stands on Diskominfo's desk until somebody says that it is done. Raises Refused."""
    if not text.strip():
        raise Refused({"text": "Tulis catatannya dulu."})
    if len(text) > LONGEST:
        raise Refused({"text": f"Catatan giliran paling banyak {LONGEST} huruf."})
    note = ShiftNote(text=text.strip(), seat_id=seat.id, written_by=seat.person.name)
    db.session.add(note)
    db.session.flush()
    events.record(f"shift:{note.id}", "shift.note", seat, text=note.text, audience="internal")
    return note


def finish_note(note: ShiftNote, seat: Seat, *, done: bool = True) -> None:
    """«Sudah», or back on the desk. Whoever was first stays named."""
    if done is bool(note.done_at):
        return
    note.done_at, note.done_by = (clock.now(), seat.person.name) if done else (None, "")
    events.record(f"shift:{note.id}", "shift.done" if done else "shift.open", seat, audience="internal")
