"""`move`: the one way in which a ticket changes state. Routes, personal links, bulk and clock use it alike."""

from collections.abc import Callable
from datetime import datetime

from app.core import events
from app.core.db import insert
from app.core.refused import Refused
from app.extensions import db
from app.people import actions as people
from app.people.models import Opd, Seat
from app.tickets import policy
from app.tickets.actions import answering
from app.tickets.actions.checks import CHECKS
from app.tickets.actions.clocks import mind_the_clock, start_opd_clock
from app.tickets.actions.counting import count
from app.tickets.actions.findable import make_findable, make_proof_findable
from app.tickets.models import FormerLead, Ticket
from app.tickets.rules import LINKS_END, MOVES, Audience, Move, State, missing

NOT_POSSIBLE = "Langkah ini tidak tersedia untuk Anda pada keadaan tiket sekarang. Muat ulang untuk melihat pilihannya."


def move(ticket: Ticket, name: str, seat: Seat | None, values: dict | None = None) -> events.Event:
    """Make one move of the table as `seat` (None: the clock) with what the move needs.

    `values` are strings as a browser sends them (design.md §7), `evidence` an Evidence of this ticket.
    Records the event; does not commit. Raises Refused.
    """
    given = {key: value.strip() if isinstance(value, str) else value for key, value in (values or {}).items()}
    wanted = _permitted(ticket, name, seat)
    details = _checked(wanted, ticket, seat, given)
    held_by, before = ticket.lead_opd_id, ticket.state
    with db.session.no_autoflush:  # one UPDATE, one version, however many fields a move touches
        details |= _carry_out(ticket, name, seat, given)
    if ticket.state in LINKS_END:
        people.end_links(subject=ticket.stream)
    count(ticket, held_by, before)
    event = events.record(
        ticket.stream,
        f"ticket.{name}",
        seat,
        before={"state": before.value},
        after={"state": ticket.state.value} | details,
        text="\n".join(words for words in (given.get("reason"), given.get("note")) if words) or None,
        audience=_audience(name),
    )
    if held_by and held_by != ticket.lead_opd_id:
        keep_proof(ticket, held_by, event.at)
    return event


def _carry_out(ticket: Ticket, name: str, seat: Seat | None, given: dict) -> dict:
    """The change itself; returns more for history to remember."""
    before, ended_at = ticket.state, ticket.ended_at
    if name in BEFORE:
        BEFORE[name](ticket, given, seat)
    ticket.make(name)
    mind_the_clock(ticket, before, name, ended_at)
    follow = AFTER.get(name)
    more = follow(ticket, given, seat) if follow else None
    return more or {}


def _permitted(ticket: Ticket, name: str, seat: Seat | None) -> Move:
    for candidate in policy.moves_for(ticket, seat):
        if candidate.name == name:
            return candidate
    raise Refused({"move": NOT_POSSIBLE if name in MOVES else "Pilih langkah dari daftar."})


def _checked(wanted: Move, ticket: Ticket, seat: Seat | None, given: dict) -> dict:
    """The values that are to be remembered in history. Raises Refused with every fault at once."""
    errors = missing(policy.needs_of(wanted, ticket, seat), given)
    details = {}
    for field, check in CHECKS.get(wanted.name, {}).items():
        if field not in errors and given.get(field):
            try:
                details[field] = check(given, ticket)
            except ValueError as error:
                errors[field] = str(error)
    if errors:
        raise Refused(errors)
    return details


def _audience(name: str) -> str:
    """What passes between an OPD's own people stays there until it is approved."""
    return Audience.INTERNAL if name in ("submit", "send_back") else Audience.SHARED


def _change_lead(ticket: Ticket, given: dict, _seat: Seat | None) -> None:
    """The former lead keeps a read-only proof; its links, its officer and its clock end."""
    new: Opd = given["opd_row"]
    if ticket.lead_opd_id and ticket.lead_opd_id != new.id:
        leave_lead(ticket)
    ticket.lead_opd_id, ticket.lead = new.id, new


def keep_proof(ticket: Ticket, opd_id: int, until: datetime) -> None:
    """What the former lead may still read ends with the event that took the matter away, and holds it."""
    proof = insert(FormerLead).values(ticket_id=ticket.id, opd_id=opd_id, until=until)
    proof = proof.on_conflict_do_update(index_elements=["ticket_id", "opd_id"], set_={"until": until})
    db.session.execute(proof)


def leave_lead(ticket: Ticket) -> None:
    """End the present lead's part: its words stay findable for it, its links die, nobody is assigned.

    What it wrote and nobody accepted is put aside, or the next lead would find it in its own form.
    """
    make_proof_findable(ticket)
    answering.put_aside(ticket)
    people.end_links(subject=ticket.stream)
    ticket.seat_id, ticket.seat = None, None
    ticket.lead_opd_id, ticket.lead = None, None


def _objected(ticket: Ticket, _given: dict, _seat: Seat) -> None:
    people.end_links(subject=ticket.stream)


def _held(ticket: Ticket, given: dict, _seat: Seat) -> None:
    ticket.hold_until = given["until_at"]


def _reopened(ticket: Ticket, _given: dict, _seat: Seat | None) -> None:
    if ticket.state is State.NEW and ticket.lead_opd_id:
        leave_lead(ticket)
        make_findable(ticket)
    ticket.outcome = ""


def _forwarded(ticket: Ticket, _given: dict, _seat: Seat | None) -> None:
    start_opd_clock(ticket)
    make_findable(ticket)


Step = Callable[..., dict | None]
BEFORE: dict[str, Step] = {"forward": _change_lead, "reroute": _change_lead}
AFTER: dict[str, Step] = {
    "forward": _forwarded,
    "reroute": _forwarded,
    "object": _objected,
    "hold": _held,
    "submit": answering.submitted,
    "approve": answering.approved,
    "answer": answering.answered,
    "send_back": answering.returned,
    "rework": answering.returned,
    "proceed": answering.accepted,
    "resolve": answering.accepted,
    "await_budget": answering.accepted,
    "reopen": _reopened,
}
