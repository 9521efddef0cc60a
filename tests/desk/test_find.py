"""/cari: what is not visible shapes neither results nor pages."""

import pytest

from app.core import search
from app.extensions import db
from app.monitoring.actions.isu import put_together
from app.tickets import actions
from tests.factories import make_alert, make_source

OPERATOR, HEAD, ADMIN, OTHER = (
    "operator@diskominfo.demo", "kepala@diskominfo.demo", "admin@dpu.demo", "admin@disdikbud.demo",
)  # fmt: skip


def opened(people, title, **values):
    alert = make_alert(title)
    search.put("alert", alert.id, title)
    ticket = actions.promote([alert], people[OPERATOR], values)
    db.session.commit()
    return ticket


def found(page, section="Tiket") -> list[str]:
    return [a.text().strip() for a in page.css(f'section[aria-label="{section}"] h3 a')]


def test_diskominfo_finds_tickets_and_alerts_an_opd_its_own_tickets(visit_as, people):
    opened(people, "Jalan rusak satu", opd="DPU")
    opened(people, "Jalan rusak dua", opd="DISDIKBUD")
    page = visit_as(OPERATOR)("/cari?q=rusak")
    assert found(page) == ["Jalan rusak dua", "Jalan rusak satu"]
    assert found(page, "Pantauan") == ["Jalan rusak dua", "Jalan rusak satu"]
    mine = visit_as(ADMIN)("/cari?q=rusak")
    assert found(mine) == ["Jalan rusak satu"] and mine.css_first('section[aria-label="Pantauan"]') is None


def test_leaders_find_tickets_and_isu_but_no_alerts(visit_as, people):
    opened(people, "Jalan rusak", opd="DPU")
    put_together([make_alert("Jalan berlubang")], people[OPERATOR], "Jalan poros rusak")
    db.session.commit()
    page = visit_as("pimpinan@kukar.demo")("/cari?q=jalan")
    assert found(page) == ["Jalan rusak"] and found(page, "Isu") == ["Jalan poros rusak"]
    assert found(page, "Pantauan") == []
    assert found(visit_as(OPERATOR)("/cari?q=poros"), "Isu") == ["Jalan poros rusak"]
    assert found(visit_as(ADMIN)("/cari?q=poros"), "Isu") == []


def test_further_pages_of_isu_show_isu_alone(visit_as, people):
    opened(people, "Jalan rusak", opd="DPU")
    for number in range(51):
        put_together([make_alert(f"Perkara {number}")], people[OPERATOR], f"Jalan perkara {number}")
    db.session.commit()
    first = visit_as(OPERATOR)("/cari?q=jalan")
    older = visit_as(OPERATOR)(first.css_first('section[aria-label="Isu"] .pager a').attributes["href"])
    assert len(found(first, "Isu")) == 50 and found(older, "Isu") == ["Jalan perkara 0"] and not found(older)


@pytest.mark.parametrize("words", ["#{0}", "{0}", "{1}"])
def test_a_number_finds_its_ticket_for_those_who_may_see_it(visit_as, people, words):
    ticket = opened(people, "Jalan rusak", opd="DPU")
    address = "/cari?q=" + words.format(ticket.number, ticket.id).replace("#", "%23")
    assert found(visit_as(ADMIN)(address)) == ["Jalan rusak"]
    assert found(visit_as(OTHER)(address)) == []


def test_a_restricted_ticket_and_its_alert_are_found_by_nobody_else(visit_as, people):
    ticket = opened(people, "Kanari terbatas", opd="DPU")
    actions.set_secrecy(ticket, people[HEAD], named=[people[HEAD].person_id])
    db.session.commit()
    for who in (OPERATOR, ADMIN, "pimpinan@kukar.demo"):
        for words in ("kanari", f"%23{ticket.number}"):
            assert "Kanari terbatas" not in visit_as(who)(f"/cari?q={words}").html


def test_a_former_lead_finds_its_proof_apart(visit_as, people):
    ticket = opened(people, "Jalan rusak", opd="DISDIKBUD")
    actions.move(ticket, "reroute", people[OPERATOR], {"opd": "DPU", "reason": "Jalan kabupaten."})
    page = visit_as(OTHER)("/cari?q=jalan")
    assert found(page) == [] and found(page, "Pernah dipegang OPD Anda") == ["Jalan rusak"]


def test_what_others_have_neither_shortens_nor_lengthens_my_pages(visit_as, people):
    for n in range(25):
        opened(people, f"Jalan mereka {n}", opd="DISDIKBUD")
        opened(people, f"Jalan kami {n}", opd="DPU")
    visit = visit_as(ADMIN)
    first = visit("/cari?q=jalan")
    rest = visit(first.css_first('a[rel="next"]').attributes["href"])
    assert len(found(first)) == 20 and len(found(rest)) == 5
    assert not any("mereka" in title for title in found(first) + found(rest))
    assert rest.css_first('a[rel="next"]') is None


def test_alerts_page_on_their_own(visit_as, people):
    source = make_source()
    for n in range(25):
        search.put("alert", make_alert(f"Sampah {n}", source).id, f"Sampah {n}")
    visit = visit_as(OPERATOR)
    first = visit("/cari?q=sampah")
    rest = visit(first.css_first('a[rel="next"]').attributes["href"])
    assert len(found(first, "Pantauan")) == 20 and len(found(rest, "Pantauan")) == 5


@pytest.mark.parametrize(
    "words", ["", "   ", "???", "%22OR%22", "AND", "NEAR(", "a*b", "zzticketzz", "x" * 500, "&q=1"]
)
def test_no_words_break_the_search(visit_as, people, words):
    opened(people, "Jalan rusak", opd="DISDIKBUD")
    assert found(visit_as(ADMIN)(f"/cari?q={words}")) == []


def test_typed_scopes_do_not_widen(visit_as, people):
    ticket = opened(people, "Jalan rusak", opd="DISDIKBUD")
    for words in (f"zzopd{ticket.lead_opd_id}zz", f"zzformer{ticket.lead_opd_id}zz rusak", "zzticketzz jalan"):
        assert found(visit_as(ADMIN)(f"/cari?q={words}")) == []


def test_search_asks_a_handful_of_statements(login, people, statements):
    for n in range(30):
        opened(people, f"Jalan rusak {n}", opd="DPU")
    client = login(OPERATOR)
    client.get("/cari?q=jalan")
    with statements() as seen:
        client.get("/cari?q=jalan")
    assert len(seen) <= 8, seen


def test_nobody_signed_in_is_asked_to(client):
    assert client.get("/cari?q=jalan").status_code == 303
