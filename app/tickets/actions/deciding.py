"""What follows when a kepala OPD decides on an answer."""

from app.core import clock, events
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Seat
from app.tickets import policy
from app.tickets.actions.heads import Head
from app.tickets.actions.moves import make, move
from app.tickets.models import Answer, HeadApproval, Ticket
from app.tickets.policy.answers import APPROVED, REFUSED
from app.tickets.rules import Audience

LONGEST_WORDS = 500


def decide(ticket: Ticket, asked: HeadApproval, answer: Answer, *, approves: bool, words: str) -> None:
    """Setujui or Kembalikan. Asked by the narahubung, an approval sends the answer on; else it waits for one.

    A refusal takes the draft back to the desk, with the head's words. Raises Refused.
    """
    words = words.strip()[:LONGEST_WORDS]
    if not approves and not words:
        raise Refused({"words": "Tulis apa yang perlu diperbaiki."})
    asked.decided_at = asked.ended_at = clock.now()
    asked.decision, asked.words = (APPROVED if approves else REFUSED), words
    head = Head(f"{asked.name}, {asked.position}" if asked.position not in asked.name else asked.name, answer.opd_id)
    db.session.flush()
    if approves:
        _approved(ticket, asked, head, words)
    else:
        _sent_back(ticket, head, words)


def _approved(ticket: Ticket, asked: HeadApproval, head: Head, words: str) -> None:
    events.record(
        ticket.stream, "ticket.head_approved", head, text=words or None, audience=Audience.INTERNAL, ref_id=asked.id
    )
    asker = db.session.get_one(Seat, asked.asked_by_id)
    if asker.active and policy.approves_as_narahubung(ticket, asker):
        move(ticket, "approve", asker)


def _sent_back(ticket: Ticket, head: Head, words: str) -> None:
    make(ticket, "send_back", head, {"note": words}, {})
