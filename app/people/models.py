"""Who: agencies, persons, and the seats in which persons act."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.refused import Refused
from app.extensions import Base, db
from app.people.rules import (
    DECREE_FOLLOWS_DAYS,
    ENDS_SOON_DAYS,
    NAME_YOURSELF,
    OUTSIDE,
    HeadApproves,
    HoursKind,
    Role,
    SeatKind,
    SheetState,
)


class Opd(Base):
    """An agency (OPD) or an outside body, editable; `code` is what forms and URLs use."""

    __tablename__ = "opd"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(32))
    parent_code: Mapped[str | None] = mapped_column(String(32))
    abbreviations: Mapped[list] = mapped_column(default=list)
    topics: Mapped[list] = mapped_column(default=list)
    inferred: Mapped[list] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    address: Mapped[str] = mapped_column(String(300), default="")
    logo_key: Mapped[str] = mapped_column(String(64), default="")
    head_name: Mapped[str] = mapped_column(String(200), default="")
    head_position: Mapped[str] = mapped_column(String(200), default="")
    head_kind: Mapped[SeatKind] = mapped_column(default=SeatKind.DEFINITIF)
    head_nip: Mapped[str] = mapped_column(String(40), default="")
    head_rank: Mapped[str] = mapped_column(String(80), default="")
    head_email: Mapped[str] = mapped_column(String(254), default="")
    head_phone: Mapped[str] = mapped_column(String(40), default="")
    head_approval: Mapped[HeadApproves] = mapped_column(default=HeadApproves.STATEMENTS)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def outside(self) -> bool:
        """An outside body has no accounts; it is chased by an inner contact."""
        return self.kind == OUTSIDE


class Person(Base):
    """A human being with one or more seats; `shared` is an office's mailbox that several people read."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    nip: Mapped[str] = mapped_column(String(40), default="")
    rank: Mapped[str] = mapped_column(String(80), default="")
    position: Mapped[str] = mapped_column(String(200), default="")
    shared: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    seats: Mapped[list["Seat"]] = relationship(back_populates="person", order_by="Seat.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def short_name(self) -> str:
        """First name and initial, as phones have room for: «Hendra S.»"""
        first, _, rest = self.name.partition(" ")
        return f"{first} {rest[0]}." if rest else first


class Seat(Base):
    """Penunjukan: a person acting for an OPD in a role, by a basis, between two days.

    Tickets belong to the OPD, never to the person. A seat that is only proposed (`confirmed_at` empty)
    may do nothing yet; one whose holder says to have moved (`moved_at`) or that was ended (`ended_at`) nothing more.
    """

    __tablename__ = "seat"
    __table_args__ = (Index("ix_seat_opd_role", "opd_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"))
    role: Mapped[Role]
    kind: Mapped[SeatKind] = mapped_column(default=SeatKind.DEFINITIF)
    basis: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date] = mapped_column(default=clock.today)
    ends_on: Mapped[date | None]
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    proposed_name: Mapped[str] = mapped_column(String(200), default="")
    moved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    welcomed_at: Mapped[datetime | None]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(lazy="joined", innerjoin="unnested", back_populates="seats")
    opd: Mapped[Opd] = relationship(lazy="joined", innerjoin="unnested")

    __mapper_args__ = {"version_id_col": version}

    acting_name = ""
    """Who of an office's shared mailbox acts just now: from the session, or from the form of a personal link."""

    @property
    def active(self) -> bool:
        """May act today: confirmed, within its days, not left, the person not switched off."""
        day = clock.today()
        within = self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        left = self.moved_at or self.ended_at
        return bool(self.confirmed_at) and within and not left and self.person.active

    @classmethod
    def acts_today(cls):
        """`active` as a condition for queries that also join Person."""
        return cls.acts_on(clock.today())

    @classmethod
    def acts_on(cls, day):
        """The same for any day, also for one that is not known yet (a bound parameter)."""
        open_end = or_(cls.ends_on.is_(None), cls.ends_on >= day)
        return and_(
            *(cls.confirmed_at.is_not(None), cls.starts_on <= day, open_end),
            *(cls.moved_at.is_(None), cls.ended_at.is_(None), Person.active),
        )

    @property
    def label(self) -> str:
        """«Disdikbud · Admin OPD», as the menu of seats shows it."""
        return f"{self.opd.short} · {self.role_label}"

    @property
    def role_label(self) -> str:
        """«Operator», «Kepala», «Admin OPD», … as the head of the page shows it."""
        if self.role is Role.DISKOMINFO:
            return "Admin sistem" if self.is_admin else "Operator"
        return self.role.heading

    @property
    def signature(self) -> str:
        """How history names the actor: «Dewi Anjani, admin OPD Perumda Tirta Mahakam».

        Of a shared mailbox both: «Siti, lewat email Sekretariat DPU, admin OPD DPU».
        """
        name = f"{self.acting_name}, lewat email {self.person.name}" if self.acting_name else self.person.name
        return f"{name}, {self.office}"

    @property
    def office(self) -> str:
        """As what the holder acts: «admin OPD Tirta Mahakam». A name may hold commas: titles are kept as written."""
        return "Diskominfo" if self.role is Role.DISKOMINFO else f"{self.role.label} {self.opd.short}"

    @property
    def signed(self) -> str:
        """The signature under an act. Behind a shared mailbox nobody acts without a name. Raises Refused."""
        if self.person.shared and not self.acting_name:
            raise Refused({"as_name": NAME_YOURSELF})
        return self.signature[:200]

    @property
    def decree_follows(self) -> bool:
        """«SK menyusul»: a temporary seat whose basis document is still missing."""
        return self.kind is not SeatKind.DEFINITIF and not self.basis

    @property
    def decree_by(self) -> date:
        """The day until which the decree of a temporary seat is awaited."""
        return self.starts_on + timedelta(days=DECREE_FOLLOWS_DAYS)

    @property
    def decree_late(self) -> bool:
        """The decree is still missing although its days are over."""
        return self.decree_follows and self.decree_by < clock.today()

    @property
    def ends_soon(self) -> bool:
        """Ends within a month: time to name a successor."""
        return self.ends_on is not None and self.ends_on <= clock.today() + timedelta(days=ENDS_SOON_DAYS)

    @property
    def away(self) -> bool:
        """The holder is away today; the deputy gets the letters too."""
        day = clock.today()
        return bool(self.away_from and self.away_until and self.away_from <= day <= self.away_until)


