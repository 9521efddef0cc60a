"""Who may see which ticket, and do what with it. Permission is in the lookup: what is not visible is 404."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import joinedload

from app.core.db import held
from app.core.events import Event, EventText
from app.extensions import db
from app.people.models import Opd, Seat
from app.people.policy import active_seats, visible_seat
from app.people.rules import OUTSIDE, Role
from app.tickets.models import (
    Answer,
    Evidence,
    FormerLead,
    FormerTask,
    Publication,
    Task,
    Ticket,
    TicketAlert,
)
from app.tickets.policy import answers
from app.tickets.policy import field as field
from app.tickets.policy.secrecy import tickets_of
from app.tickets.rules import LEAD, AnswerKind, Audience, Move, State, TaskState, Who, moves_from

WHOLE = (
    joinedload(Ticket.seat),
    joinedload(Ticket.waiting_answers),
    joinedload(Ticket.proposals),
    joinedload(Ticket.tasks).options(joinedload(Task.opd), joinedload(Task.contact)),
)
"""What every page of one ticket asks of it, in the statement that finds it."""


def visible_to(seat: Seat) -> Select:
    """Every ticket `seat` may know of. A restricted one: only the officers named on it."""
    return select(Ticket).where(*visible(seat))


def visible(seat: Seat) -> list[ColumnElement[bool]]:
    """The conditions of `visible_to`, for queries that select columns."""
    return [_named_or_open(seat), _in_reach(seat)]


def visible_ticket(ticket_id: int, seat: Seat, *, lock: bool = False) -> Ticket:
    """The ticket, or 404 with the body of what does not exist.

    `lock` before changing it: who changes the same ticket at the same moment waits, and then sees this change.
    """
    wanted = visible_to(seat).where(Ticket.id == ticket_id).options(*WHOLE)
    if lock:
        wanted = held(wanted, Ticket)
    return db.session.scalars(wanted).unique().first() or abort(404)


def ticket_behind(alert_id: int, seat: Seat) -> Ticket | None:
    """The ticket that an alert belongs to, if `seat` may know of it."""
    behind = visible_to(seat).join(TicketAlert, TicketAlert.ticket_id == Ticket.id)
    return db.session.scalar(behind.where(TicketAlert.alert_id == alert_id))


def _in_reach(seat: Seat) -> ColumnElement[bool]:
    if seat.role in (Role.DISKOMINFO, Role.PIMPINAN):
        return true()
    led_before = select(FormerLead.ticket_id).where(FormerLead.opd_id == seat.opd_id)
    return or_(Ticket.lead_opd_id == seat.opd_id, Ticket.id.in_(led_before), Ticket.id.in_(_supported_by(seat)))


def _supported_by(seat: Seat) -> Select:
    """Tickets for which the seat's OPD has a task that was not dropped, its own or as an outside body's contact."""
    return select(Task.ticket_id).where(asked_of(seat), Task.state != TaskState.DROPPED)


def asked_of(seat: Seat) -> ColumnElement[bool]:
    """Tasks that the seat's OPD works on: asked of it, or of an outside body that it contacts."""
    return or_(Task.opd_id == seat.opd_id, Task.contact_opd_id == seat.opd_id)


def _named_or_open(seat: Seat) -> ColumnElement[bool]:
    return or_(Ticket.restricted.is_(False), Ticket.id.in_(tickets_of(seat.person_id)))


def capacities(ticket: Ticket, seat: Seat | None) -> frozenset[Who]:
    """In what capacities `seat` stands before a visible ticket; None is the clock.

    Where Diskominfo itself is the lead OPD, each of its seats is admin and narahubung at once.
    """
    if seat is None:
        return frozenset({Who.CLOCK})
    mine = stands_as(ticket.lead_opd_id, seat)
    return mine or (frozenset({Who.SUPPORTING}) if supports(ticket, seat) else frozenset())


def supports(ticket: Ticket, seat: Seat) -> bool:
    """Whether the seat's OPD has a task of this ticket that was not dropped."""
    if not seat.role.of_opd:
        return False
    return any(task.belongs_to(seat.opd_id) and task.state is not TaskState.DROPPED for task in ticket.tasks)


def stands_as(lead_opd_id: int | None, seat: Seat) -> frozenset[Who]:
    """`capacities` before a ticket of which only the lead is known, as in a row of columns."""
    leads = lead_opd_id == seat.opd_id
    if seat.role is Role.DISKOMINFO:
        return frozenset({Who.DISKOMINFO}) | (LEAD if leads else frozenset())
    if leads and seat.role is Role.ADMIN_OPD:
        return frozenset({Who.LEAD_ADMIN})
    if leads and seat.role is Role.NARAHUBUNG:
        return frozenset({Who.LEAD_NARAHUBUNG})
    return frozenset()


