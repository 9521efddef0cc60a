"""Tasks of supporting OPDs: opened, moved by their own table, and told in the histories of task and ticket."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from app.core import clock, events
from app.core.db import insert
from app.core.refused import Refused
from app.extensions import db
from app.people import actions as people
from app.people.models import Opd, Seat, opd_by_code
from app.tickets.actions.checks import moment_ahead, short, until
from app.tickets.actions.clocks import mind_task_clock, set_by_hand, start_task_clock
from app.tickets.actions.escalating import mind_refusals, settle
from app.tickets.actions.findable import make_findable
from app.tickets.actions.steps import mind_steps
from app.tickets.models import Evidence, FormerTask, Task, Ticket
from app.tickets.policy import tasks as policy
from app.tickets.rules import LONGEST_TEXT, PROPOSED_OUTSIDE, PROPOSED_UNKNOWN, Audience, TaskState
from app.tickets.rules.tasks import TASK_MOVES, TaskMove, TaskWho, task_missing

MOST_TASKS = 50
NOT_POSSIBLE = "Langkah ini tidak tersedia untuk Anda pada keadaan tugas sekarang. Muat ulang untuk melihat pilihannya."
NOT_YOURS = "Tugas dibuka Diskominfo atau OPD pengampu."


def open_task(ticket: Ticket, seat: Seat, values: dict) -> Task:
    """Ask an OPD, or an outside body through an inner contact, to do something for this ticket. Raises Refused.

    `values`: `opd` (code), `text`, and if wanted `due_at` (local). The contact is the lead OPD, else who asks.
    """
    given = {name: str(value or "").strip() for name, value in values.items()}
    opd, due_at = _wanted(ticket, seat, given)
    task = Task(
        ticket=ticket,
        number=max((other.number for other in ticket.tasks), default=0) + 1,
        opd=opd,
        contact=_contact(ticket, seat) if opd.outside else None,
        text=given["text"].replace("\r\n", "\n"),
        created_by_id=seat.id,
    )
    start_task_clock(task, ticket)
    if due_at:
        set_by_hand(task, due_at, "diminta saat tugas dibuka", seat.opd.short)
    mind_steps(task)
    db.session.add(task)
    db.session.flush()
    _count_open(ticket)
    make_findable(ticket)
    _tell(task, "open", seat, after={"opd": opd.short, "due": _said(task.due_at)}, text=task.text)
    return task


def move_task(task: Task, name: str, seat: Seat | None, values: dict | None = None) -> events.Event:
    """Make one move of the tasks' table as `seat` (None: the clock) with what the move needs.

    Records the event; does not commit. Raises Refused.
    """
    given = {key: value.strip() if isinstance(value, str) else value for key, value in (values or {}).items()}
    wanted = _permitted(task, name, seat)
    details = _checked(wanted, task, seat, given)
    before, worked_by = task.state, task.worked_by_id
    with db.session.no_autoflush:  # one UPDATE, one version, however many fields a move touches
        task.make(name)
        if name in FOLLOW:
            details |= FOLLOW[name](task, given, seat) or {}
        if name not in ("rule", "reroute"):
            mind_task_clock(task, task.ticket)
        mind_steps(task)
    db.session.flush()
    if task.state.ended or name in ("object", "reroute", "rule"):
        people.end_links(subject=task.stream)
    if name in ("accept", "drop", "reopen"):
        _count_open(task.ticket)
    if name in ("drop", "reopen", "reroute", "rule"):
        make_findable(task.ticket)
    words = "\n".join(words for words in (given.get("reason"), given.get("answer"), given.get("note")) if words)
    event = _tell(task, name, seat, before={"state": before}, after={"state": task.state} | details, text=words or None)
    if worked_by != task.worked_by_id:
        _keep_proof(task, worked_by, event.at)
    settle(task, before, worked_by)
    if name == "object":
        mind_refusals(task.ticket)
    return event


def inherit(ticket: Ticket, left: int | None) -> None:
    """The lead changed: tasks stay with the ticket, and the new lead is the contact where the former one was."""
    for task in ticket.tasks:
        if left and task.open and task.contact_opd_id == left and ticket.lead_opd_id != left:
            task.contact, task.seat = ticket.lead, None
            people.end_links(subject=task.stream)


def _wanted(ticket: Ticket, seat: Seat, given: dict) -> tuple[Opd, datetime | None]:
    """The OPD and the due date that were asked for. Raises Refused with every fault at once."""
    if not policy.may_give_tasks(ticket, seat):
        raise Refused({"opd": NOT_YOURS})
    errors, due_at = {}, None
    opd = opd_by_code(given.get("opd") or "")
    if opd is None:
        errors["opd"] = "Pilih OPD atau instansi yang mengerjakan."
    elif opd.id == ticket.lead_opd_id:
        errors["opd"] = "OPD ini pengampu tiketnya. Pilih OPD pendukung."
    elif len(ticket.tasks) >= MOST_TASKS:
        errors["opd"] = f"Satu tiket paling banyak {MOST_TASKS} tugas."
    if not given.get("text"):
        errors["text"] = "Tulis apa yang diminta, dalam satu atau dua kalimat."
    elif len(given["text"]) > LONGEST_TEXT:
        errors["text"] = f"Terlalu panjang: paling banyak {LONGEST_TEXT} huruf."
    if given.get("due_at"):
        try:
            due_at = moment_ahead(given["due_at"])
        except ValueError as error:
            errors["due_at"] = str(error)
    if errors or opd is None:
        raise Refused(errors)
    return opd, due_at


def _contact(ticket: Ticket, seat: Seat) -> Opd:
    return ticket.lead or seat.opd


def _permitted(task: Task, name: str, seat: Seat | None) -> TaskMove:
    for candidate in policy.task_moves_for(task, seat):
        if candidate.name == name:
            return candidate
    raise Refused({"move": NOT_POSSIBLE if name in TASK_MOVES else "Pilih langkah dari daftar."})


def _checked(wanted: TaskMove, task: Task, seat: Seat | None, given: dict) -> dict:
    """What is to be remembered in history. Raises Refused with every fault at once."""
    errors = task_missing(policy.task_needs(wanted, task, seat), given)
    details = {}
    for field in ("opd", "proposed", "until", "approver", "basis"):
        if field in errors or not given.get(field) or field not in policy.task_needs(wanted, task, seat):
            continue
        try:
            details[field] = CHECKS[field](given, task)
        except ValueError as error:
            errors[field] = str(error)
    if errors:
        raise Refused(errors)
    return details


def _opd(given: dict, task: Task) -> str:
    opd = opd_by_code(given["opd"])
    if opd is None:
        raise ValueError("Pilih OPD atau instansi dari daftar.")
    if opd.id == task.ticket.lead_opd_id:
        raise ValueError("OPD ini pengampu tiketnya. Pilih OPD pendukung.")
    if opd.id == task.opd_id and task.state is not TaskState.CONTESTED:
        raise ValueError("OPD ini sudah mengerjakannya. Pilih OPD lain.")
    given["opd_row"] = opd
    return opd.short


def _proposed(given: dict, _task: Task) -> str:
    if given["proposed"] in (PROPOSED_OUTSIDE, PROPOSED_UNKNOWN):
        return {"luar": "instansi luar", "tidak_tahu": "tidak tahu"}[given["proposed"]]
    opd = opd_by_code(given["proposed"])
    if opd is None:
        raise ValueError("Pilih OPD dari daftar, 'instansi luar', atau 'tidak tahu'.")
    return opd.short


CHECKS: dict[str, Callable[[dict, Task], str]] = {
    "opd": _opd,
    "proposed": _proposed,
    "until": until,
    "approver": short("approver", 200),
    "basis": short("basis"),
}


def _objected(task: Task, given: dict, _seat: Seat | None) -> None:
    task.proposed = given["proposed"][:80]


def _held(task: Task, given: dict, _seat: Seat | None) -> None:
    task.hold_until, task.hold_reason = given["until_at"], given["reason"][:300]


def _submitted(task: Task, given: dict, seat: Seat) -> dict:
    """Its own paragraph, and the files that support it are the lead's to see. Visibly so where an admin was alone."""
    narahubung = TaskWho.NARAHUBUNG in policy.task_capacities(task, seat)
    task.answer, task.answered_by, task.answered_at = given["answer"].replace("\r\n", "\n"), seat.signature, clock.now()
    task.approved_by = seat.signature if narahubung else given.get("approver") or ""
    task.approval_basis = "" if narahubung else given.get("basis") or ""
    inside = (Evidence.task_id == task.id, Evidence.opd_id == seat.opd_id)
    db.session.execute(update(Evidence).where(*inside).values(audience=Audience.SHARED))
    return {"alone": not task.approved_by and not task.outside, "outside": task.opd.short if task.outside else ""}


