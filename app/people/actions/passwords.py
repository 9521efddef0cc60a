"""Passwords: argon2id, the same work whether somebody exists or not."""

import functools
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from app.core import events
from app.extensions import db
from app.people.actions.links import end_links
from app.people.actions.sessions import end_sessions
from app.people.models import Person, Seat

# OWASP's first choice for argon2id; about 30 ms on the small machines this runs on.
hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    return hasher.hash(_plain(password))


def matches_password(password: str, password_hash: str | None) -> bool:
    """Whether the password fits. Without a hash the same work is done for nothing."""
    try:
        return hasher.verify(password_hash or _nobodys_hash(), _plain(password)) and bool(password_hash)
    except (Argon2Error, InvalidHashError):
        return False


def change_password(person: Person, password: str, by: Seat | None, *, but: str | None = None) -> None:
    """Set a password; every other session (but the digest `but`) and every link to set one ends."""
    person.password_hash = hash_password(password)
    end_sessions(person_id=person.id, but=but)
    for purpose in ("invite", "reset"):
        end_links(person_id=person.id, purpose=purpose)
    events.record(f"person:{person.id}", "person.password_set", by, ref_id=person.id)
    db.session.flush()


def _plain(password: str) -> str:
    """One form for what different keyboards make of one letter."""
    return unicodedata.normalize("NFC", password)


@functools.cache
def _nobodys_hash() -> str:
    return hasher.hash("nobody has this password")
