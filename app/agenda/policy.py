"""Who may see and write what of the agenda. Permission is in the lookup: what is not visible is 404.

Diskominfo writes, pimpinan read. An OPD meets rakor to which it is invited and plans it leads or supports; what these
are about it is told by their title alone. A matter with a restricted (terbatas) source is for its named officers.
"""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import selectinload

from app.agenda.models import AgendaItem, AgendaSource, Plan, PlanSupport, Rakor, RakorGuest, RakorItem
from app.agenda.rules import MOVES, Move, PlanState, RakorState, moves_from
from app.core.db import held
from app.extensions import db
from app.people.models import Seat
from app.people.rules import Role
from app.tickets.models import Ticket
from app.tickets.policy.secrecy import tickets_of

READERS = (Role.DISKOMINFO, Role.PIMPINAN)
"""Who reads the agenda itself."""


def may_write(seat: Seat) -> bool:
    """Prepare, hold and follow: Diskominfo's."""
    return seat.role is Role.DISKOMINFO


def may_instruct(seat: Seat) -> bool:
    """Record an instruction (arahan): Diskominfo, and the leaders' own staff."""
    return seat.role in READERS


def open_to(seat: Seat) -> ColumnElement[bool]:
    """The matter of the question around has no restricted source, or `seat` is named on it."""
    secret = select(AgendaSource.id).join(Ticket, Ticket.id == AgendaSource.ticket_id)
    secret = secret.where(Ticket.restricted, Ticket.id.not_in(tickets_of(seat.person_id)))
    return ~exists(secret.where(AgendaSource.item_id == AgendaItem.id))


def visible_items(seat: Seat) -> Select[AgendaItem]:
    """Every matter, those that went into another too: for Diskominfo and pimpinan."""
    if seat.role not in READERS:
        return select(AgendaItem).where(false())
    return select(AgendaItem).where(open_to(seat))


def visible_item(item_id: int, seat: Seat, *, lock: bool = False) -> AgendaItem:
    """The matter, or 404. `lock` before changing it."""
    wanted = visible_items(seat).where(AgendaItem.id == item_id)
    return db.session.scalar(held(wanted, AgendaItem) if lock else wanted) or abort(404)


def own_item(item_id: int, seat: Seat) -> AgendaItem:
    """A matter that `seat` may change, held; or 404."""
    return visible_item(item_id, seat, lock=True) if may_write(seat) else abort(404)


def reads_words(item: AgendaItem, seat: Seat) -> bool:
    """Beside the title of a sensitive matter nothing is told to anybody but Diskominfo."""
    return may_write(seat) or (seat.role in READERS and not item.sensitive)


def moves_for(item: AgendaItem, seat: Seat) -> list[Move]:
    """The select box, the guard and the page read this one list."""
    return moves_from(item.stage) if may_write(seat) and item.into_id is None else []


def move_for(name: str, item: AgendaItem, seat: Seat) -> Move | None:
    return MOVES[name] if MOVES.get(name) in moves_for(item, seat) else None


def visible_rakor(seat: Seat) -> Select[Rakor]:
    """All for Diskominfo and pimpinan; an OPD those to which it is invited."""
    if seat.role in READERS:
        return select(Rakor)
    invited = select(RakorGuest.rakor_id).where(RakorGuest.opd_id == seat.opd_id)
    return select(Rakor).where(Rakor.id.in_(invited))


def visible_meeting(rakor_id: int, seat: Seat, *, lock: bool = False) -> Rakor:
    """The rakor with its guests, or 404. `lock` before changing it."""
    wanted = visible_rakor(seat).where(Rakor.id == rakor_id).options(selectinload(Rakor.guests))
    return db.session.scalar(held(wanted, Rakor) if lock else wanted) or abort(404)


def own_meeting(rakor_id: int, seat: Seat) -> Rakor:
    """A rakor that `seat` may change, held; or 404."""
    return visible_meeting(rakor_id, seat, lock=True) if may_write(seat) else abort(404)


def may_prepare(rakor: Rakor, seat: Seat) -> bool:
    """Its time, guests, agenda and material, until it has ended."""
    return may_write(seat) and rakor.state.open


def may_hold(rakor: Rakor, seat: Seat) -> bool:
    """Attendance, decisions and plans, from the lock on; afterwards too, while the notula is corrected."""
    return may_write(seat) and rakor.state in (RakorState.LOCKED, RakorState.FINISHED)


def reads_rakor(seat: Seat) -> bool:
    """The matters with their words, and the projector; an invited OPD reads the frozen titles."""
    return seat.role in READERS


def matters_of(rakor: Rakor, seat: Seat) -> Sequence[RakorItem]:
    """The matters of a rakor that `seat` may know of, in order."""
    wanted = select(RakorItem).join(AgendaItem, AgendaItem.id == RakorItem.item_id)
    wanted = wanted.where(RakorItem.rakor_id == rakor.id, open_to(seat))
    return db.session.scalars(wanted.order_by(RakorItem.position, RakorItem.id)).all()


def visible_matter(item_id: int, rakor: Rakor, seat: Seat, *, lock: bool = False) -> RakorItem:
    """A matter of a rakor that was found already, by the id of the agenda; or 404."""
    wanted = select(RakorItem).join(AgendaItem, AgendaItem.id == RakorItem.item_id)
    wanted = wanted.where(RakorItem.rakor_id == rakor.id, RakorItem.item_id == item_id, open_to(seat))
    return db.session.scalar(held(wanted, RakorItem) if lock else wanted) or abort(404)


def visible_plans(seat: Seat) -> Select[Plan]:
    """Of matters that are not hidden: all for Diskominfo and pimpinan; an OPD those that it leads or supports."""
    hidden = select(AgendaItem.id).where(~open_to(seat))
    plans = select(Plan).where(or_(Plan.item_id.is_(None), Plan.item_id.not_in(hidden)))
    if seat.role in READERS:
        return plans
    supports = select(PlanSupport.plan_id).where(PlanSupport.opd_id == seat.opd_id)
    return plans.where(or_(Plan.opd_id == seat.opd_id, Plan.id.in_(supports)))


def visible_plan(plan_id: int, seat: Seat, *, lock: bool = False) -> Plan:
    """The plan, or 404. `lock` before changing it."""
    wanted = visible_plans(seat).where(Plan.id == plan_id)
    return db.session.scalar(held(wanted, Plan) if lock else wanted) or abort(404)


def may_report(plan: Plan, seat: Seat) -> bool:
    """Progress of a running plan: the OPD that leads it, and Diskominfo for it."""
    leads = seat.role.of_opd and plan.opd_id == seat.opd_id
    return plan.state is PlanState.RUNNING and (leads or may_write(seat))


def may_end(plan: Plan, seat: Seat) -> bool:
    """Whether it was kept or is dropped, Diskominfo records."""
    return plan.state is PlanState.RUNNING and may_write(seat)
