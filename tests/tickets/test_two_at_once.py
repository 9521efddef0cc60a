"""Two people, or one impatient thumb, at the same instant: nothing is lost, doubled or answered with 500."""

import threading

import pytest

from app.core import events
from app.core.events import Event
from app.extensions import db
from app.people.actions import mint_link
from app.tickets.models import Ticket
from app.tickets.rules import State
from tests.tickets import desk


@pytest.fixture
def at_once(app, people):
    """`at_once(ticket, posts)`: send (who, block, data) by personal links from threads at one signal; statuses."""

    def send(ticket, posts):
        stream, seats = ticket.stream, people
        tokens = [mint_link("ticket", stream, seats[who].person_id, seats[who].id) for who, _block, _data in posts]
        db.session.commit()
        signal, answers = threading.Barrier(len(posts)), [None] * len(posts)

        def press(n):
            _who, block, data = posts[n]
            browser = app.test_client()
            signal.wait(10)
            answers[n] = browser.post(f"/t/{tokens[n]}/{block}", data=data).status_code

        threads = [threading.Thread(target=press, args=(n,)) for n in range(len(posts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        db.session.expire_all()
        return answers

    return send


def kinds(ticket):
    return list(db.session.scalars(db.select(Event.kind).where(Event.stream == ticket.stream).order_by(Event.seq)))


def test_one_nonce_sent_twice_acts_once(at_once, people):
    ticket = desk.ticket_in(State.AWAITING_APPROVAL, people)
    sent = (desk.NARAHUBUNG, "status", {"move": "approve", "nonce": "n", "version": str(ticket.version)})
    assert at_once(ticket, [sent] * 4) == [303] * 4
    assert kinds(ticket).count("ticket.approve") == 1
    assert db.session.get(Ticket, ticket.id).state is State.UNDER_REVIEW


def test_notes_written_at_once_are_all_there_in_one_chain(at_once, people):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    posts = [
        (who, "catatan", {"text": f"Kabar {n}", "audience": "shared", "nonce": f"n{n}"})
        for n, who in enumerate([desk.ADMIN, desk.NARAHUBUNG] * 3)
    ]
    assert at_once(ticket, posts) == [303] * 6
    assert kinds(ticket).count("ticket.note") == 6
    assert not list(events.broken_links())


def test_of_two_moves_at_once_one_is_told_what_the_other_did(at_once, people):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    version = str(ticket.version)
    until = {"reason": "Menunggu bahan.", "until": "2099-01-01T08:00"}
    hold = (desk.ADMIN, "status", {"move": "hold", "nonce": "a", "version": version} | until)
    answer = (desk.NARAHUBUNG, "status", {"move": "answer", "answer": desk.ANSWER, "nonce": "b", "version": version})
    assert sorted(at_once(ticket, [hold, answer])) == [303, 409]
    assert len({"ticket.hold", "ticket.answer"} & set(kinds(ticket))) == 1
    assert not list(events.broken_links())


def test_two_refusals_at_once_make_one_proposal(at_once, people):
    ticket = desk.ticket(people, level="sangat_segera")
    values = {"move": "object", "reason": "Gedung yayasan.", "proposed": "luar", "version": str(ticket.version)}
    posts = [(who, "status", values | {"nonce": who}) for who in (desk.ADMIN, desk.NARAHUBUNG)]
    answers = at_once(ticket, posts)
    assert answers.count(200) == 1 and set(answers) <= {200, 404, 409}, "the one, and one who is told"
    assert (kinds(ticket).count("ticket.object"), kinds(ticket).count("ticket.escalation")) == (1, 1)
    assert len(db.session.get(Ticket, ticket.id).proposals) == 1
    assert not list(events.broken_links())
