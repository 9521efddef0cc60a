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
    if not text.strip():
        raise Refused({"text": "Tulis catatannya dulu."})
    if len(text) > LONGEST_TEXT:
        raise Refused({"text": f"Catatan paling banyak {LONGEST_TEXT} huruf. Lampirkan sisanya sebagai berkas."})
    return events.record(ticket.stream, "ticket.note", seat, text=text.strip(), audience=audience)


def attach(ticket: Ticket, seat: Seat, file: BinaryIO, name: str) -> Evidence:
    """Keep a file as evidence. An OPD's stays internal until its answer is approved. Raises NotAllowedFile, Refused."""
    if not policy.takes_part(ticket, seat):
        raise Refused({"file": "Anda hanya dapat membaca tiket ini."})
    return keep_file(ticket, seat, file, name)


def keep_file(ticket: Ticket, seat: Seat, file: BinaryIO, name: str) -> Evidence:
    """The file of a verb that has checked itself who may: a ruling's, which a pimpinan brings without taking part."""
    kept = uploads.keep_document(file, name)
    evidence = Evidence(
        ticket_id=ticket.id,
        opd_id=seat.opd_id,
        seat_id=seat.id,
        audience=file_audience(ticket, seat),
        key=kept.key,
        name=kept.name,
        media_type=kept.media_type,
        size=kept.size,
    )
    db.session.add(evidence)
    db.session.flush()
    told = {"file": evidence.name, "size": evidence.size}
    events.record(ticket.stream, "ticket.file", seat, after=told, audience=evidence.audience, ref_id=evidence.id)
    return evidence


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
