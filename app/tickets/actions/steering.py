"""Diskominfo's hand on a ticket (level, due date), the OPD's choice of who holds it, and who moved."""

from app.core import clock, events
from app.core.refused import Refused
from app.people import actions as people
from app.people.models import Seat
from app.tickets import policy
from app.tickets.actions.clocks import reckon_due, reckon_react, set_by_hand, stood_before
from app.tickets.actions.escalating import mind_refusals
from app.tickets.actions.steps import mind_steps
from app.tickets.models import Ticket
from app.tickets.rules import Audience, Level
from app.tickets.rules.sums import DUE, part

LONGEST_REASON = 300
NOT_YOURS = "Hanya Diskominfo yang dapat mengubah ini."


def assign(ticket: Ticket, seat: Seat, holder_id: str) -> None:
    """Let one seat of the lead OPD hold the ticket; an empty `holder_id` takes it back. Raises Refused."""
    if not policy.may_assign(ticket, seat):
        raise Refused({"seat": "Pemegang tiket ditetapkan admin OPD pengampu atau Diskominfo."})
    holders = {str(holder.id): holder for holder in policy.assignable(ticket)}
    if holder_id and holder_id not in holders:
        raise Refused({"seat": "Pilih orang dari daftar OPD pengampu."})
    before, holder = ticket.seat_id, holders.get(holder_id)
    ticket.seat_id, ticket.seat = (holder.id if holder else None), holder
    names = {"seat": holder.person.name if holder else ""}
    events.record(ticket.stream, "ticket.assign", seat, before={"seat_id": before}, after=names)


def set_level(ticket: Ticket, seat: Seat, level: str) -> None:
    """Set the level. An operator's Krisis is a proposal that the head confirms. Raises Refused."""
    if not policy.may_steer(seat):
        raise Refused({"level": NOT_YOURS})
    if level not in list(Level):
        raise Refused({"level": "Pilih tingkat dari daftar."})
    if level == Level.KRISIS and not seat.is_admin:
        _propose_crisis(ticket, seat)
        return
    _set_level(ticket, seat, Level(level))


def _propose_crisis(ticket: Ticket, seat: Seat) -> None:
    ticket.crisis_proposed = True
    events.record(ticket.stream, "ticket.propose_crisis", seat, audience=Audience.INTERNAL)


def _set_level(ticket: Ticket, seat: Seat, level: Level) -> None:
    before = ticket.level
    ticket.level, ticket.crisis_proposed = level, False
    if before is level:
        return
    mind_refusals(ticket)
    if ticket.received_at and ticket.lead_opd_id:
        reckon_react(ticket)
        if part(ticket.due_sum, DUE) and not ticket.due_reason:
            reckon_due(ticket, stood_before(ticket))
        mind_steps(ticket)
    audience = Audience.SHARED if before.outside is not level.outside else Audience.INTERNAL
    events.record(
        ticket.stream, "ticket.level", seat, before={"level": before}, after={"level": level}, audience=audience
    )


def set_due(ticket: Ticket, seat: Seat, due_at: str, reason: str) -> None:
    """Move the due date, with a reason that history keeps. Raises Refused."""
    errors = {}
    if not policy.may_steer(seat):
        raise Refused({"due_at": NOT_YOURS})
    try:
        due = clock.parse_local(due_at)
        if due <= clock.now():
            errors["due_at"] = "Pilih tenggat yang belum lewat."
    except ValueError:
        errors["due_at"] = "Tanggal itu tidak ada. Pilih tanggal lain."
    if not reason.strip():
        errors["reason"] = "Sebut alasan tenggat diubah."
    elif len(reason) > LONGEST_REASON:
        errors["reason"] = f"Alasan paling banyak {LONGEST_REASON} huruf."
    if errors:
        raise Refused(errors)
    before = clock.short(ticket.due_at) if ticket.due_at else ""
    set_by_hand(ticket, due, reason.strip())
    events.record(
        ticket.stream, "ticket.due", seat, before={"due": before}, after={"due": clock.short(due)}, text=reason.strip()
    )


def report_moved(ticket: Ticket, seat: Seat, replacement: str) -> None:
    """«Saya sudah pindah tugas» from a letter: the links die, the matter stays, Diskominfo is told in the app."""
    events.record(
        ticket.stream,
        "ticket.moved_away",
        seat,
        after={"person": seat.person.name},
        text=replacement.strip()[:LONGEST_REASON] or None,
        audience=Audience.SHARED,
    )
    if ticket.seat_id == seat.id:
        ticket.seat_id, ticket.seat = None, None
    people.moved_away(seat, replacement, by=seat)
