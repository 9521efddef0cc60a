"""Saved views: own, the OPD's, everybody's; and the page that a day begins with."""

import pytest

from app.extensions import db
from app.people.models import SavedView, StartPage
from app.people.queries import start_of
from tests.harness import client as browsing

ADMIN, COLLEAGUE, OTHER, OPERATOR = (
    "admin@disdikbud.demo", "narahubung@disdikbud.demo", "admin@dpu.demo", "operator@diskominfo.demo",
)  # fmt: skip


def save(browser, whom="saya", name="Yang mendesak", path="/tiket", query="tingkat=segera&sebelum=3-4"):
    return browsing.post(browser, "/tampilan", name=name, path=path, query=query, whom=whom)


def names(page) -> list[str]:
    return [link.text() for link in page.css("nav[aria-label='Tampilan tersimpan'] a")]


@pytest.mark.parametrize(("whom", "readers"), [("saya", [ADMIN]), ("opd", [ADMIN, COLLEAGUE])])
def test_who_sees_it(whom, readers, people, login, visit_as):
    save(login(ADMIN), whom)
    seen = [who for who in (ADMIN, COLLEAGUE, OTHER, OPERATOR) if names(visit_as(who)("/tiket"))]
    assert seen == readers


def test_diskominfo_shares_with_all_an_opd_does_not(people, login, visit_as):
    save(login(ADMIN), "semua", "Bukan untuk semua")
    save(login(OPERATOR), "semua", "Untuk semua")
    assert [name.split()[0] for name in names(visit_as(OTHER)("/tiket"))] == ["Untuk"]


def test_it_keeps_the_filters_and_forgets_the_page(people, login):
    answer = save(login(ADMIN))
    assert answer.location.endswith("/tiket?tingkat=segera")


@pytest.mark.parametrize("path", ["/surat-keluar", "https://jahat.example/", "//jahat.example", "/tiket/1"])
def test_only_lists_can_be_saved(path, people, login):
    answer = save(login(ADMIN), path=path)
    assert answer.location == "/" and db.session.query(SavedView).count() == 0


def test_a_day_begins_where_the_seat_wants(people, login, visit_as):
    browser = login(ADMIN)
    save(browser)
    view = db.session.query(SavedView).one()
    browsing.post(browser, f"/tampilan/{view.id}", do="awal")
    assert db.session.get(StartPage, people[ADMIN].id).view_id == view.id
    assert start_of(people[ADMIN]) == "/tiket?tingkat=segera" and start_of(people[COLLEAGUE]) == "/"
    browsing.post(browser, f"/tampilan/{view.id}", do="hapus")
    db.session.expire_all()
    assert db.session.query(SavedView).count() == db.session.query(StartPage).count() == 0


def test_anothers_view_is_not_there(people, login):
    save(login(ADMIN))
    view = db.session.query(SavedView).one()
    assert browsing.post(login(OTHER), f"/tampilan/{view.id}", do="hapus").status_code == 404


def test_a_colleague_does_not_throw_away_what_is_not_theirs(people, login):
    save(login(ADMIN), "opd")
    view = db.session.query(SavedView).one()
    browsing.post(login(COLLEAGUE), f"/tampilan/{view.id}", do="hapus")
    assert db.session.query(SavedView).count() == 1
