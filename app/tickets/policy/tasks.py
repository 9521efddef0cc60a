"""Who may see which task, and do what with it. Permission is in the lookup: what is not visible is 404."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, exists, false, not_, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import held
from app.core.events import Event, EventText
from app.extensions import db
from app.people.models import Opd, Seat
from app.people.policy import active_seats
from app.people.rules import OUTSIDE, Role
from app.tickets.models import Evidence, FormerTask, Task, Ticket
from app.tickets.policy import asked_of, capacities, has_narahubung, stands_as, visible, visible_evidence
from app.tickets.rules import LEAD, Audience, Who
from app.tickets.rules.tasks import ASKED, GIVES, TASKLESS, TaskMove, TaskWho, task_moves_from

WHOLE = (
    joinedload(Task.ticket).joinedload(Ticket.lead), joinedload(Task.opd), joinedload(Task.contact),
    joinedload(Task.seat),
)  # fmt: skip
"""What every page of one task asks of it, in the statement that finds it."""


def visible_to(seat: Seat) -> Select[Task]:
    """Every task `seat` may read: of tickets it steers or leads, those its OPD works on, and those it handed on."""
    return select(Task).join(Ticket, Ticket.id == Task.ticket_id).where(reach(seat))


def reach(seat: Seat) -> ColumnElement[bool]:
    """The condition of `visible_to`, for queries that select columns and join the ticket."""
    if seat.role is Role.PIMPINAN:
        return false()
    if seat.role is Role.DISKOMINFO:
        return and_(*visible(seat))
    leads = and_(Ticket.lead_opd_id == seat.opd_id, *visible(seat))
    handed = exists().where(FormerTask.task_id == Task.id, FormerTask.opd_id == seat.opd_id)
    return or_(leads, and_(or_(asked_of(seat), handed), _not_of_its_closed_matter(seat)))


def own(seat: Seat) -> list[ColumnElement[bool]]:
    """The conditions for tasks that the seat's OPD works on; joins the ticket."""
    return [asked_of(seat), _not_of_its_closed_matter(seat) if seat.role.of_opd else and_(*visible(seat))]


def _not_of_its_closed_matter(seat: Seat) -> ColumnElement[bool]:
    """The lead of a restricted ticket may also be an outside body's contact: then too only its named officers read."""
    return or_(not_(and_(Ticket.restricted, Ticket.lead_opd_id == seat.opd_id)), and_(*visible(seat)))


def visible_task(ticket_id: int, number: int, seat: Seat, *, lock: bool = False) -> Task:
    """A task by its ticket and number, or 404. Of a restricted ticket the OPD that works on it knows its task alone.

    `lock` before changing it: it holds the ticket too, so that changes of one matter wait for each other.
    """
    tasks = visible_to(seat).where(Task.ticket_id == ticket_id, Task.number == number)
    return found(tasks, ticket_id, lock=lock) or abort(404)


def found(tasks: Select[Task], ticket_id: int, *, lock: bool = False) -> Task | None:
    """The one task that `tasks` asks for, whole; with `lock` as it is once nobody else changes its ticket."""
    if lock:
        db.session.execute(held(select(Ticket.id).where(Ticket.id == ticket_id), Ticket))
    return db.session.scalar(tasks.options(*WHOLE).execution_options(populate_existing=lock))


def task_capacities(task: Task, seat: Seat | None) -> frozenset[TaskWho]:
    """In what capacities `seat` stands before a visible task; None is the clock.

    Where no OPD leads the ticket, Diskominfo stands for the lead; where Diskominfo itself works on the task, each of
    its seats is admin and narahubung at once.
    """
    if seat is None:
        return frozenset({TaskWho.CLOCK})
    before = stands_as(task.ticket.lead_opd_id, seat)
    mine: set[TaskWho] = set()
    if Who.DISKOMINFO in before:
        mine.add(TaskWho.DISKOMINFO)
        if task.ticket.lead_opd_id is None:
            mine.add(TaskWho.LEAD)
    if before & LEAD:
        mine.add(TaskWho.LEAD)
    if seat.opd_id == task.worked_by_id:
        mine |= _within(seat)
    return frozenset(mine)


def _within(seat: Seat) -> frozenset[TaskWho]:
    own = {Role.DISKOMINFO: ASKED, Role.ADMIN_OPD: {TaskWho.ADMIN}, Role.NARAHUBUNG: {TaskWho.NARAHUBUNG}}
    return frozenset(own.get(seat.role, ()))


def task_moves_for(task: Task, seat: Seat | None) -> list[TaskMove]:
    """The moves this seat may make now; the page, the links and the guard read this one list."""
    if task.ticket.state in TASKLESS:
        return []
    return task_moves_from(task.state, task_capacities(task, seat), on_hold=task.on_hold)


