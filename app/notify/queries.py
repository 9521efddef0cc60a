"""Questions: who is to be written to, what a letter has to tell, which letters there are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.events import Event, EventText
from app.core.work import Work, WorkState
from app.extensions import db
from app.monitoring.models import Alert
from app.notify.models import Letter, LetterState
from app.notify.rules import ASKED_IN, SENDING, Kind, Occasion
from app.people.models import Opd, Person, Seat
from app.people.policy import active_seats, own_seats
from app.people.rules import OUTSIDE, Role
from app.tickets.models import FieldRequest, HeadApproval, NamedOfficer, Task, Ticket, TicketAlert
from app.tickets.policy import answers, secrecy
from app.tickets.queries import field
from app.tickets.rules import LINKS_END, State, TaskState

LATE = timedelta(minutes=15)
"""A letter this old asks only for what is still wanted."""


def addressees(ticket: Ticket, occasion: Occasion, actor_id: int | None) -> list[Row]:
    """(seat_id, person_id, role) to write to, one per person and never the actor; one statement.

    Where Diskominfo itself leads, its assigned seat, else all its operators. Of a restricted ticket nobody
    but the persons named on it may know, not even by letter.
    """
    named = [Seat.person_id.in_(secrecy.persons_of(ticket.id))] if ticket.restricted else []
    return _of_opd(ticket.lead_opd_id, ticket.seat_id, occasion, actor_id, *named)


def task_addressees(task: Task, occasion: Occasion, actor_id: int | None) -> list[Row]:
    """The same for a task: the OPD that works on it. Of a restricted ticket it may know this much, and no more.

    Where that is the lead of a restricted ticket, as the contact of an outside body, only those named on it.
    """
    insiders = or_(Seat.role == Role.DISKOMINFO, Seat.opd_id == task.ticket.lead_opd_id)
    named = [or_(~insiders, Seat.person_id.in_(secrecy.persons_of(task.ticket_id)))] if task.ticket.restricted else []
    return _of_opd(task.worked_by_id, task.seat_id, occasion, actor_id, *named)


def _of_opd(
    opd_id: int | None, assigned: int | None, occasion: Occasion, actor_id: int | None, *named: ColumnElement[bool]
) -> list[Row]:
    away = (Seat.deputy_id, Seat.away_from, Seat.away_until)
    seats = select(Seat.id.label("seat_id"), Seat.person_id, Seat.role, *away).join(Seat.person).join(Seat.opd)
    seats = seats.where(Seat.opd_id == opd_id, Seat.acts_today(), Opd.kind != OUTSIDE, *named)
    rows = db.session.execute(seats.order_by(Seat.id)).all()
    return _one_per_person(_with_deputies(rows, _of_office(rows, assigned, occasion.roles)), actor_id)


def _one_per_person(found: Iterable[Row], actor_id: int | None) -> list[Row]:
    by_person = {row.person_id: row for row in sorted(found, key=lambda row: row.role is Role.NARAHUBUNG)}
    return [row for person_id, row in sorted(by_person.items()) if person_id != actor_id]


def _of_office(rows: Sequence[Row], assigned: int | None, roles: frozenset[Role]) -> list[Row]:
    operators = [row for row in rows if row.role is Role.DISKOMINFO]
    if operators:
        return [row for row in rows if row.seat_id == assigned] or operators
    return [row for row in rows if row.role in roles]


def _with_deputies(rows: Sequence[Row], found: list[Row]) -> list[Row]:
    """Whoever is away gets the letter, and the deputy too, in the deputy's own seat."""
    day = clock.today()
    away = (row for row in found if row.away_from and row.away_until and row.away_from <= day <= row.away_until)
    deputies = {row.deputy_id for row in away} - {row.seat_id for row in found}
    return found + [row for row in rows if row.seat_id in deputies]


def stands_in_for(seat_id: int | None) -> list[Seat]:
    """Whose deputy that seat is today."""
    day = clock.today()
    away = select(Seat).where(Seat.deputy_id == seat_id, Seat.away_from <= day, Seat.away_until >= day)
    return list(db.session.scalars(away.order_by(Seat.id))) if seat_id else []


def named_seats(ticket_id: int, but: int | None) -> list[Row]:
    """(seat_id, person_id) of all who are named for good on a restricted ticket and act today, one per person."""
    named = select(NamedOfficer.person_id).where(NamedOfficer.ticket_id == ticket_id, NamedOfficer.until.is_(None))
    seats = active_seats().with_only_columns(Seat.id.label("seat_id"), Seat.person_id)
    rows = db.session.execute(seats.where(Seat.person_id.in_(named), Seat.person_id != (but or 0)).order_by(Seat.id))
    return sorted({row.person_id: row for row in rows}.values(), key=lambda row: row.person_id)


