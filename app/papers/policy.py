"""Who may see and write which paper. A paper is never seen by whom one of its tickets is hidden from."""

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select, true

from app.core.db import held
from app.extensions import db
from app.papers.models import Paper, PaperTicket
from app.papers.rules import PaperKind, Stage
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import policy as tickets
from app.tickets.models import Ticket

READERS = (Role.DISKOMINFO, Role.ADMIN_OPD, Role.NARAHUBUNG)
"""Whose register it is. Pimpinan read tickets, and what they get on paper comes from a person."""


def visible_papers(seat: Seat) -> Select:
    """Of the own office all; of others what is final: Diskominfo everything, an OPD what was written to it."""
    return select(Paper).where(_in_reach(seat), not_(_hides(seat)))


def visible_paper(paper_id: int, seat: Seat, *, lock: bool = False) -> Paper:
    """The paper, or 404. `lock` before changing it."""
    wanted = visible_papers(seat).where(Paper.id == paper_id)
    return db.session.scalar(held(wanted, Paper) if lock else wanted) or abort(404)


def own_paper(paper_id: int, seat: Seat) -> Paper:
    """A paper that this seat may change now, held; or 404."""
    paper = visible_paper(paper_id, seat, lock=True)
    return paper if may_change(paper, seat) else abort(404)


def _in_reach(seat: Seat) -> ColumnElement[bool]:
    if seat.role not in READERS:
        return Paper.id.is_(None)
    other = true() if seat.role is Role.DISKOMINFO else Paper.to_opd_id == seat.opd_id
    return or_(Paper.opd_id == seat.opd_id, and_(Paper.stage == Stage.FINAL, other))


def _hides(seat: Seat) -> ColumnElement[bool]:
    """One of its tickets is not this seat's to know; behind a judul aman papers are Diskominfo's and the lead's."""
    of_paper = select(Ticket.id).join(PaperTicket, PaperTicket.ticket_id == Ticket.id)
    open_to = [*tickets.visible(seat)]
    if seat.role is not Role.DISKOMINFO:
        open_to.append(or_(Ticket.sensitive.is_(False), Ticket.lead_opd_id == seat.opd_id))
    return exists(of_paper.where(PaperTicket.paper_id == Paper.id, not_(and_(*open_to))))


def may_change(paper: Paper, seat: Seat) -> bool:
    """The office that writes it, until it is final."""
    return paper.opd_id == seat.opd_id and paper.stage is not Stage.FINAL and seat.role in READERS


def kinds_for(ticket: Ticket, seat: Seat) -> list[PaperKind]:
    """What this seat may write about a visible ticket: Diskominfo asks OPDs; it or the lead writes to the press."""
    if not tickets.takes_part(ticket, seat) or not tickets.may_open_original(ticket, seat):
        return []
    press = [kind for kind in PaperKind if kind.to_the_press]
    if seat.role is Role.DISKOMINFO:
        asks = ticket.lead_opd_id and not ticket.state.ended
        return [PaperKind.REQUEST, *press] if asks else press
    return press if ticket.lead_opd_id == seat.opd_id else []


def may_print_disposition(ticket: Ticket, seat: Seat) -> bool:
    """An OPD prints it for its own head, of a matter that it works on."""
    return seat.role.of_opd and tickets.takes_part(ticket, seat)
