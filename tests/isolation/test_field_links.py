"""Evidence-only links: what they reach, what they never tell, and when they end."""

import pytest

from app.core import clock
from app.core.events import Event, EventText
from app.extensions import db
from app.people.models import PersonalLink
from app.tickets import actions
from app.tickets.actions import outside, secrecy
from app.tickets.models import Evidence, FieldRequest
from tests.harness import client as browsing
from tests.isolation import world as worlds
from tests.isolation.addresses import FORM, every_request
from tests.isolation.test_side_doors import OPERATOR, _ticket

A, B = worlds.A, worlds.B
GIVEN = {"kind": "check", "to_name": "Bu Tuti, SDN 014", "question": "Apakah atapnya sudah ditutup?"}


def asked_by(people, who=f"admin@{A}.demo", title="Kanari jalan", **given):
    ticket = _ticket(title, people, A)
    asked, secret = outside.ask(ticket, people[who], GIVEN | given)
    db.session.commit()
    return ticket, asked, secret


def test_a_living_field_link_reaches_nothing_of_anybody(app, people, client):
    world = worlds.build(people)
    _ticket_, _asked, secret = asked_by(people)
    ids = world.ids | {"token": [secret], "opd": [1], "letter": [1], "answer": [1], "event": [1], "work": [1]}
    leaks, answers = [], set()
    for method, path, _ in every_request(app, ids):
        if path.startswith("/t/") and not path.endswith("/salah-alamat"):
            response = client.open(path, method=method, data=FORM if method == "POST" else None)
            answers.add(response.status_code)
            told = response.get_data(as_text=True) + str(response.headers)
            leaks += [f"{path}: {name}" for name, word in world.canaries.items() if word in told]
            assert response.status_code < 500, path
            assert "Set-Cookie" not in response.headers
    assert not leaks
    assert 200 in answers and 404 in answers


def test_it_says_the_question_and_who_asks_and_of_a_secret_matter_no_word_more(people, client):
    ticket, _asked, secret = asked_by(people)
    page = client.get(f"/t/{secret}")
    assert "Apakah atapnya sudah ditutup?" in page.text and "Kanari jalan" in page.text
    assert page.headers["X-Robots-Tag"].startswith("noindex") and page.headers["Cache-Control"] == "no-store"
    secrecy.mark_sensitive(ticket, people[OPERATOR], "Perkara di sebuah sekolah")
    told = client.get(f"/t/{secret}").text
    assert "Kanari" not in told and "Perkara di sebuah sekolah" not in told and "ditutup?" in told
    browsing.read(told)


def test_dead_and_forged_links_look_alike(people, client):
    """Forged, ended, expired, of a ticket that closed, of a lead that objected, of a letter that is no field's."""
    pages = {"forged": client.get(f"/t/{'x' * 43}")}
    ticket, asked, ended = asked_by(people)
    outside.end(asked, ticket, people[f"admin@{A}.demo"])
    pages["ended"] = client.get(f"/t/{ended}")
    _t, asked, expired = asked_by(people)
    asked.expires_at = clock.now()
    pages["expired"] = client.get(f"/t/{expired}")
    ticket, _a, archived = asked_by(people)
    actions.move(ticket, "archive", people[OPERATOR], {"reason": "Salah buka."})
    pages["archived"] = client.get(f"/t/{archived}")
    ticket, _a, objected = asked_by(people)
    actions.move(ticket, "object", people[f"admin@{A}.demo"], {"reason": "Bukan jalan kami.", "proposed": "luar"})
    pages["objected"] = client.get(f"/t/{objected}")
    actions.move(ticket, "take_on", people[f"admin@{A}.demo"])
    pages["came back"] = client.get(f"/t/{objected}")
    ticket, _a, left = asked_by(people)
    actions.move(ticket, "reroute", people[OPERATOR], {"opd": B.upper(), "reason": "Gedung sekolah."})
    pages["rerouted"] = client.get(f"/t/{left}")
    assert {page.status_code for page in pages.values()} == {404}
    assert len({page.text for page in pages.values()}) == 1
    for secret in (ended, expired, archived, objected, left, "x" * 43):
        for rest in ("lapangan", "salah-alamat"):
            assert client.post(f"/t/{secret}/{rest}", data={"finding": "benar"}).status_code == 404
    assert not db.session.scalar(db.select(Event.id).where(Event.kind == "ticket.field_answered"))


@pytest.mark.parametrize("rest", ["lapangan", "salah-alamat"])
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}])
def test_no_foreign_page_answers_for_the_field(people, client, rest, headers):
    _ticket_, asked, secret = asked_by(people)
    assert client.post(f"/t/{secret}/{rest}", data={"finding": "benar"}, headers=headers).status_code == 403
    db.session.refresh(asked)
    assert asked.answered_at is None and asked.ended_at is None


def test_opening_it_changes_nothing(people, client):
    _ticket_, asked, secret = asked_by(people)
    for path in ("", "/lapangan", "/salah-alamat", "/status", "/catatan", "/berkas/1"):
        for method in ("GET", "HEAD"):
            assert client.open(f"/t/{secret}{path}", method=method).status_code in (200, 303, 404)
    db.session.refresh(asked)
    assert (asked.answered_at, asked.ended_at, asked.version) == (None, None, 1)


def test_a_field_link_makes_no_move_and_opens_no_file(people, client):
    ticket, asked, secret = asked_by(people)
    outside.answer(asked, ticket, {"finding": "benar"}, [(worlds._picture(), "foto.png")])
    db.session.commit()
    evidence = db.session.scalar(db.select(Evidence))
    for rest in ("status", "catatan", "berkas", "pindah", "periksa", "perbaiki"):
        assert client.post(f"/t/{secret}/{rest}", data=FORM).status_code == 404
    assert client.get(f"/t/{secret}/berkas/{evidence.id}").status_code == 404
    assert client.get(f"/berkas/{evidence.id}").status_code == 303, "asks to sign in"
    db.session.refresh(ticket)
    assert ticket.state == "forwarded"


def test_a_link_of_a_ticket_answers_nothing_for_the_field(people, client):
    ticket = _ticket("Jalan", people, A)
    seat = people[f"admin@{A}.demo"]
    personal = worlds.mint_link("ticket", ticket.stream, seat.person_id, seat_id=seat.id)
    db.session.commit()
    assert client.post(f"/t/{personal}/lapangan", data={"finding": "benar"}).status_code == 404


def test_no_secret_of_the_field_is_stored(people):
    _ticket_, asked, secret = asked_by(people)
    stored = [
        asked.digest,
        *db.session.scalars(db.select(PersonalLink.digest)),
        *db.session.scalars(db.select(EventText.text)),
    ]
    assert secret not in " ".join(filter(None, stored))
    assert db.session.scalar(db.select(FieldRequest.digest)) != secret
