import pytest

from app.tickets.rules import State
from tests.tickets import desk


@pytest.mark.parametrize("who", [desk.OPERATOR, desk.HEAD, desk.ADMIN, desk.NARAHUBUNG, desk.LEADER])
@pytest.mark.parametrize("state", State)
def test_every_state_has_a_page_for_everybody(state, who, people, visit_as):
    ticket = desk.ticket_in(state, people)
    if state is State.NEW and who in (desk.ADMIN, desk.NARAHUBUNG):
        return
    visit_as(who)(f"/tiket/{ticket.id}")


@pytest.mark.parametrize("who", [desk.OPERATOR, desk.HEAD, desk.ADMIN, desk.NARAHUBUNG, desk.LEADER])
def test_queue(who, people, visit_as):
    desk.ticket_in(State.IN_PROGRESS, people)
    visit_as(who)("/tiket?tampilan=terbuka")