def takes_part(ticket: Ticket, seat: Seat) -> bool:
    """May write at all: Diskominfo, the present lead and supporting OPDs; a former lead and pimpinan only read."""
    return bool(capacities(ticket, seat))


def moves_for(ticket: Ticket, seat: Seat | None) -> list[Move]:
    """The moves this seat may make now; the select box, the links and the guard read this one list."""
    moves = moves_from(ticket.state, capacities(ticket, seat))
    if ticket.state is State.UNDER_REVIEW:
        moves = _reviews(ticket, seat, moves)
    if ticket.state is State.AWAITING_APPROVAL:
        moves = [move for move in moves if move.name != "send_back" or _may_send_back(ticket, seat)]
    return moves


def _reviews(ticket: Ticket, seat: Seat | None, moves: list[Move]) -> list[Move]:
    """`proceed` is for first statements; nobody reviews an own answer unless alone."""
    answer = pending_answer(ticket)
    if answer and answer.kind is not AnswerKind.FIRST_STATEMENT:
        moves = [move for move in moves if move.name != "proceed"]
    if answer and seat and is_own(answer, seat) and not alone(seat):
        moves = [move for move in moves if move.name == "refer"]
    return moves


def _may_send_back(ticket: Ticket, seat: Seat | None) -> bool:
    if Who.LEAD_NARAHUBUNG in capacities(ticket, seat):
        return True
    answer = pending_answer(ticket)
    return bool(answer and seat and answer.written_by_id == seat.id)


def needs_of(move: Move, ticket: Ticket, seat: Seat | None) -> tuple[str, ...]:
    """What `move` needs from this seat on this ticket beside a note."""
    if move.name == "forward" and ticket.state is State.CONTESTED:
        return (*move.needs, "basis")
    if move.name == "approve":
        return _approval_needs(ticket, seat)
    return move.needs


def also_needs(move: Move, ticket: Ticket, given: dict) -> tuple[str, ...]:
    """What the kind of response adds: a narahubung who answers alone names the head's approval, or asks for it."""
    if move.name != "answer" or given.get("ask_head"):
        return ()
    return ("approver", "basis") if answers.head_needed(ticket.lead, answers.response_for(ticket, given)) else ()


def _approval_needs(ticket: Ticket, seat: Seat | None) -> tuple[str, ...]:
    answer = pending_answer(ticket)
    asks_head = answer is not None and answers.head_needed(ticket.lead, answer.response)
    if answer and asks_head and answers.head_approved(answer):
        return ()
    if not _approves_alone(ticket, seat):
        return ("approver", "basis", "evidence")
    return ("approver", "basis") if asks_head else ()


def may_ask_head(ticket: Ticket, seat: Seat) -> bool:
    """The lead OPD's own people ask their head, where a link may show the answer and an address is known."""
    known = bool(ticket.lead and ticket.lead.head_email)
    return known and answers.reveals_to_head(ticket) and bool(capacities(ticket, seat) & LEAD)


def approves_as_narahubung(ticket: Ticket, seat: Seat) -> bool:
    """Whether asking the head was this seat's own approval too."""
    return Who.LEAD_NARAHUBUNG in capacities(ticket, seat)


def may_redact(ticket: Ticket, seat: Seat) -> bool:
    """Diskominfo edits an approved answer while it reviews it."""
    if ticket.state is not State.UNDER_REVIEW or Who.DISKOMINFO not in capacities(ticket, seat):
        return False
    answer = pending_answer(ticket)
    return bool(answer and answer.approved_at)


def may_compare(ticket: Ticket, seat: Seat) -> bool:
    """The OPD's own words beside the edited ones: for Diskominfo and the OPD that leads."""
    return seat.role is Role.DISKOMINFO or answers.compares(ticket, seat.opd_id)


def may_publish(ticket: Ticket, seat: Seat) -> bool:
    """Diskominfo records where an answer was published, from its approval on."""
    published = (State.UNDER_REVIEW, State.IN_PROGRESS, State.RESOLVED, State.CLOSED, State.AWAITING_BUDGET)
    return may_steer(seat) and ticket.state in published


