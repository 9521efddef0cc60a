"""Sending: the link is minted and committed, then the letter goes out, then it is marked (guard.md 7, 19, 21)."""

import re
from email.message import EmailMessage

from flask import current_app
from sqlalchemy import update

from app.core import clock, work
from app.core.work import GiveUp, Lease, Retry
from app.extensions import db
from app.notify import actions, mail, queries, reminders, rendering
from app.notify.models import Letter, LetterState
from app.notify.rules import SENDING, Kind
from app.people import actions as people
from app.tickets import actions as tickets

ATTEMPTS = 16
"""With pauses from 15 s to an hour: a mail server may be away for a night."""

NOTHING_LEFT = "Yang diingatkan sudah dikerjakan."
WAITS_FOR_HOURS = "Menunggu jam kerja OPD penerima."
WHILE_SENDING = 3 * mail.TIMEOUT


@work.handler(SENDING, attempts=ATTEMPTS + 4, outward=True)
def send(letter_id: int | None, lease: Lease) -> None:
    """Send one letter. At least once, always under one Message-ID; what is no longer wanted is dropped.

    Killed after the server took it and before we wrote it down, it goes out a second time, with a link of its own.
    """
    letter = queries.letter_to_send(letter_id)
    if letter is None:
        return
    if reason := queries.why_not(letter):
        letter.state, letter.trouble = LetterState.DROPPED, reason
        return
    if letter.kind == Kind.REMINDER and not _still_wanted(letter):
        return
    _deliver(letter, lease)


def _still_wanted(letter: Letter) -> bool:
    """Whether a reminder has anything left to tell; one that comes in the night waits. Raises Retry."""
    told = reminders.still_to_tell(letter)
    if not told:
        letter.state, letter.trouble = LetterState.DROPPED, NOTHING_LEFT
        return False
    now = clock.now()
    if (opens := reminders.tells_at(told, now)) > now:
        raise Retry(WAITS_FOR_HOURS, after=(opens - now).total_seconds())
    return True


def _deliver(letter: Letter, lease: Lease) -> None:
    letter.attempts += 1
    letter_id, attempts, name = letter.id, letter.attempts, _file_name(letter)
    hidden = queries.receiver(letter)[1] if letter.kind == Kind.HEAD else ""
    try:
        message = _with_link(letter)
        lease.renew(WHILE_SENDING)  # commits the link's hash; from here to the verdict no transaction is open
        kept_as = _send(message, name)
    except mail.Refused as reason:
        _fail(letter_id, _without(hidden, reason))
    except mail.Unavailable as reason:
        said = _without(hidden, reason)
        if attempts >= ATTEMPTS:
            _fail(letter_id, said)
        _note(letter_id, trouble=said)
        db.session.commit()
        raise Retry(said) from reason
    _note(letter_id, state=LetterState.SENT, sent_at=clock.now(), trouble="", file_name=kept_as)


def _without(address: str, reason: Exception) -> str:
    """What the mail server said, which often repeats the address: a head's is not told in the list of letters."""
    return re.sub(re.escape(address), "alamat kepala OPD", str(reason), flags=re.IGNORECASE) if address else str(reason)


def _with_link(letter: Letter) -> EmailMessage:
    if letter.kind == Kind.REMINDER:
        told = reminders.still_to_tell(letter)
        links = [people.mint_link("ticket", item.thing.stream, letter.person_id, item.seat_id) for item, _ in told]
        return rendering.compose_reminder(letter, told, links)
    if letter.kind == Kind.HEAD:
        return rendering.compose(letter, tickets.mint_head_link(letter.ref_id))
    purpose = rendering.purpose_of(letter)
    token = people.mint_link(purpose, letter.subject, letter.person_id, letter.seat_id) if purpose else ""
    return rendering.compose(letter, token)


def _send(message: EmailMessage, name: str) -> str:
    return mail.transport(current_app.config["MAIL_URL"]).send(message, name)


def _fail(letter_id: int, reason: str) -> None:
    db.session.rollback()
    _note(letter_id, state=LetterState.FAILED, trouble=reason)
    db.session.commit()
    raise GiveUp(reason)


def _note(letter_id: int, **values) -> None:
    values["trouble"] = values["trouble"][: actions.LONGEST_TROUBLE]
    db.session.execute(update(Letter).where(Letter.id == letter_id).values(**values))


def _file_name(letter: Letter) -> str:
    """«000412-forward-dewi.disdikbud.demo»: sorts by age, says what and to whom, holds nothing a path could use."""
    to = "".join(char if char.isalnum() else "." for char in queries.receiver(letter)[1])[:80].strip(".")
    return f"{letter.id:06d}-{letter.kind}-{to}"


@work.every(60, "letters.buried")
def _see_buried() -> None:
    actions.fail_buried()


@work.every(60, "letters.reminders")
def remind() -> None:
    """Admin OPD and narahubung are reminded of their clocks, everything of one person in one letter."""
    reminders.remind()
