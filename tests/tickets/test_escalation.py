"""Naikkan ke atasan: proposed once per cause, sent by a person or set aside, and mailed to nobody."""

import pytest

from app.core.events import Event
from app.extensions import db
from app.notify.models import Letter
from app.tickets import actions
from app.tickets.models import Escalation, Ticket
from app.tickets.rules import Level
from app.tickets.rules.authority import Cause, goes_up, letter_up
from tests.harness.client import read, submit
from tests.tickets import desk, taskdesk

TABLE = {
    Level.BIASA: [False, False, False, True, True],
    Level.SEGERA: [False, False, False, True, True],
    Level.SANGAT_SEGERA: [False, True, True, True, True],
    Level.KRISIS: [False, True, True, True, True],
}


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("refusals", range(5))
def test_the_rule(level, refusals):
    assert goes_up(level, refusals) is TABLE[level][refusals]


def refuse(ticket, people, times):
    """Objected `times` times, by turns of the two OPDs; each ruling sends it on to the other."""
    sides = [("DISDIKBUD", desk.ADMIN), ("DPU", desk.OTHER_ADMIN)]
    for n in range(times):
        (_own, who), (other, _) = sides[n % 2], sides[(n + 1) % 2]
        actions.move(ticket, "object", people[who], {"reason": f"Bukan kami {n}.", "proposed": other})
        if n + 1 < times:
            actions.move(ticket, "forward", people[desk.OPERATOR], {"opd": other, "basis": f"Rapat {n}"})


def proposals(ticket):
    return db.session.scalars(db.select(Escalation).where(Escalation.ticket_id == ticket.id)).all()


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("refusals", range(1, 5))
def test_refusals_make_exactly_one_proposal_and_candidate(people, level, refusals):
    ticket = desk.ticket(people)
    actions.set_level(ticket, people[desk.HEAD], level)
    refuse(ticket, people, refusals)
    made = proposals(ticket)
    assert len(made) == TABLE[level][refusals]
    assert all((row.cause, row.agenda_candidate) == (Cause.REFUSALS, True) for row in made)


def test_a_level_raised_after_the_refusal_counts_too_and_once(people):
    ticket = desk.ticket(people)
    refuse(ticket, people, 1)
    assert proposals(ticket) == []
    for level in ("sangat_segera", "biasa", "sangat_segera", "krisis"):
        actions.set_level(ticket, people[desk.HEAD], level)
    assert len(proposals(ticket)) == 1


@pytest.mark.parametrize("level", [Level.SEGERA, Level.SANGAT_SEGERA])
@pytest.mark.parametrize("refusals", (1, 3))
def test_a_refused_task_goes_up_like_a_refused_ticket(people, level, refusals):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN))
    actions.set_level(ticket, people[desk.HEAD], level)
    task = taskdesk.task(people, of=ticket)
    for n in range(refusals):
        actions.move_task(task, "object", people[desk.OTHER_ADMIN], {"reason": "Bukan kami.", "proposed": "luar"})
        if n + 1 < refusals:
            actions.move_task(task, "rule", people[desk.OPERATOR], {"opd": "DPU"})
    made = proposals(ticket)
    assert len(made) == TABLE[level][refusals]
    assert all((row.cause, row.task_id, row.agenda_candidate) == (Cause.REFUSALS, task.id, True) for row in made)
    assert all(
        row.reason.startswith(f"Tugas {task.number}: {refusals if level is Level.SEGERA else 1} ") for row in made
    )


def test_what_is_settled_needs_no_decision_and_what_another_opd_left_neither(people):
    ticket = desk.ticket(people, level="sangat_segera")
    lead = ticket.lead
    for cause, opd in ((Cause.REFUSALS, None), (Cause.TAKE_ON, lead), (Cause.DUE, lead)):
        assert actions.propose(ticket, cause, opd) and not actions.propose(ticket, cause, opd)

    def open_causes():
        db.session.commit()
        return {row.cause.value for row in ticket.proposals}

    assert open_causes() == {"refusals", "take_on", "due"}
    actions.move(ticket, "reroute", people[desk.OPERATOR], {"opd": "DPU", "reason": "Gedung PU."})
    assert open_causes() == {"refusals"}
    actions.propose(ticket, Cause.DUE, ticket.lead)
    actions.move(ticket, "take_on", people[desk.OTHER_ADMIN])
    assert open_causes() == {"due"}
    actions.move(ticket, "answer", people[desk.OTHER_NARAHUBUNG], {"answer": desk.ANSWER})
    assert open_causes() == set()
    settled = proposals(ticket)
    assert {row.closed_as for row in settled} == {"settled"} and len(settled) == 4


def test_nothing_is_mailed_and_only_diskominfo_reads_of_it(people, visit_as):
    ticket = desk.ticket(people, level="sangat_segera")
    letters = db.session.scalar(db.select(db.func.count(Letter.id)))
    refuse(ticket, people, 1)
    db.session.commit()
    assert db.session.scalar(db.select(db.func.count(Letter.id))) == letters
    assert "Usulan naik ke atasan" in visit_as(desk.OPERATOR)(f"/tiket/{ticket.id}").text()
    for who in (desk.ADMIN, desk.NARAHUBUNG, desk.LEADER):
        assert "naik ke atasan" not in visit_as(who)(f"/tiket/{ticket.id}").text()
        visit_as(who)("/usulan", expect=404)


