"""What a paste would make of itself, and what it made."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.events import Event
from app.desk.policy import alerts_for
from app.extensions import db
from app.monitoring.actions.pasting import ASKED
from app.monitoring.models import Alert, IngestRun
from app.monitoring.queries import known_by, paste_source
from app.monitoring.rules.keys import keys_of
from app.monitoring.rules.records import Record, Rejected
from app.monitoring.rules.sentences import request_told
from app.people.models import Seat


@dataclass(frozen=True)
class Foreseen:
    """One line of the preview: the item, the alert it repeats, or the number of the line above that it repeats."""

    item: Record | Rejected
    known: Alert | None = None
    same_as: int = 0

    @property
    def new(self) -> bool:
        return isinstance(self.item, Record) and not self.known and not self.same_as


def foreseen(items: Sequence[Record | Rejected], seat: Seat) -> list[Foreseen]:
    """Each item with what it repeats. Of alerts this seat may not see nothing is told."""
    source = paste_source()
    named = [(item, keys_of(item, source.id if source else 0) if isinstance(item, Record) else []) for item in items]
    owners = known_by(key for _, own in named for key in own)
    alerts = {
        alert.id: alert for alert in db.session.scalars(alerts_for(seat).where(Alert.id.in_(set(owners.values()))))
    }
    first: dict[str, int] = {}
    told = []
    for item, own in named:
        known = next((alerts.get(owners[key]) for key in own if key in owners), None)
        same_as = next((first[key] for key in own if key in first), 0)
        told.append(Foreseen(item, known, 0 if known else same_as))
        first |= {key: item.line for key in own if key not in first}
    return told


def brought_by(run_id: int, seat: Seat) -> Sequence[Alert]:
    """The alerts a run brought that this seat may see, in their order."""
    return db.session.scalars(alerts_for(seat).where(Alert.run_id == run_id).order_by(Alert.id)).all()


def asked_about(run: IngestRun, seat: Seat) -> list[tuple[Alert, str]]:
    """The known alerts in whose history a paste wrote a request, with its words; those that this seat may see."""
    author = select(Seat.person_id).where(Seat.id == run.seat_id).scalar_subquery()
    mine = select(Event).where(Event.person_id == author, Event.at >= run.started_at, Event.at <= run.finished_at)
    told = {
        event.stream_id: request_told(event.after or {})
        for event in db.session.scalars(mine.where(Event.kind == ASKED, Event.ref_id == run.id))
    }
    alerts = db.session.scalars(alerts_for(seat).where(Alert.id.in_(told)).order_by(Alert.id)) if told else ()
    return [(alert, told[alert.id]) for alert in alerts]
