"""Answers: written, approved or sent back inside the OPD, accepted or sent back by Diskominfo."""

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from app.core import clock
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Seat
from app.tickets import policy
from app.tickets.actions.clocks import await_budget
from app.tickets.models import Answer, Evidence, Ticket
from app.tickets.rules import AnswerKind, Audience, Who

HEAD_APPROVED_OTHER_WORDS = (
    "Kepala sudah menyetujui kalimat yang lama. Setujui tanpa mengubahnya, atau kembalikan draf dan ajukan lagi."
)


def submitted(ticket: Ticket, given: dict, seat: Seat) -> dict:
    """A draft for the narahubung."""
    return {"answer_kind": _write(ticket, given, seat).kind.value}


def answered(ticket: Ticket, given: dict, seat: Seat) -> dict:
    """Written and approved by the narahubung at once."""
    answer = _write(ticket, given, seat)
    return {"answer_kind": answer.kind.value} | _approve(ticket, answer, given, seat)


def approved(ticket: Ticket, given: dict, seat: Seat) -> dict:
    """The pending draft, or the narahubung's corrected version of it. Raises Refused."""
    answer = policy.pending_answer(ticket)
    if answer is None:
        raise Refused({"move": "Belum ada jawaban yang bisa disetujui."})
    corrected = _corrects(ticket, answer, given, seat)
    told = given if given.get("approver") else given | _word_of_head(ticket, answer, corrected)
    if corrected:
        answer.returned_at = clock.now()
        kinds = {"answer_kind": answer.kind, "response": given.get("response") or answer.response}
        answer = _write(ticket, given | kinds, seat)
    return _approve(ticket, answer, told, seat) | {"corrected": corrected}


def _word_of_head(ticket: Ticket, answer: Answer, corrected: bool) -> dict:
    """The head's approval by link, as the basis on which the answer is approved; only for the words it was given to."""
    if not policy.answers.head_needed(ticket.lead, answer.response):
        return {}
    approval = policy.answers.head_approved(answer)
    if approval is None or approval.decided_at is None:
        return {}
    if corrected:
        raise Refused({"answer": HEAD_APPROVED_OTHER_WORDS})
    return {"basis": f"Disetujui {approval.name} lewat tautan, {clock.short(approval.decided_at)}"}


def returned(ticket: Ticket, _given: dict, _seat: Seat) -> None:
    """Sent back: this version is done with."""
    answer = policy.pending_answer(ticket)
    if answer:
        answer.returned_at = clock.now()
        set_committed_value(ticket, "waiting_answers", [])


def put_aside(ticket: Ticket) -> None:
    """The OPD that wrote them leads no more: its answers wait for nobody."""
    left = update(Answer).where(Answer.ticket_id == ticket.id, Answer.waits()).values(returned_at=clock.now())
    db.session.execute(left.execution_options(synchronize_session=False))
    db.session.expire(ticket, ["waiting_answers"])


def accepted(ticket: Ticket, given: dict, seat: Seat) -> dict:
    """Remember the outcome, and visibly when a lone operator had to review an own answer."""
    answer = policy.pending_answer(ticket)
    own = bool(answer and policy.is_own(answer, seat))
    if answer:
        answer.accepted_at = clock.now()
        set_committed_value(ticket, "waiting_answers", [])
    ticket.outcome = given.get("outcome") or ticket.outcome
    if given.get("year"):
        await_budget(ticket, int(given["year"]))
    return {"alone": True} if own else {}


def _write(ticket: Ticket, given: dict, seat: Seat) -> Answer:
    first = given.get("answer_kind") == AnswerKind.FIRST_STATEMENT
    answer = Answer(
        ticket_id=ticket.id,
        opd_id=ticket.lead_opd_id,
        kind=AnswerKind.FIRST_STATEMENT if first else AnswerKind.FULL,
        text=given["answer"].replace("\r\n", "\n"),
        response=policy.answers.response_for(ticket, given),
        written_by_id=seat.id,
        written_by=seat.signed,
    )
    db.session.add(answer)
    set_committed_value(ticket, "waiting_answers", [answer])
    return answer


def _corrects(ticket: Ticket, answer: Answer, given: dict, seat: Seat) -> bool:
    """Whether the narahubung sent other words than the draft's. Browsers end lines with CR LF."""
    words = (given.get("answer") or "").replace("\r\n", "\n")
    return bool(words) and words != answer.text and Who.LEAD_NARAHUBUNG in policy.capacities(ticket, seat)


def _approve(ticket: Ticket, answer: Answer, given: dict, seat: Seat) -> dict:
    """Mark approved, and let the OPD's internal evidence be seen by those on the ticket."""
    answer.approved_at, answer.approved_by_id = clock.now(), seat.id
    ticket.first_stated_at = ticket.first_stated_at or answer.approved_at
    answer.approved_by = given.get("approver") or seat.signed
    answer.approval_basis = given.get("basis") or ""
    inside = (
        Evidence.ticket_id == answer.ticket_id,
        Evidence.opd_id == answer.opd_id,
        Evidence.audience == Audience.INTERNAL,
    )
    db.session.execute(update(Evidence).where(*inside).values(audience=Audience.SHARED))
    return {"approved_by": answer.approved_by, "stands_in": seat.opd_id != answer.opd_id}