def test_the_words_blame_nobody():
    for cause in Cause:
        words = letter_up(cause, "Sekda", "0412", "Atap roboh", "Disdikbud") + cause.reason("Disdikbud", 3)
        words += letter_up(cause, "Sekda", "0412", "Atap roboh", "Disdikbud", 2) + cause.reason("Disdikbud", 3, 2)
        for word in ("terlambat", "lalai", "menolak", "gagal", "lewat"):
            assert word not in words.lower()
        assert cause.label and letter_up(cause, "Sekda", "0412", "", "Disdikbud").count("terbatas") == 1
        assert "nomor 0412, tugas 2 (terbatas)" in letter_up(cause, "Sekda", "0412", "", "Disdikbud", 2)


# ── the page ───────────────────────────────────────────────────────────


@pytest.fixture
def proposed(people):
    ticket = desk.ticket(people, level="sangat_segera")
    refuse(ticket, people, 1)
    db.session.commit()
    return proposals(ticket)[0]


def decide(browser, proposed, action, **fields):
    """Press the button of that form on the page, as a browser does."""
    return submit(
        browser, read(browser.get("/usulan").text), f'#usulan-{proposed.id} form[action$="{action}"]', **fields
    )


def test_a_person_copies_sends_and_ticks_it(proposed, people, login):
    browser = login(desk.OPERATOR)
    page = read(browser.get("/usulan").text)
    words = page.css_first(f"#usulan-{proposed.id}-words").text()
    assert words.strip().startswith("Yth. Asisten atau Sekda,") and "Atap SDN 014 roboh" in words
    refused = decide(browser, proposed, "/kirim", words=words, sent_to="")
    assert refused.status_code == 422 and "Sebut kepada siapa" in refused.text
    assert decide(browser, proposed, "/kirim", words=words, sent_to="Asisten II").status_code == 303
    db.session.refresh(proposed)
    assert (proposed.closed_as, proposed.sent_to) == ("sent", "Asisten II") and proposed.sent_words
    assert proposed.agenda_candidate, "it stays a candidate for the agenda"
    for view, there in (("terbuka", False), ("selesai", True), ("agenda", True)):
        assert (f"usulan-{proposed.id}" in browser.get(f"/usulan?tampilan={view}").text) is there


def test_setting_aside_needs_a_reason_and_ends_the_candidacy(proposed, people, login):
    browser = login(desk.OPERATOR)
    refused = decide(browser, proposed, "/kesampingkan", reason=" ")
    assert refused.status_code == 422 and "Sebut alasannya" in refused.text
    assert decide(browser, proposed, "/kesampingkan", reason="Sudah dibahas lisan.").status_code == 303
    db.session.refresh(proposed)
    assert (proposed.closed_as, proposed.agenda_candidate) == ("aside", False)
    event = db.session.scalar(db.select(Event).where(Event.kind == "ticket.escalation_aside"))
    assert (event.audience, event.opd_id) == ("internal", people[desk.OPERATOR].opd_id)


def test_the_second_of_two_is_told(proposed, login):
    browser = login(desk.OPERATOR)
    page = read(browser.get("/usulan").text)
    decide(browser, proposed, "/kesampingkan", reason="Sudah dibahas.")
    late = submit(browser, page, f'#usulan-{proposed.id} form[action$="/kirim"]', sent_to="Sekda")
    assert late.status_code == 409 and "diputuskan orang lain" in late.text


def test_a_sensitive_matter_goes_by_its_safe_title_and_a_restricted_one_by_its_number(proposed, people, login):
    ticket = db.session.get_one(Ticket, proposed.ticket_id)
    actions.set_secrecy(ticket, people[desk.OPERATOR], safe_title="Perkara anak di sekolah")
    db.session.commit()
    browser = login(desk.OPERATOR)
    page = browser.get("/usulan").text
    assert "Perkara anak di sekolah" in page and "Atap SDN 014" not in page
    actions.set_secrecy(ticket, people[desk.OPERATOR], named=[people[desk.HEAD].person_id])
    db.session.commit()
    assert f"usulan-{proposed.id}" not in browser.get("/usulan").text
    assert submit(browser, read(page), f'#usulan-{proposed.id} form[action$="/kirim"]').status_code == 404
    assert f"nomor {ticket.number} (terbatas)" in login(desk.HEAD).get("/usulan").text


def test_the_page_costs_the_same_for_one_and_for_many(people, login, statements):
    def cost():
        browser = login(desk.OPERATOR)
        browser.get("/usulan")
        with statements() as seen:
            browser.get("/usulan")
        return len(seen)

    first = desk.ticket(people, level="sangat_segera")
    refuse(first, people, 1)
    db.session.commit()
    one = cost()
    for _ in range(6):
        refuse(desk.ticket(people, level="sangat_segera"), people, 1)
    db.session.commit()
    assert cost() == one <= 8
