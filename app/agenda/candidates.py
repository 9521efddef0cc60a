"""Calon agenda: open tickets that call for a rakor by what everybody can count, less those on the agenda already."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.agenda.models import AgendaSource
from app.agenda.rules.candidates import ENOUGH, Facts, score, why
from app.core import clock
from app.extensions import db
from app.monitoring.models import Alert, Isu, IsuLink
from app.monitoring.rules.kinds import Tone
from app.people.models import Opd, Seat
from app.tickets import policy as tickets
from app.tickets.models import Task, Ticket, TicketAlert
from app.tickets.queries import SHOWN_TITLE
from app.tickets.rules import TaskState

LOOKED_AT = 200
"""So many of the open tickets with a term that weighs are added up; the page shows the first few of them."""
SHOWN = 5


@dataclass(frozen=True)
class Candidate:
    id: int
    title: str
    lead: str
    score: int
    why: str


def candidates(seat: Seat, most: int = SHOWN) -> list[Candidate]:
    """The heaviest first."""
    columns = (Ticket.id, SHOWN_TITLE, Ticket.refusals, Ticket.due_at, Opd.short.label("lead"))
    weighs = or_(Ticket.refusals > 0, Ticket.open_tasks > 0, Ticket.due_at < clock.now(), Ticket.alerts > 2)
    on_agenda = select(AgendaSource.ticket_id).where(AgendaSource.ticket_id.is_not(None))
    rows = select(*columns).outerjoin(Opd, Opd.id == Ticket.lead_opd_id)
    rows = rows.where(Ticket.open, Ticket.restricted.is_(False), *tickets.visible(seat), weighs)
    rows = rows.where(Ticket.id.not_in(on_agenda)).order_by(Ticket.refusals.desc(), Ticket.alerts.desc(), Ticket.id)
    found = db.session.execute(rows.limit(LOOKED_AT)).all()
    facts = _facts(found)
    known = [
        Candidate(row.id, row.shown_title, row.lead or "", score(facts[row.id]), why(facts[row.id])) for row in found
    ]
    return sorted((each for each in known if each.score >= ENOUGH), key=lambda each: (-each.score, each.id))[:most]


def why_ticket(ticket: Ticket) -> str:
    """What speaks for one ticket, as a sentence to begin with."""
    return why(_facts([ticket])[ticket.id])


def _facts(rows: Sequence) -> dict[int, Facts]:
    ids, now = [row.id for row in rows], clock.now()
    offices, negative, siblings = _offices(ids), _negative(ids), _siblings(ids)
    return {
        row.id: Facts(
            refusals=row.refusals,
            offices=1 + offices.get(row.id, 0),
            siblings=siblings.get(row.id, 0),
            overdue_days=(now - row.due_at).days if row.due_at and row.due_at < now else 0,
            negative=negative.get(row.id, 0),
        )
        for row in rows
    }


def _offices(ids: Sequence[int]) -> dict[int, int]:
    """How many OPDs help with each."""
    counted = select(Task.ticket_id, func.count(Task.opd_id.distinct()).label("many"))
    counted = counted.where(Task.ticket_id.in_(ids), Task.state != TaskState.DROPPED).group_by(Task.ticket_id)
    return dict(db.session.execute(counted).all())


def _negative(ids: Sequence[int]) -> dict[int, int]:
    counted = select(TicketAlert.ticket_id, func.count().label("many")).join(Alert, Alert.id == TicketAlert.alert_id)
    counted = counted.where(TicketAlert.ticket_id.in_(ids), Alert.tone == Tone.NEGATIVE).group_by(TicketAlert.ticket_id)
    return dict(db.session.execute(counted).all())


def _siblings(ids: Sequence[int]) -> dict[int, int]:
    """How many other tickets the same isu has led to: it comes back."""
    mine, other, link, isu = aliased(TicketAlert), aliased(TicketAlert), aliased(IsuLink), aliased(Isu)
    counted = (
        select(mine.ticket_id, func.count(other.ticket_id.distinct()).label("many"))
        .join(IsuLink, IsuLink.alert_id == mine.alert_id)
        .join(Isu, Isu.id == IsuLink.isu_id)
        .join(isu, isu.root_id == Isu.root_id)
        .join(link, link.isu_id == isu.id)
        .join(other, (other.alert_id == link.alert_id) & (other.ticket_id != mine.ticket_id))
        .join(Ticket, (Ticket.id == other.ticket_id) & Ticket.restricted.is_(False))
        .where(mine.ticket_id.in_(ids))
        .group_by(mine.ticket_id)
    )
    return dict(db.session.execute(counted).all())
