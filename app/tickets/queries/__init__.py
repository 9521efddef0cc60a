"""Questions about tickets: the queue with its views, filters and order, the counters, and what hangs on one ticket."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    case,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
    union_all,
)

from app.core import search
from app.core.events import Event
from app.core.numbers import whole
from app.extensions import db
from app.monitoring.models import Alert, Isu, IsuLink, Mirrored, Source
from app.people.models import Opd, Person, Seat
from app.people.rules import Role
from app.tickets import policy
from app.tickets.models import Evidence, FormerLead, NamedOfficer, Task, Ticket, TicketAlert, TicketCount
from app.tickets.policy.secrecy import admitted
from app.tickets.rules import ENDED, OPD_CLOCK_RUNS, Level, State, TaskState, TicketClass, Turn, turn_of
from app.tickets.rules.finding import proof_kind, scope

MOST_FOUND = 200
STANDING = (State.ON_HOLD, State.AWAITING_BUDGET)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = 10**16
"""The cursor's greatest microsecond, in the year 2286."""

SHOWN_TITLE = case((Ticket.sensitive, Ticket.safe_title), else_=Ticket.title).label("shown_title")
"""`Ticket.shown_title` for queries that select columns."""

COLUMNS = (
    *(Ticket.id, Ticket.title, Ticket.safe_title, Ticket.sensitive, Ticket.restricted, Ticket.ticket_class),
    *(Ticket.level, Ticket.crisis_proposed, Ticket.state, Ticket.turn, Ticket.lead_opd_id),
    *(Ticket.alerts, Ticket.open_tasks),
    *(Ticket.opened_at, Ticket.received_at, Ticket.due_at, Ticket.paused_at, Ticket.ended_at, Ticket.hold_until),
    *(Opd.short.label("lead"), Person.name.label("holder")),
)
"""All that a row of the queue shows; one joined statement however many rows (speed.md 1)."""


@dataclass(frozen=True)
class Wanted:
    """What a list of tickets is asked for; every value comes from the query string."""

    view: str = "terbuka"
    state: State | None = None
    level: Level | None = None
    ticket_class: TicketClass | None = None
    opd_id: int | None = None
    seat_id: int | None = None
    unheld: bool = False
    words: str = ""
    by_due: bool = False


TASKS = "tugas"
"""The view that lists an OPD's own tasks instead of tickets; offered where there are any."""
VIEWS: dict[str, tuple[str, frozenset[State]]] = {
    "giliran": ("Giliran kami", frozenset()),
    "terbuka": ("Terbuka", frozenset(set(State) - ENDED)),
    "ditunda": ("Ditunda", frozenset(STANDING)),
    "selesai": ("Selesai", ENDED),
    "semua": ("Semua", frozenset(State)),
    "pernah": ("Pernah kami pegang", frozenset()),
    TASKS: ("Tugas kami", frozenset()),
}


def turn_for(seat: Seat) -> Turn:
    """Whose turn a seat counts as its own."""
    return Turn.OPD if seat.role.of_opd else Turn.CENTRE


def views_for(seat: Seat) -> list[str]:
    """The views of a role: pimpinan wait for nobody, only OPDs have proofs of what they once held."""
    hidden = {Role.PIMPINAN: {"giliran", "pernah", TASKS}, Role.DISKOMINFO: {"pernah"}}.get(seat.role, set())
    return [name for name in VIEWS if name not in hidden]


def rows(seat: Seat, wanted: Wanted) -> Select:
    """The queue's rows as `seat` may see them, not yet ordered."""
    listed = select(*COLUMNS).outerjoin(Opd, Opd.id == Ticket.lead_opd_id)
    listed = listed.outerjoin(Seat, Seat.id == Ticket.seat_id).outerjoin(Person, Person.id == Seat.person_id)
    return listed.where(
        *policy.visible(seat), *_view(seat, wanted.view), *_filters(seat, wanted), *_found(seat, wanted)
    )


def page(listed: Select, wanted: Wanted, cursor: str, size: int) -> Sequence[Row]:
    """`size + 1` rows after `cursor`; by due date, those without one come last."""
    if not wanted.by_due:
        return db.session.execute(_newest(listed, cursor).limit(size + 1)).all()
    dated: Sequence[Row] = ()
    if not cursor.startswith("n"):
        dated = db.session.execute(_soonest(listed, cursor).limit(size + 1)).all()
    if len(dated) > size:
        return dated
    undated = _newest(listed.where(Ticket.due_at.is_(None)), cursor.removeprefix("n") if cursor[:1] == "n" else "")
    return [*dated, *db.session.execute(undated.limit(size + 1 - len(dated)))]


def in_order(listed: Select, wanted: Wanted) -> Select:
    """The whole list in the order of its pages."""
    if wanted.by_due:
        return listed.order_by(Ticket.due_at.asc().nulls_last(), Ticket.id)
    return _newest(listed, "")


