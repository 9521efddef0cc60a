"""Two people on one ticket, each with a page as old as they like: no lost update, no illegal state, one letter per cause.

Every edit is sent from a form that was read some time ago, some of them twice, in random order. What is promised:
an edit from a page that is no longer true changes nothing and says so (409); one that changed something stands in
history exactly once; a letter has one cause, and each cause and reader one letter.
"""

import random

import pytest
from sqlalchemy import func

from app.core import events
from app.core.events import Event
from app.extensions import db
from app.notify.models import Letter
from app.people.actions import mint_link
from app.tickets import actions, policy
from app.tickets.models import Ticket
from app.tickets.rules import MOVES, State
from tests.tickets import desk

DONE, STALE, REFUSED, ENDED = 303, 409, 422, 404


class Somebody:
    """One person with the page of a personal link before them."""

    def __init__(self, app, ticket: Ticket, seat, rng: random.Random):
        self.rng, self.seat, self.browser = rng, seat, app.test_client()
        self.get_a_letter(ticket)
        self.look(ticket)

    def get_a_letter(self, ticket: Ticket) -> None:
        self.token = mint_link("ticket", ticket.stream, self.seat.person_id, self.seat.id)

    def look(self, ticket: Ticket) -> None:
        """Read the page again."""
        self.version = str(ticket.version)
        self.moves = [move.name for move in policy.moves_for(ticket, self.seat)]

    def form(self) -> tuple[str, dict]:
        sent = {"version": self.version, "nonce": f"{self.rng.random()}"}
        if self.rng.random() < 0.25 or not self.moves:
            return "catatan", sent | {"text": f"Kabar {self.rng.random()}", "audience": "shared"}
        given = {
            "reason": "Sebab.", "note": "Catatan.", "proposed": "tidak_tahu", "until": "2099-01-01T08:00",
            "answer": f"Sudah ditambal 27 November, titik {self.rng.randint(1, 999)}.",
        }  # fmt: skip
        return "status", sent | given | {"move": self.rng.choice(self.moves)}

    def send(self, block: str, data: dict) -> int:
        return self.browser.post(f"/t/{self.token}/{block}", data=data).status_code


def play(app, people, seed: int, edits: int) -> int:
    """One ticket's life under two hands; returns how many edits were sent from a page that was no longer true."""
    rng = random.Random(seed)
    ticket = desk.ticket(people)
    pair = [Somebody(app, ticket, people[who], rng) for who in (desk.ADMIN, desk.NARAHUBUNG)]
    db.session.commit()
    stale = 0
    for _ in range(edits):
        _carry_on(ticket.id, people, pair)
        who = rng.choice(pair)
        if rng.random() < 0.4:
            who.look(db.session.get(Ticket, ticket.id))
        block, data = who.form()
        stale += _send(who, block, data, ticket.id, twice=rng.random() < 0.2)
    _sound(ticket.id)
    return stale


def _carry_on(ticket_id: int, people, pair) -> None:
    """Diskominfo's part, so that the life goes on: a ruling gives it back, a review asks for more."""
    ticket = db.session.get(Ticket, ticket_id)
    given = {State.CONTESTED: ("forward", {"opd": "DISDIKBUD", "basis": "Asisten II"}), State.ON_HOLD: ("resume", {})}
    given[State.UNDER_REVIEW] = ("rework", {"note": "Sebut tanggalnya."})
    if ticket.state in given:
        actions.move(ticket, given[ticket.state][0], people[desk.OPERATOR], given[ticket.state][1])
        for who in pair:
            who.get_a_letter(ticket)
    db.session.commit()


def _send(who: Somebody, block: str, data: dict, ticket_id: int, *, twice: bool) -> bool:
    before = db.session.get(Ticket, ticket_id)
    true_page, version, state = data["version"] == str(before.version), before.version, before.state
    mine = (Event.stream == before.stream, Event.kind.in_(["ticket.note", *(f"ticket.{name}" for name in MOVES)]))
    known = _count(Event, *mine)
    status = who.send(block, data)
    assert status in (DONE, STALE, REFUSED, ENDED, 200), status
    if twice:
        who.send(block, data)
    db.session.expire_all()
    after = db.session.get(Ticket, ticket_id)
    added = _count(Event, *mine) - known
    if not true_page:
        assert status in (STALE, ENDED) and added == 0, "an edit from an old page changed something"
        assert (after.version, after.state) == (version, state)
    if after.state is not state:
        assert added == 1 and after.state in {MOVES[data["move"]].target, State.NEW}
    assert added <= 1, "a double submit acted twice"
    return not true_page


def _sound(ticket_id: int) -> None:
    ticket = db.session.get(Ticket, ticket_id)
    seqs = db.session.scalars(db.select(Event.seq).where(Event.stream == ticket.stream).order_by(Event.seq)).all()
    assert list(seqs) == list(range(1, len(seqs) + 1))
    per_cause = db.select(func.count()).group_by(Letter.event_id, Letter.person_id)
    assert set(db.session.scalars(per_cause.where(Letter.ticket_id == ticket_id))) <= {1}


def _count(model, *conditions) -> int:
    return db.session.scalar(db.select(func.count()).select_from(model).where(*conditions)) or 0


def test_a_sample_of_interleavings(app, people):
    assert sum(play(app, people, seed, edits=10) for seed in range(8)) > 5, "nobody ever had an old page"
    assert not list(events.broken_links())


@pytest.mark.slow
def test_two_hundred_interleavings_and_ten_thousand_edits(app, people):
    stale = sum(play(app, people, seed, edits=50) for seed in range(200))
    assert stale > 1000, stale
    assert not list(events.broken_links())
