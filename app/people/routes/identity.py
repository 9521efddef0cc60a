"""Who the visitor is: `current_user`, from the session row behind the signed cookie."""

import functools

from flask import g, session
from flask_login import login_user
from sqlalchemy.exc import OperationalError

from app.core import clock, logs
from app.extensions import db, login_manager, reading
from app.people import actions, policy, queries
from app.people.models import LoginSession, Seat, secret_digest
from app.people.rules import SEEN_EVERY


class Acting:
    """A person acting in a seat, as they were when the request began: also after a switch, until it ends."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, secret: str, row: LoginSession, count_of_seats: int = 1):
        self.secret, self.session, self.count_of_seats = secret, row, count_of_seats
        self.seat, self.person = row.seat, row.seat.person
        self.seat.acting_name = row.acting_name if self.person.shared else ""

    def get_id(self) -> str:
        return self.secret

    @property
    def nameless(self) -> bool:
        """Came in through a shared mailbox and has not said who it is."""
        return self.person.shared and not self.seat.acting_name

    @functools.cached_property
    def seats(self) -> list[Seat]:
        """The seats to switch between; asked for only where there is more than one."""
        if self.count_of_seats < 2:
            return [self.seat]
        return list(db.session.scalars(policy.own_seats(self.person.id)))


class Nobody:
    """A visitor who has not signed in."""

    is_authenticated = is_active = False
    is_anonymous = True
    nameless = False
    seat = person = session = None
    seats: list[Seat] = []

    def get_id(self) -> None:
        return None


@login_manager.user_loader
def find_acting(secret: str) -> Acting | None:
    """One statement. The rows leave the database session, so that a commit does not make it ask again."""
    found = queries.acting(secret_digest(secret))
    if found is None:
        return None
    row, count_of_seats = found
    acting = Acting(secret, row, count_of_seats)
    for part in (row, row.seat, row.seat.person, row.seat.opd):
        if part in db.session:
            db.session.expunge(part)
    logs.bind_person(row.person_id, row.seat.opd_id)
    return acting


def note_seen() -> None:
    """Remember that the session is in use, in a short transaction of its own (guard.md 6)."""
    acting = g.get("_login_user")
    if not isinstance(acting, Acting) or clock.now() - acting.session.last_seen_at < SEEN_EVERY:
        return
    token = None
    try:
        db.session.commit()  # ends the reading transaction: on SQLite a reader cannot become a writer
        token = reading.set(False)
        actions.see(acting.session.digest)
        db.session.commit()
    except OperationalError:
        db.session.rollback()  # a busy database: the next page notes it
    finally:
        if token:
            reading.reset(token)


def enter(secret: str, row: LoginSession) -> None:
    """Put a new session into the visitor's cookie. The CSRF token changes with the person, not with the seat."""
    kept = session.get("csrf_token") if session.get("person") == row.person_id else None
    session.clear()
    session["person"] = row.person_id
    if kept:
        session["csrf_token"] = kept
    login_user(Acting(secret, row))


def init_identity(app) -> None:
    login_manager.anonymous_user = Nobody
    login_manager.session_protection = None
    from app.people.routes.naming import ask_name

    app.before_request(note_seen)
    app.before_request(ask_name)