def letter_to_send(letter_id: int | None) -> Letter | None:
    """The letter with its seat and ticket, if it still waits."""
    whole = select(Letter).options(joinedload(Letter.seat), joinedload(Letter.ticket), joinedload(Letter.task))
    return db.session.scalar(whole.where(Letter.id == letter_id, Letter.state == LetterState.WAITING))


@dataclass(frozen=True)
class Facts:
    """What a letter tells beside its ticket: the cause, what was written, who else got it and whom to ask."""

    at: datetime
    note: str = ""
    basis: str = ""
    asker: Seat | None = None
    fellows: tuple[str, ...] = ()
    alerts_since: datetime | None = None
    first_message_id: str = ""
    stands_in_for: tuple[Seat, ...] = ()


def facts_of(letter: Letter) -> Facts:
    """Gathered when the letter is sent, so that it tells the present state of things."""
    cause = db.session.execute(
        select(Event.at, Event.seat_id, Event.after, EventText.text)
        .outerjoin(EventText)
        .where(Event.id == letter.event_id)
    ).one()
    return Facts(
        at=cause.at,
        note=cause.text or "",
        basis=(cause.after or {}).get("basis", "") if letter.kind == Kind.FORWARD else "",
        asker=db.session.get(Seat, cause.seat_id) if cause.seat_id else None,
        fellows=_fellows(letter),
        alerts_since=_alerts_since(letter),
        first_message_id=_first_message_id(letter),
        stands_in_for=tuple(stands_in_for(letter.seat_id)),
    )


def _fellows(letter: Letter) -> tuple[str, ...]:
    """Who got the same letter, as history names them."""
    same = select(Seat).join(Letter, Letter.seat_id == Seat.id).where(Letter.event_id == letter.event_id)
    others = same.where(Letter.id != letter.id, Letter.state != LetterState.DROPPED).order_by(Letter.id)
    return tuple(seat.signature for seat in db.session.scalars(others))


def _alerts_since(letter: Letter) -> datetime | None:
    first = select(func.min(Alert.published_at)).join(TicketAlert, TicketAlert.alert_id == Alert.id)
    return db.session.scalar(first.where(TicketAlert.ticket_id == letter.ticket_id)) if letter.ticket_id else None


def _first_message_id(letter: Letter) -> str:
    """The first letter about this ticket to this person: mail programs hang the later ones below it."""
    if not letter.ticket_id:
        return ""
    earlier = select(Letter.message_id).where(
        Letter.ticket_id == letter.ticket_id,
        Letter.person_id == letter.person_id,
        Letter.id < letter.id,
        Letter.state == LetterState.SENT,
    )
    return db.session.scalar(earlier.order_by(Letter.id).limit(1)) or ""


def asked_of(letter: Letter) -> FieldRequest | None:
    """The question to the field that the letter carries, as long as it can be answered."""
    living = field.living(letter.ref_id)
    return living[0] if living else None


def seat_of(person_id: int) -> Seat | None:
    """A seat to name in an invitation: the newest in which the person may act."""
    return db.session.scalar(own_seats(person_id).order_by(None).order_by(Seat.id.desc()).limit(1))


def is_named(ticket_id: int, person_id: int) -> bool:
    return bool(db.session.scalar(secrecy.persons_of(ticket_id).where(NamedOfficer.person_id == person_id)))


TO_HEAD = Letter.kind == Kind.HEAD
RECEIVER = case((TO_HEAD, "kepala OPD"), else_=func.coalesce(FieldRequest.to_name, Person.name)).label("name")
ADDRESS = case((TO_HEAD, ""), else_=func.coalesce(FieldRequest.to_email, Person.email)).label("email")
"""Which head an OPD asks is its own business until the answer is approved: the list says that one was asked."""
ASKED_BY = case((Letter.kind.in_((Kind.FIELD, Kind.HEAD)), Person.name), else_="").label("asked_by")
"""A person pressed a button for it: whose letter it is although another one receives it."""
LISTED = (
    *(Letter.id, Letter.kind, Letter.state, Letter.created_at, Letter.sent_at, Letter.attempts, Letter.trouble),
    *(Letter.ticket_id, Letter.file_name, RECEIVER, ADDRESS, ASKED_BY, Seat.role, Opd.short),
    *(Ticket.title, Ticket.safe_title, Ticket.sensitive, Ticket.restricted),
)


