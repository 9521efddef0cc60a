"""`/surat-keluar`: what went out, what waits, what failed and why; never a secret, never another's restricted matter."""

import re

import pytest
import time_machine
from sqlalchemy import select, text

from app.core import clock, work
from app.core.events import Event
from app.extensions import db
from app.notify.models import Letter, LetterState
from app.notify.rules import SENDING
from app.people.models import secret_digest
from app.tickets import actions as tickets
from app.tickets.models import NamedOfficer
from tests import factories
from tests.harness.client import parse, submit
from tests.notify.conftest import ADMIN, LIAISON, OPERATOR
from tests.notify.test_sending import LINK, state_of, text_of

HEAD = "kepala@diskominfo.demo"
MOST_STATEMENTS = 6


@pytest.fixture
def demo(app):
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


@pytest.fixture
def failed(forwarded, letterbox, work_off):
    letterbox.script = ["554 ditolak", "554 ditolak"]
    work_off()
    return forwarded


def rows(page) -> dict[str, str]:
    return {node.attributes["id"]: node.attributes["data-letter"] for node in page.css("[data-letter]")}


def test_it_lists_what_went_out(forwarded, letterbox, work_off, visit_as):
    work_off()
    page = visit_as(OPERATOR)("/surat-keluar")
    assert list(rows(page).values()) == ["sent", "sent"]
    told = page.body.text()
    assert "Budi Narahubung, narahubung Disdikbud" in told and LIAISON in told and "Plafon SD ambruk" in told
    assert "Tidak ada yang gagal" in told


def test_it_says_what_failed_and_why(failed, visit_as):
    page = visit_as(OPERATOR)("/surat-keluar")
    assert "2 surat gagal" in page.body.text() and "554 ditolak" in page.body.text()
    assert set(rows(visit_as(OPERATOR)("/surat-keluar?keadaan=failed")).values()) == {"failed"}
    assert rows(visit_as(OPERATOR)("/surat-keluar?keadaan=sent")) == {}


def test_it_says_that_a_delayed_letter_is_tried_again(forwarded, letterbox, work_off, visit_as):
    letterbox.script = ["451 penuh", "451 penuh"]
    work_off()
    told = visit_as(OPERATOR)("/surat-keluar").body.text()
    assert "451 penuh" in told and "Dicoba lagi sendiri" in told and "1 kali dicoba" in told
    assert "2 surat belum berhasil dikirim" in told and "Tidak ada yang gagal" not in told


def test_a_delayed_letter_can_be_sent_at_once(forwarded, login, letterbox, work_off):
    letterbox.script = ["451 penuh", "451 penuh"]
    work_off()
    browser = login(OPERATOR)
    page = parse(browser.get("/surat-keluar").text)
    form = next(f for f in page.css("form[action$='coba-lagi']"))
    values = {field.attributes["name"]: field.attributes["value"] for field in form.css("input")}
    assert browser.post(form.attributes["action"], data=values).status_code == 303
    work_off()
    assert len(letterbox.letters) == 1


def test_try_again_sends_it_and_history_knows(failed, login, letterbox, work_off):
    browser = login(OPERATOR)
    letter = failed.letters()[0]
    form = f"#letter-{letter.id} form[action$='coba-lagi']"
    answer = submit(browser, parse(browser.get("/surat-keluar").text), form)
    assert answer.status_code == 303
    assert state_of(letter)[0] is LetterState.WAITING
    work_off()
    assert state_of(letter)[0] is LetterState.SENT and len(letterbox.letters) == 1
    [event] = db.session.scalars(select(Event).where(Event.stream == f"letter:{letter.id}")).all()
    assert (event.kind, event.person_id) == ("letter.sent_again", failed.people[OPERATOR].person_id)


