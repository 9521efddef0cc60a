"""«Minta putusan»: asked by a person, recorded with name, date and basis, and the matter goes on at once."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.tickets import actions
from app.tickets.models import Evidence, Ruling
from app.tickets.rules import State
from tests.harness.client import read
from tests.tickets import desk

ASISTEN = "Siti Pimpinan, Asisten II"
TODAY = {"ruled_by": ASISTEN, "basis": "Disposisi nomor 12"}


@pytest.fixture
def contested(people):
    return desk.ticket_in(State.CONTESTED, people)


def ask(ticket, people):
    return actions.ask_ruling(ticket, people[desk.OPERATOR], ASISTEN, "Siapa pengampu gedung ini?")


def rule(ticket, seat, **values):
    given = TODAY | {"opd": "DPU", "ruled_on": clock.today().isoformat()} | values
    return actions.record_ruling(ticket, seat, given)


def last(ticket, kind):
    events = db.select(Event).where(Event.stream == ticket.stream, Event.kind == kind).order_by(Event.seq.desc())
    return db.session.scalar(events)


def test_the_request_is_written_down_and_its_term_begins(contested, people):
    with clock.pretend(clock.now() + timedelta(days=2)):
        ask(contested, people)
        assert contested.rule_by > clock.now()
    assert last(contested, "ticket.ruling_asked").after == {"asked_of": ASISTEN}


def test_asking_somebody_else_ends_the_earlier_request(contested, people):
    first = ask(contested, people)
    second = actions.ask_ruling(contested, people[desk.OPERATOR], "Sekda", "Siapa?")
    db.session.refresh(first)
    assert first.closed_at and not second.closed_at


def test_the_ruling_forwards_with_its_basis_in_one_step(contested, people):
    ruling = ask(contested, people)
    opened = contested.opened_at
    with clock.pretend(clock.now() + timedelta(days=1)):
        rule(contested, people[desk.OPERATOR])
    db.session.refresh(ruling)
    assert (contested.state, contested.lead.code, contested.provisional) == (State.FORWARDED, "DPU", False)
    assert (ruling.ruled_by, ruling.basis, ruling.opd_id) == (ASISTEN, "Disposisi nomor 12", contested.lead_opd_id)
    assert ruling.ruled_on and ruling.closed_at and contested.rule_by is None
    assert contested.opened_at == opened and contested.received_at > opened
    told = last(contested, "ticket.forward").after["basis"]
    assert told.startswith(f"putusan {ASISTEN}, ") and told.endswith(": Disposisi nomor 12")


def test_a_ruling_that_came_unasked_is_kept_too(contested, people):
    rule(contested, people[desk.OPERATOR])
    [ruling] = db.session.scalars(db.select(Ruling)).all()
    assert (ruling.asked_of, ruling.ruled_by) == (ASISTEN, ASISTEN) and ruling.closed_at


def test_a_plain_forward_with_a_basis_closes_what_was_asked(contested, people):
    ruling = ask(contested, people)
    actions.move(contested, "forward", people[desk.OPERATOR], {"opd": "DPU", "basis": "Rapat 24 November"})
    db.session.refresh(ruling)
    assert (ruling.basis, ruling.opd_id) == ("Rapat 24 November", contested.lead_opd_id) and ruling.closed_at


@pytest.mark.parametrize("field, value", [("opd", ""), ("opd", "PLN"), ("ruled_by", ""), ("ruled_on", ""),
                                          ("ruled_on", "2999-01-01"), ("ruled_on", "31-31"), ("basis", ""),
                                          ("basis", "x" * 251), ("ruled_by", "x" * 201)])  # fmt: skip
def test_what_is_missing_or_wrong_is_said_at_its_field(contested, people, field, value):
    ask(contested, people)
    with pytest.raises(actions.Refused) as refused:
        rule(contested, people[desk.OPERATOR], **{field: value})
    assert set(refused.value.errors) == {field} and contested.state is State.CONTESTED


def test_whoever_sits_for_the_pimpinan_records_what_was_asked(contested, people):
    with pytest.raises(actions.Refused):
        rule(contested, people[desk.LEADER])
    ask(contested, people)
    rule(contested, people[desk.LEADER])
    assert contested.lead.code == "DPU" and last(contested, "ticket.forward").actor.startswith("Siti Pimpinan")


@pytest.mark.parametrize("who", [desk.ADMIN, desk.NARAHUBUNG, desk.OTHER_ADMIN])
def test_no_opd_asks_or_rules(contested, people, who):
    ask(contested, people)
    with pytest.raises(actions.Refused):
        rule(contested, people[who])
    with pytest.raises(actions.Refused):
        actions.ask_ruling(contested, people[who], "Sekda", "Siapa?")


def test_a_pimpinan_makes_no_move_by_itself(contested, people):
    ask(contested, people)
    for name, given in (("forward", {"opd": "DPU", "basis": "x"}), ("archive", {"reason": "x"})):
        with pytest.raises(actions.Refused):
            actions.move(contested, name, people[desk.LEADER], given)


def test_a_pimpinan_adds_a_file_only_with_the_ruling(contested, people):
    with pytest.raises(actions.Refused):
        actions.attach(contested, people[desk.LEADER], desk.picture(), "disposisi.png")
    ask(contested, people)
    rule(contested, people[desk.LEADER], files=[(desk.picture(), "disposisi.png")])
    assert db.session.scalars(db.select(Evidence.seat_id)).one() == people[desk.LEADER].id


# ── in the browser ─────────────────────────────────────────────────────


def fields(page, selector):
    form = page.css_first(selector)
    return form.attributes["action"], {
        field.attributes["name"]: field.attributes.get("value") or ""
        for field in form.css("input[name]")
        if field.attributes.get("type") != "file"
    }


def test_the_whole_way_on_the_page_without_script(contested, people, login):
    browser = login(desk.OPERATOR)
    page = read(browser.get(f"/tiket/{contested.id}").text)
    question = page.css_first("#putusan-question").text()
    assert "Disdikbud menyampaikan bukan kewenangannya: Gedung milik yayasan." in question
    assert "Siti Pimpinan" in [option.attributes["value"] for option in page.css("#yang-diminta option")]
    address, form = fields(page, "#minta-putusan")
    asked = browser.post(address, data=form | {"asked_of": ASISTEN, "question": question})
    assert asked.status_code == 303

    page = read(browser.get(f"/tiket/{contested.id}").text)
    text = page.css_first("#salin-putusan").text()
    assert text.startswith(f"Yth. {ASISTEN},") and "Gedung milik yayasan" in text and "http" not in text
    address, form = fields(page, f"#ticket-{contested.id}-penetapan form")
    form |= {"opd": "DPU", "ruled_on": clock.today().isoformat(), "basis": "WhatsApp Asisten II"}
    ruled = browser.post(address, data=form | {"file": (desk.picture(), "disposisi.png")})
    assert ruled.status_code == 303
    db.session.refresh(contested)
    assert contested.lead.code == "DPU" and db.session.scalars(db.select(Evidence)).one().name == "disposisi.jpg"
    repeat = browser.post(address, data=form)
    assert repeat.status_code == 303 and len(db.session.scalars(db.select(Ruling)).all()) == 1


def test_the_leaders_page_names_what_is_asked_and_the_ticket_takes_the_ruling(contested, people, login):
    ask(contested, people)
    db.session.commit()
    browser = login(desk.LEADER)
    home = read(browser.get("/").text)
    assert ASISTEN in home.text() and f"/tiket/{contested.id}" in home.html
    page = read(browser.get(f"/tiket/{contested.id}").text)
    assert page.css_first("#minta-putusan") is None and "Siapa pengampu gedung ini?" in page.text()
    address, form = fields(page, f"#ticket-{contested.id}-penetapan form")
    form |= {"opd": "DPU", "ruled_on": clock.today().isoformat(), "basis": ""}
    refused = browser.post(address, data=form)
    assert refused.status_code == 422 and "Sebut dasarnya" in refused.text
    form = fields(read(refused.text), f"#ticket-{contested.id}-penetapan form")[1] | {"opd": "DPU", "basis": "Lisan"}
    assert browser.post(address, data=form).status_code == 303
    db.session.refresh(contested)
    assert contested.lead.code == "DPU"


def test_a_stale_ruling_is_a_conflict_that_keeps_the_text(contested, people, login):
    ask(contested, people)
    db.session.commit()
    browser = login(desk.OPERATOR)
    page = read(browser.get(f"/tiket/{contested.id}").text)
    address, form = fields(page, f"#ticket-{contested.id}-penetapan form")
    actions.set_level(contested, people[desk.OPERATOR], "segera")
    db.session.commit()
    answer = browser.post(address, data=form | {"opd": "DPU", "basis": "Nota dinas 7"})
    assert answer.status_code == 409 and "Nota dinas 7" in answer.text and contested.state is State.CONTESTED
