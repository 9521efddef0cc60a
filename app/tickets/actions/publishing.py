"""Publikasi: where an answer was made public, when, and who spoke (satu pintu: one spokesperson per isu)."""

from datetime import datetime

from sqlalchemy import exists, select

from app.core import clock, events
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Seat
from app.tickets import policy
from app.tickets.models import Publication, Ticket
from app.tickets.rules import Audience

LONGEST = {"channel": 80, "url": 2000, "spokesperson": 200, "publication_note": 500}
NOT_NOW = "Publikasi dicatat Diskominfo setelah jawaban OPD disetujui."


def is_published(ticket: Ticket) -> bool:
    """Whether a publication is recorded that was not withdrawn."""
    living = exists().where(Publication.ticket_id == ticket.id, Publication.withdrawn_at.is_(None))
    return bool(db.session.scalar(select(living)))


def wrong_publication(given: dict) -> dict[str, str]:
    """What a publication lacks, per field."""
    errors = {}
    if not given.get("channel"):
        errors["channel"] = "Sebut kanalnya, misalnya laman Pemkab atau Instagram Prokom."
    if not given.get("spokesperson"):
        errors["spokesperson"] = "Sebut juru bicaranya."
    if given.get("url") and not given["url"].startswith(("https://", "http://")):
        errors["url"] = "Tulis alamat lengkap, mulai dengan https://."
    try:
        if _moment(given) > clock.now():
            errors["published_at"] = "Pilih waktu yang sudah lewat; yang belum terbit dicatat setelah terbit."
    except ValueError:
        errors["published_at"] = "Waktu itu tidak ada. Pilih tanggal dan jam lain."
    for name, most in LONGEST.items():
        if len(given.get(name) or "") > most:
            errors[name] = f"Paling banyak {most} huruf."
    return errors


def _moment(given: dict) -> datetime:
    typed = given.get("published_at")
    return clock.parse_local(typed) if typed else clock.now()


def publish(ticket: Ticket, seat: Seat | None, given: dict) -> Publication:
    """Record a publication of the answer that stands. Raises Refused."""
    if seat is None or not policy.may_publish(ticket, seat):
        raise Refused({"channel": NOT_NOW})
    if errors := wrong_publication(given):
        raise Refused(errors)
    answer = policy.pending_answer(ticket)
    row = Publication(
        ticket_id=ticket.id,
        answer_id=answer.id if answer else None,
        channel=given["channel"],
        url=given.get("url") or "",
        published_at=_moment(given),
        spokesperson=given["spokesperson"],
        note=(given.get("publication_note") or "")[: LONGEST["publication_note"]],
        seat_id=seat.id,
    )
    db.session.add(row)
    ticket.touch()
    db.session.flush()
    after = {"channel": row.channel, "spokesperson": row.spokesperson, "url": row.url}
    told = row.note or None
    events.record(
        ticket.stream, "ticket.publish", seat, after=after, text=told, audience=Audience.SHARED, ref_id=row.id
    )
    return row


def withdraw_publication(ticket: Ticket, row: Publication, seat: Seat, reason: str) -> None:
    """«Cabut»: it stays in the history with the reason, and counts no more. Raises Refused."""
    if not policy.may_steer(seat):
        raise Refused({"reason": NOT_NOW})
    if row.withdrawn_at:
        raise Refused({"reason": "Catatan publikasi ini sudah dicabut."})
    if not reason.strip():
        raise Refused({"reason": "Sebut mengapa catatan publikasi ini dicabut."})
    row.withdrawn_at = clock.now()
    ticket.touch()
    after, told = {"channel": row.channel}, reason.strip()[: LONGEST["publication_note"]]
    events.record(
        ticket.stream, "ticket.unpublish", seat, after=after, text=told, audience=Audience.SHARED, ref_id=row.id
    )
