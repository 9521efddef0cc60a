"""Reminders: what the clocks reached becomes one letter a person. Nothing here commits."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from app.core import clock, work
from app.extensions import db
from app.notify import mail, queries
from app.notify.models import Letter, LetterItem, LetterState
from app.notify.rules import REMINDED, SENDING
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import actions as tickets
from app.tickets.actions import Reached
from app.tickets.models import Task, Ticket
from app.tickets.rules.reminding import tells_from
from app.tickets.rules.steps import RunningClock


def remind() -> int:
    """Claim what the clocks have reached and put the letters about it into the outbox. Returns how many letters."""
    tickets.settle_nobody()
    bundles: dict[int, list[dict]] = {}
    causes: dict[int, int] = {}
    for thing, reached in _by_thing(tickets.claim_due()):
        readers = _readers(thing)
        if not readers:
            tickets.nobody_to_tell(thing)
        for row in readers:
            bundles.setdefault(row.person_id, []).append(_item(thing, reached) | {"seat_id": row.seat_id})
            causes.setdefault(row.person_id, reached.event_id)
    return _post(bundles, causes)


def _by_thing(found: Iterable[Reached]) -> list[tuple[Ticket | Task, Reached]]:
    """Each matter once, told by that of its clocks which is due next."""
    nearest: dict[str, Reached] = {}
    for reached in sorted(found, key=lambda each: each.clock.due_at):
        nearest.setdefault(reached.thing.stream, reached)
    return [(reached.thing, reached) for reached in nearest.values()]


def _readers(thing: Ticket | Task) -> list:
    """Admin OPD and narahubung; where Diskominfo itself works on it, its operators rather than its heads."""
    asked = queries.task_addressees if isinstance(thing, Task) else queries.addressees
    found = asked(thing, REMINDED, None)
    heads = select(Seat.id).where(Seat.is_admin, Seat.role == Role.DISKOMINFO)
    if thing.seat_id is None and any(row.role is Role.DISKOMINFO for row in found):
        above = set(db.session.scalars(heads))
        found = [row for row in found if row.seat_id not in above] or found
    return found


def _item(thing: Ticket | Task, reached: Reached) -> dict:
    ticket_id, task_id = thing.ids
    return {"ticket_id": ticket_id, "task_id": task_id or None, "what": reached.clock.what, "step": reached.step}


def _post(bundles: dict[int, list[dict]], causes: dict[int, int]) -> int:
    """The outbox's rows, by person, in the order of their ids; the work that sends them."""
    if not bundles:
        return 0
    people = sorted(bundles)
    rows = [_row(person_id, causes[person_id], bundles[person_id][0]["seat_id"]) for person_id in people]
    posted = insert(Letter).returning(Letter.id, sort_by_parameter_order=True)
    letter_ids = list(db.session.scalars(posted, rows))
    items = [
        item | {"letter_id": letter_id}
        for letter_id, person_id in zip(letter_ids, people, strict=True)
        for item in bundles[person_id]
    ]
    db.session.execute(insert(LetterItem), items)
    work.later_many(SENDING, letter_ids)
    return len(letter_ids)


def _row(person_id: int, event_id: int, seat_id: int) -> dict:
    return {
        "kind": REMINDED.kind.value, "event_id": event_id, "person_id": person_id, "seat_id": seat_id,
        "state": LetterState.WAITING, "created_at": clock.now(), "message_id": mail.new_message_id(),
    }  # fmt: skip


# ── when it is sent ────────────────────────────────────────────────────


def still_to_tell(letter: Letter) -> list[tuple[LetterItem, RunningClock]]:
    """What of a bundled letter is still to be told: the clock runs, in that OPD, and the reader may know of it."""
    whole = (
        joinedload(LetterItem.seat), joinedload(LetterItem.ticket).joinedload(Ticket.lead),
        joinedload(LetterItem.task).joinedload(Task.ticket),
    )  # fmt: skip
    items = select(LetterItem).where(LetterItem.letter_id == letter.id).options(*whole).order_by(LetterItem.id)
    found = [(item, tickets.clock_to_tell(item.thing, item.what)) for item in db.session.scalars(items).unique()]
    told = [(item, running) for item, running in found if running and _may_read(item)]
    return sorted(told, key=lambda each: each[1].due_at)


def _may_read(item: LetterItem) -> bool:
    thing = item.thing
    works = thing.worked_by_id if isinstance(thing, Task) else thing.lead_opd_id
    if not item.seat.active or works != item.seat.opd_id:
        return False
    named = item.task is not None or not item.ticket.restricted
    return named or queries.is_named(item.ticket_id, item.seat.person_id)


def tells_at(told: list[tuple[LetterItem, RunningClock]], at: datetime) -> datetime:
    """When the letter may go out: a mail server that comes back in the night wakes nobody."""
    return min(tells_from(running.unit, at, tickets.calendar_for(item.thing)) for item, running in told)
