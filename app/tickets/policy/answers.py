"""Who approves, edits and publishes an answer. Knows nothing of capacities: `app.tickets.policy` brings them in."""

from sqlalchemy import Select, or_, select

from app.extensions import db
from app.people.models import Opd
from app.tickets.models import Answer, HeadApproval, Ticket
from app.tickets.rules import ResponseKind, State
from app.tickets.rules.answers import needs_head, response_of, usual_response

APPROVED, REFUSED = "approved", "refused"


def response_for(ticket: Ticket, given: dict) -> ResponseKind:
    """The kind a form named, else the likely one."""
    return response_of(given.get("response")) or usual_response(ticket.ticket_class, ticket.truth)


def head_needed(opd: Opd | None, response: ResponseKind | None) -> bool:
    """Whether that OPD's head must approve an answer of that kind."""
    return bool(opd and needs_head(opd.head_approval, response))


def head_requests(answer: Answer) -> Select:
    """What the head was asked about this version, newest first."""
    return select(HeadApproval).where(HeadApproval.answer_id == answer.id).order_by(HeadApproval.id.desc())


def head_approved(answer: Answer) -> HeadApproval | None:
    """The head's own approval of exactly this version."""
    return db.session.scalar(head_requests(answer).where(HeadApproval.decision == APPROVED).limit(1))


def head_request(digest: str) -> tuple[HeadApproval, Answer] | None:
    """The open request behind a link, with its answer: gone when it was decided, changed, moved on or rerouted."""
    row = db.session.execute(_open_requests().where(HeadApproval.digest == digest)).first()
    return (row[0], row[1]) if row else None


def asks_still(head_approval_id: int) -> bool:
    """Whether that request may still be put to the head whom it names."""
    return db.session.execute(_open_requests().where(HeadApproval.id == head_approval_id)).first() is not None


def _open_requests() -> Select:
    """(HeadApproval, Answer) of what may be shown and decided by link. Who heads the OPD no more decides nothing."""
    asked = select(HeadApproval, Answer).join(Answer, Answer.id == HeadApproval.answer_id)
    asked = asked.join(Ticket, Ticket.id == Answer.ticket_id).join(Opd, Opd.id == Answer.opd_id)
    return asked.where(
        *(HeadApproval.ended_at.is_(None), Answer.waits(), Opd.head_email == HeadApproval.email),
        or_(Opd.head_name == HeadApproval.name, Opd.head_name == ""),
        *(Answer.approved_at.is_(None), Ticket.lead_opd_id == Answer.opd_id),
        *(Ticket.state == State.AWAITING_APPROVAL, Ticket.sensitive.is_(False), Ticket.restricted.is_(False)),
    )


def reveals_to_head(ticket: Ticket) -> bool:
    """A link shows nothing of what is sensitive or restricted; there the head's word is recorded instead."""
    return not ticket.sensitive and not ticket.restricted


def compares(ticket: Ticket, opd_id: int) -> bool:
    """Whether the OPD's own words stand beside Diskominfo's edited ones: for the lead that wrote them."""
    return ticket.lead_opd_id == opd_id
