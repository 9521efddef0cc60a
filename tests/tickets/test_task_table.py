"""The table of task moves as people see it, and as a graph; and whatever people press, it holds."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock, events
from app.extensions import db
from app.tickets import actions
from app.tickets.models import Task
from app.tickets.policy import tasks as policy
from app.tickets.rules import State, TaskState
from app.tickets.rules.sums import DUE, end_of
from app.tickets.rules.tasks import TASK_CLOCK_RUNS, TASK_MOVES, TaskWho, task_moves_from
from tests.tickets import desk, taskdesk

ACTORS = (desk.OPERATOR, taskdesk.LEAD_ADMIN, taskdesk.LEAD_NARAHUBUNG, taskdesk.ADMIN, taskdesk.NARAHUBUNG, None)
GOLDEN = {
    # state: (Diskominfo, admin and narahubung of the lead, admin and narahubung of the OPD asked, the clock)
    "open": ("reroute drop", "reroute drop", "reroute drop", "take_on object", "take_on object", ""),
    "in_progress": ("reroute drop", "reroute drop", "reroute drop", "submit hold object", "submit hold object", ""),
    "contested": ("rule drop", "drop", "drop", "", "", ""),
    "submitted": ("reroute drop", "accept rework reroute drop", "accept rework reroute drop", "", "", ""),
    "accepted": ("", "reopen", "reopen", "", "", ""),
    "dropped": ("", "reopen", "reopen", "", "", ""),
}


@pytest.mark.parametrize("state", GOLDEN)
def test_each_state_offers_each_person_exactly_these_moves(state, people):
    task = taskdesk.task_in(TaskState(state), people)
    for actor, expected in zip(ACTORS, GOLDEN[state], strict=True):
        seat = people[actor] if actor else None
        assert " ".join(move.name for move in policy.task_moves_for(task, seat)) == expected, actor
    assert policy.task_moves_for(task, people[desk.LEADER]) == []


def test_the_golden_table_names_every_state():
    assert set(GOLDEN) == set(TaskState)


def test_what_is_put_off_is_resumed_by_who_works_on_it_or_the_clock(people):
    task = taskdesk.task(people, ("take_on", taskdesk.ADMIN), ("hold", taskdesk.ADMIN, HOLD))
    assert task.paused_at and task.hold_until
    assert "resume" in {move.name for move in policy.task_moves_for(task, None)}
    names = {move.name for move in policy.task_moves_for(task, people[taskdesk.ADMIN])}
    assert "resume" in names and "hold" not in names


HOLD = {"reason": "Menunggu aspal.", "until": "2099-01-01T08:00"}


def _steps(state: TaskState) -> set[TaskState]:
    return {move.target for held in (True, False) for move in task_moves_from(state, TaskWho, on_hold=held)}


def test_no_state_is_an_island():
    reached, frontier = set(), {TaskState.OPEN}
    while frontier:
        reached |= frontier
        frontier = {target for state in frontier for target in _steps(state)} - reached
    assert reached == set(TaskState)


def test_every_state_reaches_an_end():
    for state in TaskState:
        seen, frontier = set(), {state}
        while frontier and not any(here.ended for here in frontier):
            seen |= frontier
            frontier = {target for here in frontier for target in _steps(here)} - seen
        assert frontier, f"{state} leads to no end"


def test_every_move_has_words_and_somebody_who_may_make_it():
    for move in TASK_MOVES.values():
        assert move.label and move.hint and move.sources and move.who


PEOPLE = (*ACTORS, desk.LEADER)
VALUES = {
    "opd": ["DISKOMINFO", "DPU", "PLN", "DISDIKBUD", "X", ""],
    "proposed": ["DISDIKBUD", "luar", "tidak_tahu", "X", ""],
    "reason": ["Sebab.", ""],
    "note": ["Catatan.", ""],
    "until": ["2099-01-01T08:00", "2001-01-01T08:00", "kapan-kapan", ""],
    "answer": [taskdesk.RESULT, "Akan ditindaklanjuti.", ""],
    "approver": ["Kadis PU", ""],
    "basis": ["Pesan WA 24 November", ""],
}
press = st.tuples(
    st.sampled_from(sorted(TASK_MOVES)),
    st.sampled_from(PEOPLE),
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_no_order_of_presses_breaks_the_table(data, people):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN))
    tasks = [actions.open_task(ticket, people[desk.OPERATOR], {"opd": opd, "text": "Bantu"}) for opd in ("DPU", "PLN")]
    for _ in range(data.draw(st.integers(1, 15), label="presses")):
        task = data.draw(st.sampled_from(tasks))
        name, who, values = data.draw(st.one_of(_offered(task, people), press), label="press")
        seat = people[who] if who else None
        before, allowed = task.state, {move.name for move in policy.task_moves_for(task, seat)}
        refused = _press(task, name, seat, values)
        assert refused or (name in allowed and before in TASK_MOVES[name].sources)
        assert not refused or task.state is before
        _assert_sound(task)
        assert ticket.open_tasks == sum(other.state not in (TaskState.ACCEPTED, TaskState.DROPPED) for other in tasks)
    assert not list(events.broken_links())
    db.session.rollback()


def _offered(task, people):
    pairs = [(move.name, who) for who in PEOPLE for move in policy.task_moves_for(task, people[who] if who else None)]
    values = {name: choices[0] for name, choices in VALUES.items()} | {"opd": _other(task)}
    return st.sampled_from(pairs).map(lambda pair: (*pair, values)) if pairs else press


def _other(task: Task) -> str:
    return "PLN" if task.opd.code == "DPU" else "DPU"


def _press(task, name, seat, values) -> bool:
    with db.session.begin_nested() as savepoint:
        try:
            actions.move_task(task, name, seat, values)
        except actions.Refused as refused:
            assert refused.errors and all(words.strip() for words in refused.errors.values())
            savepoint.rollback()
            return True
    return False


def _assert_sound(task) -> None:
    assert task.open is (not task.state.ended)
    assert (task.ended_at is not None) is task.state.ended
    assert (task.paused_at is None) is (task.state in TASK_CLOCK_RUNS and not task.on_hold)
    assert task.due_at and task.due_at >= task.received_at and end_of(task.due_sum, DUE) == task.due_at
    assert (task.step_at is None) is (task.paused_at is not None or task.state.ended)
    assert (task.contact_opd_id is not None or task.contact is not None) is task.opd.outside
    if task.state in (TaskState.SUBMITTED, TaskState.ACCEPTED):
        assert task.answer or task.state is TaskState.ACCEPTED


def test_a_pause_gives_back_the_working_days_it_took(people):
    task = taskdesk.task(people, ("take_on", taskdesk.ADMIN))
    due = task.due_at
    actions.move_task(task, "hold", people[taskdesk.ADMIN], HOLD)
    with clock.pretend(clock.now() + timedelta(days=7)):
        actions.move_task(task, "resume", None)
    assert task.due_at > due and task.paused_at is None and task.hold_until is None


@pytest.mark.parametrize("state", [State.CLOSED, State.ARCHIVED])
def test_nothing_goes_on_in_a_ticket_that_is_closed(state, people):
    task = taskdesk.task_in(TaskState.ACCEPTED, people)
    task.ticket.state = state
    assert all(not policy.task_moves_for(task, people[who] if who else None) for who in ACTORS)
    assert not policy.may_give_tasks(task.ticket, people[desk.OPERATOR])


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9998-12-30T10:00", "9999-12-31T10:00"])
def test_a_due_date_thousands_of_years_away_is_refused_before_it_is_reckoned(people, at):
    """Calendars are reckoned year by year: one such date cost every page of its matter a table of eight thousand."""
    task = taskdesk.task(people, ("take_on", taskdesk.ADMIN))
    for act, *more in (
        (actions.set_task_due, task, people[desk.OPERATOR], at, "Salah ketik."),
        (actions.set_due, task.ticket, people[desk.OPERATOR], at, "Salah ketik."),
        (actions.move_task, task, "hold", people[taskdesk.ADMIN], HOLD | {"until": at}),
    ):
        with pytest.raises(actions.Refused):
            act(*more)
