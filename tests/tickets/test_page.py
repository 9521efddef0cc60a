"""The page of one ticket: for everybody in every state, and at a stated price."""

import pytest

from app.core.events import Event
from app.extensions import db
from app.tickets import actions
from app.tickets.models import Evidence
from app.tickets.rules import State
from tests.harness import client as browsing
from tests.tickets import desk

STATEMENTS = 14  # one of them asks what came back from the field


@pytest.mark.parametrize("who", [desk.OPERATOR, desk.HEAD, desk.ADMIN, desk.NARAHUBUNG, desk.LEADER])
@pytest.mark.parametrize("state", State)
def test_every_state_has_a_page_for_everybody(state, who, people, visit_as):
    ticket = desk.ticket_in(state, people)
    hidden = state is State.NEW and who in (desk.ADMIN, desk.NARAHUBUNG)
    page = visit_as(who)(f"/tiket/{ticket.id}", 404 if hidden else 200)
    if not hidden:
        badges = page.css(f"#ticket-{ticket.id}-status [data-state]")
        assert [badge.attributes["data-state"] for badge in badges] == [state]


@pytest.mark.parametrize("who", [desk.OPERATOR, desk.ADMIN, desk.NARAHUBUNG, desk.LEADER])
@pytest.mark.parametrize("state", [State.FORWARDED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.UNDER_REVIEW])
def test_a_ticket_with_ten_comments_costs_few_statements(state, who, people, login, statements):
    ticket = desk.ticket_in(state, people)
    for n in range(10):
        actions.note(ticket, people[desk.ADMIN], f"Kabar ke-{n}.", "shared")
    actions.attach(ticket, people[desk.ADMIN], desk.picture(), "foto.png")
    browser, address = login(who), f"/tiket/{ticket.id}"
    with statements() as seen:
        assert browser.get(address).status_code == 200
    assert len(seen) <= STATEMENTS, "\n".join(seen)


def test_comments_and_events_cost_nothing_more(people, login, statements):
    browser, ticket = login(desk.OPERATOR), desk.ticket_in(State.IN_PROGRESS, people)
    address, counts = f"/tiket/{ticket.id}", []
    for _ in range(2):
        db.session.commit()
        with statements() as seen:
            browser.get(address)
        counts.append(len(seen))
        for n in range(30):
            actions.note(ticket, people[desk.ADMIN], f"Kabar ke-{n}.", "shared")
    assert counts[0] == counts[1]


def test_what_is_asked_stands_open_with_its_verb(people, visit_as):
    ticket = desk.ticket_in(State.FORWARDED, people)
    page = visit_as(desk.ADMIN)(f"/tiket/{ticket.id}")
    form = page.css_first("#ubah-status")
    assert "data-open" in form.attributes and "Giliran Anda" in form.text()
    assert form.css_first("[name=move][checked]").attributes["value"] == "take_on"
    mend = visit_as(desk.ADMIN)(f"/tiket/{desk.ticket_in(State.NEEDS_WORK, people).id}")
    assert "Sebut tanggalnya." in mend.css_first(".moves-ask").text()
    assert mend.css(".path li")[2].text().startswith("Jawabandikembalikan")
    quiet = visit_as(desk.OPERATOR)(f"/tiket/{ticket.id}").css_first("#ubah-status")
    assert "data-open" not in quiet.attributes and "Giliran Anda" not in quiet.text()


def test_it_says_who_will_be_mailed(people, visit_as):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    hints = visit_as(desk.ADMIN)(f"/tiket/{ticket.id}").css('[data-needs="submit"].hint')
    assert [hint.text() for hint in hints] == ["Email ke Budi Narahubung."]


def test_the_due_date_prints_its_sum(people, visit_as):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    box = visit_as(desk.ADMIN)(f"/tiket/{ticket.id}").css_first(f"#ticket-{ticket.id}-jam").text()
    assert "Diterima Disdikbud" in box and "5 hari kerja" in box and "Tenggat" in box


def test_pimpinan_reads_and_changes_nothing(people, visit_as):
    ticket = desk.ticket_in(State.RESOLVED, people)
    actions.note(ticket, people[desk.ADMIN], "Antar-petugas saja.", "shared")
    page = visit_as(desk.LEADER)(f"/tiket/{ticket.id}")
    assert not page.css('main form[action^="/tiket/"]')
    assert desk.ANSWER in page.text() and "Antar-petugas" not in page.text()


