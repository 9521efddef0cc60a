"""Openings of originals and personal data, with who, when, what and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, select, tuple_

from app.core import clock
from app.core.events import Event, EventText
from app.desk.policy import alerts_for, visible_openings
from app.desk.rules.openings import OPENED, Asked, opened
from app.extensions import db
from app.monitoring.models import Alert
from app.monitoring.queries.alerts import SHOWN_TITLE
from app.people.models import Person, Seat
from app.tickets import policy as tickets
from app.tickets.models import Ticket
from app.web.lists import PAGE, Slice, slice_of


@dataclass(frozen=True)
class Opening:
    """One opening as a person reads it. `title` is the shown one, empty where the item is gone."""

    at: datetime
    actor: str
    what: str
    kind: str
    item_id: int
    title: str
    reason: str

    @property
    def item(self) -> str:
        return f"Tiket #{self.item_id:04d}" if self.kind == "ticket" else f"Pantauan {self.item_id}"


def page_of_openings(asked: Asked, seat: Seat, before: int | None) -> Slice:
    """One page, the latest first."""
    rows = _asked(asked, seat)
    if before:
        at = select(Event.at).where(Event.id == before).scalar_subquery()
        rows = rows.where(tuple_(Event.at, Event.id) < tuple_(at, before))
    page = slice_of(db.session.execute(rows.limit(PAGE + 1)).all(), lambda row: str(row.id))
    return Slice(_told(page.rows, seat), page.next)


def all_openings(asked: Asked, seat: Seat, most: int) -> list[Opening]:
    """The latest `most` of them."""
    return _told(db.session.execute(_asked(asked, seat).limit(most)).all(), seat)


def openers(seat: Seat) -> Sequence[Row]:
    """(id, name) of everybody who ever opened something."""
    who = visible_openings(seat).with_only_columns(Event.person_id).where(Event.kind.in_(OPENED)).distinct()
    return db.session.execute(select(Person.id, Person.name).where(Person.id.in_(who)).order_by(Person.name)).all()


def _asked(asked: Asked, seat: Seat) -> Select:
    since, until = clock.midnight(asked.since), clock.midnight(asked.until + timedelta(days=1))
    rows = visible_openings(seat).with_only_columns(
        Event.id, Event.at, Event.actor, Event.kind, Event.stream, Event.after, EventText.text
    )
    rows = rows.outerjoin(EventText, EventText.event_id == Event.id)
    rows = rows.where(Event.kind.in_(OPENED), Event.at >= since, Event.at < until)
    if asked.person_id:
        rows = rows.where(Event.person_id == asked.person_id)
    if asked.streams:
        rows = rows.where(Event.stream.in_(asked.streams))
    return rows.order_by(Event.at.desc(), Event.id.desc())


def _told(rows: Sequence[Row], seat: Seat) -> list[Opening]:
    items = [row.stream.partition(":")[::2] for row in rows]
    titles = _titles(seat, [int(number) for kind, number in items if kind == "alert"], "alert")
    titles |= _titles(seat, [int(number) for kind, number in items if kind == "ticket"], "ticket")
    return [
        Opening(
            at=row.at,
            actor=row.actor,
            what=opened(row.kind, row.after),
            kind=kind,
            item_id=int(number),
            title=titles.get((kind, int(number)), ""),
            reason=row.text or "",
        )
        for row, (kind, number) in zip(rows, items, strict=True)
    ]


def _titles(seat: Seat, ids: list[int], kind: str) -> dict[tuple[str, int], str]:
    if not ids:
        return {}
    if kind == "alert":
        rows = alerts_for(seat).with_only_columns(Alert.id, SHOWN_TITLE).where(Alert.id.in_(ids))
        return {(kind, row.id): row.shown_title for row in db.session.execute(rows)}
    found = db.session.scalars(tickets.visible_to(seat).where(Ticket.id.in_(ids)))
    return {(kind, ticket.id): ticket.shown_title for ticket in found}
