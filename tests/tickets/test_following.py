"""A change of days off, hours or terms makes open items follow, each once and saying why; ended ones stay."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import time_machine
from sqlalchemy import func, select

from app.core import clock, events, upkeep
from app.core.events import Event
from app.extensions import db, only_reading
from app.people import actions as people_actions
from app.tickets import actions
from app.tickets.actions import following
from app.tickets.actions.terms import add_term
from app.tickets.models import ClockChange, Ticket
from app.tickets.rules import State, TicketClass
from app.tickets.rules.sums import DUE, lines
from tests.tickets import desk, taskdesk

ROOT = Path(__file__).resolve().parents[2]
HOLD = {"reason": "Menunggu bahan.", "until": "2099-01-01T08:00"}


def day_off(people, due_at):
    day = clock.local(due_at).date()
    people_actions.add_holiday(day, "Hari jadi", "daerah", "SE Bupati 4", people[desk.OPERATOR])
    db.session.commit()


def reckoned(ticket) -> list[dict]:
    told = select(Event.after).where(Event.stream == ticket.stream, Event.kind == "ticket.reckoned")
    return list(db.session.scalars(told.order_by(Event.seq)))


def test_a_new_day_off_moves_open_items_once_and_says_why(people, visit_as, work_off):
    """Open, paused, set by hand, ended; and a task: only what really changes gets a new date, an event, a version."""
    task = taskdesk.task(people, ("take_on", taskdesk.ADMIN))
    ticket, paused = task.ticket, desk.ticket_in(State.ON_HOLD, people)
    by_hand, done = desk.ticket_in(State.IN_PROGRESS, people), desk.ticket_in(State.RESOLVED, people)
    actions.set_due(by_hand, people[desk.OPERATOR], "2099-02-01T10:00", "Bahan dari luar pulau.")
    db.session.commit()
    before = {each: each.due_at for each in (ticket, paused, by_hand, done, task)}
    versions, step = {each: each.version for each in before}, ticket.step_at
    day_off(people, ticket.due_at)
    work_off()
    db.session.expire_all()
    change = db.session.scalar(select(ClockChange))
    assert change.reckoned_at and change.touched == 2
    assert [each.due_at > before[each] for each in before] == [True, True, False, False, True]
    assert [each.version > versions[each] for each in before] == [True, True, False, False, True]
    assert ticket.step_at == step and paused.step_at is None  # three quarters are used before that day
    (told,) = reckoned(ticket)
    assert told["why"] == change.says and "Hari jadi" in told["why"] and {"due", "task 1"} <= set(told)
    assert [len(reckoned(each)) for each in (paused, by_hand, done)] == [1, 0, 0]
    visit = visit_as(desk.OPERATOR)
    assert all("Hari jadi" in visit(url).text() for url in (f"/tiket/{ticket.id}", taskdesk.address(task)))
    version = ticket.version
    with time_machine.travel(clock.now() + following.AGAIN * 2):
        assert work_off()
    db.session.expire_all()
    assert ticket.version == version and len(reckoned(ticket)) == 1


def test_a_new_term_holds_for_what_starts_from_its_day_and_the_strongest_wins(people, work_off):
    """Origin beats level beats class where as many are named; whoever began earlier keeps the old term."""
    old = desk.ticket_in(State.IN_PROGRESS, people)
    due = old.due_at
    tomorrow = clock.today() + timedelta(days=1)
    base = {"what": "finished", "unit": "working_days", "effective_on": tomorrow, "basis": "Perbup 12/2026"}
    nothing = {"ticket_class": None, "level": None, "origin": None}
    terms = [
        base | nothing | {"ticket_class": TicketClass.MEDIA, "amount": 7},
        base | nothing | {"level": old.level, "amount": 8},
        base | nothing | {"origin": old.origin, "amount": 9},
    ]
    counted = []
    for values in terms:
        add_term(values, people[desk.OPERATOR])
        db.session.commit()
        with clock.pretend(clock.now() + timedelta(days=1)):
            fresh = desk.ticket_in(State.FORWARDED, people)
            counted.append(next(added for what, _more, added in lines(fresh.due_sum, DUE) if what == "Jawaban lengkap"))
    assert counted == ["7 hari kerja", "8 hari kerja", "9 hari kerja"]
    work_off()
    db.session.expire_all()
    assert old.due_at == due and reckoned(old) == []


def test_following_survives_kill_9_and_tells_each_ticket_once(app, people, work_off):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    columns = [column.name for column in Ticket.__table__.columns if column.name != "id"]
    row = {name: getattr(ticket, name) for name in columns}
    db.session.execute(Ticket.__table__.insert(), [row] * 700)
    day_off(people, ticket.due_at)
    change_id = db.session.scalar(select(ClockChange.id))
    db.session.rollback()
    settings = {"TANGGAP_INSTANCE_PATH": app.config["INSTANCE_PATH"], "TANGGAP_DATABASE_URL": app.config["DATABASE_URL"],
                "TANGGAP_REDIS_URL": "redis://127.0.0.1:9/0"}  # fmt: skip
    worker = subprocess.Popen([sys.executable, "-m", "tests.monitoring.importing"], cwd=ROOT,
                              env=os.environ | settings, stderr=subprocess.DEVNULL)  # fmt: skip
    while worker.poll() is None and not _followed(change_id):
        time.sleep(0.005)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    upkeep.free_dead_leases()
    work_off()
    db.session.expire_all()
    told = select(func.count(), func.count(Event.stream.distinct())).where(Event.kind == "ticket.reckoned")
    assert tuple(db.session.execute(told).one()) == (701, 701) and _followed(change_id) == 701
    assert db.session.get(ClockChange, change_id).touched == 701 and list(events.broken_links()) == []
    assert db.session.scalar(select(func.count(Ticket.due_at.distinct()))) == 1


def _followed(change_id: int) -> int:
    """Read without a lock: the worker is not to wait for whoever looks."""
    with only_reading():
        done = db.session.scalar(select(func.count()).select_from(Ticket).where(Ticket.clock_change_id == change_id))
        db.session.rollback()
    return done
