"""Personal links: secrets that are mailed. Only their hash is kept, so nothing we store can act for anybody."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from app.core import clock
from app.core.db import changed
from app.extensions import db
from app.people.models import PersonalLink, new_secret
from app.people.rules import LINK_DAYS


def mint_link(purpose: str, subject: str, person_id: int, seat_id: int | None = None) -> str:
    """A new link of `purpose` (ticket, invite, reset) to `subject`; returns the secret. Earlier ones live on."""
    secret, digest = new_secret()
    expires_at = clock.now() + timedelta(days=LINK_DAYS[purpose])
    whose = {"person_id": person_id, "seat_id": seat_id}
    db.session.add(PersonalLink(digest=digest, purpose=purpose, subject=subject, expires_at=expires_at, **whose))
    return secret


def end_links(
    *,
    subject: str | None = None,
    seat_id: int | None = None,
    person_id: int | None = None,
    purpose: str | None = None,
) -> int:
    """End at once every living link to a subject, of a seat or of a person (all given must hold). Returns how many."""
    wanted = {PersonalLink.subject: subject, PersonalLink.seat_id: seat_id, PersonalLink.person_id: person_id}
    conditions = [column == value for column, value in wanted.items() if value is not None]
    if not conditions:
        raise ValueError("whose links?")
    if purpose:
        conditions.append(PersonalLink.purpose == purpose)
    ended = update(PersonalLink).where(PersonalLink.ended_at.is_(None), *conditions).values(ended_at=clock.now())
    return changed(ended)


def end_links_to(subjects: Sequence[str]) -> int:
    """End at once every living link to any of these subjects; one statement. Returns how many."""
    living = update(PersonalLink).where(PersonalLink.ended_at.is_(None), PersonalLink.subject.in_(subjects))
    return changed(living.values(ended_at=clock.now()))
