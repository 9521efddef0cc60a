"""The table of moves as people see it: for each state, what each of them may do. design.md §4 in the reader's order."""

import pytest

from app.tickets import policy
from app.tickets.models import Ticket
from app.tickets.rules import MOVES, State, Who, moves_from
from tests.tickets import desk

GOLDEN = {
    # state: (Diskominfo, admin OPD, narahubung, the clock)
    "new": ("forward refer archive", "", "", ""),
    "forwarded": ("reroute refer archive", "take_on object", "take_on object", ""),
    "in_progress": ("reroute hold refer", "object hold submit", "object hold answer", ""),
    "contested": ("forward refer archive", "take_on", "take_on", ""),
    "on_hold": ("reroute resume archive", "resume", "resume", "resume"),
    "awaiting_approval": ("reroute approve", "approve send_back", "approve send_back", ""),
    "under_review": ("rework resolve await_budget refer", "", "", ""),
    "needs_work": ("reroute hold", "hold submit", "hold answer", ""),
    "resolved": ("close reopen", "reopen", "reopen", "close"),
    "closed": ("reopen", "", "", ""),
    "other_authority": ("forward close reopen", "", "", ""),
    "awaiting_budget": ("resume close", "resume", "resume", "resume"),
    "archived": ("reopen", "", "", ""),
}
ACTORS = (desk.OPERATOR, desk.ADMIN, desk.NARAHUBUNG, None)


def test_the_golden_table_names_every_state():
    assert set(GOLDEN) == set(State)


@pytest.mark.parametrize("state", GOLDEN)
def test_each_state_offers_each_person_exactly_these_moves(state, people):
    ticket = desk.ticket_in(State(state), people)
    for actor, expected in zip(ACTORS, GOLDEN[state], strict=True):
        seat = people[actor] if actor else None
        assert " ".join(move.name for move in policy.moves_for(ticket, seat)) == expected, actor


def test_a_first_statement_can_be_accepted_while_the_work_goes_on(people):
    ticket = desk.ticket(
        people,
        ("take_on", desk.ADMIN),
        ("answer", desk.NARAHUBUNG, {"answer": desk.ANSWER, "answer_kind": "first_statement"}),
    )
    assert "proceed" in {move.name for move in policy.moves_for(ticket, people[desk.OPERATOR])}


@pytest.mark.parametrize("stranger", [desk.OTHER_ADMIN, desk.OTHER_NARAHUBUNG, desk.LEADER])
@pytest.mark.parametrize("state", GOLDEN)
def test_others_only_read(state, stranger, people):
    assert policy.moves_for(desk.ticket_in(State(state), people), people[stranger]) == []


def test_no_state_is_an_island():
    reached, frontier = set(), {State.NEW}
    while frontier:
        reached |= frontier
        frontier = {move.target for state in frontier for move in moves_from(state, Who)} - reached
    assert reached == set(State)


def test_every_state_reaches_an_end():
    for state in State:
        seen, frontier = set(), {state}
        while frontier and not any(here.ended for here in frontier):
            seen |= frontier
            frontier = {move.target for here in frontier for move in moves_from(here, Who)} - seen
        assert frontier, f"{state} leads to no end"


def test_every_move_has_a_label_and_tells_what_it_needs():
    for move in MOVES.values():
        assert move.label and move.hint
        assert move.sources and move.who


def test_the_table_forbids_what_it_does_not_name():
    from app.tickets.models import IllegalMove

    with pytest.raises(IllegalMove):
        Ticket(state=State.CLOSED, refusals=0).make("take_on")
