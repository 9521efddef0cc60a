"""Who stands in for whom: a deputy while the holder is away, and the end that comes by itself."""

from datetime import date

from sqlalchemy import select

from app.core import clock, events
from app.core.refused import Refused
from app.extensions import db
from app.people import policy
from app.people.actions.links import end_links
from app.people.actions.sessions import end_sessions
from app.people.models import Seat


def set_away(seat: Seat, deputy_id: str, since: date, until: date, by: Seat) -> None:
    """The holder is away between two days; the deputy gets the letters too. Raises Refused."""
    deputy = next((one for one in policy.deputies_for(seat) if str(one.id) == deputy_id), None)
    errors = {}
    if deputy is None:
        errors["deputy"] = "Pilih wakil dari daftar."
    elif deputy.away_from and deputy.away_until and deputy.away_from <= until and since <= deputy.away_until:
        errors["deputy"] = f"{deputy.person.name} juga berhalangan pada hari-hari itu. Pilih orang lain."
    if until < since:
        errors["until"] = "Hari terakhir harus sesudah hari pertama."
    elif until < clock.today():
        errors["until"] = "Pilih hari yang belum lewat."
    if errors or deputy is None:
        raise Refused(errors)
    if (seat.deputy_id, seat.away_from, seat.away_until) == (deputy.id, since, until):
        return
    seat.deputy_id, seat.away_from, seat.away_until = deputy.id, since, until
    told = {"deputy": deputy.person.name, "since": since.isoformat(), "until": until.isoformat()}
    events.record(f"person:{seat.person_id}", "seat.away", by, opd_id=seat.opd_id, ref_id=seat.id, after=told)


def come_back(seat: Seat, by: Seat) -> None:
    """The holder is here again: letters go to them alone."""
    if seat.deputy_id is None:
        return
    seat.deputy_id = seat.away_from = seat.away_until = None
    events.record(f"person:{seat.person_id}", "seat.back", by, opd_id=seat.opd_id, ref_id=seat.id)


def end_lapsed() -> int:
    """Seats whose last day is over end for history too, once. Returns how many."""
    over = select(Seat).where(Seat.ended_at.is_(None), Seat.confirmed_at.is_not(None), Seat.ends_on < clock.today())
    lapsed = db.session.scalars(over.order_by(Seat.id)).all()
    for seat in lapsed:
        last_day = seat.ends_on.isoformat() if seat.ends_on else ""
        seat.ended_at = clock.now()
        end_sessions(seat_id=seat.id)
        end_links(seat_id=seat.id)
        told = {"ends_on": last_day}
        events.record(f"person:{seat.person_id}", "seat.ended", None, opd_id=seat.opd_id, ref_id=seat.id, after=told)
    return len(lapsed)