def _handed(task: Task, given: dict, seat: Seat | None) -> None:
    """Another OPD begins anew: its own clock, its own paragraph."""
    new: Opd = given["opd_row"]
    task.opd, task.contact = new, (task.ticket.lead or seat.opd if new.outside and seat else None)
    task.seat, task.objected_at, task.proposed = None, None, ""
    task.answer, task.answered_by, task.answered_at, task.approved_by, task.approval_basis = "", "", None, "", ""
    start_task_clock(task, task.ticket)


FOLLOW: dict[str, Callable[..., dict | None]] = {
    "object": _objected,
    "hold": _held,
    "submit": _submitted,
    "rule": _handed,
    "reroute": _handed,
}


def _count_open(ticket: Ticket) -> None:
    """Keep the ticket's count true without touching its version: nobody's half-written form grows old by it."""
    many = sum(task.open for task in ticket.tasks)
    table = Ticket.metadata.tables[Ticket.__tablename__]
    db.session.execute(update(table).where(table.c.id == ticket.id).values(open_tasks=many))
    set_committed_value(ticket, "open_tasks", many)


def _keep_proof(task: Task, opd_id: int, until: datetime) -> None:
    """What the former OPD may still read ends with the event that took the task away, and holds it."""
    proof = insert(FormerTask).values(task_id=task.id, opd_id=opd_id, until=until)
    proof = proof.on_conflict_do_update(index_elements=["task_id", "opd_id"], set_={"until": until})
    db.session.execute(proof)


def _tell(task: Task, name: str, seat: Seat | None, *, before: dict | None = None, after: dict, text: str | None):
    """In the task's own history with its words; in the ticket's that it happened, for all who read there."""
    about = {"task": task.number, "move": name, "opd": task.opd.short}
    shown = {key: value for key, value in after.items() if key in ("opd", "proposed", "until", "outside")}
    events.record(task.ticket.stream, "ticket.task", seat, after=about | shown, ref_id=task.id)
    return events.record(
        task.stream, f"task.{name}", seat, before=before, after=after, text=text, audience=Audience.SHARED
    )


def _said(at: datetime | None) -> str:
    return clock.short(at) if at else ""
