"""Naikkan ke atasan: proposals that a person sends or sets aside. One per cause, whoever looks how often."""

from sqlalchemy import select, update

from app.core import clock, events
from app.core.db import insert_or_ignore
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Opd, Seat
from app.people.rules import OFFICE
from app.tickets.models import Escalation, Ruling, Task, Ticket
from app.tickets.rules import Audience, State, TaskState
from app.tickets.rules.authority import OF_ONE_OPD, Cause, goes_up, standing

LONGEST_WORDS = 5000
DECIDED = "Usulan ini sudah diputuskan orang lain."


def mind_refusals(ticket: Ticket) -> None:
    """After an objection, or another level: what enough OPDs have refused goes up, the ticket and each task alike."""
    if Cause.REFUSALS in standing(ticket.state) and goes_up(ticket.level, ticket.refusals):
        propose(ticket, Cause.REFUSALS, agenda_candidate=True)
    for task in ticket.tasks:
        if Cause.REFUSALS in standing(task.state) and goes_up(ticket.level, task.refusals):
            propose(ticket, Cause.REFUSALS, task=task, agenda_candidate=True)


def propose(
    ticket: Ticket, cause: Cause, opd: Opd | None = None, *, task: Task | None = None, agenda_candidate: bool = False
) -> bool:
    """Propose to go up to a superior, about a ticket or one of its tasks; False when that was proposed before.

    Nothing is mailed, and only Diskominfo reads of it in the history: it is not said to anybody yet.
    """
    refusals, number = (task.refusals, task.number) if task else (ticket.refusals, 0)
    reason = cause.reason(opd.short if opd else "", refusals, number)
    fresh = insert_or_ignore(
        Escalation,
        ticket_id=ticket.id,
        task_id=task.id if task else 0,
        opd_id=opd.id if opd else 0,
        cause=cause,
        reason=reason,
        agenda_candidate=agenda_candidate,
        proposed_at=clock.now(),
        sent_to="",
        sent_words="",
        closed_as="",
    )
    if not fresh:
        return False
    told = {"cause": cause.value, "reason": reason}
    events.record(ticket.stream, "ticket.escalation", None, after=told, audience=Audience.INTERNAL, opd_id=office_id())
    return True


def office_id() -> int | None:
    """Diskominfo's: what only it shall read is recorded under it."""
    return db.session.scalar(select(Opd.id).where(Opd.code == OFFICE))


def settle(thing: Ticket | Task, before: State | TaskState, held_by: int | None) -> None:
    """After a move: proposals whose cause is gone need no decision any more, nor those about the OPD before.

    A candidate for the agenda stays one. One UPDATE, and only where a move can take a cause away.
    """
    ticket_id, task_id = thing.ids
    holder = thing.lead_opd_id if isinstance(thing, Ticket) else thing.worked_by_id
    gone = standing(before) - standing(thing.state)
    gone |= OF_ONE_OPD if held_by and held_by != holder else frozenset()
    if gone:
        about = (Escalation.ticket_id == ticket_id, Escalation.task_id == task_id, Escalation.cause.in_(gone))
        open_ones = update(Escalation).where(*about, Escalation.closed_at.is_(None))
        settled = open_ones.values(closed_at=clock.now(), closed_as="settled")
        db.session.execute(settled.execution_options(synchronize_session=False))


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