def listed(letters: Select) -> Select:
    """What a row of the list shows, of letters from `policy.visible_letters`, newest first."""
    columns = letters.with_only_columns(*LISTED).join(Person, Person.id == Letter.person_id)
    columns = columns.outerjoin(FieldRequest, and_(Letter.kind == Kind.FIELD, FieldRequest.id == Letter.ref_id))
    return columns.outerjoin(Seat, Seat.id == Letter.seat_id).outerjoin(Opd).order_by(Letter.id.desc())


def why_not(letter: Letter) -> str:
    """Why a waiting letter is no longer to be sent, as a sentence; empty when it is."""
    if not letter.person.active:
        return "Akun penerima sudah tidak aktif."
    if letter.ticket is None:
        return ""  # an invitation, or a reminder, whose items are looked at one by one
    if letter.kind == Kind.HEAD:
        return _request_gone(letter)
    if letter.kind == Kind.FIELD:
        return "" if asked_of(letter) else "Tautan permintaan ini sudah berakhir."
    if letter.kind == Kind.EMERGENCY:
        return "" if is_named(letter.ticket_id, letter.person_id) else "Penerima tidak lagi ditunjuk pada tiketnya."
    if letter.task is not None:
        return _task_gone(letter, letter.task)
    return _seat_gone(letter) or _matter_gone(letter, letter.ticket)


def _task_gone(letter: Letter, task: Task) -> str:
    if letter.seat is None or not letter.seat.active:
        return "Penunjukan penerima sudah berakhir."
    if task.worked_by_id != letter.seat.opd_id:
        return "Tugas ini sudah tidak di OPD penerima."
    if task.ticket.state in LINKS_END or not task.open:
        return "Tugas ini sudah tidak berjalan."
    return "OPD penerima sudah menyampaikan keberatan." if task.state is TaskState.CONTESTED else ""


def head_asked(letter: Letter) -> HeadApproval:
    """What a kepala OPD is asked by the letter."""
    return db.session.get_one(HeadApproval, letter.ref_id)


def receiver(letter: Letter) -> tuple[str, str]:
    """Name and address: the person's, or those of a kepala OPD or somebody in the field, who have no account."""
    if letter.kind == Kind.FIELD:
        asked = db.session.get_one(FieldRequest, letter.ref_id)
        return asked.to_name, asked.to_email
    if letter.kind != Kind.HEAD:
        return letter.person.name, letter.person.email
    asked = head_asked(letter)
    return asked.name, asked.email


def _request_gone(letter: Letter) -> str:
    """The answer went another way meanwhile, the head has decided or is another one, or no link may show it."""
    asks = bool(letter.ref_id) and answers.asks_still(letter.ref_id)
    return "" if asks else "Jawaban itu sudah tidak menunggu persetujuan kepala."


def _seat_gone(letter: Letter) -> str:
    seat = letter.seat
    if seat is None or not seat.active:
        return "Penunjukan penerima sudah berakhir."
    if letter.ticket and letter.ticket.lead_opd_id != seat.opd_id:
        return "Permintaan ini sudah tidak di OPD penerima."
    return ""


def _matter_gone(letter: Letter, ticket: Ticket) -> str:
    if ticket.state in LINKS_END:
        return f"Permintaan ini sudah {ticket.state.label.lower()}."
    if ticket.state is State.CONTESTED:
        return "OPD penerima sudah menyampaikan keberatan."
    if ticket.restricted and not is_named(ticket.id, letter.person_id):
        return "Permintaan ini kini terbatas, dan penerima tidak disebut di dalamnya."
    asked_in = ASKED_IN.get(Kind(letter.kind))
    if asked_in and ticket.state is not asked_in and clock.now() - letter.created_at > LATE:
        return "Surat ini terlambat dikirim; yang dimintanya sudah selesai."
    return ""


def held_back(most: int = 100) -> int:
    """How many letters a restore has held back, up to `most`."""
    held = select(Work.id).where(Work.state == WorkState.HELD, Work.kind == SENDING).limit(most)
    return len(db.session.execute(held).all())


def troubled(letters: Select, most: int = 100) -> Counter[LetterState]:
    """How many of `letters` failed and how many are tried again: together up to `most`, the failed ones first."""
    states = (LetterState.FAILED, LetterState.WAITING)
    some = letters.where(Letter.state.in_(states), Letter.trouble != "").order_by(Letter.state)
    return Counter(db.session.scalars(some.with_only_columns(Letter.state).limit(most)))
