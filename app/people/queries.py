"""Questions about persons, seats, offices, sessions and links."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import Date, Select, and_, bindparam, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager

from app.core import clock
from app.core.calendar import Holiday
from app.extensions import UtcDateTime, db
from app.people.models import (
    LoginSession,
    MailboxName,
    Opd,
    Person,
    PersonalLink,
    SavedView,
    Seat,
    StartPage,
    WatchDuty,
    WorkingHours,
    secret_digest,
)
from app.people.rules import DECREE_FOLLOWS_DAYS, ENDS_SOON_DAYS, IDLE_LIMIT, OUTSIDE, Role, SeatKind
from app.web.numbers import id_in

PAGE = 50


def acting(digest: str) -> tuple[LoginSession, int] | None:
    """The live session of that digest, with seat, person and OPD, and how many seats the person can act in."""
    now = clock.now()
    asked = {"digest": digest, "now": now, "idle": now - IDLE_LIMIT, "day": clock.today()}
    row = db.session.execute(_acting(), asked).one_or_none()
    if row is None or not row[0].seat.active:
        return None
    return row[0], row[1]


@lru_cache(maxsize=1)
def _acting():
    """Built once: every page asks it, and building takes longer than asking."""
    day, now = bindparam("day", type_=Date), bindparam("now", type_=UtcDateTime)
    seats = select(func.count(Seat.id)).join(Person, Person.id == Seat.person_id)
    own = seats.where(Seat.person_id == LoginSession.person_id, Seat.acts_on(day))
    live = (LoginSession.digest == bindparam("digest"), LoginSession.expires_at > now)
    live += (LoginSession.last_seen_at > bindparam("idle", type_=UtcDateTime),)
    return select(LoginSession, own.correlate(LoginSession).scalar_subquery()).where(*live)


def sessions_of(person_id: int) -> Select[LoginSession]:
    """A person's live sessions, the latest first."""
    now = clock.now()
    live = (LoginSession.expires_at > now, LoginSession.last_seen_at > now - IDLE_LIMIT)
    mine = select(LoginSession).where(LoginSession.person_id == person_id, *live)
    return mine.order_by(LoginSession.last_seen_at.desc())


def session_of(secret: str) -> LoginSession:
    return db.session.get_one(LoginSession, secret_digest(secret))


def find_link(secret: str, purpose: str) -> PersonalLink | None:
    """The living link of that secret; None for an unknown, expired, ended or foreign one alike."""
    link = db.session.get(PersonalLink, secret_digest(secret))
    return link if link and link.purpose == purpose and link.alive else None


def person(person_id: int | None) -> Person | None:
    return db.session.get(Person, person_id) if person_id else None


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email))


def names_of(person_id: int, most: int = 12) -> list[str]:
    """The names under which people acted through a shared mailbox, the latest first."""
    used = select(MailboxName.name).where(MailboxName.person_id == person_id)
    return list(db.session.scalars(used.order_by(MailboxName.used_at.desc(), MailboxName.name).limit(most)))


def persons_after(words: str, after: str) -> Select:
    """A page of people by name: those who bear `words`, or sit in an OPD that does."""
    columns = select(Person.id, Person.name, Person.email, Person.phone, Person.active, Person.password_hash)
    if words:
        like = _like(words)
        office = or_(*(column.ilike(like, escape="\\") for column in (Opd.name, Opd.short, Opd.code)))
        sits = exists().where(and_(Seat.person_id == Person.id, Seat.opd_id == Opd.id, Seat.ended_at.is_(None), office))
        columns = columns.where(or_(Person.name.ilike(like, escape="\\"), Person.email.ilike(like, escape="\\"), sits))
    number, _, name = after.partition(" ")
    if last := id_in(number):
        columns = columns.where(tuple_(Person.name, Person.id) > tuple_(name, last))
    return columns.order_by(Person.name, Person.id).limit(PAGE + 1)


def person_cursor(row) -> str:
    return f"{row.id} {row.name}"


def seats_by_person(person_ids: list[int]) -> dict[int, list[Seat]]:
    """The seats of these persons that are not ended; one statement."""
    found: dict[int, list[Seat]] = {person_id: [] for person_id in person_ids}
    listed = select(Seat).where(Seat.person_id.in_(person_ids), Seat.ended_at.is_(None)).order_by(Seat.id)
    for seat in db.session.scalars(listed) if person_ids else ():
        found[seat.person_id].append(seat)
    return found


def seats_of_person(person_id: int) -> Select[Seat]:
    """All seats a person ever had, the present ones first."""
    return select(Seat).where(Seat.person_id == person_id).order_by(Seat.ended_at.is_not(None), Seat.id)


def waiting_seats() -> Select[Seat]:
    """What Diskominfo has to decide on: proposed seats, and seats whose holder says to have moved."""
    undecided = or_(Seat.confirmed_at.is_(None), Seat.moved_at.is_not(None))
    seats = select(Seat).join(Seat.person).join(Seat.opd).where(undecided, Seat.ended_at.is_(None), Person.active)
    return seats.options(contains_eager(Seat.person), contains_eager(Seat.opd)).order_by(Seat.id)


