"""/tiket/pilihan: one verb on many tickets; the number is named before, what could not be done after, and a way back."""

import pytest

from app.extensions import db
from app.tickets.models import Ticket
from app.tickets.rules import Level, State
from app.tickets.rules.bulk import MOST
from tests.harness import client as browsing
from tests.tickets import desk


def send(browser, act, tickets, **fields):
    ids = [str(ticket.id) for ticket in tickets]
    return browsing.post(browser, "/tiket/pilihan", act=act, ids=ids, **fields)


def again(ticket) -> Ticket:
    db.session.expire_all()
    return db.session.get(Ticket, ticket.id)


def undo(browser, page):
    form = page.css_first("form input[name=was]").parent
    fields = [(field.attributes["name"], field.attributes.get("value", "")) for field in form.css("input")]
    data: dict = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return browser.post("/tiket/pilihan", data=data)


def test_the_number_is_named_before_and_after(people, visit_as, login):
    tickets = [desk.ticket_in(State.RESOLVED, people) for _ in range(3)]
    query = "&".join(f"ids={ticket.id}" for ticket in tickets)
    page = visit_as(desk.OPERATOR)(f"/tiket/pilihan?act=tutup&{query}")
    assert "Tutup: 3 tiket" in page.css_first("h1").text()
    done = send(login(desk.OPERATOR), "tutup", tickets)
    assert "3 tiket ditutup" in done.text
    assert all(again(ticket).state is State.CLOSED for ticket in tickets)


def test_what_cannot_be_done_is_told_and_hinders_no_other(people, login):
    can, cannot = desk.ticket_in(State.NEW, people), desk.ticket_in(State.IN_PROGRESS, people)
    answer = send(login(desk.OPERATOR), "arsip", [can, cannot], reason="Salah buka.")
    assert "1 tiket diarsipkan" in answer.text and "1 tiket tidak berubah" in answer.text
    assert again(can).state is State.ARCHIVED and again(cannot).state is State.IN_PROGRESS


@pytest.mark.parametrize(
    ("act", "state", "fields"),
    [("tingkat", State.NEW, {"level": "segera"}), ("arsip", State.NEW, {"reason": "Salah."})],
)
def test_it_can_be_taken_back(act, state, fields, people, login):
    tickets = [desk.ticket_in(state, people) for _ in range(2)]
    browser = login(desk.OPERATOR)
    done = send(browser, act, tickets, **fields)
    undo(browser, browsing.read(done.text))
    for ticket in tickets:
        assert again(ticket).state is state and again(ticket).level is Level.BIASA


def test_an_opd_takes_on_its_own_alone(people, login):
    own, foreign = desk.ticket_in(State.FORWARDED, people), desk.ticket(people, opd="DPU")
    answer = send(login(desk.ADMIN), "terima", [own, foreign])
    assert again(own).state is State.IN_PROGRESS and again(foreign).state is State.FORWARDED
    assert "Tiket ini tidak ada lagi" in answer.text and foreign.title not in answer.text.replace(own.title, "")


def test_a_missing_reason_is_asked_and_nothing_happens(people, login):
    ticket = desk.ticket_in(State.NEW, people)
    answer = send(login(desk.OPERATOR), "arsip", [ticket])
    assert answer.status_code == 422 and "Sebut alasannya" in answer.text
    assert again(ticket).state is State.NEW


@pytest.mark.parametrize("who", [desk.ADMIN, desk.LEADER])
def test_an_act_that_is_not_offered_does_nothing(who, people, login):
    ticket = desk.ticket_in(State.RESOLVED, people)
    assert send(login(who), "tutup", [ticket]).status_code == 303
    assert again(ticket).state is State.RESOLVED


def test_a_page_at_most(people, login):
    """More than a page of ids is cut, not refused."""
    tickets = [desk.ticket_in(State.NEW, people) for _ in range(3)]
    ids = [str(ticket.id) for ticket in tickets[:2]] + [str(10_000 + n) for n in range(MOST)] + [str(tickets[2].id)]
    browsing.post(login(desk.OPERATOR), "/tiket/pilihan", act="arsip", ids=ids, reason="Salah buka.")
    assert [again(ticket).state for ticket in tickets] == [State.ARCHIVED, State.ARCHIVED, State.NEW]
