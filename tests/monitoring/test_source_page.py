"""A source's own page: what it brings, what became of it, and what to do when it is ill."""

from datetime import timedelta

import pytest

from app.core import clock
from app.monitoring import queries
from app.monitoring.models import IngestRun
from app.monitoring.rules.health import OTHERWISE, advice
from app.monitoring.rules.kinds import AlertState, RunState
from tests.factories import make_alert, make_source

OPERATOR = "operator@diskominfo.demo"
BUDGET = 8


def ran(session, source, new, **ago):
    started = clock.now() - timedelta(**ago)
    session.add(IngestRun(source_id=source.id, state=RunState.DONE, new=new, started_at=started))
    session.flush()


def text_of(visit_as, source) -> str:
    return " ".join(visit_as(OPERATOR)(f"/pengaturan/sumber/{source.id}").text().split())


def test_it_tells_in_one_sentence_what_became_of_thirty_days(visit_as, db_session, people):
    source, other = make_source(), make_source()
    for state, many in ((AlertState.NEW, 2), (AlertState.IGNORED, 3), (AlertState.TICKETED, 1)):
        for _ in range(many):
            make_alert(source=source, state=state)
    make_alert(source=source, published_at=clock.now() - timedelta(days=31))
    make_alert(source=other)
    assert "6 masuk, 3 diabaikan, 1 menjadi tiket, 2 belum dipilah" in text_of(visit_as, source)


def test_a_count_has_an_end(db_session, people, monkeypatch):
    monkeypatch.setattr("app.monitoring.queries.sources.MOST_BECAME", 2)
    source = make_source()
    for _ in range(4):
        make_alert(source=source)
    assert queries.became(source.id) == {"new": 2, "ticketed": 0, "ignored": 0}


def test_days_are_the_offices_own_and_older_ones_are_left_out(db_session, people):
    source = make_source()
    ran(db_session, source, 4, seconds=0)
    ran(db_session, source, 3, seconds=0)
    ran(db_session, source, 5, days=2)
    ran(db_session, source, 9, days=14)
    ran(db_session, make_source(), 7, days=1)
    days = queries.brought_by_day(source.id)
    assert [new for _, new in days] == [7, 0, 5] + [0] * 11
    assert days[0][0] == clock.today()


def test_a_source_that_brought_nothing_says_so(visit_as, db_session, people):
    assert "Tidak ada yang baru dalam 14 hari terakhir" in text_of(visit_as, make_source())


@pytest.mark.parametrize("many", [1, 40])
def test_the_page_costs_the_same_however_much_came(login, db_session, statements, many):
    source = make_source()
    for n in range(many):
        make_alert(source=source)
        ran(db_session, source, 1, days=n % 14)
    client = login(OPERATOR)
    client.get(f"/pengaturan/sumber/{source.id}")
    with statements() as seen:
        assert client.get(f"/pengaturan/sumber/{source.id}").status_code == 200
    assert len(seen) <= BUDGET, seen


def test_an_ill_source_says_why_what_to_do_and_when_it_is_asked_again(visit_as, db_session, people):
    trouble = "Alamat umpan tidak ditemukan (404). Periksa alamatnya."
    at = clock.now() + timedelta(hours=1)
    said = text_of(visit_as, make_source(trouble=trouble, failures=3, next_poll_at=at))
    assert trouble in said and "Gagal 3 kali berturut-turut" in said and "Dicoba lagi" in said
    assert "cari tautan RSS, lalu ubah alamat di sini" in said


def test_a_well_source_gets_no_advice(visit_as, db_session, people):
    assert "Yang bisa dilakukan" not in text_of(visit_as, make_source(worked_at=clock.now()))


@pytest.mark.parametrize(
    "trouble, word",
    [
        ("Situs menyatakan umpan ini sudah dihapus (410).", "Lanjutkan"),
        ("Sertifikat keamanan situs tidak sah.", "Sertifikat"),
        ("Situs tidak menjawab dalam 20 detik.", "lambat"),
        ("Situs meminta kita lebih jarang mengambil (429).", "Perpanjang"),
        ("Situs sedang bermasalah (503).", "dicoba lagi sendiri"),
    ],
)
def test_each_trouble_has_its_own_advice(trouble, word):
    assert word in advice(trouble) != OTHERWISE


def test_what_is_no_feed_is_answered_with_where_to_look():
    assert advice("Isinya bukan umpan.") == OTHERWISE and advice("") == ""
