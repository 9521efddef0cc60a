"""Half-written texts come back to the seat that wrote them and to nobody else; text modules are put into fields."""

import pytest

from app.extensions import db
from app.people import actions as people_actions
from app.tickets import actions
from app.tickets.models import Draft, TextModule
from app.tickets.rules import State
from tests.harness import client as browsing
from tests.tickets import desk

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
HALF = "Tukang sudah datang tadi pagi, sisanya"


def drafts() -> list[tuple[int, str, str]]:
    db.session.expire_all()
    return [(row.seat_id, row.field, row.text) for row in db.session.scalars(db.select(Draft).order_by(Draft.id))]


def form_of(browser, address: str, block: str) -> dict:
    page = browsing.read(browser.get(address).text)
    return browsing.fields_of(page.css_first(f'form[action="{address}/{block}"]'))


def keep(browser, address: str, block: str, **texts):
    token = form_of(browser, address, "catatan")["csrf_token"]
    return browser.post(f"{address}/naskah", data={"csrf_token": token, "block": block} | texts)


@pytest.fixture
def ticket(people):
    return desk.ticket_in(State.IN_PROGRESS, people)


def test_a_half_written_text_is_kept_offered_again_and_gone_after_sending(people, login, ticket):
    browser, address = login(desk.ADMIN), f"/tiket/{ticket.id}"
    version = ticket.version
    assert keep(browser, address, "catatan", text="Tukang").status_code == 204
    assert keep(browser, address, "catatan", text=HALF).status_code == 204
    assert drafts() == [(people[desk.ADMIN].id, "catatan-text", HALF)]
    db.session.refresh(ticket)
    assert ticket.version == version
    browser = login(desk.ADMIN)  # another browser, another session
    page = browsing.read(browser.get(address).text)
    assert page.css_first("#catatan-text").text().strip() == HALF and "belum terkirim" in page.text()
    sent = browsing.fields_of(page.css_first("#tulis")) | {"text": f"{HALF} besok."}
    assert browser.post(f"{address}/catatan", data=sent).status_code == 303
    assert drafts() == []


@pytest.mark.parametrize(
    ("block", "name"), [("tugas", "text"), ("kebenaran", "basis"), ("opd", "reason"), ("tenggat", "reason")]
)
def test_every_text_of_the_page_is_kept(block, name, login, ticket):
    browser, address = login(desk.OPERATOR), f"/tiket/{ticket.id}"
    assert keep(browser, address, block, **{name: HALF}).status_code == 204
    page = browsing.read(browser.get(address).text)
    form = page.css_first(f'form[action="{address}/{block}"]')
    assert form.css_first(f"#{block}-{name}").text().strip() == HALF and "belum terkirim" in form.text()
    assert form.attributes["data-drafts"] == f"{address}/naskah"


def test_it_is_that_seat_s_alone(people, login, ticket):
    keep(login(desk.ADMIN), f"/tiket/{ticket.id}", "catatan", text=HALF)
    for who in (desk.NARAHUBUNG, desk.OPERATOR, desk.HEAD):
        assert HALF not in login(who).get(f"/tiket/{ticket.id}").text
    browser = login(desk.OTHER_ADMIN)
    token = browsing.parse(browser.get("/tiket").text).css_first("[name=csrf_token]").attributes["value"]
    sent = {"csrf_token": token, "block": "catatan", "text": "x"}
    assert browser.post(f"/tiket/{ticket.id}/naskah", data=sent).status_code == 404
    assert len(drafts()) == 1


def test_an_emptied_text_is_forgotten(login, ticket):
    browser, address = login(desk.ADMIN), f"/tiket/{ticket.id}"
    keep(browser, address, "catatan", text=HALF)
    keep(browser, address, "catatan", text=" ")
    assert drafts() == []


def test_a_refusal_keeps_what_was_typed(people, login, ticket):
    browser, address = login(desk.ADMIN), f"/tiket/{ticket.id}"
    sent = form_of(browser, address, "status") | {"move": "submit", "answer": "Akan ditindaklanjuti."}
    assert browser.post(f"{address}/status", data=sent, headers=PARTIAL).status_code == 422
    assert [row[1:] for row in drafts()] == [("status-answer", "Akan ditindaklanjuti.")]


def test_an_older_draft_does_not_hide_a_newer_version(people, login, ticket):
    keep(login(desk.NARAHUBUNG), f"/tiket/{ticket.id}", "status", answer="Kalimat lama saya.")
    actions.move(ticket, "submit", people[desk.ADMIN], {"answer": desk.ANSWER})
    db.session.commit()
    page = browsing.read(login(desk.NARAHUBUNG).get(f"/tiket/{ticket.id}").text)
    assert page.css_first("#status-answer").text().strip() == desk.ANSWER