def visible_publication(publication_id: int, ticket: Ticket) -> Publication:
    """A publication of a ticket that was found already, or 404."""
    wanted = select(Publication).where(Publication.id == publication_id, Publication.ticket_id == ticket.id)
    return db.session.scalar(wanted) or abort(404)


def _approves_alone(ticket: Ticket, seat: Seat | None) -> bool:
    """The narahubung approves; Diskominfo only where there is none. Others record somebody's approval."""
    mine = capacities(ticket, seat)
    if Who.LEAD_NARAHUBUNG in mine:
        return True
    return Who.DISKOMINFO in mine and not has_narahubung(ticket.lead_opd_id)


def has_narahubung(opd_id: int | None) -> bool:
    """Whether the OPD has a narahubung who may act today."""
    return bool(db.session.scalar(select(answered_for(opd_id))))


def answered_for(opd_id) -> ColumnElement[bool]:
    """The same as a condition, for an OPD's id or a column of them."""
    return exists(active_seats().where(Seat.opd_id == opd_id, Seat.role == Role.NARAHUBUNG))


def pending_answer(ticket: Ticket) -> Answer | None:
    """The newest answer that waits for approval or review; asked once per ticket and transaction."""
    return ticket.waiting_answers[0] if ticket.waiting_answers else None


def is_own(answer: Answer, seat: Seat) -> bool:
    return seat.id in (answer.written_by_id, answer.approved_by_id)


def alone(seat: Seat) -> bool:
    """Whether no other Diskominfo seat may act today."""
    others = active_seats().where(Seat.role == Role.DISKOMINFO, Seat.person_id != seat.person_id)
    return not db.session.scalar(select(exists(others)))


def visible_answers(ticket: Ticket, seat: Seat) -> Select:
    """Approved answers for all who see the ticket; drafts stay inside the OPD that writes them.

    A former lead keeps what was approved in its time. Diskominfo sees a draft only where it must approve
    it for lack of a narahubung.
    """
    approved = Answer.approved_at.is_not(None)
    own = Answer.opd_id == seat.opd_id
    answers = select(Answer).where(Answer.ticket_id == ticket.id).order_by(Answer.id)
    if ticket.lead_opd_id == seat.opd_id:
        return answers.where(or_(approved, own))
    if seat.role in (Role.DISKOMINFO, Role.PIMPINAN):
        stands_in = not_(answered_for(ticket.lead_opd_id)) if seat.role is Role.DISKOMINFO else false()
        return answers.where(or_(approved, stands_in))
    if supports(ticket, seat):
        return answers.where(approved)
    return answers.where(approved, Answer.approved_at <= _until(ticket, seat))


def visible_events(ticket: Ticket, seat: Seat) -> Select:
    """(Event, text) of the ticket's history and conversation, oldest first, as far as `seat` is the audience."""
    mine = Event.opd_id == seat.opd_id
    shared = Event.audience == Audience.SHARED
    answer = Event.audience == Audience.ANSWER
    rows = select(Event, EventText.text).outerjoin(EventText, EventText.event_id == Event.id)
    rows = rows.where(Event.stream == ticket.stream).order_by(Event.seq)
    if seat.role is Role.DISKOMINFO:
        return rows.where(or_(shared, answer, mine))
    if seat.role is Role.PIMPINAN:
        return rows.where(shared, Event.kind != "ticket.note")
    if ticket.lead_opd_id == seat.opd_id or supports(ticket, seat):
        return rows.where(or_(shared, mine))
    return rows.where(or_(shared, mine), Event.at <= _until(ticket, seat))


def visible_evidence(seat: Seat) -> Select:
    """Files of visible tickets: an OPD's internal ones for itself, shared ones for all who take part.

    Those of a task are for the lead OPD and Diskominfo once they are shared, and for the OPD that works on it.
    """
    of_ticket = [*visible(seat), *_readable_files(seat)]
    files = select(Evidence).join(Ticket, Ticket.id == Evidence.ticket_id)
    if not seat.role.of_opd:
        return files.where(*of_ticket)
    return files.where(or_(and_(*of_ticket), _of_own_task(seat)))


def _readable_files(seat: Seat) -> list[ColumnElement[bool]]:
    shared = Evidence.audience == Audience.SHARED
    if seat.role is Role.PIMPINAN:
        return [shared, Evidence.task_id.is_(None), _may_open_original(seat)]
    if seat.role is Role.DISKOMINFO:
        return [or_(shared, Evidence.opd_id == seat.opd_id)]
    until = (
        select(FormerLead.until)
        .where(FormerLead.ticket_id == Ticket.id, FormerLead.opd_id == seat.opd_id)
        .scalar_subquery()
    )
    leads = Ticket.lead_opd_id == seat.opd_id
    reach = or_(leads, Evidence.created_at <= until, Ticket.id.in_(_supported_by(seat)))
    own = Evidence.opd_id == seat.opd_id
    return [or_(shared, own), or_(Evidence.task_id.is_(None), leads, own), reach, _may_open_original(seat)]


