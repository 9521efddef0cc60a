"""Questions about the agenda: its lists, what stands behind a matter, and what is still open."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Row, Select, Subquery, case, exists, func, select
from sqlalchemy.orm import aliased, contains_eager

from app.agenda.models import AgendaItem, AgendaSource, Plan, Rakor, RakorItem
from app.agenda.policy import open_to, visible_items, visible_plans, visible_rakor
from app.agenda.rules import AgendaStage, PlanState, RakorState
from app.core import clock
from app.extensions import db
from app.monitoring.models import Alert, Isu, IsuLink
from app.monitoring.rules.kinds import Tone
from app.people.models import Opd, Seat
from app.people.rules import OUTSIDE
from app.tickets.models import Ticket, TicketAlert
from app.tickets.queries import SHOWN_TITLE

MOST = 300
"""As many rows as a list of the agenda shows: a regency has some tens of matters a year."""


def office(code: str, *, outside: bool = False) -> Opd | None:
    """The OPD of a code, if it is active; an outside body only where one may be named."""
    found = select(Opd).where(Opd.code == code, Opd.active)
    return db.session.scalar(found if outside else found.where(Opd.kind != OUTSIDE))


def offices() -> Sequence[Row]:
    """(id, code, short, name, kind) of all that may be invited or named, outside bodies last."""
    columns = (Opd.id, Opd.code, Opd.short, Opd.name, Opd.kind)
    opds = select(*columns).where(Opd.active)
    return db.session.execute(opds.order_by(Opd.kind == OUTSIDE, Opd.position, Opd.name)).all()


def at_stage(seat: Seat, stage: AgendaStage | None) -> Select[AgendaItem]:
    """The matters that stand for themselves, of one stage or all but those that were dropped, the newest first."""
    items = visible_items(seat).where(AgendaItem.into_id.is_(None)).order_by(AgendaItem.id.desc())
    return items.where(AgendaItem.stage == stage if stage else AgendaItem.stage != AgendaStage.DROPPED)


def stage_counts(seat: Seat) -> dict[AgendaStage, int]:
    """How many matters stand for themselves at each stage, of those that `seat` may read."""
    readable = visible_items(seat).where(AgendaItem.into_id.is_(None)).with_only_columns(AgendaItem.id)
    counted = select(AgendaItem.stage, func.count().label("number")).where(AgendaItem.id.in_(readable))
    return {row.stage: row.number for row in db.session.execute(counted.group_by(AgendaItem.stage))}


def mergeable(item: AgendaItem, seat: Seat) -> Sequence[AgendaItem]:
    """Proposals that can go into this one."""
    proposed = at_stage(seat, AgendaStage.PROPOSED).where(AgendaItem.id != item.id)
    return db.session.scalars(proposed.limit(MOST)).all()


def ready_for(rakor_id: int, seat: Seat) -> Sequence[AgendaItem]:
    """Matters that a rakor can take up and has not yet: proposed first, then what was agreed or runs."""
    taken = select(RakorItem.item_id).where(RakorItem.rakor_id == rakor_id)
    first = case((AgendaItem.stage == AgendaStage.PROPOSED, 0), else_=1)
    open_ones = at_stage(seat, None).where(AgendaItem.id.not_in(taken), ~restricted())
    return db.session.scalars(open_ones.order_by(None).order_by(first, AgendaItem.id.desc()).limit(MOST)).all()


def restricted() -> ColumnElement[bool]:
    """A source of the matter of the question around is restricted: no rakor takes it up."""
    behind = select(AgendaSource.id).join(Ticket, Ticket.id == AgendaSource.ticket_id).where(Ticket.restricted)
    return exists(behind.where(AgendaSource.item_id == AgendaItem.id))


def sources_of(item_ids: Iterable[int]) -> dict[int, list[AgendaSource]]:
    """What each matter was proposed from, in one statement."""
    rows = select(AgendaSource).where(AgendaSource.item_id.in_(list(item_ids))).order_by(AgendaSource.id)
    return by_matter(db.session.scalars(rows))


def coverage(item_ids: Iterable[int]) -> dict[int, Row]:
    """(alerts, negative, positive, complaints, latest_at) behind each matter: of its tickets and isu, once each."""
    pairs = alerts_behind(item_ids)
    counted = select(
        pairs.c.item_id,
        func.count().label("alerts"),
        func.count().filter(Alert.tone == Tone.NEGATIVE).label("negative"),
        func.count().filter(Alert.tone == Tone.POSITIVE).label("positive"),
        func.max(Alert.published_at).label("latest_at"),
    ).join(Alert, Alert.id == pairs.c.alert_id)
    rows = counted.group_by(pairs.c.item_id)
    return {row.item_id: row for row in db.session.execute(rows)}


def alerts_behind(item_ids: Iterable[int]) -> Subquery:
    """(item_id, alert_id) of the tickets and isu behind each matter, once each; none of a restricted ticket."""
    ids = list(item_ids)
    by_ticket = select(AgendaSource.item_id, TicketAlert.alert_id).join(
        TicketAlert, TicketAlert.ticket_id == AgendaSource.ticket_id
    )
    root = aliased(Isu)
    by_isu = (
        select(AgendaSource.item_id, IsuLink.alert_id)
        .join(root, root.id == AgendaSource.isu_id)
        .join(Isu, Isu.root_id == root.root_id)
        .join(IsuLink, IsuLink.isu_id == Isu.id)
    )
    secret = select(TicketAlert.alert_id).join(Ticket, Ticket.id == TicketAlert.ticket_id).where(Ticket.restricted)
    behind = by_ticket.where(AgendaSource.item_id.in_(ids)).union(by_isu.where(AgendaSource.item_id.in_(ids)))
    pairs = behind.subquery()
    return select(pairs.c.item_id, pairs.c.alert_id).where(pairs.c.alert_id.not_in(secret)).subquery()


def tickets_behind(item_ids: Iterable[int]) -> dict[int, list[Row]]:
    """(id, shown title, state, lead) of the tickets behind each matter, those that are restricted left out."""
    columns = (AgendaSource.item_id, Ticket.id, SHOWN_TITLE, Ticket.state, Ticket.due_at, Opd.short.label("lead"))
    rows = select(*columns).join(Ticket, Ticket.id == AgendaSource.ticket_id)
    rows = rows.outerjoin(Opd, Opd.id == Ticket.lead_opd_id).where(Ticket.restricted.is_(False))
    rows = rows.where(AgendaSource.item_id.in_(list(item_ids))).order_by(Ticket.id)
    return by_matter(db.session.execute(rows))


def item_of_ticket(ticket_id: int, seat: Seat) -> AgendaItem | None:
    """The matter that a ticket stands behind already."""
    behind = select(AgendaSource.item_id).where(AgendaSource.ticket_id == ticket_id)
    return db.session.scalar(at_stage(seat, None).where(AgendaItem.id.in_(behind)).limit(1))


def item_of_isu(isu_id: int, seat: Seat) -> AgendaItem | None:
    """The matter that an isu stands behind already."""
    behind = select(AgendaSource.item_id).where(AgendaSource.isu_id == isu_id)
    return db.session.scalar(at_stage(seat, None).where(AgendaItem.id.in_(behind)).limit(1))


def meetings(seat: Seat, *, coming: bool) -> Select:
    """Rakor that are to be held, the next first; or those that were held or cancelled, the latest first."""
    still = Rakor.state.in_([state for state in RakorState if state.open])
    listed = visible_rakor(seat).where(still if coming else ~still)
    return listed.order_by(Rakor.starts_at.asc() if coming else Rakor.starts_at.desc(), Rakor.id)


def taken_up(rakor_ids: Iterable[int], seat: Seat) -> dict[int, int]:
    """How many matters each rakor takes up."""
    rows = select(RakorItem.rakor_id, func.count().label("number")).join(AgendaItem, AgendaItem.id == RakorItem.item_id)
    rows = rows.where(RakorItem.rakor_id.in_(list(rakor_ids)), open_to(seat)).group_by(RakorItem.rakor_id)
    return {row.rakor_id: row.number for row in db.session.execute(rows)}


def plans(seat: Seat, view: str = "terbuka") -> Select[Plan]:
    """Plans by view: open (the late first), late, kept, dropped, all; in the order of their days."""
    listed, today = visible_plans(seat), clock.today()
    running = Plan.state == PlanState.RUNNING
    if view == "lewat":
        listed = listed.where(running, Plan.due_on < today)
    elif view in ("terlaksana", "batal"):
        listed = listed.where(Plan.state == (PlanState.KEPT if view == "terlaksana" else PlanState.DROPPED))
        return listed.order_by(Plan.ended_at.desc(), Plan.id.desc())
    elif view == "terbuka":
        listed = listed.where(running)
    return listed.order_by(Plan.due_on, Plan.id)


def open_plans(seat: Seat, *, but_of: int | None = None) -> Sequence[Plan]:
    """Running plans of whatever origin, less those of the rakor `but_of` itself: what the next one opens with."""
    listed = plans(seat)
    if but_of:
        own = select(RakorItem.id).where(RakorItem.rakor_id == but_of)
        listed = listed.where((Plan.rakor_item_id.is_(None)) | Plan.rakor_item_id.not_in(own))
    return db.session.scalars(listed.limit(MOST)).all()


def plans_of_items(item_ids: Iterable[int], seat: Seat) -> dict[int, list[Plan]]:
    """The plans about each matter, oldest first."""
    rows = visible_plans(seat).where(Plan.item_id.in_(list(item_ids))).order_by(Plan.id)
    return by_matter(db.session.scalars(rows))


def plans_made_in(rakor_id: int, seat: Seat) -> Sequence[Plan]:
    """What a rakor decided on, in the order of its agenda."""
    wanted = visible_plans(seat).join(RakorItem, RakorItem.id == Plan.rakor_item_id)
    wanted = wanted.where(RakorItem.rakor_id == rakor_id).order_by(RakorItem.position, Plan.id)
    return db.session.scalars(wanted).all()


def plan_counts(seat: Seat) -> dict[str, int]:
    """How many are open, late, kept and dropped."""
    seen = visible_plans(seat).with_only_columns(Plan.id)
    late = (Plan.state == PlanState.RUNNING) & (Plan.due_on < clock.today())
    columns = [func.count().filter(Plan.state == state).label(state.value) for state in PlanState]
    row = db.session.execute(select(*columns, func.count().filter(late).label("late")).where(Plan.id.in_(seen))).one()
    return {"terbuka": row.running, "lewat": row.late, "terlaksana": row.kept, "batal": row.dropped}


def held_before(item_ids: Iterable[int], seat: Seat) -> dict[int, list[RakorItem]]:
    """In which rakor each matter was taken up, the latest first."""
    rows = select(RakorItem).join(Rakor, Rakor.id == RakorItem.rakor_id).where(RakorItem.item_id.in_(list(item_ids)))
    rows = rows.where(RakorItem.rakor_id.in_(visible_rakor(seat).with_only_columns(Rakor.id)))
    rows = rows.options(contains_eager(RakorItem.rakor)).order_by(Rakor.starts_at.desc())
    return by_matter(db.session.scalars(rows))


def by_matter(rows: Iterable) -> dict[int, list]:
    """Rows that bear an `item_id`, under it, in their order."""
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found