def test_on_a_phone_it_is_kept_by_a_button_and_by_the_summary(people, client, ticket):
    seat = people[desk.NARAHUBUNG]
    address = f"/t/{people_actions.mint_link('ticket', ticket.stream, seat.person_id, seat.id)}"
    db.session.commit()
    kept = client.post(f"{address}/naskah", data={"block": "status", "answer": HALF, "note": ""})
    assert kept.status_code == 303 and "Naskah tersimpan" in client.get(kept.location).text
    page = browsing.read(client.get(address).text)
    assert page.css_first("#answer-answer").text().strip() == HALF
    form = browsing.fields_of(page.css_first("details form:has(#answer-answer)")) | {"answer": desk.ANSWER}
    summary = client.post(f"{address}/periksa", data=form)
    assert drafts() == [(seat.id, "status-answer", desk.ANSWER)]
    browsing.submit(client, browsing.read(summary.text), "form")
    assert drafts() == []


def test_behind_a_safe_title_a_link_keeps_nothing(people, client):
    alert = desk.alert("Siswi jadi korban", sensitive=True, safe_title="Perkara perlindungan anak")
    ticket = actions.promote([alert], people[desk.OPERATOR], {"opd": "DISDIKBUD"})
    seat = people[desk.NARAHUBUNG]
    address = f"/t/{people_actions.mint_link('ticket', ticket.stream, seat.person_id, seat.id)}"
    db.session.commit()
    assert client.post(f"{address}/naskah", data={"block": "catatan", "text": "x"}).status_code == 404
    client.post(f"{address}/catatan", data={"text": "", "audience": "internal"})
    assert drafts() == []


# ── text modules ───────────────────────────────────────────────────────


@pytest.fixture
def module(people):
    row = actions.save_module(None, people[desk.ADMIN], "Jadwal", "Nomor {nomor}, {opd}: {entah}.", True)
    db.session.commit()
    return row


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_a_text_module_is_put_after_what_was_written(people, login, ticket, module, headers):
    browser, address = login(desk.ADMIN), f"/tiket/{ticket.id}"
    sent = form_of(browser, address, "catatan") | {"text": HALF, "module": module.id, "insert": "text"}
    back = browser.post(f"{address}/catatan", data=sent, headers=headers)
    assert back.status_code == 200
    words = browsing.parse(back.text).css_first("#catatan-text").text().strip()
    assert words == f"{HALF}\n\nNomor {ticket.number}, Disdikbud: {{entah}}."
    sent = sent | {"text": words}
    del sent["insert"]
    answer = browser.post(f"{address}/catatan", data=sent, headers=headers)
    assert answer.status_code == (200 if headers else 303), "the nonce was not spent"
    if headers:
        assert browsing.parse(answer.text).css_first("#catatan-module-text"), "the next note may begin with one too"


def test_on_a_link_too(people, client, ticket, module):
    seat = people[desk.NARAHUBUNG]
    address = f"/t/{people_actions.mint_link('ticket', ticket.stream, seat.person_id, seat.id)}"
    db.session.commit()
    sent = {"move": "answer", "answer": "", "module": module.id, "insert": "answer"}
    page = browsing.read(client.post(f"{address}/periksa", data=sent).text)
    assert f"Nomor {ticket.number}" in page.css_first("#answer-answer").text()


def test_modules_belong_to_an_office_or_to_all(people, login, ticket, module):
    shared = actions.save_module(None, people[desk.OPERATOR], "Untuk semua", "Teks bersama.", True)
    db.session.commit()
    options = lambda who: browsing.parse(login(who).get(f"/tiket/{ticket.id}").text).css("#catatan-module-text option")  # noqa: E731
    assert [option.text() for option in options(desk.ADMIN)][1:] == ["Jadwal", "Untuk semua"]
    assert [option.text() for option in options(desk.OPERATOR)][1:] == ["Untuk semua"]
    for who, row, status in (
        (desk.ADMIN, module, 200), (desk.ADMIN, shared, 404), (desk.OTHER_ADMIN, module, 404), (desk.OPERATOR, shared, 200),
    ):  # fmt: skip
        assert login(who).get(f"/pengaturan/teks/{row.id}").status_code == status


def test_a_module_is_written_changed_and_switched_off(people, login, ticket):
    browser = login(desk.ADMIN)
    new = browsing.read(browser.get("/pengaturan/teks/baru").text)
    assert browsing.submit(browser, new, "main form", title="", body="x").status_code == 422
    assert browsing.submit(browser, new, "main form", title="Salam", body="Yth. {nama}").status_code in (303, 422)
    new = browsing.read(browser.get("/pengaturan/teks/baru").text)
    assert browsing.submit(browser, new, "main form", title="Salam", body="Yth. {nama}").status_code == 303
    row = db.session.scalars(db.select(TextModule).order_by(TextModule.id.desc())).first()
    assert (row.title, row.opd_id) == ("Salam", people[desk.ADMIN].opd_id)
    page = browsing.read(browser.get(f"/pengaturan/teks/{row.id}").text)
    stale = browsing.fields_of(page.css_first("main form"))
    stale.pop("active")
    assert browser.post(f"/pengaturan/teks/{row.id}", data=stale).status_code == 303
    assert not browsing.parse(browser.get(f"/tiket/{ticket.id}").text).css(
        f"#catatan-module-text option[value='{row.id}']"
    )
    assert browser.post(f"/pengaturan/teks/{row.id}", data=stale | {"nonce": "anders"}).status_code == 409
