"""The clock moves tickets like anybody else: by the table, with an event."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.people.actions import mint_link
from app.people.queries import find_link
from app.tickets import actions, jobs
from app.tickets.models import Ticket
from app.tickets.rules import CLOSE_AFTER_DAYS, State
from tests.tickets import desk


def last_event(ticket):
    return db.session.scalar(db.select(Event).where(Event.stream == ticket.stream).order_by(Event.seq.desc()).limit(1))


def test_what_was_put_off_resumes_at_its_date_and_not_before(people):
    until = clock.local(clock.now() + timedelta(days=3))
    hold = ("hold", desk.ADMIN, {"reason": "Menunggu bahan.", "until": f"{until:%Y-%m-%dT%H:%M}"})
    ticket = desk.ticket(people, ("take_on", desk.ADMIN), hold)
    jobs.resume_due()
    assert ticket.state is State.ON_HOLD
    with clock.pretend(clock.now() + timedelta(days=4)):
        jobs.resume_due()
        jobs.resume_due()
    assert (ticket.state, ticket.hold_until) == (State.IN_PROGRESS, None)
    assert (last_event(ticket).kind, last_event(ticket).actor) == ("ticket.resume", "Sistem")


def test_a_matter_that_waits_for_money_resumes_on_the_second_of_january(people):
    ticket = desk.ticket_in(State.AWAITING_BUDGET, people)
    for moment, state in ((datetime(ticket.budget_year, 1, 1, 12, tzinfo=UTC), State.AWAITING_BUDGET),
                          (datetime(ticket.budget_year, 1, 2, 1, tzinfo=UTC), State.IN_PROGRESS)):  # fmt: skip
        with clock.pretend(moment):
            jobs.resume_due()
        assert ticket.state is state


def test_a_budget_of_the_running_year_is_resumed_by_people(people):
    budget = ("await_budget", desk.OPERATOR, {"year": str(clock.today().year), "kind": "perubahan"})
    ticket = desk.ticket(people, *desk.WAYS[State.UNDER_REVIEW], budget)
    with clock.pretend(clock.now() + timedelta(days=800)):
        jobs.resume_due()
    assert ticket.state is State.AWAITING_BUDGET


def test_what_is_resolved_closes_after_its_days_and_its_links_end(people):
    ticket = desk.ticket_in(State.RESOLVED, people)
    seat = people[desk.ADMIN]
    secret = mint_link("ticket", ticket.stream, seat.person_id, seat.id)
    db.session.flush()
    with clock.pretend(clock.now() + timedelta(days=CLOSE_AFTER_DAYS - 1)):
        jobs.close_resolved()
    assert ticket.state is State.RESOLVED and find_link(secret, "ticket")
    with clock.pretend(clock.now() + timedelta(days=CLOSE_AFTER_DAYS, minutes=1)):
        jobs.close_resolved()
    assert ticket.state is State.CLOSED and not find_link(secret, "ticket")


@pytest.mark.parametrize("state", [State.AWAITING_BUDGET, State.OTHER_AUTHORITY])
def test_only_what_is_resolved_closes_by_itself(state, people):
    ticket = desk.ticket_in(state, people)
    with clock.pretend(clock.now() + timedelta(days=20)):
        jobs.close_resolved()
    assert ticket.state is state


def test_one_that_cannot_move_leaves_the_others(people, monkeypatch):
    tickets = [desk.ticket_in(State.RESOLVED, people) for _ in range(2)]
    db.session.execute(db.update(Ticket).values(ended_at=clock.now() - timedelta(days=30)))
    real = actions.move

    def first_fails(ticket, *args):
        if ticket.id == tickets[0].id:
            raise actions.Refused({"move": "-"})
        return real(ticket, *args)

    monkeypatch.setattr(actions, "move", first_fails)
    jobs.close_resolved()
    assert [ticket.state for ticket in tickets] == [State.RESOLVED, State.CLOSED]
