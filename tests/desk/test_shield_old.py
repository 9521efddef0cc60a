"""What was stored before there was a shield is masked by a command: in batches, as often as one likes."""

import pytest
from sqlalchemy import select

from app.core import search
from app.core.doctor import examine
from app.extensions import db
from app.monitoring.actions import shielding
from app.monitoring.actions.isu import put_together
from app.monitoring.models import Alert, IngestRun, Isu, RejectedRow, Shielded
from app.monitoring.rules.kinds import Channel
from app.tickets.models import Ticket
from tests.desk.test_sorting import opened
from tests.factories import make_alert, make_source
from tests.tickets.desk import OPERATOR

PHONE = "081234567890"
TITLE = f"Atap roboh, hubungi {PHONE}"


@pytest.fixture
def run(app):
    def command(*args):
        db.session.commit()
        done = app.test_cli_runner().invoke(args=["shield", "old", *args])
        assert done.exit_code == 0, done.output
        db.session.expire_all()
        return done.output

    return command


def old(title=TITLE, **values) -> Alert:
    alert = make_alert(title, channel=Channel.SOCIAL, **{"author": "budi_santoso91", "text": "Isi"} | values)
    search.put("alert", alert.id, f"{alert.title} {alert.text}")
    return alert


def found(words: str) -> list[int]:
    return [row.ref_id for row in db.session.execute(search.matches("alert", words))]


def test_words_author_fields_and_search_are_masked_and_the_original_kept(run, db_session):
    alert = old(text="Kata budi_santoso91", raw={"akun": "budi_santoso91", "no": 1})
    assert found(PHONE) == [alert.id]
    assert "1 pantauan" in run()
    assert (alert.title, alert.text) == ("Atap roboh, hubungi [nomor telepon]", "Kata [akun warga]")
    assert alert.author == "[akun warga]" and alert.raw == {"akun": "[akun warga]", "no": 1}
    kept = db.session.get(Shielded, alert.id)
    assert (kept.title, kept.author) == (TITLE, "budi_santoso91") and "nomor telepon" in kept.kinds
    assert not found(PHONE) and found("roboh") == [alert.id]


def test_again_it_changes_nothing_and_what_is_clean_is_left_alone(run, db_session):
    alert, clean = old(), make_alert("Jalan rusak", author="Rina Wartawan")
    run()
    before = alert.version, clean.version
    assert "0 pantauan" in run() and (alert.version, clean.version) == before
    assert db.session.get(Shielded, clean.id) is None and before[1] == 1


def test_ticket_and_isu_of_that_title_go_along_others_keep_theirs(run, people):
    alert, other = old(), old(f"Lampu padam, hubungi {PHONE}")
    ticket, isu = opened(alert, people), put_together([alert], people[OPERATOR])
    named = opened(other, people, title="Lampu jalan")
    run()
    assert db.session.get(Ticket, ticket.id).title == db.session.get(Isu, isu.id).title == alert.title
    assert PHONE not in alert.title and db.session.get(Ticket, named.id).title == "Lampu jalan"
    assert not list(db.session.execute(search.matches("ticket", PHONE)))
    assert not list(db.session.execute(search.matches("isu", PHONE)))


def test_a_sensitive_one_is_found_by_its_judul_aman_alone(run, db_session):
    alert = old(sensitive=True, safe_title="Perkara anak di Anggana")
    run()
    assert PHONE not in alert.title and found("anggana") == [alert.id] and not found("roboh")


def test_it_goes_on_where_it_was_stopped_and_the_doctor_sees_what_is_left(run, db_session, monkeypatch):
    monkeypatch.setattr(shielding, "BATCH", 2)
    alerts = [old() for _ in range(5)]
    db.session.commit()

    def advised() -> bool:
        db.session.rollback()
        return next(f for f in examine() if f.name == "data pribadi lama").advice

    shielding.shield_alerts(None)
    db.session.commit()
    assert [PHONE in alert.title for alert in alerts] == [True, True, True, False, False] and advised()
    output = run("--before", str(alerts[3].id))
    assert f"Sampai pantauan {alerts[1].id}: 2 disamarkan" in output and "3 pantauan" in output
    assert not any(PHONE in alert.title for alert in alerts) and not advised()


def test_rows_that_were_not_taken_are_masked_too(run, db_session):
    source = make_source(channel=Channel.COMPLAINT)
    reading = IngestRun(source_id=source.id)
    db.session.add(reading)
    db.session.flush()
    db.session.add(RejectedRow(run_id=reading.id, row_no=1, reason="Tanpa tanggal", raw={"isi": f"Hubungi {PHONE}"}))
    assert "1 baris" in run()
    assert db.session.scalar(select(RejectedRow)).raw == {"isi": "Hubungi [nomor telepon]"}
