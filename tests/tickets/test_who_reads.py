"""Three audiences, drafts, files, proofs, judul aman, terbatas: each word reaches whom it is for, on the page itself."""

import re

import pytest

from app.core import clock
from app.extensions import db
from app.tickets import actions, policy
from app.tickets.models import Evidence
from app.tickets.rules import State
from tests.harness import client as browsing
from tests.tickets import desk

EVERYBODY = (desk.OPERATOR, desk.ADMIN, desk.NARAHUBUNG, desk.OTHER_ADMIN, desk.LEADER)


def readers_of(word, ticket, login, among=EVERYBODY) -> set[str]:
    """Who finds `word` on the ticket's page or in its fragments."""
    db.session.commit()
    found = set()
    for who in among:
        browser = login(who)
        pages = [
            browser.get(f"/tiket/{ticket.id}").text,
            browser.get(f"/tiket/{ticket.id}/segar", headers=PARTIAL).text,
        ]
        found |= {who for page in pages if word in page}
    return found


PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
OPD = {desk.ADMIN, desk.NARAHUBUNG}


@pytest.mark.parametrize(
    "writer, audience, readers",
    [
        (desk.ADMIN, "internal", OPD),
        (desk.ADMIN, "shared", OPD | {desk.OPERATOR}),
        (desk.ADMIN, "answer", OPD | {desk.OPERATOR}),
        (desk.OPERATOR, "internal", {desk.OPERATOR}),
        (desk.OPERATOR, "shared", OPD | {desk.OPERATOR}),
    ],
)
def test_a_note_reaches_its_audience(writer, audience, readers, people, login):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    actions.note(ticket, people[writer], "kata-kunci-uji", audience)
    assert readers_of("kata-kunci-uji", ticket, login) == readers


def test_only_the_lead_writes_answers(people):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    with pytest.raises(actions.Refused):
        actions.note(ticket, people[desk.OPERATOR], "Jawaban", "answer")


def test_a_draft_stays_inside_until_it_is_approved(people, login):
    ticket = desk.ticket(
        people, ("take_on", desk.ADMIN), ("submit", desk.ADMIN, {"answer": "draf-uji", "note": "nota-uji"})
    )
    assert readers_of("draf-uji", ticket, login) == OPD
    assert readers_of("nota-uji", ticket, login) == OPD
    actions.move(ticket, "approve", people[desk.NARAHUBUNG])
    assert readers_of("draf-uji", ticket, login) == OPD | {desk.OPERATOR, desk.LEADER}
    assert readers_of("nota-uji", ticket, login) == OPD


def test_diskominfo_reads_a_draft_only_where_it_must_approve_it(people, login):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN), ("submit", desk.ADMIN, {"answer": "draf-uji"}))
    people[desk.NARAHUBUNG].ended_at = clock.now()
    assert readers_of("draf-uji", ticket, login, (desk.OPERATOR, desk.LEADER)) == {desk.OPERATOR}
    event = actions.move(ticket, "approve", people[desk.OPERATOR])
    assert event.after["stands_in"], "visibly"


def test_evidence_is_internal_until_the_answer_it_supports_is_approved(people, login):
    ticket = desk.ticket_in(State.AWAITING_APPROVAL, people)
    actions.attach(ticket, people[desk.ADMIN], desk.picture(), "foto-uji.png")
    evidence = db.session.scalar(db.select(Evidence))
    assert readers_of("foto-uji", ticket, login) == OPD
    assert openers(evidence, login) == OPD
    actions.move(ticket, "approve", people[desk.NARAHUBUNG])
    assert openers(evidence, login) == OPD | {desk.OPERATOR, desk.LEADER}
    late = actions.attach(ticket, people[desk.ADMIN], desk.picture(), "susulan.png")
    assert desk.OPERATOR in openers(late, login), "beside an approved answer all may see it at once"


def openers(evidence, login) -> set[str]:
    db.session.commit()
    return {who for who in EVERYBODY if login(who).get(f"/berkas/{evidence.id}").status_code == 200}


def test_a_former_lead_keeps_a_read_only_proof_of_its_own_time(people, login):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN))
    actions.note(ticket, people[desk.ADMIN], "masa-kami", "shared")
    old = actions.attach(ticket, people[desk.ADMIN], desk.picture(), "lama.png")
    actions.move(ticket, "submit", people[desk.ADMIN], {"answer": "draf-lama"})
    actions.move(ticket, "reroute", people[desk.OPERATOR], {"opd": "DPU", "reason": "alasan-alih"})
    actions.move(ticket, "take_on", people[desk.OTHER_ADMIN], {"note": "masa-mereka"})
    new = actions.attach(ticket, people[desk.OTHER_ADMIN], desk.picture(), "baru.png")
    actions.merge([desk.alert("Berita sesudahnya")], ticket, people[desk.OPERATOR])
    db.session.commit()
    browser = login(desk.ADMIN)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}").text)
    told = page.css_first("main").text()
    assert "Bukti baca" in told and "masa-kami" in told and "alasan-alih" in told
    for word in ("masa-mereka", "draf-lama", "Berita sesudahnya", "baru.jpg"):
        assert word not in told
    assert not page.css('main form[action^="/tiket/"]')
    assert browser.get(f"/berkas/{old.id}").status_code == 200
    assert browser.get(f"/berkas/{new.id}").status_code == 404
    assert policy.moves_for(ticket, people[desk.ADMIN]) == []


def test_the_new_lead_reads_none_of_the_former_ones_inside_words(people, login):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN))
    actions.note(ticket, people[desk.ADMIN], "rahasia-dapur", "internal")
    evidence = actions.attach(ticket, people[desk.ADMIN], desk.picture(), "dapur.png")
    actions.move(ticket, "reroute", people[desk.OPERATOR], {"opd": "DPU", "reason": "Jalan."})
    assert desk.OTHER_ADMIN not in readers_of("rahasia-dapur", ticket, login)
    assert desk.OTHER_ADMIN not in openers(evidence, login)


def test_a_sensitive_matters_words_are_for_diskominfo_and_its_lead(people, login):
    alert = desk.alert("Siswi korban", sensitive=True, safe_title="Perkara perlindungan anak")
    ticket = actions.promote([alert], people[desk.OPERATOR], {"opd": "DISDIKBUD"})
    actions.move(ticket, "take_on", people[desk.ADMIN], {"note": "nota-peka"})
    actions.move(ticket, "answer", people[desk.NARAHUBUNG], {"answer": "isi-peka 20 November."})
    for word in ("nota-peka", "isi-peka"):
        assert readers_of(word, ticket, login) == OPD | {desk.OPERATOR}
    assert readers_of("Siswi korban", ticket, login) == set()
    assert readers_of("Perkara perlindungan anak", ticket, login) == OPD | {desk.OPERATOR, desk.LEADER}


def test_a_restricted_ticket_exists_for_those_named_only(people, login):
    ticket = desk.ticket(people, title="judul-terbatas")
    head, admin = people[desk.HEAD], people[desk.ADMIN]
    actions.set_secrecy(ticket, head, named=[head.person_id, admin.person_id])
    assert readers_of("judul-terbatas", ticket, login) == {desk.ADMIN}
    missing = login(desk.OPERATOR).get("/tiket/99999").text
    plain = lambda html: re.sub(r'nonce="[^"]*"|value="[^"]*"|/tiket/\d+', "", html)  # noqa: E731
    assert plain(login(desk.OPERATOR).get(f"/tiket/{ticket.id}").text) == plain(missing)
