"""The stations in the head: only pages that exist and may be opened, counted under the same policy."""

import pytest

from app.extensions import db
from app.tickets import actions
from tests.factories import make_alert

OPERATOR, HEAD = "operator@diskominfo.demo", "kepala@diskominfo.demo"


def stations(page) -> dict[str, str]:
    return {a.attributes["href"]: a.text() for a in page.css("header .stations a")}


@pytest.mark.parametrize("who", [OPERATOR, HEAD, "admin@dpu.demo", "narahubung@dpu.demo", "pimpinan@kukar.demo"])
def test_every_station_can_be_opened_by_whom_it_is_shown_to(login, visit_as, who):
    client = login(who)
    shown = stations(visit_as(who)("/"))
    assert list(shown)[0] == "/" and "/tiket" in shown
    for url in shown:
        assert client.get(url).status_code == 200, url


def test_pantauan_is_shown_to_those_who_sort(visit_as):
    assert "/pantauan" in stations(visit_as(OPERATOR)("/"))
    for who in ("admin@dpu.demo", "pimpinan@kukar.demo"):
        assert "/pantauan" not in stations(visit_as(who)("/"))


def test_counts_are_the_readers_own_and_gold_is_the_readers_turn(visit_as, people):
    make_alert("Satu")
    for n in range(2):
        actions.promote([make_alert(f"Jalan {n}")], people[OPERATOR], {"opd": "DPU"})
    secret = actions.promote([make_alert("Terbatas")], people[OPERATOR], {"opd": "DPU"})
    actions.set_secrecy(secret, people[HEAD], named=[people[HEAD].person_id])
    db.session.commit()
    mine = visit_as("admin@dpu.demo")("/")
    assert mine.css_first('.stations a[href="/"] .turn-count').text().startswith("2")
    other = visit_as("admin@disdikbud.demo")("/")
    assert other.css_first(".turn-count") is None and stations(other)["/tiket"] == "Tiket"
    centre = visit_as(OPERATOR)("/")
    assert centre.css_first('.stations a[href="/pantauan"] .turn-count').text().startswith("1")
    assert stations(centre)["/tiket"].endswith("2")


def test_a_restricted_ticket_counts_for_whom_it_is_named_to(visit_as, people):
    secret = actions.promote([make_alert("Terbatas")], people[OPERATOR], {"opd": "DPU"})
    actions.set_secrecy(secret, people[HEAD], named=[people["narahubung@dpu.demo"].person_id])
    db.session.commit()
    desk = visit_as("narahubung@dpu.demo")("/")
    assert desk.css_first('.stations a[href="/"] .turn-count').text().startswith("1")
    assert desk.css_first("h1").text().startswith("Satu hal")
    queue = visit_as("narahubung@dpu.demo")("/tiket")
    assert queue.css_first(".pill[aria-current] .count").text() == "1"
    assert visit_as(OPERATOR)("/").css_first('.stations a[href="/"] .turn-count') is None


def test_the_present_station_is_marked(visit_as):
    page = visit_as(OPERATOR)("/pantauan")
    assert [a.attributes["href"] for a in page.css(".stations a[aria-current]")] == ["/pantauan"]


def test_fragments_ask_for_no_numbers(login, db_session, statements):
    alert = make_alert("Satu")
    client = login(OPERATOR)
    client.get("/pantauan")
    with statements() as seen:
        client.get(f"/pantauan/{alert.id}", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert not any("ticket_count" in statement for statement in seen)
    assert len(seen) <= 10, seen  # the alert, and one for each thing that hangs on it: mirror, shield, files, isu


@pytest.mark.parametrize(
    ("who", "path", "station"),
    [
        (OPERATOR, "/rtl", "/agenda"),
        ("admin@dpu.demo", "/rtl", "/rtl"),
        (OPERATOR, "/kalender", "/rakor"),
        (OPERATOR, "/impor", "/pengaturan"),
        (OPERATOR, "/pengaturan/sumber", "/pengaturan"),
    ],
)
def test_a_page_without_a_station_of_its_own_marks_the_one_it_belongs_to(visit_as, who, path, station):
    page = visit_as(who)(path)
    assert [a.attributes["href"] for a in page.css(".stations a[aria-current]")] == [station]


def test_an_operators_stations_fit_the_head_of_a_desk(visit_as):
    """Twelve with three counts lay under the search field at 1440 px."""
    assert len(stations(visit_as(OPERATOR)("/"))) <= 10
