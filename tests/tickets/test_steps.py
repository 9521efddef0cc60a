"""The next reminder of a clock is known at every moment, and there is none while the clock stands."""

from datetime import timedelta

from app.core import clock
from app.extensions import db
from app.people.calendars import calendar_of
from app.tickets import actions
from app.tickets.actions.steps import running_clocks, steps_passed
from app.tickets.rules import State
from app.tickets.rules.sums import DUE, REACT
from tests.tickets import desk, taskdesk


def reaches(thing, what, percent):
    (running,) = [each for each in running_clocks(thing) if each.what == what]
    return running.reaches(percent, calendar_of())


def test_the_next_step_follows_every_change_of_a_ticket_clock(people):
    ticket = desk.ticket(people)
    assert ticket.step_at == reaches(ticket, REACT, 75) < reaches(ticket, REACT, 90) < ticket.react_by
    actions.move(ticket, "take_on", people[desk.ADMIN])
    first = ticket.step_at
    assert first == reaches(ticket, DUE, 75) < ticket.due_at
    actions.set_level(ticket, people[desk.OPERATOR], "segera")
    assert ticket.step_at == first
    actions.move(ticket, "hold", people[desk.ADMIN], {"reason": "Menunggu bahan.", "until": "2099-01-01T08:00"})
    assert ticket.step_at is None and running_clocks(ticket) == []
    with clock.pretend(clock.now() + timedelta(days=21)):
        actions.move(ticket, "resume", people[desk.ADMIN])
        assert clock.now() < ticket.step_at == reaches(ticket, DUE, 75) and ticket.step_at > first
        later = clock.local(ticket.due_at + timedelta(days=30))
        actions.set_due(ticket, people[desk.OPERATOR], f"{later:%Y-%m-%dT%H:%M}", "Bahan dari luar pulau.")
        db.session.commit()
        version, due = ticket.version, ticket.step_at
        with clock.pretend(due + timedelta(minutes=1)):
            assert next(iter(running_clocks(ticket))).step(clock.now(), calendar_of()) == 75
            steps_passed(ticket)
            db.session.commit()
            assert due < ticket.step_at == reaches(ticket, DUE, 90) and ticket.version == version
        actions.move(ticket, "answer", people[desk.NARAHUBUNG], {"answer": desk.ANSWER})
        assert ticket.state is State.UNDER_REVIEW and ticket.step_at is None


def test_the_next_step_of_a_task_goes_by_whoever_works_on_it(people):
    task = taskdesk.task(people)
    assert task.received_at < task.step_at == reaches(task, DUE, 75) < task.due_at
    actions.move_task(task, "take_on", people[taskdesk.ADMIN])
    actions.move_task(task, "submit", people[taskdesk.NARAHUBUNG], {"answer": taskdesk.RESULT})
    assert task.step_at is None
    actions.move_task(task, "rework", people[taskdesk.LEAD_ADMIN], {"note": "Sebut tanggalnya."})
    assert task.step_at
