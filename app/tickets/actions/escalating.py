"""Naikkan ke atasan: proposals that a person sends or sets aside. One per cause, whoever looks how often."""

from sqlalchemy import select, update

from app.core import clock, events
from app.core.db import insert
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Opd, Seat
from app.people.rules import OFFICE
from app.tickets.models import Escalation, Ruling, Ticket
from app.tickets.rules import Audience
from app.tickets.rules.authority import Cause, goes_up

LONGEST_WORDS = 5000
DECIDED = "Usulan ini sudah diputuskan orang lain."


def mind_refusals(ticket: Ticket) -> None:
    """After an objection, or another level: the matter goes up once enough OPDs have refused it."""
    if not ticket.state.ended and goes_up(ticket.level, ticket.refusals):
        propose(ticket, Cause.REFUSALS, agenda_candidate=True)


def propose(
    ticket: Ticket, cause: Cause, opd: Opd | None = None, *, task_id: int = 0, agenda_candidate: bool = False
) -> bool:
    """Propose to go up to a superior; False when that was proposed before.

    Nothing is mailed, and only Diskominfo reads of it in the history: it is not said to anybody yet.
    """
    reason = cause.reason(opd.short if opd else "", ticket.refusals)
    row = insert(Escalation).values(
        ticket_id=ticket.id,
        task_id=task_id,
        opd_id=opd.id if opd else 0,
        cause=cause,
        reason=reason,
        agenda_candidate=agenda_candidate,
        proposed_at=clock.now(),
        sent_to="",
        sent_words="",
        closed_as="",
    )
    if db.session.execute(row.on_conflict_do_nothing().returning(Escalation.id)).first() is None:
        return False
    office = db.session.scalar(select(Opd.id).where(Opd.code == OFFICE))
    told = {"cause": cause.value, "reason": reason}
    events.record(ticket.stream, "ticket.escalation", None, after=told, audience=Audience.INTERNAL, opd_id=office)
    return True


def mark_sent(escalation: Escalation, seat: Seat, sent_to: str, words: str) -> None:
    """«Tandai sudah dikirim»: to whom, and the words that were sent. Raises Refused."""
    if not sent_to.strip():
        raise Refused({"sent_to": "Sebut kepada siapa disampaikan."})
    if len(words) > LONGEST_WORDS:
        raise Refused({"words": f"Paling banyak {LONGEST_WORDS} huruf."})
    _close(escalation, "sent", sent_to=sent_to.strip(), sent_words=words.strip(), sent_by_id=seat.id)
    _tell(escalation, "ticket.escalated", seat, {"sent_to": sent_to.strip()}, words.strip() or None)


def set_aside(escalation: Escalation, seat: Seat, reason: str) -> None:
    """«Kesampingkan»: not sent, for a reason; it is no candidate for the agenda any more. Raises Refused."""
    if not reason.strip():
        raise Refused({"reason": "Sebut alasannya dalam satu kalimat."})
    _close(escalation, "aside", agenda_candidate=False)
    _tell(escalation, "ticket.escalation_aside", seat, {}, reason.strip())


def _close(escalation: Escalation, how: str, **values) -> None:
    """Two people may decide at once: only the first does."""
    mine = update(Escalation).where(Escalation.id == escalation.id, Escalation.closed_at.is_(None))
    changed = mine.values(closed_at=clock.now(), closed_as=how, **values).returning(Escalation.id)
    if db.session.execute(changed.execution_options(synchronize_session=False)).first() is None:
        raise Refused({"decided": DECIDED})
    db.session.refresh(escalation)


def _tell(escalation: Escalation, kind: str, seat: Seat, after: dict, text: str | None) -> None:
    after = {"cause": escalation.cause.value} | after
    events.record(f"ticket:{escalation.ticket_id}", kind, seat, after=after, text=text, audience=Audience.INTERNAL)


def close_rulings(ticket: Ticket, given: dict) -> None:
    """Whatever ends the dispute answers what was asked: a ruling with its basis, or the objection's withdrawal."""
    opd: Opd | None = given.get("opd_row")
    ruled = {}
    if opd:
        basis = given.get("said", given.get("basis", ""))
        ruled_on = given.get("ruled_on") or clock.today()
        ruled = {"opd_id": opd.id, "basis": basis, "ruled_by": given.get("ruled_by", ""), "ruled_on": ruled_on}
    still_open = update(Ruling).where(Ruling.ticket_id == ticket.id, Ruling.closed_at.is_(None))
    db.session.execute(still_open.values(closed_at=clock.now(), **ruled).execution_options(synchronize_session=False))
