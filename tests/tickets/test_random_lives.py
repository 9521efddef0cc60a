"""Whatever people press, in whatever order: the table holds, the counters count, the history is whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func

from app.core import clock, events
from app.extensions import db
from app.tickets import actions, policy
from app.tickets.models import Answer, Ticket, TicketCount
from app.tickets.rules import ENDED, MOVES, OPD_CLOCK_RUNS, State, turn_of
from app.tickets.rules.sums import DUE, end_of
from tests.tickets import desk

PEOPLE = (
    desk.OPERATOR,
    desk.HEAD,
    desk.ADMIN,
    desk.NARAHUBUNG,
    desk.OTHER_ADMIN,
    desk.OTHER_NARAHUBUNG,
    desk.LEADER,
    None,
)
VALUES = {
    "opd": ["DISDIKBUD", "DPU", "PLN", "DISKOMINFO", "X", ""],
    "proposed": ["DPU", "luar", "tidak_tahu", "X", ""],
    "reason": ["Sebab.", ""],
    "note": ["Catatan.", ""],
    "until": ["2099-01-01T08:00", "2001-01-01T08:00", "kapan-kapan", ""],
    "answer": [desk.ANSWER, "Akan ditindaklanjuti.", ""],
    "answer_kind": ["full", "first_statement", "x"],
    "outcome": ["perbaikan_lapangan", "tidak_dipublikasikan", "x", ""],
    "year": [str(clock.today().year + 1), "1999", "abc", ""],
    "kind": ["murni", "x", ""],
    "body": ["PLN", ""],
    "reference": ["500/12", ""],
    "basis": ["Asisten II", ""],
    "approver": ["Kadis", ""],
}
press = st.tuples(
    st.sampled_from(sorted(MOVES)),
    st.sampled_from(PEOPLE),
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}),
)
SLOW_START = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.fixture
def fresh(people):
    """A new ticket, with its alert, in a savepoint that is undone afterwards."""

    def make():
        return actions.promote([desk.alert()], people[desk.OPERATOR], {"title": "Atap roboh"})

    return make


@SLOW_START
@given(data=st.data())
def test_no_order_of_presses_breaks_the_table(data, fresh, people):
    ticket = fresh()
    for _ in range(data.draw(st.integers(1, 20), label="presses")):
        name, who, values = data.draw(st.one_of(offered(ticket, people), press), label="press")
        seat = people[who] if who else None
        before, allowed = ticket.state, {move.name for move in policy.moves_for(ticket, seat)}
        refused = press_once(ticket, name, seat, values)
        assert refused or (name in allowed and before in MOVES[name].sources)
        assert not refused or ticket.state is before
        assert_sound(ticket)
    assert_counters_true()
    assert not list(events.broken_links())
    db.session.rollback()


def offered(ticket, people):
    """A move that somebody really has before them, with values that make sense: lives grow long this way."""
    pairs = [(move.name, who) for who in PEOPLE for move in policy.moves_for(ticket, people[who] if who else None)]
    values = {name: choices[0] for name, choices in VALUES.items()} | {"opd": "DPU" if _led_by(ticket) else "DISDIKBUD"}
    return st.sampled_from(pairs).map(lambda pair: (*pair, values)) if pairs else press


def _led_by(ticket) -> bool:
    return bool(ticket.lead and ticket.lead.code == "DISDIKBUD")


def press_once(ticket, name, seat, values) -> bool:
    """Whether it was refused; a refusal is undone, as every route undoes it."""
    with db.session.begin_nested() as savepoint:
        try:
            actions.move(ticket, name, seat, values)
        except actions.Refused as refused:
            assert refused.errors and all(words.strip() for words in refused.errors.values())
            savepoint.rollback()
            return True
    return False


def assert_sound(ticket) -> None:
    assert ticket.open is (ticket.state not in ENDED)
    assert ticket.turn is turn_of(ticket.state)
    assert (ticket.ended_at is not None) is (ticket.state in ENDED)
    assert ticket.lead_opd_id or ticket.state in (State.NEW, State.ARCHIVED, State.OTHER_AUTHORITY, State.CLOSED)
    if ticket.state in OPD_CLOCK_RUNS:
        assert ticket.due_at and ticket.received_at and ticket.paused_at is None
    assert (ticket.step_at is not None) is (ticket.state in OPD_CLOCK_RUNS)
    if ticket.due_at:
        assert ticket.due_at > ticket.received_at and end_of(ticket.due_sum, DUE) == ticket.due_at
    if ticket.state in (State.AWAITING_APPROVAL, State.UNDER_REVIEW):
        assert policy.pending_answer(ticket)
    waiting = db.session.scalars(db.select(Answer.id).where(Answer.ticket_id == ticket.id, Answer.waits()))
    assert {answer.id for answer in ticket.waiting_answers} == set(waiting)


def assert_counters_true() -> None:
    db.session.flush()
    counted = {(row.opd_id, row.state): row.n for row in db.session.scalars(db.select(TicketCount)) if row.n}
    rows = db.select(func.coalesce(Ticket.lead_opd_id, 0), Ticket.state, func.count()).where(~Ticket.restricted)
    assert counted == {
        (opd, state): n for opd, state, n in db.session.execute(rows.group_by(Ticket.lead_opd_id, Ticket.state))
    }


def test_secrecy_and_undoing_keep_the_counters_true(people):
    tickets = [desk.ticket_in(state, people) for state in (State.NEW, State.FORWARDED, State.RESOLVED)]
    head = people[desk.HEAD]
    for named in ([head.person_id], []):
        for ticket in tickets:
            actions.set_secrecy(ticket, head, named=named)
        assert_counters_true()
    alert = desk.alert()
    actions.promote([alert], head, {})
    actions.release([alert], head)
    assert_counters_true()
