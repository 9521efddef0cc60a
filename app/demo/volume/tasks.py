"""Tasks of supporting OPDs among volume data: a quarter of what is handled has one to three, a few have twenty."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from app.demo.volume import words
from app.demo.volume.chain import Chain, Row
from app.demo.volume.world import Actor, Office, World
from app.tickets.rules import TaskState
from app.tickets.rules.tasks import TASK_MOVES

if TYPE_CHECKING:
    from app.demo.volume.lives import Life

MANY = {0: 740, 1: 150, 2: 70, 3: 38, 20: 2}
"""How many tasks a ticket has that an OPD took on."""
WAYS: dict[TaskState, tuple[str, ...]] = {
    TaskState.OPEN: (),
    TaskState.IN_PROGRESS: ("take_on",),
    TaskState.SUBMITTED: ("take_on", "submit"),
    TaskState.ACCEPTED: ("take_on", "submit", "accept"),
}
STILL = {TaskState.OPEN: 30, TaskState.IN_PROGRESS: 40, TaskState.SUBMITTED: 10, TaskState.ACCEPTED: 20}
"""Where the tasks of an open ticket stand; those of one that goes on to its end are accepted."""
Step = tuple[str, datetime, Actor, Row, str | None]


def ask(life: Life, goes_on: bool, asker: Actor, world: World) -> None:
    """Give the ticket its tasks, once it was taken on. A random stream of its own: no other row changes by it."""
    rng = Random(life.ticket["id"])  # noqa: S311 - to be repeated, not to be secret
    for number in range(1, rng.choices(list(MANY), weights=list(MANY.values()))[0] + 1):
        office = rng.choice([each for each in world.offices if each is not life.office] or [life.office])
        state = TaskState.ACCEPTED if goes_on else rng.choices(list(STILL), weights=list(STILL.values()))[0]
        _live(life, number, office, state, asker, rng)
    life.ticket["open_tasks"] = sum(task["open"] for task in life.tasks)


def _live(life: Life, number: int, office: Office, state: TaskState, asker: Actor, rng: Random) -> None:
    """One task from opening to `state`, each step told in the ticket's history at once and in its own later."""
    at = life.chain.rows[-1]["at"]
    task: Row = {
        "ticket_id": life.ticket["id"], "number": number, "opd_id": office.opd_id, "seat_id": None, "state": state,
        "open": not state.ended, "text": rng.choice(words.TASKS), "created_by_id": asker.seat_id, "created_at": at,
        "received_at": at, "taken_on_at": None, "due_at": at + timedelta(days=7), "ended_at": None, "answer": "",
        "answered_by": "", "answered_at": None, "approved_by": "",
    }  # fmt: skip
    steps: list[Step] = [("open", at, asker, {"opd": office.short}, task["text"])]
    for name in WAYS[state]:
        actor = asker if name == "accept" else rng.choice(office.narahubung)
        steps.append((name, at, actor, {"state": TASK_MOVES[name].target.value}, _done(task, name, at, actor, rng)))
    for name, when, actor, _facts, _text in steps:
        life.chain.add("ticket.task", when, actor, after={"task": number, "move": name, "opd": office.short})
    task["version"] = len(steps)
    life.tasks.append(task)
    life.told.append(steps)


def _done(task: Row, name: str, at: datetime, actor: Actor, rng: Random) -> str | None:
    """The task's columns after a step; what was written with it."""
    if name == "take_on":
        task |= {"taken_on_at": at, "seat_id": actor.seat_id}
    elif name == "submit":
        answer = rng.choice(words.ANSWERS).format(day=rng.choice(words.DAYS), number=rng.randint(2, 14))
        task |= {"answer": answer, "answered_by": actor.signature, "answered_at": at, "approved_by": actor.signature}
    else:
        task["ended_at"] = at
    return task["answer"] if name == "submit" else None


def number(life: Life, next_task: int, next_event: int) -> tuple[int, int]:
    """Number the tasks and write their own histories, after the ticket's; returns the next free numbers."""
    rng = Random(life.ticket["id"])  # noqa: S311
    for task, steps in zip(life.tasks, life.told, strict=True):
        task["id"] = next_task
        chain = Chain(f"task:{next_task}", next_event, rng)
        for name, at, actor, facts, text in steps:
            chain.add(f"task.{name}", at, actor, text=text, after=facts)
        life.histories.append(chain)
        next_task, next_event = next_task + 1, chain.next_id
    return next_task, next_event
