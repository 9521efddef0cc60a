"""`flask doctor` says what is wrong, in words and as JSON."""

import json
from datetime import timedelta

from app.core import clock, doctor, ticking, work
from app.extensions import db


def findings(app) -> dict:
    done = app.test_cli_runner().invoke(args=["doctor", "--json"])
    told = json.loads(done.stdout)
    assert done.exit_code == (0 if told["ok"] else 1)
    return {check["name"]: check for check in told["checks"]}


def test_a_healthy_installation_has_no_finding(app, valkey):
    ticking.tick(app)
    assert [check for check in findings(app).values() if not check["ok"]] == []


def test_a_clock_that_never_ticked_is_found(app, valkey):
    found = findings(app)["jam"]
    assert not found["ok"]
    assert "flask clock" in found["says"]


def test_dead_and_late_work_is_found(app, db_session, valkey):
    dead = work.later("no such kind", 1)
    work.later("late", 1, at=clock.now() - timedelta(minutes=10))
    db.session.commit()
    work.perform(dead)
    told = findings(app)
    assert not told["pekerjaan gagal"]["ok"]
    assert not told["pekerjaan tertunda"]["ok"]


def test_a_queue_that_is_away_is_found(app):
    app.extensions.pop("tanggap_queue", None)
    assert not findings(app)["antrean"]["ok"]


def test_a_mail_server_that_is_away_is_found(app, valkey, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://kantor:rahasia@127.0.0.1:1")
    found = findings(app)["surat"]
    assert not found["ok"]
    assert "rahasia" not in found["says"]


def test_a_mail_server_that_answers_is_well(app, valkey, mailbox, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", mailbox.url)
    assert findings(app)["surat"]["ok"]


def test_a_check_that_breaks_is_a_finding(app, valkey, monkeypatch):
    monkeypatch.setitem(doctor.CHECKS, "aneh", lambda: 1 / 0)
    assert "ZeroDivisionError" in findings(app)["aneh"]["says"]


def test_people_read_words(app, valkey):
    said = app.test_cli_runner().invoke(args=["doctor"]).stdout
    assert "basis data: " in said
    assert "{" not in said
