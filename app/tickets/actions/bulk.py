"""The same verb on many tickets: each by itself, so that one that cannot is told and hinders no other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from werkzeug.exceptions import NotFound

from app.core.numbers import whole
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Seat
from app.tickets import policy
from app.tickets.actions.moves import move
from app.tickets.actions.steering import assign, set_level
from app.tickets.models import Ticket
from app.tickets.rules.bulk import ACTS, MOST, UNDONE, Act

GONE = "Tiket ini tidak ada lagi di daftar Anda."


@dataclass
class Outcome:
    """What was done, what was not and why, and what would take it back: «number:value before» of each."""

    done: list[Ticket] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)


def act_on(ids: Iterable[int], act: Act, seat: Seat, values: dict) -> Outcome:
    """Do `act` to each of these tickets, at most a page of them. Does not commit."""
    outcome = Outcome()
    for ticket_id in sorted(set(ids))[:MOST]:
        _each(ticket_id, seat, outcome, lambda ticket: _act(ticket, act, seat, values))
    return outcome


def take_back(act: Act, before: Iterable[str], seat: Seat) -> Outcome:
    """Undo what `act_on` did, as far as the tickets are still as it left them."""
    outcome = Outcome()
    for entry in sorted(set(before))[:MOST]:
        number, _, value = entry.partition(":")
        if ticket_id := whole(number):
            _each(ticket_id, seat, outcome, lambda ticket, value=value: _restore(ticket, act, seat, value))
    return outcome


def _each(ticket_id: int, seat: Seat, outcome: Outcome, verb) -> None:
    ticket = None
    try:
        with db.session.begin_nested():
            ticket = policy.visible_ticket(ticket_id, seat, lock=True)
            before = verb(ticket)
        outcome.done.append(ticket)
        outcome.before.append(f"{ticket_id}:{before}")
    except NotFound:
        outcome.failed.append((f"{ticket_id:04d}", "", GONE))
    except Refused as refused:
        title = ticket.shown_title if ticket else ""
        outcome.failed.append((f"{ticket_id:04d}", title, " ".join(refused.errors.values())))


def _act(ticket: Ticket, act: Act, seat: Seat, values: dict) -> str:
    """Returns the value before, as `_restore` takes it."""
    if act.name == "pemegang":
        holder = str(ticket.seat_id or "")
        assign(ticket, seat, values.get("seat") or "")
        return holder
    if act.name == "tingkat":
        level = ticket.level.value
        set_level(ticket, seat, values.get("level") or "")
        return level
    move(ticket, act.move, seat, values)
    return ""


def _restore(ticket: Ticket, act: Act, seat: Seat, value: str) -> str:
    if act.name == "pemegang":
        assign(ticket, seat, value)
    elif act.name == "tingkat":
        set_level(ticket, seat, value)
    else:
        move(ticket, "reopen", seat, {"reason": UNDONE})
    return ""


def act_named(name: str, seat: Seat) -> Act | None:
    """The act of that name, if this seat is offered it."""
    act = ACTS.get(name)
    return act if act and seat.role in act.roles else None