def task_needs(move: TaskMove, task: Task, seat: Seat | None) -> tuple[str, ...]:
    """What `move` needs from this seat beside a note: an admin submits with its narahubung's recorded approval."""
    if move.name != "submit" or _submits_alone(task, seat):
        return move.needs
    return (*move.needs, "approver", "basis")


def _submits_alone(task: Task, seat: Seat | None) -> bool:
    """The narahubung approves by submitting; an admin alone only where there is none, or an outside body answered."""
    if TaskWho.NARAHUBUNG in task_capacities(task, seat) or task.outside:
        return True
    return not has_narahubung(task.opd_id)


def may_give_tasks(ticket: Ticket, seat: Seat) -> bool:
    """Diskominfo and the lead OPD open tasks, as long as anything goes on."""
    return ticket.state not in TASKLESS and bool(capacities(ticket, seat) & (LEAD | {Who.DISKOMINFO}))


def may_steer_task(task: Task, seat: Seat) -> bool:
    """Due date and contact: Diskominfo's and the lead's."""
    return task.open and task.ticket.state not in TASKLESS and bool(task_capacities(task, seat) & GIVES)


def may_assign_task(task: Task, seat: Seat) -> bool:
    """Who holds the task inside the OPD that works on it: its own admin, or Diskominfo."""
    if not task.open or task.ticket.state in TASKLESS:
        return False
    return bool(task_capacities(task, seat) & {TaskWho.ADMIN, TaskWho.DISKOMINFO})


def holders(task: Task) -> Sequence[Seat]:
    """The seats that may hold the task and get its letters, narahubung first."""
    seats = active_seats().where(Seat.opd_id == task.worked_by_id).order_by(Seat.role.desc(), Seat.id)
    return db.session.scalars(seats).all()


def works_on(task: Task, seat: Seat) -> bool:
    """Whether the seat is of the OPD that works on it: its own files, notes inside, and letters of an outside body."""
    return bool(task_capacities(task, seat) & ASKED)


def writes_on(task: Task, seat: Seat) -> bool:
    """Who asked, who works on it and Diskominfo write; an OPD that handed it on only reads."""
    return bool(task_capacities(task, seat))


def task_audiences(task: Task, seat: Seat) -> list[Audience]:
    """Inside the own OPD, or shared by the OPD that works on it, the lead and Diskominfo."""
    return [Audience.INTERNAL, Audience.SHARED] if writes_on(task, seat) else []


def former_task(task: Task, seat: Seat) -> FormerTask | None:
    """The proof of an OPD that handed this task on and has no other part in it."""
    if not seat.role.of_opd or task_capacities(task, seat):
        return None
    return db.session.get(FormerTask, (task.id, seat.opd_id))


def visible_task_events(task: Task, seat: Seat) -> Select:
    """(Event, text) of the task's own history and conversation, oldest first, as far as `seat` is the audience."""
    rows = select(Event, EventText.text).outerjoin(EventText, EventText.event_id == Event.id)
    rows = rows.where(Event.stream == task.stream).order_by(Event.seq)
    rows = rows.where(or_(Event.audience == Audience.SHARED, Event.opd_id == seat.opd_id))
    proof = former_task(task, seat)
    return rows.where(Event.at <= proof.until) if proof else rows


def reads_answer(task: Task, seat: Seat) -> bool:
    """What was submitted is for the lead, Diskominfo and the OPD that works on it, not for who handed it on."""
    return bool(task.answered_at and task_capacities(task, seat))


def task_files(task: Task, seat: Seat) -> Select:
    """(Evidence, OPD's short name) of the task's files that `seat` may open."""
    files = visible_evidence(seat).join(Opd, Opd.id == Evidence.opd_id).where(Evidence.task_id == task.id)
    return files.add_columns(Opd.short.label("opd")).order_by(Evidence.id)


def knows_ticket(task: Task, seat: Seat) -> bool:
    """Whether the ticket behind the task is visible too; of a restricted one only to those named on it."""
    seen = select(Ticket.id).where(Ticket.id == task.ticket_id, *visible(seat))
    return db.session.scalar(seen) is not None


def reads_matter(task: Task, seat: Seat) -> bool:
    """Whether the ticket's own shown title may be read: else a supporting OPD reads the judul aman alone."""
    return not task.ticket.restricted or bool(task_capacities(task, seat) & GIVES)


def task_opd_choices() -> Sequence:
    """(id, code, short, name, kind) of all that can be asked to do something, outside bodies last."""
    opds = select(Opd.id, Opd.code, Opd.short, Opd.name, Opd.kind).where(Opd.active)
    return db.session.execute(opds.order_by(Opd.kind == OUTSIDE, Opd.position, Opd.name)).all()


def open_tasks(ticket: Ticket) -> list[Task]:
    """What a ticket that ends must ask about."""
    return [task for task in ticket.tasks if task.open]
