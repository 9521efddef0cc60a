"""`flask doctor` says what is wrong, in words and as JSON."""

import json
from datetime import date, timedelta
from pathlib import Path

from app import create_app
from app.core import backup, clock, doctor, ticking, work
from app.core.calendar import Holiday
from app.extensions import db
from app.monitoring.models import Source
from tests.factories import make_source


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
    monkeypatch.setitem(doctor.CHECKS, "aneh", doctor.Check(lambda: 1 / 0, "", False, True))
    assert "ZeroDivisionError" in findings(app)["aneh"]["says"]


def test_people_read_words(app, valkey):
    said = app.test_cli_runner().invoke(args=["doctor"]).stdout
    assert "basis data: " in said
    assert "{" not in said


def test_what_the_office_has_in_hand_is_advice_and_no_finding(app, people, valkey):
    ticking.tick(app)
    found = findings(app)
    for name in ("narahubung", "cuti bersama", "cadangan"):
        assert found[name]["ok"] and found[name]["advice"] and found[name]["do"], name
    assert "2 OPD tanpa narahubung: Diskominfo, Setda" in found["narahubung"]["says"]
    db.session.add(Holiday(day=date(clock.today().year + 1, 12, 24), name="Cuti bersama Natal", collective_leave=True))
    db.session.commit()
    assert not findings(app)["cuti bersama"]["advice"]


def test_a_backup_is_remembered(app, db_session, valkey, tmp_path):
    note = Path(app.config["INSTANCE_PATH"]) / backup.LAST
    try:
        assert app.test_cli_runner().invoke(args=["backup", str(tmp_path / "cadangan")]).exit_code == 0
        told = findings(app)["cadangan"]
        assert not told["advice"] and told["says"] == f"terakhir {clock.short(backup.last_made())}"
    finally:
        note.unlink(missing_ok=True)


def test_a_database_that_was_not_set_up_cannot_be_examined(tmp_path):
    other = create_app({"INSTANCE_PATH": tmp_path / "baru", "DATABASE_URL": f"sqlite:///{tmp_path}/kosong.db"})
    done = other.test_cli_runner().invoke(args=["doctor", "--json"])
    assert done.exit_code == 2 and "flask --app wsgi setup" in json.loads(done.stdout)["checks"][0]["says"]


def test_sources_that_fail_for_long_and_feeds_nobody_asks_are_found(app, db_session, valkey):
    now = clock.now()
    make_source("Radar Pesut", trouble="Tidak menjawab.", worked_at=now - timedelta(days=2), polled_at=now)
    make_source("Baru sakit", trouble="Tidak menjawab.", worked_at=now - timedelta(hours=2), polled_at=now)
    db.session.commit()
    found = findings(app)
    assert found["sumber sakit"]["says"] == "gagal lebih dari sehari: Radar Pesut" and found["sumber sakit"]["advice"]
    assert found["pengambilan umpan"]["ok"]
    for source in db.session.scalars(db.select(Source)):
        source.polled_at, source.next_poll_at = now - timedelta(hours=3), now - timedelta(hours=2)
    db.session.commit()
    assert not findings(app)["pengambilan umpan"]["ok"]
