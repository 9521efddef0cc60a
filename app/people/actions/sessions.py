"""Sessions are rows: made at sign-in, made anew at every change of seat or password, gone when either ends."""

from datetime import timedelta

from sqlalchemy import delete, or_, update

from app.core import clock
from app.core.db import changed
from app.extensions import db
from app.people.models import LoginSession, PersonalLink, Seat, new_secret
from app.people.rules import IDLE_LIMIT, SEEN_EVERY, SESSION_LIMIT

KEPT_LINKS = timedelta(days=30)


def open_session(seat: Seat, *, address: str = "", agent: str = "", expires_at=None, acting_name: str = "") -> str:
    """A new session of that person in that seat; returns its secret, of which only the hash is kept."""
    secret, digest = new_secret()
    row = LoginSession(
        digest=digest,
        person_id=seat.person_id,
        seat_id=seat.id,
        expires_at=expires_at or clock.now() + SESSION_LIMIT,
        address=address[:64],
        agent=agent[:200],
        acting_name=acting_name,
    )
    db.session.add(row)
    return secret


def switch_seat(old: LoginSession, seat: Seat) -> str:
    """Replace a session by one in another seat; the absolute limit stays where it was."""
    end_sessions(digest=old.digest)
    address, agent, name = old.address, old.agent, old.acting_name
    return open_session(seat, address=address, agent=agent, expires_at=old.expires_at, acting_name=name)


def end_sessions(
    *, person_id: int | None = None, seat_id: int | None = None, digest: str | None = None, but: str | None = None
) -> int:
    """End a person's, a seat's or one session (all but the digest `but`) at once. Returns how many."""
    wanted = {LoginSession.person_id: person_id, LoginSession.seat_id: seat_id, LoginSession.digest: digest}
    conditions = [column == value for column, value in wanted.items() if value is not None]
    if not conditions:
        raise ValueError("whose sessions?")
    if but:
        conditions.append(LoginSession.digest != but)
    return changed(delete(LoginSession).where(*conditions))


def see(digest: str) -> None:
    """Note that the session is in use; one write per session in five minutes, however many tabs ask at once."""
    now = clock.now()
    stale = (LoginSession.digest == digest, LoginSession.last_seen_at < now - SEEN_EVERY)
    statement = update(LoginSession).where(*stale).values(last_seen_at=now)
    db.session.execute(statement.execution_options(synchronize_session=False))


def forget_old() -> None:
    """Delete sessions that are over, and links a month after their end."""
    now = clock.now()
    over = or_(LoginSession.expires_at < now, LoginSession.last_seen_at < now - IDLE_LIMIT)
    db.session.execute(delete(LoginSession).where(over))
    db.session.execute(delete(PersonalLink).where(PersonalLink.expires_at < now - KEPT_LINKS))
