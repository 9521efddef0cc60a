"""What is open when a ticket ends: nothing is cancelled by itself, each task is waited for, dropped or handed on."""

from app.core.refused import Refused
from app.people.models import Seat
from app.tickets.actions.tasks import move_task
from app.tickets.models import Task, Ticket
from app.tickets.policy.tasks import open_tasks
from app.tickets.rules import TaskState
from app.tickets.rules.tasks import ASKS_TASKS, DROP, WAIT, Settled, settled

CLOCK_WAITS = "Tiket ini masih punya tugas terbuka, jadi tidak ditutup dengan sendirinya."


def settle_tasks(ticket: Ticket, move: str, seat: Seat | None, given: dict) -> None:
    """Before a move that ends the ticket: do what was said about each open task. Raises Refused.

    Tasks that nothing is said about, and those to be waited for, stop the move; the clock never answers for them.
    """
    tasks = open_tasks(ticket) if move in ASKS_TASKS else []
    if not tasks:
        return
    if seat is None:
        raise Refused({"move": CLOCK_WAITS})
    said, faults = settled(move, [task.number for task in tasks], given)
    by_number = {task.number: task for task in tasks}
    if faults:
        raise Refused({f"task_{number}": f"{_name(by_number[number])} {why}" for number, why in faults.items()})
    waited_for = [by_number[number] for number, how in said.items() if how.how == WAIT]
    if waited_for:
        names = ", ".join(_name(task) for task in waited_for)
        raise Refused({"move": f"Langkah dibatalkan: {names} ditunggu dulu. Tiket tetap {ticket.state.label}."})
    for number, how in said.items():
        _carry_out(by_number[number], how, seat)


def _carry_out(task: Task, how: Settled, seat: Seat) -> None:
    """Drop it or hand it on. Raises Refused, with the number of the task in the field's name."""
    try:
        if how.how == DROP:
            move_task(task, "drop", seat, {"reason": how.reason})
        elif task.state is TaskState.CONTESTED:
            move_task(task, "rule", seat, {"opd": how.opd, "note": how.reason})
        else:
            move_task(task, "reroute", seat, {"opd": how.opd, "reason": how.reason or "Tiketnya berakhir."})
    except Refused as refused:
        why = " ".join(refused.errors.values())
        raise Refused({f"task_{task.number}": f"{_name(task)}: {why}"}) from None


def _name(task: Task) -> str:
    return f"Tugas {task.number} ({task.opd.short})"