def test_a_double_press_acts_once_and_a_late_one_is_told(failed, login, letterbox, work_off):
    first, second = login(OPERATOR), login(HEAD)
    letter = failed.letters()[0]
    form = f"#letter-{letter.id} form[action$='coba-lagi']"
    page, late = parse(first.get("/surat-keluar").text), parse(second.get("/surat-keluar").text)
    assert submit(first, page, form).status_code == 303
    assert submit(first, page, form).status_code == 303
    values = {f.attributes["name"]: f.attributes["value"] for f in late.css(f"{form} input")}
    late_answer = second.post(
        f"/surat-keluar/{letter.id}/coba-lagi",
        data=values,
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )
    assert late_answer.status_code == 409 and 'data-letter="waiting"' in late_answer.text
    work_off()
    assert len(letterbox.letters) == 1
    events = select(Event).where(Event.stream == f"letter:{letter.id}")
    assert len(db.session.scalars(events).all()) == 1


def test_discard_puts_it_away_for_good(failed, login, letterbox, work_off):
    browser = login(OPERATOR)
    letter = failed.letters()[0]
    page = parse(browser.get("/surat-keluar").text)
    submit(browser, page, f"#letter-{letter.id} form[action$='buang']")
    state, trouble = state_of(letter)
    assert state is LetterState.DROPPED and trouble == "Dibuang oleh Rina Operator, Diskominfo."
    with time_machine.travel(clock.now().replace(year=2035)):
        work_off()
    assert letterbox.to(letter.person.email) == []


def test_the_answer_to_htmx_is_the_row_alone(failed, login):
    browser = login(OPERATOR)
    letter = failed.letters()[0]
    page = parse(browser.get("/surat-keluar").text)
    fields = page.css(f"#letter-{letter.id} form[action$='buang'] input")
    values = {field.attributes["name"]: field.attributes["value"] for field in fields}
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = browser.post(f"/surat-keluar/{letter.id}/buang", data=values, headers=headers)
    assert answer.status_code == 200 and answer.text.strip().startswith("<li")
    assert list(rows(parse(answer.text)).values()) == ["dropped"]


@pytest.mark.parametrize("email", [ADMIN, LIAISON, "pimpinan@kukar.demo"])
def test_it_is_diskominfos_alone(failed, login, email):
    browser = login(email)
    letter = failed.letters()[0]
    assert browser.get("/surat-keluar").status_code == 404
    assert browser.get(f"/surat-keluar/{letter.id}").status_code == 404


def test_letters_of_a_restricted_ticket_are_for_those_named(matter, login, demo, outbox, work_off):
    ticket = matter.ticket
    ticket.restricted = True
    named = [matter.people[HEAD].person_id, matter.people[OPERATOR].person_id, matter.people[LIAISON].person_id]
    db.session.add_all(NamedOfficer(ticket_id=ticket.id, person_id=person) for person in named)
    matter.go("forward", OPERATOR, opd="DISDIKBUD")
    work_off()
    [letter] = matter.letters()
    operator = db.select(NamedOfficer).where(NamedOfficer.person_id == matter.people[OPERATOR].person_id)
    db.session.delete(db.session.scalar(operator))
    db.session.commit()
    mine, theirs = login(HEAD), login(OPERATOR)
    assert rows(parse(mine.get("/surat-keluar").text)) == {f"letter-{letter.id}": "sent"}
    assert "Plafon" not in mine.get("/surat-keluar").text
    assert rows(parse(theirs.get("/surat-keluar").text)) == {}
    assert theirs.get(f"/surat-keluar/{letter.id}").status_code == 404


def test_a_sensitive_ticket_is_listed_by_its_judul_aman(forwarded, visit_as):
    forwarded.ticket.sensitive, forwarded.ticket.safe_title = True, "Pendampingan anak"
    db.session.commit()
    told = visit_as(OPERATOR)("/surat-keluar").body.text()
    assert "Pendampingan anak" in told and "Plafon" not in told


def test_outside_the_demo_no_page_holds_a_link(forwarded, login, outbox, work_off):
    work_off()
    browser = login(OPERATOR)
    letter = forwarded.letters()[0]
    assert browser.get(f"/surat-keluar/{letter.id}").status_code == 404
    listed = browser.get("/surat-keluar").text
    assert not re.search(r"/t/[\w-]{20}", listed)
    for path in outbox.glob("*.eml"):
        assert LINK.search(path.read_text().replace("=\n", "")) and "Baca surat" not in listed


