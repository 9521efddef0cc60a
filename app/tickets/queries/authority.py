"""Questions about a dispute over authority: who objected, what was asked of whom, and what should go up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select

from app.core.events import Event, EventText
from app.extensions import db
from app.people.models import Opd, Person, Seat
from app.people.policy import active_seats
from app.people.rules import Role
from app.tickets.models import Escalation, Ruling, Task, Ticket
from app.tickets.policy.authority import visible_escalations, visible_rulings
from app.tickets.queries import SHOWN_TITLE

MOST_REMEMBERED = 10
MOST_ASKED = 12


@dataclass(frozen=True)
class Objection:
    """«Bukan kewenangan kami», as it was said: by whom, when, why, and which OPD is proposed instead."""

    opd: str
    actor: str
    at: datetime
    reason: str
    proposed: str
    code: str


def objections(ticket: Ticket) -> list[Objection]:
    """Those that stand, oldest first: whoever took the matter on afterwards has withdrawn its own."""
    said = select(Event, EventText.text).outerjoin(EventText, EventText.event_id == Event.id)
    said = said.where(Event.stream == ticket.stream, Event.kind.in_(("ticket.object", "ticket.take_on")))
    standing: list[tuple[int | None, Objection]] = []
    for event, text in db.session.execute(said.order_by(Event.seq)):
        if event.kind == "ticket.take_on":
            standing = [(opd_id, each) for opd_id, each in standing if opd_id != event.opd_id]
        else:
            standing.append((event.opd_id, _objection(event, text)))
    return [each for _opd_id, each in standing]


def _objection(event: Event, text: str | None) -> Objection:
    after = event.after or {}
    proposed, code = after.get("proposed", "tidak tahu"), after.get("proposed_code", "")
    return Objection(after.get("opd") or "OPD", event.actor, event.at, text or "", proposed, code)


def open_ruling(ticket: Ticket) -> Ruling | None:
    """The ruling that is asked for and not given yet."""
    asked = select(Ruling).where(Ruling.ticket_id == ticket.id, Ruling.closed_at.is_(None))
    return db.session.scalar(asked.order_by(Ruling.id.desc()).limit(1))


def whom_to_ask(seat: Seat) -> list[str]:
    """Name and position of those who may be asked: the pimpinan with a seat, and who was asked lately as far as
    `seat` may know of it."""
    seated = active_seats().where(Seat.role == Role.PIMPINAN).join(Opd, Opd.id == Seat.opd_id)
    seated = seated.with_only_columns(Person.name, Person.position).order_by(Person.name)
    names = [", ".join(filter(None, row)) for row in db.session.execute(seated)]
    lately = visible_rulings(seat).with_only_columns(Ruling.asked_of).order_by(Ruling.id.desc()).limit(MOST_REMEMBERED)
    return list(dict.fromkeys([*names, *db.session.scalars(lately)]))


def waiting_rulings(seat: Seat) -> Sequence[Row]:
    """What pimpinan are asked to rule on, the longest waiting first."""
    asked = visible_rulings(seat).where(Ruling.closed_at.is_(None))
    asked = asked.with_only_columns(Ruling.ticket_id, Ruling.asked_of, Ruling.asked_at, SHOWN_TITLE, Ticket.sensitive)
    return db.session.execute(asked.order_by(Ruling.id).limit(MOST_ASKED)).all()


VIEWS = {"terbuka": "Menunggu keputusan", "agenda": "Calon agenda", "selesai": "Sudah diputuskan"}
COLUMNS = (
    *(Escalation.id, Escalation.ticket_id, Escalation.cause, Escalation.reason, Escalation.agenda_candidate),
    *(Escalation.proposed_at, Escalation.sent_to, Escalation.sent_words, Escalation.closed_at, Escalation.closed_as),
    *(SHOWN_TITLE, Ticket.sensitive, Ticket.restricted, Ticket.state, Ticket.level),
    Task.number.label("task"),
    *(Opd.short.label("opd"), Opd.name.label("opd_name"), Opd.head_name, Opd.head_position),
)


def listed(seat: Seat, view: str = "") -> Select:
    """Proposals as the page shows them, newest first."""
    rows = visible_escalations(seat).with_only_columns(*COLUMNS).outerjoin(Opd, Opd.id == Escalation.opd_id)
    rows = rows.outerjoin(Task, Task.id == Escalation.task_id)
    if view == "agenda":
        rows = rows.where(Escalation.agenda_candidate)
    elif view:
        rows = rows.where(Escalation.closed_at.is_(None) if view == "terbuka" else Escalation.closed_at.is_not(None))
    return rows.order_by(Escalation.id.desc())
