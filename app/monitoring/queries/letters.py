"""What may be told of letters that came to the mailbox."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from app.extensions import db
from app.monitoring.models import Alert, Inbound
from app.monitoring.policy import known_to
from app.people.models import Seat

KNOWN_BEFORE = "(berita yang sudah ada di Pantauan)"
HIDDEN = "(perkara sensitif atau terbatas)"


def told_subjects(letters: Sequence[Inbound], seat: Seat) -> dict[int, str]:
    """By letter: its subject, as long as that is no title that an alert hides from everybody or from this seat."""
    hides = or_(Alert.sensitive, ~known_to(seat))
    brought = select(Alert.run_id, func.count().filter(hides)).group_by(Alert.run_id)
    brought = brought.where(Alert.run_id.in_({letter.run_id for letter in letters if letter.run_id}))
    hidden = dict(db.session.execute(brought).all())
    return {letter.id: _told(letter, hidden) for letter in letters}


def _told(letter: Inbound, hidden: dict[int, int]) -> str:
    if letter.run_id and letter.run_id not in hidden:
        return KNOWN_BEFORE
    if letter.run_id and hidden[letter.run_id]:
        return HIDDEN
    return letter.subject or "tanpa perihal"
