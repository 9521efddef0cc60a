"""Questions to the field: which one a link opens, and which ones hang on a ticket or a task."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import held
from app.extensions import db
from app.people.models import PersonalLink, Seat, secret_digest
from app.people.rules import Role
from app.tickets import policy
from app.tickets.models import Evidence, FieldRequest, Task, Ticket
from app.tickets.rules import LINKS_END
from app.tickets.rules.field import Finding

PURPOSE = "field"
WHOLE = (joinedload(FieldRequest.opd), joinedload(FieldRequest.asked_by), joinedload(FieldRequest.task))


def by_token(token: str, *, lock: bool = False) -> tuple[FieldRequest, Ticket] | None:
    """What a link of the field opens, while it can be answered. None for an unknown, ended or foreign one alike.

    The secret is the copied one, or that of a letter: each has its own.
    """
    digest = secret_digest(token)
    asked_id = db.session.scalar(select(FieldRequest.id).where(FieldRequest.digest == digest))
    if asked_id is None:
        letter = db.session.get(PersonalLink, digest)
        mailed = letter is not None and letter.purpose == PURPOSE and letter.ended_at is None
        asked_id = letter.subject_id if letter and mailed else None
    return living(asked_id, lock=lock)


def living(asked_id: int | None, *, lock: bool = False) -> tuple[FieldRequest, Ticket] | None:
    """A question that can still be answered, with its ticket: not ended, not expired, and still its asker's matter.

    `lock` before it is answered: whoever ends it at the same moment is waited for.
    """
    if asked_id is None:
        return None
    wanted = select(FieldRequest, Ticket).join(Ticket, Ticket.id == FieldRequest.ticket_id)
    wanted = wanted.where(FieldRequest.id == asked_id, FieldRequest.ended_at.is_(None))
    wanted = wanted.where(FieldRequest.expires_at > clock.now(), Ticket.state.not_in(LINKS_END)).options(*WHOLE)
    row = db.session.execute(held(wanted, Ticket) if lock else wanted).first()
    return (row[0], row[1]) if row and _still_theirs(row[0], row[1]) else None


def _still_theirs(asked: FieldRequest, ticket: Ticket) -> bool:
    """Whether the OPD that asked still has the matter: as lead, by a task that has not ended, or as the centre."""
    if asked.task is not None:
        return not asked.task.state.ended and asked.task.belongs_to(asked.opd_id)
    return ticket.lead_opd_id == asked.opd_id or asked.asked_by.role is Role.DISKOMINFO


def asked_about(ticket: Ticket, seat: Seat, task: Task | None = None) -> Sequence[Row]:
    """(FieldRequest, files) that `seat` may know of, newest first: of one task, or of the whole ticket."""
    files = select(func.count(Evidence.id)).where(Evidence.field_request_id == FieldRequest.id)
    rows = select(FieldRequest, files.scalar_subquery().label("files"))
    rows = rows.where(FieldRequest.ticket_id == ticket.id, policy.field.may_know(seat)).options(*WHOLE)
    if task is not None:
        rows = rows.where(FieldRequest.task_id == task.id)
    return db.session.execute(rows.order_by(FieldRequest.id.desc()).limit(50)).all()


def newest_finding(rows: Sequence[Row]) -> Finding | None:
    """The newest finding of a field check that suggests a status kebenaran; Diskominfo decides."""
    findings = (row.FieldRequest.found for row in rows)
    return next((finding for finding in findings if finding and finding.truth), None)


def kept_files(asked: FieldRequest) -> Sequence[Evidence]:
    """What was sent so far, oldest first."""
    mine = select(Evidence).where(Evidence.field_request_id == asked.id).order_by(Evidence.id)
    return db.session.scalars(mine).all()
