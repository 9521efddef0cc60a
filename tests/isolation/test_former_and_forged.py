"""People who knew more once, people who guess, and forms that pretend to be from elsewhere."""

import re
from datetime import timedelta

import pytest

from app.core import clock
from app.extensions import db
from app.monitoring.models import Alert, Source
from app.people import actions as people_actions
from app.people.models import LoginSession, Person, Seat
from app.people.rules import Role, SeatKind
from app.tickets import actions
from tests.harness import client as browsing
from tests.isolation import world as worlds
from tests.isolation.test_side_doors import HX, OPERATOR, _ticket

A, B = worlds.A, worlds.B
HEAD = "kepala@diskominfo.demo"


def _alert(title: str) -> Alert:
    source = db.session.scalar(db.select(Source))
    alert = Alert(source_id=source.id, title=title, published_at=clock.now())
    db.session.add(alert)
    db.session.flush()
    return alert


def _handed_on(people):
    """A led it and took it on; it goes to B next."""
    return _ticket("Jalan rusak", people, A, ("take_on", f"admin@{A}.demo", {}))


def test_a_former_lead_learns_nothing_of_what_is_joined_later(people, login):
    ticket = _handed_on(people)
    early = _alert("Berita lama kanariqzx yang baru digabung")
    actions.move(ticket, "reroute", people[OPERATOR], {"opd": B.upper(), "reason": "Bukan"})
    actions.merge([early, _alert("Berita baru kanariqzx")], ticket, people[OPERATOR])
    actions.note(ticket, people[OPERATOR], "catatan kanariqzx", "shared")
    actions.move(ticket, "take_on", people[f"admin@{B}.demo"])
    late = actions.attach(ticket, people[f"admin@{B}.demo"], worlds._picture(), "kanariqzx.png")
    db.session.commit()
    browser = login(f"admin@{A}.demo")
    for path in (f"/tiket/{ticket.id}", f"/tiket/{ticket.id}/segar", "/tiket?tampilan=pernah", "/cari?q=berita"):
        for headers in ({}, HX):
            assert "kanariqzx" not in browser.get(path, headers=headers).text, path
    assert browser.get(f"/berkas/{late.id}").status_code == 404
    for block in ("status", "opd", "catatan", "berkas", "penugasan", "tingkat", "tenggat"):
        token = browsing.parse(browser.get("/").text).css_first('[name="csrf_token"]').attributes["value"]
        answer = browser.post(
            f"/tiket/{ticket.id}/{block}",
            data={"csrf_token": token, "text": "x", "audience": "shared", "move": "take_on"},
        )
        assert answer.status_code == 422


def test_a_poll_of_a_former_lead_does_not_stir_with_the_new_leads_work(people, login):
    ticket = _handed_on(people)
    actions.move(ticket, "reroute", people[OPERATOR], {"opd": B.upper(), "reason": "Bukan"})
    db.session.commit()
    browser = login(f"admin@{A}.demo")
    before = browser.get(f"/tiket/{ticket.id}/status", headers=HX).headers["HX-PTag"]
    actions.note(ticket, people[f"admin@{B}.demo"], "rahasia dapur", "internal")
    actions.assign(ticket, people[f"admin@{B}.demo"], str(people[f"admin@{B}.demo"].id))
    db.session.commit()
    assert browser.get(f"/tiket/{ticket.id}/status", headers=HX).headers["HX-PTag"] == before


def test_words_of_an_original_title_find_nothing_once_it_is_hidden(people, login):
    ticket = _ticket("Pelecehan di Kanarisekolah", people, A, ("take_on", f"admin@{A}.demo", {}))
    actions.move(ticket, "reroute", people[OPERATOR], {"opd": B.upper(), "reason": "Bukan"})
    actions.set_secrecy(ticket, people[HEAD], safe_title="Perkara anak")
    db.session.commit()
    for email in (f"admin@{A}.demo", f"admin@{B}.demo", "pimpinan@kukar.demo"):
        browser = login(email)
        for path in ("/cari?q=kanarisekolah", "/tiket?q=kanarisekolah", "/tiket?tampilan=pernah&q=kanarisekolah"):
            if path.startswith("/tiket?tampilan=pernah") and not email.startswith("admin"):
                continue
            assert f'href="/tiket/{ticket.id}"' not in browser.get(path).text, (email, path)


def test_proposing_a_stranger_tells_nothing_about_them(people, login):
    stranger = Person(name="Kanari Orang", email="ada@example.test", phone="0811kanari", nip="kanarinip")
    db.session.add(stranger)
    db.session.flush()
    seat = people[f"admin@{B}.demo"]
    db.session.add(
        Seat(person=stranger, opd=seat.opd, role=Role.NARAHUBUNG, kind=SeatKind.PLT, confirmed_at=clock.now())
    )
    db.session.commit()
    browser = login(f"admin@{A}.demo")
    told = []
    for email in ("ada@example.test", "tiada@example.test"):
        page = browsing.parse(browser.get("/orang").text)
        answer = browsing.submit(
            browser, page, 'form[action="/orang"]', name="Budi Baru", email=email, role="narahubung"
        )
        listed = browser.get("/orang").text
        assert "anari" not in listed.lower() and "anari" not in answer.text.lower()
        told.append((answer.status_code, answer.headers.get("Location")))
    assert told[0] == told[1]


