"""Isu as pages show them: the list, one isu's coverage, outlets and tickets. What is hidden is no number either."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, Select, case, func, select, tuple_
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.numbers import whole
from app.core.search import MOST_WORDS
from app.desk.policy import not_hidden, told_title, visible_isu
from app.desk.queries.alerts import shown_rows, with_tickets
from app.desk.rules.isu import Day, days_of, first_day
from app.extensions import db
from app.monitoring.models import Alert, Isu, IsuLink, Source
from app.monitoring.rules.kinds import Tone
from app.people.models import Opd, Seat
from app.tickets import policy as tickets
from app.tickets.models import Ticket, TicketAlert
from app.tickets.queries import SHOWN_TITLE
from app.web.lists import PAGE, Slice, slice_of

RECENT = 30
MOST_OUTLETS = 30
NAMED = func.coalesce(func.nullif(Alert.media, ""), Source.name)
OUTLET = case((Alert.sensitive, "Pantauan berjudul aman"), else_=NAMED)
"""Who published it; of a sensitive alert nobody is told, for its words can be found there."""


def page_of_isu(words: str, seat: Seat, before: int | None) -> Slice:
    """One page of isu, the latest opened first; those whose told title holds all the words where there are any.

    The titles are read instead of the index: isu are few, and short titles want every part of a word.
    """
    listed = _titled(seat).order_by(Isu.opened_at.desc(), Isu.id.desc()).limit(PAGE + 1)
    told = told_title(seat).element
    listed = listed.where(*(told.icontains(word, autoescape=True) for word in words.split()[:MOST_WORDS]))
    if before:
        last = select(Isu.opened_at).where(Isu.id == before).scalar_subquery()
        listed = listed.where(tuple_(Isu.opened_at, Isu.id) < tuple_(last, before))
    return slice_of(db.session.execute(listed).all(), lambda row: str(row.id))


def summaries(ids: Sequence[int], seat: Seat) -> dict[int, Row]:
    """How much each of these isu holds, by its id: alerts, outlets, tones, tickets, the latest. One statement."""
    tones = [func.count().filter(Alert.tone == tone).label(tone.value) for tone in Tone]
    columns = (
        func.count().label("alerts"), func.count(OUTLET.distinct()).label("outlets"), *tones,
        func.count(Ticket.id.distinct()).label("tickets"), func.count().filter(Alert.sensitive).label("sensitive"),
        func.min(Alert.published_at).label("first_at"), func.max(Alert.published_at).label("latest_at"),
    )  # fmt: skip
    held = _members(seat, Isu.root_id.label("isu_id"), *columns).where(Isu.root_id.in_(ids)).group_by(Isu.root_id)
    return {row.isu_id: row for row in db.session.execute(with_tickets(held, seat))}


def titled(isu_id: int, seat: Seat) -> Row | None:
    """The isu that stands for itself, with the title this reader may be told."""
    return db.session.execute(_titled(seat).where(Isu.id == isu_id)).first()


def coverage(isu_id: int, seat: Seat, before: str) -> Slice:
    """Its alerts, the latest first, complaints of the mirror among them."""
    rows = shown_rows(seat).join(IsuLink, IsuLink.alert_id == Alert.id).join(Isu, Isu.id == IsuLink.isu_id)
    rows = rows.where(Isu.root_id == isu_id, not_hidden(seat))
    if last := whole(before):
        at = select(Alert.published_at).where(Alert.id == last).scalar_subquery()
        rows = rows.where(tuple_(Alert.published_at, Alert.id) < tuple_(at, last))
    rows = rows.order_by(Alert.published_at.desc(), Alert.id.desc()).limit(PAGE + 1)
    return slice_of(db.session.execute(rows).all(), lambda row: str(row.id))


def per_day(isu_id: int, seat: Seat, last: date) -> list[Day]:
    """How much of each tone was published on each local day of the fortnight that ends with `last`."""
    since = clock.midnight(first_day(last))
    published = _members(seat, Alert.published_at, Alert.tone).where(Isu.root_id == isu_id, Alert.published_at >= since)
    return days_of(((clock.local(row.published_at).date(), row.tone) for row in db.session.execute(published)), last)


def outlets(isu_id: int, seat: Seat) -> Sequence[Row]:
    """Who published, the most first."""
    many = func.count().label("many")
    named = _members(seat, OUTLET.label("name"), many).where(Isu.root_id == isu_id).group_by(OUTLET)
    return db.session.execute(named.order_by(many.desc(), OUTLET).limit(MOST_OUTLETS)).all()


def tickets_of(isu_id: int, seat: Seat) -> Sequence[Row]:
    """The tickets that its alerts stand behind, as far as the reader may know of them."""
    behind = select(TicketAlert.ticket_id).join(IsuLink, IsuLink.alert_id == TicketAlert.alert_id)
    behind = behind.join(Isu, Isu.id == IsuLink.isu_id).where(Isu.root_id == isu_id)
    found = select(Ticket.id, SHOWN_TITLE, Ticket.sensitive, Ticket.restricted, Ticket.state, Ticket.due_at, Opd.short)
    found = found.outerjoin(Opd, Opd.id == Ticket.lead_opd_id).where(Ticket.id.in_(behind), *tickets.visible(seat))
    return db.session.execute(found.order_by(Ticket.opened_at.desc(), Ticket.id.desc()).limit(PAGE)).all()


def merged_into(isu_id: int, seat: Seat) -> Sequence[Row]:
    """The isu that are shown under this one and can be split off again, each with how many alerts it brought."""
    many = func.count(Alert.id).label("many")
    inside = _members(seat, Isu.id, told_title(seat), many).where(Isu.root_id == isu_id, Isu.id != isu_id)
    return db.session.execute(inside.group_by(Isu.id).order_by(Isu.id)).all()


def recent_isu(seat: Seat, without: int = 0) -> Sequence[Row]:
    """Isu to choose from, the latest opened first."""
    listed = _titled(seat).where(Isu.id != without).order_by(Isu.opened_at.desc(), Isu.id.desc())
    return db.session.execute(listed.limit(RECENT)).all()


def isu_and_choices(alert_id: int, seat: Seat) -> tuple[Row | None, list[Row]]:
    """The isu that the alert is in, and recent ones to choose from. One statement."""
    own = aliased(Isu)
    root = select(own.root_id).join(IsuLink, IsuLink.isu_id == own.id).where(IsuLink.alert_id == alert_id)
    mine = func.coalesce(Isu.id == root.scalar_subquery(), False).label("mine")
    listed = _titled(seat).add_columns(mine).order_by(mine.desc(), Isu.opened_at.desc(), Isu.id.desc())
    rows = db.session.execute(listed.limit(RECENT)).all()
    return next((row for row in rows if row.mine), None), [row for row in rows if not row.mine]


def counted(seat: Seat, most: int) -> Select[int]:
    """How many isu there are to be read, at most `most`."""
    some = visible_isu(seat).with_only_columns(Isu.id).limit(most).subquery()
    return select(func.count()).select_from(some)


def _titled(seat: Seat) -> Select:
    return visible_isu(seat).with_only_columns(Isu.id, told_title(seat), Isu.opened_at, Isu.version)


def _members(seat: Seat, *columns) -> Select:
    """Of the alerts in isu that `seat` may know of."""
    rows = select(*columns).select_from(IsuLink).join(Isu, Isu.id == IsuLink.isu_id)
    rows = rows.join(Alert, Alert.id == IsuLink.alert_id).join(Source, Source.id == Alert.source_id)
    return rows.where(not_hidden(seat))