def test_krisis_is_a_word_of_diskominfo(people, visit_as):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    actions.set_level(ticket, people[desk.HEAD], "krisis")
    db.session.commit()
    for who, word in ((desk.HEAD, "krisis"), (desk.ADMIN, "sangat_segera"), (desk.LEADER, "sangat_segera")):
        page = visit_as(who)(f"/tiket/{ticket.id}")
        assert page.css_first(f"#ticket-{ticket.id}-tingkat .level").attributes["data-level"] == word
        assert ("Krisis" in page.css_first("main").text()) is (who == desk.HEAD)


def test_a_file_is_downloaded_and_never_run(people, login):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    import io

    actions.attach(ticket, people[desk.ADMIN], io.BytesIO(b"%PDF-1.4\n%%EOF"), "../../<b>surat.html")
    actions.attach(ticket, people[desk.ADMIN], desk.picture(), "foto.png")
    db.session.commit()
    paper, shot = db.session.scalars(db.select(Evidence).order_by(Evidence.id)).all()
    browser = login(desk.ADMIN)
    answer = browser.get(f"/berkas/{paper.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "/" not in paper.name and "<" not in paper.name
    assert browser.get(f"/berkas/{shot.id}").headers["Content-Disposition"].startswith("inline")


def test_opening_the_original_is_logged_and_the_page_alone_does_not_show_it(people, login):
    ticket = _sensitive(people)
    browser = login(desk.ADMIN)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}").text)
    assert "Loa Janan" not in page.html
    opened = browsing.submit(browser, page, f'form[action="/tiket/{ticket.id}/asli"]')
    assert opened.status_code == 200 and "Siswi SMP di Loa Janan" in opened.text
    browsing.read(opened.text)
    kinds = db.session.scalars(db.select(Event.actor).where(Event.kind == "ticket.original_opened")).all()
    assert kinds == [people[desk.ADMIN].signature]


@pytest.mark.parametrize("who", [desk.OTHER_ADMIN, desk.LEADER])
def test_others_cannot_open_the_original(people, login, who):
    ticket = _sensitive(people)
    browser = login(who)
    page = browsing.parse(browser.get("/tiket").text)
    token = page.css_first('[name="csrf_token"]').attributes["value"]
    assert browser.post(f"/tiket/{ticket.id}/asli", data={"csrf_token": token}).status_code == 404
    assert "Loa Janan" not in browser.get(f"/tiket/{ticket.id}").text


def _sensitive(people):
    alert = desk.alert("Siswi SMP di Loa Janan jadi korban", sensitive=True, safe_title="Perkara perlindungan anak")
    ticket = actions.promote([alert], people[desk.OPERATOR], {"opd": "DISDIKBUD"})
    db.session.commit()
    return ticket


@pytest.mark.parametrize(
    ("state", "here"),
    [
        (State.FORWARDED, "Tiket"),
        (State.UNDER_REVIEW, "Jawaban"),
        (State.RESOLVED, "Selesai"),
        (State.ARCHIVED, "Diarsipkan"),
    ],
)
def test_the_alur_has_only_stations_that_exist(state, here, people, visit_as):
    page = visit_as(desk.OPERATOR)(f"/tiket/{desk.ticket_in(state, people).id}")
    steps = page.css(".path li")
    assert len(steps) == 4 and steps[0].text().startswith("Pantauan") and steps[2].text().startswith("Jawaban")
    assert page.css_first(".path [aria-current]").text().startswith(here)


def test_a_run_of_merged_alerts_is_one_sentence(people, visit_as):
    ticket = desk.ticket(people)
    for n in range(8):
        actions.merge([desk.alert(f"Kabar {n}")], ticket, people[desk.OPERATOR])
    db.session.commit()
    told = [line.text() for line in visit_as(desk.OPERATOR)(f"/tiket/{ticket.id}").css(".story li")]
    assert len([line for line in told if "menggabungkan" in line]) == 1
    assert any("menggabungkan 8 pantauan ke tiket ini." in line for line in told)


def test_paper_says_when_it_was_printed_and_leaves_internal_notes_out(people, visit_as):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    actions.note(ticket, people[desk.ADMIN], "Rahasia dapur.", "internal")
    db.session.commit()
    page = visit_as(desk.ADMIN)(f"/tiket/{ticket.id}")
    (internal,) = [item for item in page.css(".talk li") if "Rahasia dapur." in item.text()]
    assert "no-print" in internal.attributes["class"]
    assert "Dicetak" in page.css_first(".print-foot").text()
