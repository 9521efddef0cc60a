"""«Anda bertindak sebagai…»: behind a shared mailbox every act bears the name of the human being who did it."""

from sqlalchemy import update

from app.core import clock
from app.core.db import insert
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.people.models import LoginSession, MailboxName, PersonalLink, Seat
from app.people.rules import LONGEST_ACTING_NAME


def speak_as(seat: Seat, name: str) -> None:
    """Let `name` act in the seat of a shared mailbox until the request ends; it is offered again next time.

    An empty name is no name: the first act is refused. A mailbox of one person's own needs none.
    """
    if not seat.person.shared:
        return
    seat.acting_name = one_line(name)[:LONGEST_ACTING_NAME].strip()
    if seat.acting_name:
        _remember(seat.person_id, seat.acting_name)


def name_oneself(session: LoginSession, name: str) -> None:
    """The same for a signed-in browser: the name stays with its session. Raises Refused for an empty one."""
    known_as = one_line(name)[:LONGEST_ACTING_NAME].strip()
    if not known_as:
        raise Refused({"name": "Tulis nama Anda."})
    mine = update(LoginSession).where(LoginSession.digest == session.digest)
    db.session.execute(mine.values(acting_name=known_as).execution_options(synchronize_session=False))
    _remember(session.person_id, known_as)


def note_opened(link: PersonalLink) -> None:
    """The page of a mailed link was fetched for the first time; by whom, nobody knows: programs open links too."""
    first = update(PersonalLink).where(PersonalLink.digest == link.digest, PersonalLink.opened_at.is_(None))
    db.session.execute(first.values(opened_at=clock.now()).execution_options(synchronize_session=False))


def _remember(person_id: int, name: str) -> None:
    used = {"used_at": clock.now()}
    row = insert(MailboxName).values(person_id=person_id, name=name, **used)
    db.session.execute(row.on_conflict_do_update(index_elements=["person_id", "name"], set_=used))
