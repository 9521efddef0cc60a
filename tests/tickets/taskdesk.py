"""Tasks on a desk for tests: a ticket of Disdikbud, with a task for DPU or for PLN through Disdikbud."""

from app.extensions import db
from app.tickets import actions
from app.tickets.models import Task, Ticket
from app.tickets.rules import State, TaskState
from tests.tickets import desk

ADMIN, NARAHUBUNG = desk.OTHER_ADMIN, desk.OTHER_NARAHUBUNG
LEAD_ADMIN, LEAD_NARAHUBUNG = desk.ADMIN, desk.NARAHUBUNG
RESULT = "Jalan masuk sekolah ditambal Selasa 24 November."

WAYS: dict[TaskState, tuple[tuple, ...]] = {
    TaskState.OPEN: (),
    TaskState.IN_PROGRESS: (("take_on", ADMIN),),
    TaskState.CONTESTED: (("object", ADMIN, {"reason": "Jalan provinsi.", "proposed": "luar"}),),
    TaskState.SUBMITTED: (("take_on", ADMIN), ("submit", NARAHUBUNG, {"answer": RESULT})),
    TaskState.DROPPED: (("drop", desk.OPERATOR, {"reason": "Sudah selesai sendiri."}),),
}
WAYS[TaskState.ACCEPTED] = (*WAYS[TaskState.SUBMITTED], ("accept", LEAD_ADMIN))


def task(people, *steps, opd="DPU", text="Tambal jalan masuk sekolah", of: Ticket | None = None, **values) -> Task:
    """A task for `opd`, brought on by `steps`: (move, email, {values}). Commits."""
    ticket = of or desk.ticket_in(State.IN_PROGRESS, people)
    row = actions.open_task(ticket, people[desk.OPERATOR], {"opd": opd, "text": text} | values)
    for name, email, *given in steps:
        actions.move_task(row, name, people[email], *given)
    db.session.commit()
    return row


def task_in(state: TaskState, people, **facts) -> Task:
    """A task of DPU in `state`, brought there by the moves of the table."""
    return task(people, *WAYS[state], **facts)


def address(row: Task) -> str:
    return f"/tiket/{row.ticket_id}/tugas/{row.number}"
