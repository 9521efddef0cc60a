"""The page of a personal link: stands alone on a phone, shows on GET, acts on POST, and once."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.people import actions as people_actions
from app.people.models import PersonalLink, secret_digest
from app.tickets import actions
from app.tickets.models import Answer, Evidence, Ticket
from app.tickets.rules import State
from tests.harness import client as browsing
from tests.tickets import desk


@pytest.fixture
def mint(people):
    def make(ticket, who):
        seat = people[who]
        secret = people_actions.mint_link("ticket", ticket.stream, seat.person_id, seat.id)
        db.session.commit()
        return f"/t/{secret}"

    return make


def state_of(ticket):
    db.session.expire_all()
    return db.session.get(Ticket, ticket.id).state


def events_of(ticket):
    db.session.expire_all()
    return db.session.scalars(db.select(Event.kind).where(Event.stream == ticket.stream).order_by(Event.seq)).all()


@pytest.mark.parametrize("state", sorted(set(State) - {State.NEW, State.CLOSED, State.ARCHIVED}))
@pytest.mark.parametrize("who", [desk.ADMIN, desk.NARAHUBUNG])
def test_the_page_stands_in_every_state(state, who, people, mint, visit):
    ticket = desk.ticket_in(state, people)
    page = visit(mint(ticket, who))
    assert page.css_first(f'#ticket-{ticket.id}-status [data-state="{state}"]')
    assert not page.css("script")


def test_a_narahubung_takes_on_after_a_summary(people, mint, client):
    ticket = desk.ticket_in(State.FORWARDED, people)
    address = mint(ticket, desk.NARAHUBUNG)
    page = browsing.read(client.get(address).text)
    first = page.css_first("form")
    assert first.css_first("button").text() == "Terima & tangani"
    summary = client.post(first.attributes["action"], data=browsing.fields_of(first))
    assert state_of(ticket) is State.FORWARDED
    answer = browsing.submit(client, browsing.read(summary.text), "form")
    assert answer.status_code == 303 and answer.location.startswith(address)
    assert state_of(ticket) is State.IN_PROGRESS
    assert "Tersimpan" in client.get(answer.location).text


def test_scanners_change_nothing(people, mint, client):
    ticket = desk.ticket_in(State.AWAITING_APPROVAL, people)
    address = mint(ticket, desk.NARAHUBUNG)
    before = events_of(ticket)
    for _ in range(5):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    for part in ("status", "catatan", "berkas", "pindah", "periksa", "perbaiki"):
        assert client.get(f"{address}/{part}").status_code == 303
    assert events_of(ticket) == before
    assert db.session.get(PersonalLink, secret_digest(address.removeprefix("/t/"))).alive


def test_setujui_stands_first_and_is_confirmed(people, mint, client):
    ticket = desk.ticket_in(State.AWAITING_APPROVAL, people)
    address = mint(ticket, desk.NARAHUBUNG)
    page = browsing.read(client.get(address).text)
    assert page.css_first("main form button").text() == "Setujui"
    assert desk.ANSWER in page.text()
    summary = browsing.submit(client, page, "main form")
    assert "Setujui jawaban ini?" in summary.text and desk.ANSWER in summary.text
    browsing.submit(client, browsing.read(summary.text), "form")
    assert state_of(ticket) is State.UNDER_REVIEW
    again = client.get(address).text
    assert "Jawaban ini sudah disetujui Budi Narahubung" in again


def test_a_corrected_answer_is_what_gets_approved(people, mint, client):
    ticket = desk.ticket_in(State.AWAITING_APPROVAL, people)
    page = browsing.read(client.get(mint(ticket, desk.NARAHUBUNG)).text)
    better = f"{desk.ANSWER} Plafon kelas 4 menyusul 27 November."
    summary = browsing.submit(client, page, "details form:has(textarea[name=answer])", answer=better)
    browsing.submit(client, browsing.read(summary.text), "form")
    answers = db.session.scalars(db.select(Answer).order_by(Answer.id)).all()
    assert [(row.text == better, bool(row.approved_at), bool(row.returned_at)) for row in answers] == [
        (False, False, True),
        (True, True, False),
    ]


def test_a_post_to_the_contract_acts_at_once_and_only_once(people, mint, client):
    ticket = desk.ticket_in(State.AWAITING_APPROVAL, people)
    address = mint(ticket, desk.NARAHUBUNG)
    sent = {"move": "approve", "version": ticket.version, "nonce": "n-1"}
    first, second = client.post(f"{address}/status", data=sent), client.post(f"{address}/status", data=sent)
    assert first.status_code == second.status_code == 303
    assert events_of(ticket).count("ticket.approve") == 1


def test_what_was_typed_survives_a_refusal(people, mint, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    address = mint(ticket, desk.NARAHUBUNG)
    answer = client.post(f"{address}/status", data={"move": "answer", "answer": "Akan ditindaklanjuti.", "nonce": "n"})
    assert answer.status_code == 422
    page = browsing.read(answer.text)
    field = page.css_first("#answer-answer")
    assert field.text() == "Akan ditindaklanjuti." and field.attributes["aria-invalid"] == "true"
    assert "Sebut tindakan dan tanggalnya" in answer.text
    told = page.css_first('.say[data-say="error"] a')
    assert told.attributes["href"] == "#answer-answer" and "Sebut tindakan" in told.text()
    assert state_of(ticket) is State.IN_PROGRESS


def test_a_stale_page_shows_both_and_keeps_the_words(people, mint, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    address = mint(ticket, desk.NARAHUBUNG)
    old = ticket.version
    actions.set_due(ticket, people[desk.OPERATOR], "2099-01-05T10:00", "Menunggu bahan.")
    db.session.commit()
    sent = {"move": "answer", "answer": desk.ANSWER, "version": old, "nonce": "n"}
    answer = client.post(f"{address}/status", data=sent)
    assert answer.status_code == 409
    assert (
        "Rina Operator" in answer.text and desk.ANSWER in browsing.read(answer.text).css_first("#answer-answer").text()
    )
    assert state_of(ticket) is State.IN_PROGRESS
    sent["version"] = browsing.read(answer.text).css_first("[name=version]").attributes["value"]
    assert client.post(f"{address}/status", data=sent).status_code == 303
    assert state_of(ticket) is State.UNDER_REVIEW


def test_going_back_from_the_summary_keeps_the_words(people, mint, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    address = mint(ticket, desk.NARAHUBUNG)
    back = client.post(f"{address}/perbaiki", data={"move": "answer", "answer": desk.ANSWER})
    assert back.status_code == 200
    assert browsing.read(back.text).css_first("#answer-answer").text() == desk.ANSWER


def test_unknown_expired_and_revoked_links_look_alike(people, mint, client):
    ticket = desk.ticket_in(State.FORWARDED, people)
    expired, revoked = mint(ticket, desk.ADMIN), mint(ticket, desk.NARAHUBUNG)
    db.session.get(PersonalLink, secret_digest(expired.removeprefix("/t/"))).expires_at = clock.now() - timedelta(1)
    people_actions.end_links(seat_id=people[desk.NARAHUBUNG].id)
    db.session.commit()
    bodies = {}
    for address in (expired, revoked, f"/t/{'x' * 43}", "/t/x"):
        answers = client.get(address), client.post(f"{address}/status", data={"move": "take_on"})
        assert [answer.status_code for answer in answers] == [404, 404]
        bodies |= {answer.text: address for answer in answers}
    assert len(bodies) == 1 and "Tautan ini tidak berlaku" in next(iter(bodies))


@pytest.mark.parametrize("signed_in", [False, True])
def test_headers_of_the_page(people, mint, client, login, signed_in):
    browser = login(desk.OPERATOR) if signed_in else client
    answer = browser.get(mint(desk.ticket_in(State.FORWARDED, people), desk.ADMIN))
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers


def test_a_foreign_origin_is_refused(people, mint, client):
    ticket = desk.ticket_in(State.FORWARDED, people)
    address = mint(ticket, desk.ADMIN)
    for origin in ("https://evil.example", "null"):
        answer = client.post(f"{address}/status", data={"move": "take_on"}, headers={"Origin": origin})
        assert answer.status_code == 403
    assert (
        client.post(f"{address}/status", data={"move": "take_on"}, headers={"Origin": "http://localhost"}).status_code
        == 303
    )
    assert state_of(ticket) is State.IN_PROGRESS


def test_a_photo_and_a_note_from_the_phone(people, mint, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    address = mint(ticket, desk.NARAHUBUNG)
    page = browsing.read(client.get(address).text)
    assert page.css_first("input[capture=environment]")
    sent = {"file": (desk.picture(), "IMG 2026.png"), "nonce": "n", "version": str(ticket.version)}
    assert client.post(f"{address}/berkas", data=sent, content_type="multipart/form-data").status_code == 303
    row = db.session.scalar(db.select(Evidence))
    assert (row.name, row.media_type, row.opd_id) == ("IMG 2026.jpg", "image/jpeg", ticket.lead_opd_id)
    shot = client.get(f"{address}/berkas/{row.id}")
    assert shot.status_code == 200 and shot.headers["X-Content-Type-Options"] == "nosniff"
    note = {"text": "Bahan atap tiba.", "audience": "shared", "nonce": "m"}
    assert client.post(f"{address}/catatan", data=note).status_code == 303
    assert "ticket.note" in events_of(ticket)


def test_moving_away_ends_the_link_and_tells_the_office(people, mint, client):
    ticket = desk.ticket_in(State.FORWARDED, people)
    address, other = mint(ticket, desk.NARAHUBUNG), mint(ticket, desk.ADMIN)
    answer = client.post(f"{address}/pindah", data={"replacement": "Siti Maulida", "nonce": "n"})
    assert answer.status_code == 200 and "sudah mati" in answer.text
    assert client.get(address).status_code == 404
    assert client.get(other).status_code == 200
    assert state_of(ticket) is State.FORWARDED
    assert "ticket.moved_away" in events_of(ticket)


def test_objecting_ends_the_link_with_a_kind_word(people, mint, client):
    ticket = desk.ticket_in(State.FORWARDED, people)
    address = mint(ticket, desk.ADMIN)
    sent = {"move": "object", "reason": "Gedung milik yayasan.", "proposed": "DPU", "nonce": "n"}
    answer = client.post(f"{address}/status", data=sent)
    assert answer.status_code == 200 and "tidak dicatat sebagai kekurangan" in answer.text
    assert client.get(address).status_code == 404
    assert state_of(ticket) is State.CONTESTED


def test_a_sensitive_matter_shows_its_safe_parts_only(people, mint, client):
    alert = desk.alert("Siswi SMP di Loa Janan jadi korban", sensitive=True, safe_title="Perkara perlindungan anak")
    ticket = actions.promote([alert], people[desk.OPERATOR], {"opd": "DISDIKBUD"})
    actions.move(ticket, "take_on", people[desk.ADMIN], {"note": "Rahasia sekali."})
    evidence = actions.attach(ticket, people[desk.ADMIN], desk.picture(), "wajah.png")
    actions.move(ticket, "submit", people[desk.ADMIN], {"answer": "Pendampingan sejak 20 November."})
    address = mint(ticket, desk.NARAHUBUNG)
    told = client.get(address).text
    assert "Perkara perlindungan anak" in told
    for word in ("Loa Janan", "Rahasia sekali", "Pendampingan", "wajah"):
        assert word not in told
    assert client.get(f"{address}/berkas/{evidence.id}").status_code == 404
    old = {"move": "approve", "answer": "Kata saya.", "version": "1", "nonce": "n"}
    assert "Pendampingan" not in client.post(f"{address}/status", data=old).text
    assert client.post(f"{address}/status", data={"move": "approve", "nonce": "m"}).status_code == 303
    assert state_of(ticket) is State.UNDER_REVIEW


def test_a_restricted_matter_asks_to_sign_in(people, mint, client):
    ticket = desk.ticket_in(State.FORWARDED, people)
    head, admin = people[desk.HEAD], people[desk.ADMIN]
    actions.set_secrecy(ticket, head, named=[head.person_id, admin.person_id])
    db.session.commit()
    named, unnamed = mint(ticket, desk.ADMIN), mint(ticket, desk.NARAHUBUNG)
    answer = client.get(named)
    assert answer.status_code == 403
    assert ticket.title not in answer.text and f"/tiket/{ticket.id}" in answer.text
    assert client.post(f"{named}/status", data={"move": "take_on"}).status_code == 403
    assert client.get(unnamed).status_code == 404
    assert state_of(ticket) is State.FORWARDED


def test_the_page_is_light(people, mint, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    page = client.get(mint(ticket, desk.NARAHUBUNG))
    tree = browsing.read(page.text)
    extra = sum(len(client.get(node.attributes["href"]).data) for node in tree.css("link[rel=stylesheet]"))
    assert len(page.data) + extra < 60_000
    assert len(tree.css("link[rel=stylesheet]")) == 1


def test_the_public_face_serves_the_link_and_nothing_else(app, people, mint, monkeypatch):
    ticket = desk.ticket_in(State.FORWARDED, people)
    address = mint(ticket, desk.NARAHUBUNG)
    monkeypatch.setitem(app.config, "LINK_BASE_URL", "https://tautan.example")
    outside = {"base_url": "https://tautan.example"}
    browser = app.test_client()
    assert browser.get(address, **outside).status_code == 200
    for inner in ("/masuk", "/tiket", f"/tiket/{ticket.id}", "/"):
        assert browser.get(inner, **outside).status_code == 404
    sent = {"move": "take_on", "nonce": "n"}
    answer = browser.post(f"{address}/status", data=sent, headers={"Origin": "https://tautan.example"}, **outside)
    assert answer.status_code == 303 and state_of(ticket) is State.IN_PROGRESS