def test_in_the_demo_a_letter_can_be_read_and_its_link_followed(forwarded, visit_as, demo, outbox, work_off):
    work_off()
    visit = visit_as(OPERATOR)
    letter = next(row for row in forwarded.letters() if row.person.email == LIAISON)
    assert f"/surat-keluar/{letter.id}" in visit("/surat-keluar").html
    page = visit(f"/surat-keluar/{letter.id}")
    link = page.css_first(".mail .m-btn a").attributes["href"]
    token = link.rpartition("/")[2]
    stored = db.session.execute(
        text("SELECT count(*) FROM personal_link WHERE digest = :d"), {"d": secret_digest(token)}
    )
    assert stored.scalar() == 1
    assert link in page.css_first(".letter-text").text()
    assert not page.css(".mail [style], .mail script, .mail img") and page.css_first(".mail[hx-ignore]")


def test_in_the_demo_a_letter_that_sets_a_password_opens_for_system_admins_alone(
    people, db_session, login, demo, outbox, work_off
):
    from app.people import actions

    actions.request_reset(people[ADMIN].person)
    db_session.commit()
    work_off()
    letter_id = db_session.scalar(select(Letter.id))
    assert login(OPERATOR).get(f"/surat-keluar/{letter_id}").status_code == 404
    assert "/atur-ulang/" in login(HEAD).get(f"/surat-keluar/{letter_id}").text


def test_hostile_words_in_a_letter_run_nothing(forwarded, login, demo, outbox, work_off):
    forwarded.ticket.title = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    db.session.commit()
    work_off()
    for letter in forwarded.letters():
        page = parse(login(OPERATOR).get(f"/surat-keluar/{letter.id}").text)
        assert not page.css("main script, main img, main [onerror]")


def test_the_list_costs_the_same_for_one_letter_and_for_many(forwarded, login, statements):
    browser = login(OPERATOR)
    browser.get("/surat-keluar")
    with statements() as few:
        browser.get("/surat-keluar")
    for _ in range(12):
        ticket = tickets.promote([factories.make_alert()], forwarded.people[OPERATOR], {"opd": "DPU"})
        assert ticket.lead_opd_id
    db.session.commit()
    with statements() as more:
        browser.get("/surat-keluar")
    assert len(few) == len(more) <= MOST_STATEMENTS, more


def test_it_pages_by_key(people, db_session, login):
    from app.people import actions

    for _ in range(55):
        actions.request_reset(people[ADMIN].person)
    db_session.commit()
    browser = login(HEAD)
    first = parse(browser.get("/surat-keluar").text)
    further = first.css_first(".pager a").attributes["href"]
    second = parse(browser.get(further).text)
    assert (len(rows(first)), len(rows(second))) == (50, 5)
    assert not set(rows(first)) & set(rows(second)) and second.css_first(".pager a") is None


def test_letters_held_after_a_restore_go_when_an_admin_lets_them(forwarded, login, letterbox, work_off):
    from app.core import upkeep

    upkeep.hold_outward()
    work_off()
    assert letterbox.letters == []
    operator, head = login(OPERATOR), login(HEAD)
    assert "2 surat ditahan" in operator.get("/surat-keluar").text
    page = parse(operator.get("/surat-keluar").text)
    assert page.css_first("form[action$='lepaskan']") is None
    submit(head, parse(head.get("/surat-keluar").text), "form[action$='lepaskan']")
    work_off()
    assert len(letterbox.letters) == 2
    assert db.session.scalar(select(work.Work.id).where(work.Work.kind == SENDING, work.Work.state == "held")) is None
    assert text_of(letterbox.letters[0])


def test_the_command_that_lets_go_is_remembered_too(app, db_session):
    assert app.test_cli_runner().invoke(args=["release"]).exit_code == 0
    event = db_session.scalar(select(Event).where(Event.kind == "letter.released"))
    assert (event.actor, event.after) == ("Sistem", {"count": 0})
