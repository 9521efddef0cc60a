"""Diskominfo's hand on words: an answer edited for publication, and what is true of the matter (status kebenaran)."""

from app.core import clock, events
from app.core.refused import Refused
from app.people.models import Seat
from app.tickets import policy
from app.tickets.actions.moves import move
from app.tickets.models import Ticket
from app.tickets.rules import LONGEST_TEXT, Audience, State, Truth

LONGEST_BASIS = 500


def redact(ticket: Ticket, seat: Seat, text: str, note: str, *, substance: bool = False) -> bool:
    """Keep edited words beside the OPD's. `substance`: the OPD approves them again; returns whether it went back.

    Raises Refused.
    """
    answer = policy.pending_answer(ticket)
    if answer is None or not policy.may_redact(ticket, seat):
        raise Refused({"text": "Jawaban disunting selama ditelaah Diskominfo. Muat ulang untuk melihat keadaannya."})
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Refused({"text": "Tulis kalimat yang akan terbit, atau batal untuk memakai kalimat OPD."})
    if len(words) > LONGEST_TEXT:
        raise Refused({"text": f"Terlalu panjang: paling banyak {LONGEST_TEXT} huruf."})
    if words == answer.public_text.strip() and not substance:
        raise Refused({"text": "Belum ada kalimat yang berubah."})
    if substance and not note.strip():
        raise Refused({"note": "Sebut mengapa isinya berubah; OPD membaca ini sebelum menyetujui lagi."})
    answer.redacted_text = None if words == answer.text.strip() else words
    answer.redacted_by, answer.redacted_at = seat.signature, clock.now()
    ticket.touch()
    kind = "ticket.redact_back" if substance else "ticket.redact"
    told = None if substance else note.strip()[:LONGEST_BASIS] or None
    events.record(ticket.stream, kind, seat, text=told, audience=Audience.SHARED, ref_id=answer.id)
    if substance:
        move(ticket, "rework", seat, {"note": note})
    return substance


def set_truth(ticket: Ticket, seat: Seat, truth: str, basis: str) -> None:
    """Status kebenaran, with what it rests on; separate from tone. Raises Refused."""
    if not policy.may_steer(seat) or ticket.state is State.ARCHIVED:
        raise Refused({"truth": "Status kebenaran ditetapkan Diskominfo."})
    errors = {}
    if truth not in set(Truth):
        errors["truth"] = "Pilih dari daftar."
    elif truth != Truth.UNVERIFIED and not basis.strip():
        errors["basis"] = "Sebut dasarnya: siapa memeriksa apa, atau dokumennya."
    if len(basis) > LONGEST_BASIS:
        errors["basis"] = f"Paling banyak {LONGEST_BASIS} huruf."
    if errors:
        raise Refused(errors)
    before, ticket.truth, ticket.truth_basis = ticket.truth, Truth(truth), basis.strip()
    sides = {"truth": before.value}, {"truth": ticket.truth.value}
    text = ticket.truth_basis or None
    events.record(ticket.stream, "ticket.truth", seat, before=sides[0], after=sides[1], text=text)
