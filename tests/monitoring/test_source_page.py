"""A source's own page: what it brings, what became of it, and what to do when it is ill."""

from datetime import timedelta

import pytest

from app.core import clock
from app.monitoring import queries
from app.monitoring.models import IngestRun
from app.monitoring.rules.health import OTHERWISE, advice
from app.monitoring.rules.kinds import AlertState, RunState
from app.tickets import actions as tickets
from tests.factories import make_alert, make_source

OPERATOR = "operator@diskominfo.demo"
KEPALA = "kepala@diskominfo.demo"
BUDGET = 10


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
    monkeypatch.setattr("app.monitoring.queries.outcome.MOST_BECAME", 2)
    source = make_source()
    for _ in range(4):
        make_alert(source=source)
    assert queries.became(source.id, people[OPERATOR]) == {"new": 2, "ticketed": 0, "ignored": 0}


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


def test_each_day_tells_what_is_ignored_and_what_became_tickets(visit_as, db_session, people):
    source = make_source()
    for state, days in (
        (AlertState.IGNORED, 0),
        (AlertState.IGNORED, 3),
        (AlertState.IGNORED, 3),
        (AlertState.TICKETED, 3),
    ):
        make_alert(source=source, state=state, published_at=clock.now() - timedelta(days=days))
    make_alert(source=source, state=AlertState.IGNORED, published_at=clock.now() - timedelta(days=20))
    make_alert(state=AlertState.IGNORED)
    by_day, today = queries.sorted_by_day(source.id, people[OPERATOR]), clock.today()
    assert by_day == {today: {"ignored": 1}, today - timedelta(days=3): {"ignored": 2, "ticketed": 1}}
    rows = visit_as(OPERATOR)(f"/pengaturan/sumber/{source.id}").css("[aria-labelledby=h-dibawa] tbody tr")
    assert [[cell.text() for cell in row.css("td")] for row in rows] == [["0", "1", "0"], ["0", "2", "1"]]


def test_the_latest_ten_are_listed_whatever_became_of_them(visit_as, db_session, people):
    source = make_source()
    states = list(AlertState)
    for n in range(12):
        make_alert(f"Berita ke-{n}", source, state=states[n % 3], published_at=clock.now() - timedelta(hours=n + 1))
    make_alert("Milik sumber lain")
    secret = make_alert("Nama anak itu", source, sensitive=True, safe_title="Perkara anak", published_at=clock.now())
    page = visit_as(OPERATOR)(f"/pengaturan/sumber/{source.id}")
    titles = [link.text() for link in page.css("[aria-labelledby=h-pantauan] tbody a")]
    assert titles == ["Perkara anak", *(f"Berita ke-{n}" for n in range(9))]
    assert page.css_first("[aria-labelledby=h-pantauan] a").attributes["href"] == f"/pantauan/{secret.id}"
    assert "Nama anak" not in page.html


def test_what_is_behind_a_restricted_ticket_is_no_title_and_no_number(visit_as, db_session, people):
    source, operator, head = make_source(), people[OPERATOR], people[KEPALA]
    open_one, hidden = make_alert("Jalan rusak", source), make_alert("Perkara terbatas", source)
    tickets.promote([open_one], operator, {"opd": "DPU"})
    ticket = tickets.promote([hidden], operator, {"opd": "DPU"})
    tickets.set_secrecy(ticket, head, named=[head.person_id])
    said = {
        email: " ".join(visit_as(email)(f"/pengaturan/sumber/{source.id}").text().split())
        for email in (OPERATOR, KEPALA)
    }
    assert "1 masuk, 0 diabaikan, 1 menjadi tiket" in said[OPERATOR] and "Perkara terbatas" not in said[OPERATOR]
    assert "2 masuk, 0 diabaikan, 2 menjadi tiket" in said[KEPALA] and "Perkara terbatas" in said[KEPALA]
    assert queries.sorted_by_day(source.id, operator)[clock.today()]["ticketed"] == 1
    assert queries.became(source.id, people["pimpinan@kukar.demo"])["ticketed"] == 0


def test_a_source_that_brought_nothing_says_so(visit_as, db_session, people):
    assert "Tidak ada yang baru dalam 14 hari terakhir" in text_of(visit_as, make_source())


@pytest.mark.parametrize("many", [1, 40])
def test_the_page_costs_the_same_however_much_came(login, db_session, statements, many):
    source = make_source()
    for n in range(many):
        make_alert(source=source)
        ran(db_session, source, 1, days=n % 14)
    client, url = login(OPERATOR), f"/pengaturan/sumber/{source.id}"
    client.get(url)
    with statements() as seen:
        assert client.get(url).status_code == 200
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
