"""Who sits for each OPD, in the decree's order: three statements however many there are."""

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from app.desk.rules.offices import Lack, Office, stand
from app.extensions import db
from app.people.models import Opd, Person, Seat
from app.people.rules import OUTSIDE
from app.tickets.models import TicketCount
from app.tickets.rules import ENDED
from app.web import tallies


def offices(reader: Seat) -> list[Office]:
    """Every OPD to which tickets can be forwarded; those with open tickets and nobody stand first."""
    opds: dict[int, Opd] = {}
    seats: dict[int, list[Seat]] = {}
    for opd, seat in db.session.execute(_seats()):
        opds[opd.id] = opd
        seats.setdefault(opd.id, []).extend([seat] if seat else [])
    waiting, unopened = _open_tickets(), tallies.tally("unopened", reader)
    found = [stand(opd, seats[key], waiting.get(key, 0), unopened.get(str(key), 0)) for key, opd in opds.items()]
    return sorted(found, key=lambda office: not office.alarm)


def lacking(found: list[Office], lack: str) -> list[Office]:
    """Those that lack it; all of them for an empty `lack`."""
    return [office for office in found if Lack(lack) in office.lacks] if lack else found


def tally_of(found: list[Office]) -> dict[Lack, int]:
    """How many offices lack what; only what any lacks."""
    counted = {lack: sum(lack in office.lacks for office in found) for lack in Lack}
    return {lack: n for lack, n in counted.items() if n}


def _seats():
    """(OPD, seat or none): the people of each, the switched-off and the ended left out."""
    present = (Seat.opd_id == Opd.id) & Seat.ended_at.is_(None)
    rows = select(Opd, Seat).outerjoin(Seat, present).outerjoin(Person, (Person.id == Seat.person_id) & Person.active)
    rows = rows.where(Opd.active, Opd.kind != OUTSIDE, (Seat.id.is_(None)) | (Person.id.is_not(None)))
    eager = (contains_eager(Seat.person), contains_eager(Seat.opd))
    return rows.options(*eager).order_by(Opd.position, Opd.name, Seat.id)


def _open_tickets() -> dict[int, int]:
    counts = select(TicketCount.opd_id, func.sum(TicketCount.n)).where(TicketCount.state.not_in(ENDED))
    return {opd_id: int(n) for opd_id, n in db.session.execute(counts.group_by(TicketCount.opd_id))}
