"""What people add to a ticket without changing its state: notes and files."""

from typing import BinaryIO

from app.core import events, uploads
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.people.models import Seat
from app.tickets import policy
from app.tickets.models import Evidence, Ticket
from app.tickets.rules import LONGEST_TEXT, Audience, State
from app.tickets.rules.secrecy import LONGEST_REASON

ANSWERED = frozenset({State.UNDER_REVIEW, State.RESOLVED, State.CLOSED, State.AWAITING_BUDGET})


def note(ticket: Ticket, seat: Seat, text: str, audience: str) -> events.Event:
    """Write into the conversation for one of the three audiences. Raises Refused."""
    allowed = policy.audiences(ticket, seat)
    if audience not in allowed:
        raise Refused({"audience": "Pilih kepada siapa catatan ini ditujukan."})
    return events.record(
        ticket.stream, "ticket.note", seat, text=checked_words(text, "Tulis catatannya dulu."), audience=audience
    )


def checked_words(text: str, empty: str) -> str:
    """What was written, without the space around it. Raises Refused with `empty`, or because it is too long."""
    if not text.strip():
        raise Refused({"text": empty})
    if len(text) > LONGEST_TEXT:
        raise Refused({"text": f"Catatan paling banyak {LONGEST_TEXT} huruf. Lampirkan sisanya sebagai berkas."})
    return text.strip()


def attach(ticket: Ticket, seat: Seat, file: BinaryIO, name: str) -> Evidence:
    """Keep a file as evidence. An OPD's stays internal until its answer is approved. Raises NotAllowedFile, Refused."""
    if not policy.takes_part(ticket, seat):
        raise Refused({"file": "Anda hanya dapat membaca tiket ini."})
    return keep_file(ticket, seat, file, name)


def keep_file(ticket: Ticket, seat: Seat, file: BinaryIO, name: str) -> Evidence:
    """The file of a verb that has checked itself who may: a ruling's, which a pimpinan brings without taking part."""
    whose = {"ticket_id": ticket.id, "opd_id": seat.opd_id, "seat_id": seat.id}
    evidence = keep_evidence(file, name, audience=file_audience(ticket, seat), **whose)
    record_file(ticket.stream, "ticket.file", seat, evidence)
    return evidence


def keep_evidence(file: BinaryIO, name: str, **whose) -> Evidence:
    """The stored file as evidence of `whose` (the columns that say so). Records nothing. Raises NotAllowedFile."""
    kept = uploads.keep_document(file, name)
    evidence = Evidence(key=kept.key, name=kept.name, media_type=kept.media_type, size=kept.size, **whose)
    db.session.add(evidence)
    db.session.flush()
    return evidence


def record_file(stream: str, kind: str, seat: Seat, evidence: Evidence) -> events.Event:
    """History keeps the name and size, for the same audience as the file."""
    told = {"file": evidence.name, "size": evidence.size}
    return events.record(stream, kind, seat, after=told, audience=evidence.audience, ref_id=evidence.id)


def file_audience(ticket: Ticket, seat: Seat) -> Audience:
    """An OPD's file stays inside until an answer is approved; beside an approved one all may see it at once."""
    answered = ticket.state in ANSWERED
    return Audience.INTERNAL if seat.role.of_opd and not answered else Audience.SHARED


def open_original(ticket: Ticket, seat: Seat, reason: str = "") -> events.Event:
    """«Buka judul asli»: history keeps who opened it, and why where it was said.

    The caller shows it only to `policy.may_open_original`.
    """
    said = one_line(reason)[:LONGEST_REASON] or None
    return events.record(ticket.stream, "ticket.original_opened", seat, text=said, audience=Audience.SHARED)
