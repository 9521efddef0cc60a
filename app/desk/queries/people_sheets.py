"""What there is before a sheet of people is applied, and which sheets there were."""

from collections.abc import Sequence

from sqlalchemy import select

from app.desk.rules.people_sheet import Known, KnownOpd, KnownPerson, KnownSeat
from app.extensions import db
from app.people.models import Opd, PeopleSheet, Person, Seat
from app.people.rules import OUTSIDE

MOST_SHEETS = 10


def known() -> Known:
    """OPDs, persons and present seats, as the plan of a sheet compares with them. Three statements."""
    opds = select(Opd.id, Opd.code, Opd.name, Opd.short, Opd.abbreviations)
    opds = opds.where(Opd.active, Opd.kind != OUTSIDE).order_by(Opd.position, Opd.name)
    columns = (Person.id, Person.name, Person.email, Person.phone, Person.nip, Person.rank, Person.position)
    persons = select(*columns, Person.shared, Person.active).order_by(Person.id)
    told = (Seat.id, Seat.person_id, Person.name, Seat.opd_id, Seat.role, Seat.kind, Seat.basis)
    seats = select(*told, Seat.starts_on, Seat.ends_on).join(Person, Person.id == Seat.person_id)
    seats = seats.where(Seat.ended_at.is_(None), Seat.confirmed_at.is_not(None)).order_by(Seat.id)
    return Known(
        [KnownOpd(id, code, name, short, tuple(more)) for id, code, name, short, more in db.session.execute(opds)],
        [KnownPerson(*row) for row in db.session.execute(persons)],
        [KnownSeat(*row) for row in db.session.execute(seats)],
    )


def latest_sheets() -> Sequence[PeopleSheet]:
    """The last sheets, the newest first."""
    return db.session.scalars(select(PeopleSheet).order_by(PeopleSheet.id.desc()).limit(MOST_SHEETS)).all()
