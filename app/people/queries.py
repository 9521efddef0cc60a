"""Questions about persons, seats, offices, sessions and links."""

from datetime import date

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from app.core import clock
from app.core.calendar import Holiday
from app.extensions import db
from app.people.models import LoginSession, Opd, Person, PersonalLink, Seat, secret_digest
from app.people.rules import IDLE_LIMIT, Role


def acting(digest: str) -> tuple[LoginSession, int] | None:
    """The live session of that digest, with seat, person and OPD, and how many seats the person can act in."""
    now = clock.now()
    live = (LoginSession.digest == digest, LoginSession.expires_at > now, LoginSession.last_seen_at > now - IDLE_LIMIT)
    row = db.session.execute(select(LoginSession, _count_of_seats()).where(*live)).one_or_none()
    if row is None or not row[0].seat.active:
        return None
    return row[0], row[1]


def _count_of_seats():
    seats = select(func.count(Seat.id)).join(Person, Person.id == Seat.person_id)
    return (
        seats.where(Seat.person_id == LoginSession.person_id, Seat.acts_today())
        .correlate(LoginSession)
        .scalar_subquery()
    )


def sessions_of(person_id: int) -> Select[tuple[LoginSession]]:
    """A person's live sessions, the latest first."""
    now = clock.now()
    live = (LoginSession.expires_at > now, LoginSession.last_seen_at > now - IDLE_LIMIT)
    return (
        select(LoginSession)
        .where(LoginSession.person_id == person_id, *live)
        .order_by(LoginSession.last_seen_at.desc())
    )


def find_link(secret: str, purpose: str) -> PersonalLink | None:
    """The living link of that secret; None for an unknown, expired, ended or foreign one alike."""
    link = db.session.get(PersonalLink, secret_digest(secret))
    return link if link and link.purpose == purpose and link.alive else None


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email))


def person(person_id: int | None) -> Person | None:
    return db.session.get(Person, person_id) if person_id else None


def session_of(secret: str) -> LoginSession:
    return db.session.get_one(LoginSession, secret_digest(secret))


def opds() -> Select[tuple[Opd]]:
    """All OPDs in the decree's order."""
    return select(Opd).order_by(Opd.position, Opd.name)


def without_narahubung() -> set[int]:
    """OPDs that tickets can be forwarded to and that nobody would answer for: a visible alarm."""
    answered = exists().where(
        and_(Seat.opd_id == Opd.id, Seat.role == Role.NARAHUBUNG, Seat.person_id == Person.id, Seat.acts_today())
    )
    return set(db.session.scalars(select(Opd.id).where(Opd.active, Opd.kind != "eksternal", ~answered)))


def seats_matching(seats: Select[tuple[Seat]], words: str) -> Select[tuple[Seat]]:
    """Those whose person or OPD bears `words`; the whole list is a few hundred people."""
    if not words:
        return seats
    like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    columns = (Person.name, Person.email, Opd.name, Opd.short, Opd.code)
    return seats.where(or_(*(column.ilike(like, escape="\\") for column in columns)))


def by_opd(seats: Select[tuple[Seat]]) -> Select[tuple[Seat]]:
    """Seats that are not ended, in the decree's order, with person and OPD in one statement."""
    listed = seats.where(Seat.ended_at.is_(None)).order_by(Opd.position, Opd.name, Seat.role, Person.name, Seat.id)
    return listed.options(contains_eager(Seat.person), contains_eager(Seat.opd))


def waiting_seats() -> Select[tuple[Seat]]:
    """What Diskominfo has to decide on: proposed seats, and seats whose holder says to have moved."""
    waiting = or_(Seat.confirmed_at.is_(None), Seat.moved_at.is_not(None))
    return by_opd(select(Seat).join(Seat.person).join(Seat.opd).where(waiting, Person.active))


def holidays_of(year: int) -> Select[tuple[Holiday]]:
    return select(Holiday).where(Holiday.day.between(date(year, 1, 1), date(year, 12, 31))).order_by(Holiday.day)


def years_without_leave(years: list[int]) -> list[int]:
    """Which of these years have no cuti bersama in the table yet: their deadlines would come too early."""
    known = select(Holiday.day).where(Holiday.collective_leave, Holiday.day >= date(min(years), 1, 1))
    return [year for year in years if year not in {day.year for day in db.session.scalars(known)}]
