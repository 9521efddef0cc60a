"""The clock: one at a time, what is due once, failures do not stop the others."""

from datetime import timedelta

import pytest

from app.core import clock, duties, ticking
from app.extensions import db


@pytest.fixture
def ran(app, monkeypatch):
    seen = []
    monkeypatch.setattr(duties, "DUTIES", {})
    duties.every(60, "count")(lambda: seen.append("count"))
    return seen


def make_due(name, ago=timedelta(seconds=1)):
    db.session.get(duties.Duty, name).due_at = clock.now() - ago
    db.session.commit()


def test_a_duty_runs_when_due_and_not_before(db_session, ran):
    assert duties.run_due() == ["count"]
    assert duties.run_due() == []
    make_due("count")
    assert duties.run_due() == ["count"]


def test_a_long_night_is_caught_up_once(db_session, ran):
    duties.run_due()
    make_due("count", timedelta(days=3))
    duties.run_due()
    duties.run_due()
    assert ran == ["count", "count"]
    assert db.session.get(duties.Duty, "count").due_at > clock.now() + timedelta(seconds=50)


def test_a_duty_that_fails_is_noted_and_stops_no_other(db_session, ran):
    @duties.every(60, "bad")
    def bad():
        raise ValueError("tidak jadi")

    duties.every(60, "later")(lambda: ran.append("later"))
    duties.run_due()
    assert ran == ["count", "later"]
    assert db.session.get(duties.Duty, "bad").last_error == "ValueError: tidak jadi"


def test_two_clocks_tick_as_one(app, db_session, ran, monkeypatch):
    assert ticking.tick(app) is True
    monkeypatch.setattr("app.core.processes.me", lambda: "other/1/2")
    assert ticking.tick(app) is False
    assert ran == ["count"]
    make_due(duties.CLOCK)
    assert ticking.tick(app) is True


def test_a_clock_that_stops_lets_the_next_one_tick_at_once(app, db_session, ran, monkeypatch):
    ticking.tick(app)
    duties.release_clock()
    monkeypatch.setattr("app.core.processes.me", lambda: "other/1/2")
    assert ticking.tick(app) is True