def _of_own_task(seat: Seat) -> ColumnElement[bool]:
    """Also where the ticket itself is not visible; what was handed to another OPD keeps its own files only."""
    from_task = exists().where(Task.id == Evidence.task_id, asked_of(seat))
    handed = exists().where(FormerTask.task_id == Evidence.task_id, FormerTask.opd_id == seat.opd_id)
    own = Evidence.opd_id == seat.opd_id
    closed = and_(Ticket.restricted, Ticket.lead_opd_id == seat.opd_id)
    return and_(or_(and_(from_task, or_(own, Evidence.audience == Audience.SHARED)), and_(handed, own)), not_(closed))


def may_open_original(ticket: Ticket, seat: Seat) -> bool:
    """The original behind a judul aman: Diskominfo and the lead OPD only, signed in (and it is logged)."""
    return not ticket.sensitive or seat.role is Role.DISKOMINFO or ticket.lead_opd_id == seat.opd_id


def _may_open_original(seat: Seat) -> ColumnElement[bool]:
    if seat.role is Role.DISKOMINFO:
        return true()
    return or_(Ticket.sensitive.is_(False), Ticket.lead_opd_id == seat.opd_id)


def _until(ticket: Ticket, seat: Seat):
    led = select(FormerLead.until).where(FormerLead.ticket_id == ticket.id, FormerLead.opd_id == seat.opd_id)
    return func.coalesce(led.scalar_subquery(), None)


def audiences(ticket: Ticket, seat: Seat) -> list[Audience]:
    """The audiences this seat may write to; an answer to Diskominfo is the lead OPD's."""
    mine = capacities(ticket, seat)
    if not mine:
        return []
    return [Audience.INTERNAL, Audience.SHARED] + ([Audience.ANSWER] if mine & LEAD else [])


def may_assign(ticket: Ticket, seat: Seat) -> bool:
    """Who holds the matter inside the OPD: its admin (or Diskominfo) decides."""
    return bool(ticket.lead_opd_id and capacities(ticket, seat) & {Who.LEAD_ADMIN, Who.DISKOMINFO})


def assignable(ticket: Ticket) -> Sequence[Seat]:
    """The lead OPD's seats that may hold the ticket, narahubung first; Diskominfo's own where it leads."""
    seats = active_seats().where(Seat.opd_id == ticket.lead_opd_id).order_by(Seat.role.desc(), Seat.id)
    return db.session.scalars(seats).all()


def may_rule(ticket: Ticket, seat: Seat) -> bool:
    """Record the ruling on a contested ticket: Diskominfo, and whoever is asked: pimpinan and their staff."""
    return ticket.state is State.CONTESTED and seat.role in (Role.DISKOMINFO, Role.PIMPINAN)


def may_steer(seat: Seat) -> bool:
    """Level, due date, title, secrecy: Diskominfo's."""
    return seat.role is Role.DISKOMINFO


def opd_choices() -> Sequence[Row]:
    """(id, code, short, name) of the OPDs a ticket can be forwarded to, in the decree's order."""
    opds = select(Opd.id, Opd.code, Opd.short, Opd.name).where(Opd.active, Opd.kind != OUTSIDE)
    return db.session.execute(opds.order_by(Opd.position, Opd.name)).all()


def handing_seat(seat_id: int, by: Seat) -> Seat:
    """A seat that `by` may hand over: of the own OPD for its admin, of any for Diskominfo; or 404.

    Those of Diskominfo itself and of the leaders are for system admins.
    """
    seat = visible_seat(seat_id, by)
    may = seat.role.of_opd or by.is_admin
    may = may and by.role in (Role.DISKOMINFO, Role.ADMIN_OPD)
    if not may or not seat.confirmed_at or seat.ended_at:
        abort(404)
    return seat


def successors_of(seat: Seat) -> Sequence[Seat]:
    """Seats of other people with the same role in the same OPD, who may act today."""
    same = active_seats().where(Seat.opd_id == seat.opd_id, Seat.role == seat.role, Seat.person_id != seat.person_id)
    return db.session.scalars(same.order_by(Seat.id)).all()
