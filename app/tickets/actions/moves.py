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
from app.tickets.actions import answering, outside
from app.tickets.actions.checks import CHECKS
from app.tickets.actions.clocks import mind_the_clock, start_opd_clock
from app.tickets.actions.counting import count
from app.tickets.actions.escalating import close_rulings, mind_refusals, settle
from app.tickets.actions.findable import make_findable, make_proof_findable
from app.tickets.actions.heads import Head, ask_head
from app.tickets.actions.publishing import publish
from app.tickets.actions.settling import settle_tasks
from app.tickets.actions.steps import mind_steps
from app.tickets.actions.tasks import inherit
from app.tickets.models import FormerLead, Ticket
from app.tickets.rules import LINKS_END, MOVES, Audience, Move, State, missing

NOT_POSSIBLE = "Langkah ini tidak tersedia untuk Anda pada keadaan tiket sekarang. Muat ulang untuk melihat pilihannya."


def move(
    ticket: Ticket, name: str, seat: Seat | None, values: dict | None = None, *, ruled: bool = False
) -> events.Event:
    """Make one move of the table as `seat` (None: the clock) with what the move needs.

    `values` are strings as a browser sends them (design.md §7), `evidence` an Evidence of this ticket. `ruled`: it is
    the forwarding that a ruling orders, which whoever may record the ruling makes.
    Records the event; does not commit. Raises Refused.
    """
    given = {key: value.strip() if isinstance(value, str) else value for key, value in (values or {}).items()}
    wanted = _permitted(ticket, name, seat, ruled)
    details = _checked(wanted, ticket, seat, given)
    settle_tasks(ticket, name, seat, given)
    if name == "resolve" and given.get("channel"):
        publish(ticket, seat, given)
    event = make(ticket, _made(name, given), seat, given, details)
    if event.kind == "ticket.submit" and given.get("ask_head"):
        ask_head(ticket, seat)
    return event


def _made(name: str, given: dict) -> str:
    """A narahubung whose head is still to be asked hands the answer in as a draft."""
    return "submit" if name == "answer" and given.get("ask_head") else name


def make(ticket: Ticket, name: str, seat: Seat | Head | None, given: dict, details: dict) -> events.Event:
    """Carry out a move that is permitted and checked; also for a kepala OPD, who has no seat."""
    held_by, before = ticket.lead_opd_id, ticket.state
    with db.session.no_autoflush:  # one UPDATE, one version, however many fields a move touches
        details |= _carry_out(ticket, name, seat, given)
        mind_steps(ticket)
    if ticket.state in LINKS_END:
        people.end_links_to([ticket.stream, *(task.stream for task in ticket.tasks)])
        outside.end_all(ticket)
    if before is State.CONTESTED and ticket.state is not State.CONTESTED:
        close_rulings(ticket, given)
    count(ticket, held_by, before)
    settle(ticket, before, held_by)
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
    if name == "object":
        mind_refusals(ticket)
    return event


def _carry_out(ticket: Ticket, name: str, seat: Seat | Head | None, given: dict) -> dict:
    """The change itself; returns more for history to remember."""
    before, ended_at = ticket.state, ticket.ended_at
    if name in BEFORE:
        BEFORE[name](ticket, given, seat)
    ticket.make(name)
    mind_the_clock(ticket, before, name, ended_at)
    follow = AFTER.get(name)
    more = follow(ticket, given, seat) if follow else None
    return more or {}


def _permitted(ticket: Ticket, name: str, seat: Seat | None, ruled: bool) -> Move:
    if ruled and name == "forward" and seat and policy.may_rule(ticket, seat):
        return MOVES[name]
    for candidate in policy.moves_for(ticket, seat):
        if candidate.name == name:
            return candidate
    raise Refused({"move": NOT_POSSIBLE if name in MOVES else "Pilih langkah dari daftar."})


def _checked(wanted: Move, ticket: Ticket, seat: Seat | None, given: dict) -> dict:
    """The values that are to be remembered in history. Raises Refused with every fault at once."""
    needs = (*policy.needs_of(wanted, ticket, seat), *policy.also_needs(wanted, ticket, given))
    errors = missing(needs, given)
    details: dict[str, object] = {}
    for field, check in CHECKS.get(wanted.name, {}).items():
        if field not in errors and given.get(field):
            try:
                told = check(given, ticket)
                details |= {} if told is None else {field: told}
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
    left = ticket.lead_opd_id
    if left and left != new.id:
        leave_lead(ticket)
    ticket.lead_opd_id, ticket.lead = new.id, new
    inherit(ticket, left)


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
    outside.end_all(ticket, ticket.lead_opd_id)
    ticket.seat_id, ticket.seat = None, None
    ticket.lead_opd_id, ticket.lead = None, None


def _objected(ticket: Ticket, given: dict, _seat: Seat) -> dict:
    """Its links end, the term of the ruling begins, and history keeps who proposes whom, by code."""
    people.end_links(subject=ticket.stream)
    outside.end_all(ticket, ticket.lead_opd_id)
    return {"opd": ticket.lead.short if ticket.lead else "", "proposed_code": given["proposed"]}


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