def seats_to_mind() -> dict[str, int]:
    """How many acting seats end within a month, and how many wait for a decree whose days are over. One statement."""
    today = clock.today()
    ends = func.sum(case((Seat.ends_on <= today + timedelta(days=ENDS_SOON_DAYS), 1), else_=0))
    undecreed = and_(Seat.kind != SeatKind.DEFINITIF, Seat.basis == "")
    late = and_(undecreed, Seat.starts_on < today - timedelta(days=DECREE_FOLLOWS_DAYS))
    counted = select(ends, func.sum(case((late, 1), else_=0))).select_from(Seat).join(Seat.person)
    row = db.session.execute(counted.where(Seat.acts_today())).one()
    return {"ends_soon": int(row[0] or 0), "decree_late": int(row[1] or 0)}


def by_opd(seats: Select[Seat]) -> Select[Seat]:
    """Seats that are not ended, in the decree's order; `seats` joins person and OPD, one statement loads all three."""
    eager = (contains_eager(Seat.person), contains_eager(Seat.opd))
    listed = seats.where(Seat.ended_at.is_(None), Person.active)
    return listed.options(*eager).order_by(Opd.position, Seat.id)


def directory(seats: Select[Seat], words: str, after: str) -> Select[Seat]:
    """A page of `everybody`."""
    position, _, number = after.partition("-")
    if last := id_in(number):
        seats = seats.where(tuple_(Opd.position, Seat.id) > tuple_(id_in(position), last))
    return everybody(seats, words).limit(PAGE + 1)


def everybody(seats: Select[Seat], words: str) -> Select[Seat]:
    """Those of `by_opd` whose person or OPD bears `words`."""
    if words:
        columns = (Person.name, Person.email, Opd.name, Opd.short, Opd.code)
        seats = seats.where(or_(*(column.ilike(_like(words), escape="\\") for column in columns)))
    return by_opd(seats)


def directory_cursor(seat: Seat) -> str:
    return f"{seat.opd.position}-{seat.id}"


def opds() -> Select[Opd]:
    """All OPDs in the decree's order."""
    return select(Opd).order_by(Opd.position, Opd.name)


def staffed_opds() -> list[Opd]:
    """Those whose people have accounts."""
    return list(db.session.scalars(_staffed()))


def _staffed() -> Select[Opd]:
    return opds().where(Opd.active, Opd.kind != OUTSIDE)


def bears(opd: Opd, words: str) -> bool:
    """Whether the OPD's names hold `words`."""
    return words.lower() in " ".join((opd.code, opd.name, opd.short, *opd.abbreviations)).lower()


def without_narahubung() -> set[int]:
    """OPDs to which tickets can be forwarded and for which nobody would answer: a visible alarm."""
    return {opd.id for opd in opds_without_narahubung()}


def opds_without_narahubung(opd_id: int | None = None) -> list[Opd]:
    """The same as OPDs, all of them or the one asked about."""
    answered = exists().where(
        and_(Seat.opd_id == Opd.id, Seat.role == Role.NARAHUBUNG, Seat.person_id == Person.id, Seat.acts_today())
    )
    empty = _staffed().where(~answered)
    return list(db.session.scalars(empty.where(Opd.id == opd_id) if opd_id else empty))


def holidays_of(year: int) -> Select[Holiday]:
    return select(Holiday).where(Holiday.day.between(date(year, 1, 1), date(year, 12, 31))).order_by(Holiday.day)


def years_without_leave(years: list[int]) -> list[int]:
    """Which of these years have no cuti bersama in the table yet: their deadlines would come too early."""
    known = select(Holiday.day).where(Holiday.collective_leave, Holiday.day >= date(min(years), 1, 1))
    covered = {day.year for day in db.session.scalars(known)}
    return [year for year in years if year not in covered]


def _like(words: str) -> str:
    """`words` anywhere, taken literally. There are a few hundred people, so this stays quick."""
    return "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def views_of(seat: Seat) -> Select[SavedView]:
    """The saved views that a seat may use: its own, its OPD's, everybody's."""
    mine = or_(SavedView.seat_id == seat.id, SavedView.opd_id == seat.opd_id, SavedView.everyone)
    return select(SavedView).where(mine).order_by(SavedView.name, SavedView.id)


def owns_view(view: SavedView, seat: Seat) -> bool:
    """Who saved it may throw it away; a shared one also a system admin."""
    return view.seat_id == seat.id or (view.everyone and seat.is_admin)


def start_of(seat: Seat) -> str:
    """Where the seat's day begins: its start page, else the desk."""
    chosen = views_of(seat).join(StartPage, StartPage.view_id == SavedView.id).where(StartPage.seat_id == seat.id)
    view = db.session.scalar(chosen)
    return "/" if view is None else f"{view.path}?{view.query}"


def hours_in_order() -> Select[WorkingHours]:
    """General hours first, then each OPD's own; the newest first."""
    listed = select(WorkingHours).outerjoin(Opd, Opd.id == WorkingHours.opd_id)
    return listed.order_by(
        WorkingHours.opd_id.is_not(None), Opd.position, WorkingHours.kind.desc(), WorkingHours.starts_on.desc()
    )


def duties_between(since: datetime, until: datetime) -> Select[WatchDuty]:
    """Who watches in that stretch of time, in order; whose seat has ended watches no more."""
    listed = select(WatchDuty).join(Seat, Seat.id == WatchDuty.seat_id).join(Person, Person.id == Seat.person_id)
    within = WatchDuty.starts_at < until, WatchDuty.ends_at > since
    return listed.where(*within, Seat.acts_today()).order_by(WatchDuty.starts_at, WatchDuty.id)
