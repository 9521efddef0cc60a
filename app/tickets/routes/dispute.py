"""A dispute over authority as the page of its ticket shows it, to Diskominfo and to those who are asked to rule."""

from functools import cached_property

from app.people.models import Seat
from app.people.rules import Role
from app.tickets.models import Ticket
from app.tickets.queries import authority as queries
from app.tickets.rules import PROPOSED_OUTSIDE, PROPOSED_UNKNOWN, State
from app.tickets.rules.authority import note_asking, question_of


class Dispute:
    """Every part is asked for at most once, and only while the ticket is contested."""

    def __init__(self, ticket: Ticket, seat: Seat):
        self.ticket, self.seat = ticket, seat
        self.inside = seat.role is Role.DISKOMINFO

    @property
    def stands(self) -> bool:
        return self.ticket.state is State.CONTESTED and self.seat.role in (Role.DISKOMINFO, Role.PIMPINAN)

    @property
    def shown(self) -> bool:
        """Whether the page has a part about it: Diskominfo's always, the pimpinan's while they are asked."""
        return self.inside or bool(self.ruling)

    @cached_property
    def objections(self) -> list[queries.Objection]:
        return queries.objections(self.ticket) if self.stands else []

    @cached_property
    def ruling(self):
        return queries.open_ruling(self.ticket) if self.stands else None

    @property
    def escalations(self):
        """What is proposed to go up, about the ticket or a task of it: for Diskominfo alone."""
        return self.ticket.proposals if self.inside else ()

    @property
    def proposed(self) -> list[tuple[str, str]]:
        """(code, words) of the OPDs that objections propose, the newest first: the first choices of «Tetapkan»."""
        named = [
            each for each in reversed(self.objections) if each.code not in ("", PROPOSED_OUTSIDE, PROPOSED_UNKNOWN)
        ]
        return list({each.code: (each.code, f"{each.proposed} · diusulkan {each.opd}") for each in named}.values())

    @property
    def proposal(self) -> str:
        """The newest proposed OPD, or nothing."""
        return self.proposed[0][0] if self.proposed else ""

    @property
    def asked_of(self) -> str:
        return self.ruling.asked_of if self.ruling else ""

    @property
    def question(self) -> str:
        """What the objections leave open, to begin the request with."""
        said = [(each.opd, each.reason, each.proposed) for each in self.objections]
        return question_of(self.ticket.number, self._title, said)

    @property
    def _title(self) -> str:
        return "permintaan terbatas" if self.ticket.restricted else self.ticket.shown_title

    @property
    def note(self) -> str:
        """What is sent to whoever is asked, by a person."""
        return note_asking(self.ruling.asked_of, self.ruling.question, self.seat.signature)

    @cached_property
    def whom(self) -> list[str]:
        return queries.whom_to_ask(self.seat)