def cursor_of(row: Row, wanted: Wanted) -> str:
    """Where the page after `row` begins."""
    if not wanted.by_due:
        return f"{_micros(row.opened_at)}-{row.id}"
    return f"{_micros(row.due_at)}-{row.id}" if row.due_at else f"n{_micros(row.opened_at)}-{row.id}"


def _newest(listed: Select, cursor: str) -> Select:
    place = _place(cursor)
    if place:
        listed = listed.where(tuple_(Ticket.opened_at, Ticket.id) < tuple_(*place))
    return listed.order_by(Ticket.opened_at.desc(), Ticket.id.desc())


def _soonest(listed: Select, cursor: str) -> Select:
    place = _place(cursor)
    listed = listed.where(Ticket.due_at.is_not(None))
    if place:
        listed = listed.where(tuple_(Ticket.due_at, Ticket.id) > tuple_(*place))
    return listed.order_by(Ticket.due_at, Ticket.id)


def _place(cursor: str) -> tuple[datetime, int] | None:
    at, _, ticket_id = cursor.partition("-")
    when, last = whole(at, LATEST), whole(ticket_id)
    return (EPOCH + timedelta(microseconds=when), last) if when is not None and last else None


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _view(seat: Seat, view: str) -> Iterable[ColumnElement[bool]]:
    if view == "pernah":
        yield Ticket.id.in_(select(FormerLead.ticket_id).where(FormerLead.opd_id == seat.opd_id))
        yield or_(Ticket.lead_opd_id.is_(None), Ticket.lead_opd_id != seat.opd_id)
        return
    if seat.role.of_opd:
        yield Ticket.lead_opd_id == seat.opd_id
    if view == "giliran":
        yield Ticket.turn == turn_for(seat)
    elif view == "terbuka":
        yield Ticket.open.is_(True)
    elif view == "selesai":
        yield Ticket.open.is_(False)
    elif view == "ditunda":
        yield Ticket.state.in_(STANDING)


