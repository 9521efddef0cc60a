"""Side doors that a crawl of addresses does not open: forms filled ahead, filters, polls, words that only some may know."""

import pytest

from app.core import clock
from app.extensions import db
from app.monitoring.models import Alert, Source
from app.people.actions import mint_link
from app.tickets import actions
from app.tickets.models import Ticket
from tests.isolation import world as worlds

A, B = worlds.A, worlds.B
OPERATOR = "operator@diskominfo.demo"
HX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def world(people):
    return worlds.build(people)


def _ticket(title: str, people, opd: str, *moves) -> Ticket:
    """A ticket of one alert, forwarded, with (move, email, values) made on it. Commits."""
    source = db.session.scalar(db.select(Source)) or Source(name="Umpan", kind="rss")
    db.session.add(source)
    db.session.flush()
    alert = Alert(source_id=source.id, title=title, published_at=clock.now())
    db.session.add(alert)
    db.session.flush()
    ticket = actions.promote([alert], people[OPERATOR], {"opd": opd.upper()})
    for name, email, values in moves:
        actions.move(ticket, name, people[email], values)
    db.session.commit()
    return ticket


DRAFT = "kanaridrafqzx belum disetujui"


def test_a_draft_does_not_travel_to_the_next_lead(people, login):
    ticket = _ticket(
        "Jalan",
        people,
        A,
        ("take_on", f"admin@{A}.demo", {}),
        ("submit", f"admin@{A}.demo", {"answer": DRAFT}),
        ("reroute", OPERATOR, {"opd": B.upper(), "reason": "Jalan sekolah"}),
        ("take_on", f"admin@{B}.demo", {}),
    )
    for email in (f"admin@{B}.demo", f"narahubung@{B}.demo"):
        assert DRAFT not in login(email).get(f"/tiket/{ticket.id}").text
    actions.move(ticket, "submit", people[f"admin@{B}.demo"], {"answer": "Jawaban sendiri"})
    actions.move(ticket, "send_back", people[f"narahubung@{B}.demo"], {"note": "Perbaiki"})
    db.session.commit()
    for email in (f"admin@{B}.demo", f"narahubung@{B}.demo", OPERATOR):
        assert DRAFT not in login(email).get(f"/tiket/{ticket.id}").text


def test_krisis_is_no_word_that_an_opd_can_filter_by(people, login):
    ticket = _ticket("Jalan amblas", people, A)
    actions.set_level(ticket, people["kepala@diskominfo.demo"], "krisis")
    db.session.commit()
    browser = login(f"admin@{A}.demo")
    link = f'href="/tiket/{ticket.id}"'
    assert link in browser.get("/tiket?tampilan=semua&tingkat=sangat_segera").text
    answer = browser.get("/tiket?tampilan=semua&tingkat=krisis").text
    assert (link in answer) == (link in browser.get("/tiket?tampilan=semua").text)
    assert "krisis" not in browser.get(f"/tiket/{ticket.id}").text.lower()


def test_a_query_string_cannot_steer_links(people, login):
    browser = login(OPERATOR)
    for path in ("/tiket", "/pantauan", "/surat-keluar", "/cari", "/orang", "/pantauan/baru"):
        for query in ("_external=1&_scheme=javascript&q=a", "endpoint=x", "_anchor=x", "_method=POST", "self=1"):
            answer = browser.get(f"{path}?{query}", headers=HX)
            assert answer.status_code == 200
            assert "javascript:" not in answer.text


ODD = ("²", "٣", "-1", "2147483648", "9" * 17, "1e9", "x%00y", "²-1", "1-²", "99999999999999999-1", "9-999999999999999")
CURSORS = ("/tiket?sebelum={}", "/tiket?urut=tenggat&sebelum=n{}", "/cari?q=jalan&tiket={}", "/orang?sesudah={}")
NUMBERED = (
    *("/tiket?q={}", "/cari?q={}", "/tiket?opd={}", "/tiket/{}", "/berkas/{}", "/t/{}", "/undangan/{}", "/orang?q={}"),
    *CURSORS,
)
OF_OFFICE = (
    *("/surat-keluar?sebelum={}", "/cari?q=jalan&pantauan={}", "/pantauan?sumber={}", "/pantauan?sebelum={}"),
    *("/pantauan?q=jalan&sebelum={}", "/pantauan?q={}", "/pantauan/baru?sejak={}", "/pantauan/pilihan?ids={}"),
    *("/pantauan?opd={}", "/pantauan/{}", "/pengaturan/orang?sesudah={}", "/pengaturan/orang?sesudah={}%20x"),
    *("/pengaturan/libur?tahun={}", "/pengaturan/opd/{}", "/pengaturan/opd?q={}", "/pengaturan/sumber/{}"),
)


@pytest.mark.parametrize(
    ("email", "paths"), [(f"admin@{A}.demo", NUMBERED), ("kepala@diskominfo.demo", OF_OFFICE + CURSORS)]
)
def test_odd_numbers_in_addresses_break_nothing(people, login, email, paths):
    _ticket("Jalan", people, A)
    browser = login(email)
    asked = [path.format(odd) for path in paths for odd in ODD]
    assert not [path for path in asked if browser.get(path, headers=HX).status_code >= 500]


def test_a_citizens_account_is_named_to_diskominfo_only(client, people, login):
    """Neither on the page of the ticket nor behind its personal link."""
    source = Source(name="ISA", kind="sheet")
    db.session.add(source)
    db.session.flush()
    facts = {"source_id": source.id, "published_at": clock.now(), "channel": "medsos", "author": "@KanariWarga"}
    post = Alert(title="kanariwarga: jalan berlubang", url="https://x.test/kanariwarga/status/1", media="X", **facts)
    plain = Alert(title="Jalan berlubang", url="https://x.test/p/2", media="@kanariwarga", **facts)
    db.session.add_all([post, plain])
    db.session.flush()
    ticket = actions.promote([post, plain], people[OPERATOR], {"opd": A.upper(), "title": "Jalan berlubang"})
    seat = people[f"narahubung@{A}.demo"]
    secret = mint_link("ticket", ticket.stream, seat.person_id, seat.id)
    db.session.commit()
    readers = {email: login(email) for email in (f"admin@{A}.demo", "pimpinan@kukar.demo", OPERATOR)}
    pages = {email: browser.get(f"/tiket/{ticket.id}").text for email, browser in readers.items()}
    pages["link"] = client.get(f"/t/{secret}").text
    assert "kanariwarga" in pages.pop(OPERATOR).lower()
    for reader, page in pages.items():
        assert "kanariwarga" not in page.lower(), reader
        assert "akun warga" in page, reader
        assert "https://x.test/p/2" in page, reader
