"""Letters that officers forward: judged by address and sender, taken in like a paste, or refused. None commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select, update

from app.core import clock, storage, uploads, work
from app.core.db import insert_or_ignore
from app.core.uploads import KeptFile
from app.extensions import db
from app.monitoring import queries
from app.monitoring.actions.pasting import paste
from app.monitoring.models import Inbound
from app.monitoring.rules import mailing, shield
from app.monitoring.rules.kinds import Channel
from app.monitoring.rules.mailing import Letter, Outcome
from app.people.models import Seat
from app.people.rules import Role, clean_email

FETCH = "mail.fetch"
REFUSED_ARE_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Files:
    """The letter as it came and its files, stored; and what is to be said of those that are not."""

    raw_key: str
    kept: Sequence[KeptFile]
    note: str


def address_of(seat: Seat) -> str:
    """To where this officer forwards letters; empty where the office has no mailbox, or the seat no use of one."""
    config = current_app.config
    if not config["IMAP_URL"] or seat.role is not Role.DISKOMINFO:
        return ""
    return mailing.forward_address(config["MAIL_FROM"], config["SECRET_KEY"], seat.id)


def offer_fetch() -> None:
    """Have the mailbox looked into, unless that is under way."""
    if not queries.work_of(FETCH, None):
        work.later(FETCH)


def judge(letter: Letter) -> tuple[int | None, str]:
    """The seat whose letter it is, or why it is nobody's. Changes nothing."""
    if letter.head.automatic:
        return None, mailing.AUTOMATIC
    config = current_app.config
    named, forged = mailing.seats_named(letter.head.recipients, config["MAIL_FROM"], config["SECRET_KEY"])
    if not named:
        return None, mailing.FORGED if forged else (letter.trouble or mailing.NO_ADDRESS)
    seats = db.session.scalars(select(Seat).where(Seat.id.in_(named), Seat.role == Role.DISKOMINFO)).all()
    acting = [seat for seat in seats if seat.active]
    own = [seat for seat in acting if clean_email(letter.head.sender) == seat.person.email]
    if not own:
        return None, mailing.WRONG_SENDER if acting else mailing.ENDED
    return (None, letter.trouble) if letter.trouble else (own[0].id, "")


def keep_files(letter: Letter, raw: bytes) -> Files:
    """Store what came. Takes its time, so it is done outside of any transaction. Raises storage.DiskFull."""
    kept, left = [], letter.body.left
    for name, content in letter.files:
        try:
            kept.append(uploads.keep_attachment(bytes(content), name))
        except uploads.NotAllowedFile:
            left += 1
    note = f"{left} lampiran tidak diambil karena jenisnya, besarnya, atau banyaknya." if left else ""
    return Files(storage.put(raw), kept, note)


def take_letter(letter: Letter, raw: bytes, seat_id: int | None, reason: str, files: Files | None) -> bool:
    """Write down a letter and take in what it tells. False, and nothing done, when it is known.

    `seat_id`, `reason` and `files` are what `judge` and `keep_files` said. Raises Refused, storage.DiskFull.
    """
    if seat_id is None or files is None:
        return _write_down(letter, raw, None, reason)
    seat = db.session.get_one(Seat, seat_id)
    items = mailing.items(letter, bool(files.kept), clock.now())
    if not items:
        return _write_down(letter, raw, None, mailing.EMPTY)
    if not _write_down(letter, raw, seat, files.note, files.raw_key):
        return False
    run = paste(letter.body.text, items, mailing.matter(letter)[0], seat, files.kept)
    mine = update(Inbound).where(Inbound.message_id == _identity(letter, raw, seat))
    db.session.execute(mine.values(run_id=run.id))
    return True


def _write_down(letter: Letter, raw: bytes, seat: Seat | None, reason: str, raw_key: str = "") -> bool:
    """Taken in for `seat`, or refused without one. False when that is written already."""
    return insert_or_ignore(
        Inbound,
        message_id=_identity(letter, raw, seat),
        sender=letter.head.sender[:250],
        subject=shield.shielded(letter.head.subject, "", "", {}, Channel.COMPLAINT).title[:300],
        seat_id=seat.id if seat else None,
        outcome=Outcome.TAKEN if seat else Outcome.REFUSED,
        reason=reason,
        raw_key=raw_key,
        received_at=clock.now(),
    )


def _identity(letter: Letter, raw: bytes, seat: Seat | None) -> str:
    return f"{seat.id if seat else 0}:{letter.name(raw)}"


def forget_refused() -> None:
    """Drop what is known of refused letters after three months."""
    old = Inbound.received_at < clock.now() - REFUSED_ARE_KEPT
    db.session.execute(delete(Inbound).where(Inbound.outcome == Outcome.REFUSED, old))