def _filters(seat: Seat, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    pairs = (
        (Ticket.state, wanted.state), (Ticket.ticket_class, wanted.ticket_class),
        (Ticket.lead_opd_id, wanted.opd_id), (Ticket.seat_id, wanted.seat_id),
    )  # fmt: skip
    exact = [column == value for column, value in pairs if value is not None]
    return [*exact, *_at_level(seat, wanted.level), *([Ticket.seat_id.is_(None)] if wanted.unheld else [])]


def _at_level(seat: Seat, level: Level | None) -> list[ColumnElement[bool]]:
    """Outside Diskominfo, Sangat segera also means Krisis: a filter must not tell the two apart."""
    if level is None:
        return []
    if seat.role is Role.DISKOMINFO:
        return [Ticket.level == level]
    return [Ticket.level.in_([each for each in Level if each.outside is level.outside])]


def _found(seat: Seat, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    """Tickets that hold the words; a number finds its ticket."""
    if number := whole(wanted.words.lstrip("# ")):
        yield Ticket.id == number
        return
    if not wanted.words:
        return
    if wanted.view == "pernah":
        found = search.matches(proof_kind(seat.opd_id), wanted.words, limit=MOST_FOUND)
    else:
        own = seat.opd_id if seat.role.of_opd else wanted.opd_id
        found = search.matches("ticket", wanted.words, scope=scope(own) if own else None, limit=MOST_FOUND)
    if found is not None:
        hits = found.subquery()
        yield Ticket.id.in_(select(hits.c.ref_id))


def counts(seat: Seat) -> dict[State, int]:
    """Tickets per state as far as the seat's reach goes; a restricted one counts for the officers named on it alone."""
    known = select(TicketCount.state, TicketCount.n)
    named = select(Ticket.state, literal(1)).join(NamedOfficer, NamedOfficer.ticket_id == Ticket.id)
    named = named.where(NamedOfficer.person_id == seat.person_id, admitted(), Ticket.restricted)
    if seat.role.of_opd:
        known, named = known.where(TicketCount.opd_id == seat.opd_id), named.where(Ticket.lead_opd_id == seat.opd_id)
    each = union_all(known, named).subquery()
    totals = select(each.c.state, func.sum(each.c.n)).group_by(each.c.state)
    return {state: int(n) for state, n in db.session.execute(totals)}


def stands_in() -> Select:
    """How many drafts Diskominfo approves because their OPD has no narahubung."""
    drafts = select(func.coalesce(func.sum(TicketCount.n), 0)).where(TicketCount.state == State.AWAITING_APPROVAL)
    return drafts.where(not_(policy.answered_for(TicketCount.opd_id)))


def view_counts(seat: Seat) -> dict[str, int]:
    """How many tickets each view of `seat` holds, from the counters; «pernah» has none."""
    per_state = counts(seat)
    mine = turn_for(seat)
    states = {name: known for name, (_label, known) in VIEWS.items() if known}
    states["giliran"] = frozenset(state for state in State if turn_of(state) is mine)
    return {name: sum(per_state.get(state, 0) for state in states[name]) for name in views_for(seat) if name in states}


def alerts_behind(ticket: Ticket, until: datetime | None = None) -> Select:
    """The news behind a ticket, newest first, columns only; of what was joined after `until`, nothing."""
    behind = (
        select(
            *(Alert.id, Alert.title, Alert.safe_title, Alert.sensitive, Alert.media, Alert.channel, Alert.tone),
            *(Alert.url, Alert.author, Alert.published_at, Alert.hint_opd_id, Source.name.label("source")),
            Alert.link_gone_at,
            *(Mirrored.alert_id, Mirrored.tracking_id, Mirrored.state.label("mirror_state"), Mirrored.raw_state),
            *(Mirrored.data_at, Mirrored.entered_at, Mirrored.entered_by, Isu.root_id.label("isu_id")),
        )
        .join(TicketAlert, TicketAlert.alert_id == Alert.id)
        .join(Source, Source.id == Alert.source_id)
        .outerjoin(Mirrored, Mirrored.alert_id == Alert.id)
        .outerjoin(IsuLink, IsuLink.alert_id == Alert.id)
        .outerjoin(Isu, Isu.id == IsuLink.isu_id)
        .where(TicketAlert.ticket_id == ticket.id)
        .order_by(Alert.published_at.desc(), Alert.id.desc())
    )
    return behind.where(_joined_before(until)) if until else behind


def links_to_check(before: datetime, most: int) -> Select:
    """(id, address) of alerts behind open tickets whose page was not asked for since `before`, longest ago first."""
    due = select(Alert.id, Alert.url).join(TicketAlert, TicketAlert.alert_id == Alert.id)
    due = due.join(Ticket, Ticket.id == TicketAlert.ticket_id).where(Ticket.state.not_in(ENDED), Alert.url != "")
    due = due.where(or_(Alert.link_checked_at.is_(None), Alert.link_checked_at < before))
    return due.order_by(Alert.link_checked_at.asc().nulls_first(), Alert.id).limit(most)


def _joined_before(until: datetime) -> ColumnElement[bool]:
    """Old news may be joined late: its own history knows when."""
    stream = literal("alert:").concat(cast(Alert.id, String))
    return exists().where(Event.stream == stream, Event.kind == "alert.ticket", Event.at <= until)


def former_lead(ticket: Ticket, opd_id: int) -> FormerLead | None:
    """The proof of an OPD that once led this ticket and does not now."""
    if ticket.lead_opd_id == opd_id or any(
        task.belongs_to(opd_id) and task.state is not TaskState.DROPPED for task in ticket.tasks
    ):
        return None
    return db.session.get(FormerLead, (ticket.id, opd_id))


def last_change(ticket: Ticket, seat: Seat) -> Row | None:
    """The newest event that `seat` may read and that changed the ticket (notes and files do not)."""
    quiet = ("ticket.note", "ticket.file", "ticket.original_opened")
    events = policy.visible_events(ticket, seat).where(Event.kind.not_in(quiet)).order_by(None)
    return db.session.execute(events.order_by(Event.seq.desc()).limit(1)).first()


def newest_seq(ticket: Ticket, seat: Seat) -> int:
    """Up to where `seat` can read the history: what a poll compares."""
    seqs = policy.visible_events(ticket, seat).with_only_columns(func.max(Event.seq)).order_by(None)
    return db.session.scalar(seqs) or 0


def evidence_of(ticket: Ticket, seat: Seat) -> Select:
    """The files of one ticket that `seat` may open, with the OPD they came from."""
    files = policy.visible_evidence(seat).join(Opd, Opd.id == Evidence.opd_id).where(Evidence.ticket_id == ticket.id)
    return files.add_columns(Opd.short.label("opd")).order_by(Evidence.id)


def handed_over_with(seat: Seat, reader: Seat, most: int = 50) -> Sequence[Row]:
    """(id, shown title, state, due) of what a handover of `seat` would take along, as far as `reader` may know it."""
    tasks = select(Task.ticket_id).where(Task.open, Task.seat_id == seat.id)
    waits = (Ticket.lead_opd_id == seat.opd_id) & Ticket.state.in_(OPD_CLOCK_RUNS)
    mine = or_(Ticket.seat_id == seat.id, waits, Ticket.id.in_(tasks))
    rows = select(Ticket.id, SHOWN_TITLE, Ticket.sensitive, Ticket.state, Ticket.due_at)
    rows = rows.where(Ticket.open, mine, *policy.visible(reader)).order_by(Ticket.due_at, Ticket.id)
    return db.session.execute(rows.limit(most)).all()