NEXTS = (
    *("//evil.test", "/\\evil.test", "https://evil.test", "javascript:alert(1)", "/\t/evil.test", "/%09/evil.test"),
    *(
        "/keluar",
        "/penunjukan",
        "/%0d%0aSet-Cookie:a=b",
        "\\\\evil.test",
        "/%5cevil.test",
        "///evil.test",
        "/;@evil.test",
    ),
    *("http:/evil.test", "/masuk?next=/masuk", "/\u202eevil", "/static/../masuk", "/tiket\r\nX: y", "@evil.test"),
)


@pytest.mark.parametrize("wanted", NEXTS)
def test_next_leads_only_to_own_pages(client, people, wanted):
    page = browsing.parse(client.get("/masuk", query_string={"next": wanted}).text)
    answer = browsing.submit(client, page, 'form[action^="/masuk"]', email=OPERATOR, password=browsing.PASSWORD)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
    assert client.get("/masuk", query_string={"next": wanted}).headers["Location"] == "/"


def test_a_session_is_new_at_sign_in_and_dead_after_every_change(app, people, login):
    seat = people[f"admin@{A}.demo"]
    visitor = app.test_client()
    visitor.get("/masuk")
    before = visitor.get_cookie("tanggap").value
    login(visitor, f"admin@{A}.demo")
    assert visitor.get_cookie("tanggap").value != before
    planted = app.test_client()
    planted.set_cookie("tanggap", before)
    assert planted.get("/tiket").status_code == 303
    ended = {
        "switched off": lambda: people_actions.set_active(seat.person, False, people[HEAD]),
        "on again": lambda: people_actions.set_active(seat.person, True, people[HEAD]),
        "password": lambda: people_actions.change_password(seat.person, "gunung-sungai-2099", None),
    }
    assert visitor.get("/tiket").status_code == 200
    for name, act in ended.items():
        act()
        db.session.commit()
        assert visitor.get("/tiket").status_code == 303, name
    assert (
        db.session.scalar(db.select(db.func.count()).select_from(LoginSession).where(LoginSession.seat_id == seat.id))
        == 0
    )


def test_a_seat_that_ends_by_date_ends_its_session_and_its_links(client, people, login):
    seat = people[f"admin@{A}.demo"]
    ticket = _ticket("Jalan", people, A)
    secret = people_actions.mint_link("ticket", ticket.stream, seat.person_id, seat.id)
    browser = login(f"admin@{A}.demo")
    seat.ends_on = clock.today() - timedelta(days=1)
    db.session.commit()
    assert browser.get("/tiket").status_code == 303
    assert client.get(f"/t/{secret}").status_code == 404
    assert client.post(f"/t/{secret}/status", data={"move": "take_on"}).status_code == 404


def test_forms_from_elsewhere_are_refused(app, people, login):
    ticket = _ticket("Jalan", people, A)
    mine, other = login(f"admin@{A}.demo"), login(f"narahubung@{A}.demo")
    token = browsing.parse(other.get("/").text).css_first('[name="csrf_token"]').attributes["value"]
    own = browsing.parse(mine.get("/").text).css_first('[name="csrf_token"]').attributes["value"]
    path = f"/tiket/{ticket.id}/status"
    for data, headers, expected in (
        ({}, {}, 400),
        ({"csrf_token": token}, {}, 400),
        ({"csrf_token": "x"}, {}, 400),
        ({"csrf_token": own}, {"Origin": "http://evil.test"}, 403),
        ({"csrf_token": own}, {"Origin": "null"}, 403),
        ({"csrf_token": own}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({"csrf_token": own}, {"Sec-Fetch-Site": "same-site"}, 403),
        ({"csrf_token": own, "acting": "999"}, {}, 409),
        ({"csrf_token": own, "acting": str(people[OPERATOR].id)}, {}, 409),
    ):
        assert mine.post(path, data=data | {"move": "take_on"}, headers=headers).status_code == expected, (
            data,
            headers,
        )
    assert mine.post("/penunjukan", data={"csrf_token": own, "seat": people[OPERATOR].id}).status_code == 404
    db.session.refresh(ticket)
    assert ticket.state == "forwarded"


def test_no_spelling_gets_around_the_pause(client, people):
    """Ten wrong passwords pause the account, whatever case, spaces or claimed address."""
    codes = []
    for n in range(14):
        page = browsing.parse(client.get("/masuk").text)
        token = page.css_first('[name="csrf_token"]').attributes["value"]
        email = (
            "Operator@Diskominfo.Demo",
            " operator@diskominfo.demo ",
            "OPERATOR@DISKOMINFO.DEMO",
            "operator@diskominfo.demo\u200b",
            "ｏperator@diskominfo.demo",
        )[n % 5]
        data = {"csrf_token": token, "email": email, "password": "salah"}
        codes.append(client.post("/masuk", data=data, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code)
    assert codes[-1] == 429, codes
    unknown = client.post("/masuk", data=data | {"email": "tiada@example.test"})
    assert unknown.status_code == 422
    assert re.search("Email atau kata sandi tidak cocok", unknown.text)
