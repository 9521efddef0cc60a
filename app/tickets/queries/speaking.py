"""What was made public and by whom, and the texts a seat keeps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, literal, null, or_, select, union_all

from app.extensions import db
from app.monitoring.models import Isu, IsuLink
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import policy
from app.tickets.models import Draft, Publication, TextModule, Ticket, TicketAlert

MOST_OF_AN_ISU = 50


def publications_about(ticket: Ticket, isu_ids: Iterable[int], seat: Seat) -> Sequence[Publication]:
    """Publications of the ticket and of others of the same isu that `seat` may know of, newest first; one statement."""
    about = [Publication.ticket_id == ticket.id]
    roots = sorted(set(isu_ids))
    if roots:
        same = select(TicketAlert.ticket_id).join(IsuLink, IsuLink.alert_id == TicketAlert.alert_id)
        about.append(Publication.ticket_id.in_(same.join(Isu, Isu.id == IsuLink.isu_id).where(Isu.root_id.in_(roots))))
    found = (
        select(Publication).join(Ticket, Ticket.id == Publication.ticket_id).where(or_(*about), *policy.visible(seat))
    )
    newest = found.order_by(Publication.published_at.desc(), Publication.id.desc()).limit(MOST_OF_AN_ISU)
    return db.session.scalars(newest).all()


def isu_of(ticket: Ticket) -> Select:
    """The isu that the ticket's alerts belong to."""
    linked = select(Isu.root_id).join(IsuLink, IsuLink.isu_id == Isu.id)
    return linked.join(TicketAlert, TicketAlert.alert_id == IsuLink.alert_id).where(TicketAlert.ticket_id == ticket.id)


@dataclass(frozen=True)
class HalfWritten:
    """A text that was not sent yet, and when it was kept."""

    text: str
    saved_at: datetime


@dataclass(frozen=True)
class Desk:
    """What helps a seat to write about one subject: its half-written texts by field, and modules as (id, title)."""

    drafts: dict[str, HalfWritten]
    modules: list[tuple[int, str]]


def desk_of(seat: Seat, subject: str) -> Desk:
    """Both in one statement. Drafts are this seat's alone."""
    mine = select(literal(0).label("id"), Draft.field.label("name"), Draft.text, Draft.saved_at)
    mine = mine.where(Draft.seat_id == seat.id, Draft.subject == subject)
    texts = modules_for(seat).order_by(None)
    shown = texts.with_only_columns(TextModule.id, TextModule.title, literal(""), null())
    rows = db.session.execute(union_all(mine, shown)).all()
    return Desk(
        {row.name: HalfWritten(row.text, row.saved_at) for row in rows if not row.id},
        sorted(((row.id, row.name) for row in rows if row.id), key=lambda module: module[1].casefold()),
    )


def modules_for(seat: Seat) -> Select:
    """Text modules that `seat` can insert: its own office's, and those that Diskominfo shares."""
    own = TextModule.opd_id == seat.opd_id
    return select(TextModule).where(TextModule.active, or_(own, TextModule.opd_id.is_(None))).order_by(TextModule.title)


def modules_kept_by(seat: Seat) -> Select:
    """Those that `seat` may change: Diskominfo the shared ones, an admin OPD its own office's."""
    shared = seat.role is Role.DISKOMINFO
    whose = TextModule.opd_id.is_(None) if shared else TextModule.opd_id == seat.opd_id
    return select(TextModule).where(whose).order_by(TextModule.active.desc(), TextModule.title)
