"""The pantauan as a list: filters, order, paging by keyset, and what came since."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_, union_all

from app.core import clock
from app.core.numbers import whole
from app.desk.policy import not_hidden
from app.desk.queries.hits import page_of_hits
from app.desk.rules import AGES, UNJUDGED, Wanted
from app.extensions import db
from app.monitoring.models import Alert
from app.monitoring.queries.alerts import counted_up_to, with_source
from app.monitoring.rules.kinds import AlertState
from app.people.models import Opd, Seat
from app.tickets import policy as tickets
from app.tickets.models import Ticket, TicketAlert
from app.web.lists import PAGE, Slice, slice_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LATEST = 10**16
"""The cursor's greatest microsecond, in the year 2286."""
WATCHED = 200
"""Ids may be committed out of order: so many before the greatest are counted too."""

MOST_NEW = 100


def page_of(wanted: Wanted, seat: Seat) -> Slice:
    """One page of rows. One statement; a search needs a second one only to tell whether there is more behind it."""
    return _found(wanted, seat) if wanted.q else _in_order(wanted, seat)


def rows_of(ids: list[int], seat: Seat) -> dict[int, Row]:
    """The rows of these alerts as lists show them, by id."""
    rows = shown_rows(seat).where(Alert.id.in_(ids), not_hidden(seat))
    return {row.id: row for row in db.session.execute(rows)}


def addresses_of(ids: list[int]) -> dict[int, str]:
    """Where these alerts were seen, by id; the list itself does not show it."""
    return {row.id: row.url for row in db.session.execute(select(Alert.id, Alert.url).where(Alert.id.in_(ids)))}


def shown_rows(seat: Seat, *columns) -> Select:
    """Rows with the ticket they stand behind, if the reader may know of it."""
    return with_tickets(with_source(Ticket.id.label("ticket_id"), Ticket.state.label("ticket_state"), *columns), seat)


def with_tickets(rows: Select, seat: Seat) -> Select:
    """Rows of alerts, each beside the ticket that it stands behind and the reader may know of."""
    rows = rows.outerjoin(TicketAlert, TicketAlert.alert_id == Alert.id)
    return rows.outerjoin(Ticket, (Ticket.id == TicketAlert.ticket_id) & tickets.visible(seat)[0])


def _in_order(wanted: Wanted, seat: Seat) -> Slice:
    """Each state is read through its own index, so that every view and filter costs a page, not the table."""
    branches = [select(_ids(wanted, seat, state).subquery().c.id) for state in wanted.view.states]
    ids = (union_all(*branches) if len(branches) > 1 else branches[0]).subquery()
    rows = shown_rows(seat).join(ids, ids.c.id == Alert.id).order_by(*_order(wanted)).limit(PAGE + 1)
    return slice_of(db.session.execute(rows).all(), _cursor)


def _ids(wanted: Wanted, seat: Seat, state: AlertState) -> Select:
    ids = select(Alert.id).where(Alert.state == state, *_filters(wanted))
    if state is AlertState.TICKETED:
        ids = ids.where(not_hidden(seat))
    if position := _position(wanted.before):
        place = tuple_(Alert.published_at, Alert.id)
        ids = ids.where(place > position if wanted.oldest_first else place < position)
    return ids.order_by(*_order(wanted)).limit(PAGE + 1)


def _order(wanted: Wanted) -> tuple:
    if wanted.oldest_first:
        return Alert.published_at, Alert.id
    return Alert.published_at.desc(), Alert.id.desc()


def _cursor(row) -> str:
    return f"{(row.published_at - EPOCH) // MICROSECOND}-{row.id}"


def _position(cursor: str) -> tuple[datetime, int] | None:
    at, _, alert_id = cursor.partition("-")
    when, last = whole(at, LATEST), whole(alert_id)
    return (EPOCH + when * MICROSECOND, last) if when is not None and last else None


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    kept: list[ColumnElement[bool]] = []
    if wanted.tone:
        kept.append(Alert.tone.is_(None) if wanted.tone == UNJUDGED else Alert.tone == wanted.tone)
    if wanted.channel:
        kept.append(Alert.channel == wanted.channel)
    if wanted.source_id:
        kept.append(Alert.source_id == wanted.source_id)
    if wanted.opd_code:
        kept.append(Alert.hint_opd_id == select(Opd.id).where(Opd.code == wanted.opd_code).scalar_subquery())
    if wanted.age:
        kept.append(Alert.published_at >= clock.now() - AGES[wanted.age][1])
    return kept


def _found(wanted: Wanted, seat: Seat) -> Slice:
    """Hits of the words, the latest indexed first, as far as the view and its filters take them."""

    def rows(hits) -> Select:
        found = shown_rows(seat).join(hits, hits.c.ref_id == Alert.id)
        return found.where(Alert.state.in_(wanted.view.states), not_hidden(seat), *_filters(wanted))

    return page_of_hits("alert", wanted.q, rows, size=PAGE, before=whole(wanted.before))


def watch(wanted: Wanted) -> str:
    """Where the list stands: the greatest id and how many of the last few match, «812-34». One statement."""
    greatest = select(func.coalesce(func.max(Alert.id), 0)).scalar_subquery()
    many = counted_up_to(WATCHED, Alert.id > greatest - WATCHED, *_filters(wanted)).scalar_subquery()
    top, seen = db.session.execute(select(greatest, many)).one()
    return f"{top}-{seen}"


def arrived(wanted: Wanted, since: str) -> int:
    """How many alerts that match have come since `watch` said `since`; at most a hundred are counted."""
    top, _, seen = since.partition("-")
    greatest, many = whole(top), whole(seen)
    if greatest is None or many is None:
        return 0
    recent = counted_up_to(WATCHED + MOST_NEW, Alert.id > greatest - WATCHED, *_filters(wanted))
    return max(0, min((db.session.scalar(recent) or 0) - many, MOST_NEW))