class LoginSession(Base):
    """A signed-in browser. Only the hash of its 32 random bytes is stored."""

    __tablename__ = "login_session"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")
    acting_name: Mapped[str] = mapped_column(String(80), default="")

    seat: Mapped[Seat] = relationship(lazy="joined", innerjoin="unnested")


class MailboxName(Base):
    """A name under which somebody acted through a shared mailbox, to be offered again."""

    __tablename__ = "mailbox_name"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(default=clock.now)


class PeopleSheet(Base):
    """A sheet of people: kept, read by a worker, previewed, and written only when somebody says so.

    `rows` are the cells by field as they were read, `answers` what was asked about them ("opd-7": "DPU"), `confirmed`
    the print of the preview that was agreed to.
    """

    __tablename__ = "people_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    file_name: Mapped[str] = mapped_column(String(200), default="")
    raw_key: Mapped[str] = mapped_column(String(64))
    state: Mapped[SheetState] = mapped_column(default=SheetState.WAITING)
    trouble: Mapped[str] = mapped_column(String(500), default="")
    rows: Mapped[list] = mapped_column(default=list)
    answers: Mapped[dict] = mapped_column(default=dict)
    confirmed: Mapped[str] = mapped_column(String(64), default="")
    invites: Mapped[bool] = mapped_column(default=False)
    counts: Mapped[dict] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class PersonalLink(Base):
    """A secret that was mailed: to one seat for one ticket, or to one person as invitation or reset.

    `purpose` is ticket, invite or reset; `subject` the stream it opens ("ticket:17", "person:3").
    """

    __tablename__ = "personal_link"
    __table_args__ = (Index("ix_personal_link_subject", "subject", "seat_id"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(40))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    seat: Mapped[Seat | None] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined", innerjoin="unnested")

    @property
    def subject_id(self) -> int:
        """The number in the stream that it opens."""
        return int(self.subject.partition(":")[2])

    @property
    def alive(self) -> bool:
        """Not ended, not expired, and whoever holds it still acts in the seat it was made for."""
        holder = self.seat.active if self.seat else self.person.active
        return self.ended_at is None and self.expires_at > clock.now() and holder


class WorkingHours(Base):
    """Hours from a day on: of one OPD or of all (empty), ordinary ones or the jam siaga (watch hours).

    `week` has seven lists of ["07.30", "16.00"] spans, Monday first; an empty list is a day off. Of those in force
    on a day the OPD's own beat the general ones, and those with an end (Ramadan) beat those without.
    """

    __tablename__ = "working_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("opd.id"), index=True)
    kind: Mapped[HoursKind] = mapped_column(default=HoursKind.WORK)
    name: Mapped[str] = mapped_column(String(120))
    week: Mapped[list]
    works_holidays: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    basis: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class WatchDuty(Base):
    """Piket: who watches between two instants."""

    __tablename__ = "watch_duty"

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]

    seat: Mapped[Seat] = relationship(lazy="joined", innerjoin="unnested")


class SavedView(Base):
    """A list as somebody wants to see it again: a page and its query string. Of a seat, its OPD, or shared with all."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("opd.id"), index=True)
    everyone: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(80))
    path: Mapped[str] = mapped_column(String(40))
    query: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class StartPage(Base):
    """The saved view that a seat begins its day with."""

    __tablename__ = "start_page"

    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id"), index=True)


def new_secret() -> tuple[str, str]:
    """A secret of 32 random bytes and the digest under which it is stored."""
    secret = secrets.token_urlsafe(32)
    return secret, secret_digest(secret)


def secret_digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def opd_by_code(code: str) -> Opd | None:
    return db.session.scalar(db.select(Opd).where(Opd.code == code, Opd.active))
