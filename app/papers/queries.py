"""Questions about papers: the register, and what a paper tells of its tickets."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.agenda import queries as agenda
from app.extensions import db
from app.monitoring.models import Alert, Source
from app.papers.models import Paper, PaperTicket
from app.papers.rules import MOST_TICKETS, Stage
from app.people.models import Opd, Seat
from app.tickets import policy as tickets
from app.tickets.models import Answer, Publication, Ticket, TicketAlert

MOST_NEWS = 1000
"""As much as the papers of one rakor tell of; each matter tells of a few."""


def bearing(papers: Select, words: str) -> Select:
    """Those whose number or subject bears the words."""
    part = f"%{words.lower()}%"
    return papers.where(or_(func.lower(Paper.number).like(part), func.lower(Paper.subject).like(part)))


def tickets_of(paper_ids: Iterable[int]) -> dict[int, list[Row]]:
    """(id, shown title) of the tickets of each paper, in one statement."""
    columns = (Ticket.id, Ticket.title, Ticket.safe_title, Ticket.sensitive, PaperTicket.paper_id)
    rows = select(*columns).join(PaperTicket, PaperTicket.ticket_id == Ticket.id)
    found: dict[int, list[Row]] = {}
    for row in db.session.execute(rows.where(PaperTicket.paper_id.in_(list(paper_ids))).order_by(Ticket.id)):
        found.setdefault(row.paper_id, []).append(row)
    return found


def about(papers: Select, ticket: Ticket) -> Select:
    """Those about one ticket, newest first."""
    ours = select(PaperTicket.paper_id).where(PaperTicket.ticket_id == ticket.id)
    return papers.where(Paper.id.in_(ours)).order_by(Paper.id.desc())


def behind(paper: Paper, seat: Seat) -> Sequence[Ticket]:
    """The tickets of a paper that this seat may know, by number."""
    ours = select(PaperTicket.ticket_id).where(PaperTicket.paper_id == paper.id)
    wanted = tickets.visible_to(seat).where(Ticket.id.in_(ours)).options(joinedload(Ticket.lead))
    return db.session.scalars(wanted.order_by(Ticket.id)).unique().all()


def askable(opd_id: int, seat: Seat) -> Sequence[Ticket]:
    """Open tickets of an OPD that a letter may list, by due date."""
    wanted = tickets.visible_to(seat).where(Ticket.lead_opd_id == opd_id, Ticket.open)
    return db.session.scalars(wanted.order_by(Ticket.due_at, Ticket.id).limit(MOST_TICKETS)).unique().all()


def news_behind(ticket_ids: Iterable[int]) -> Sequence[Row]:
    """The news behind these tickets, newest first, nothing of what is sensitive."""
    columns = (Alert.title, Alert.media, Alert.channel, Alert.author, Alert.url, Alert.published_at)
    rows = select(TicketAlert.ticket_id, *columns, Source.name.label("source"))
    rows = rows.join(Alert, Alert.id == TicketAlert.alert_id).join(Source, Source.id == Alert.source_id)
    rows = rows.join(Ticket, Ticket.id == TicketAlert.ticket_id)
    told = rows.where(
        TicketAlert.ticket_id.in_(list(ticket_ids)), Alert.sensitive.is_(False), Ticket.sensitive.is_(False)
    )
    return db.session.execute(told.order_by(Alert.published_at.desc(), Alert.id.desc()).limit(500)).all()


def news_of_matters(item_ids: Iterable[int]) -> dict[int, list[Row]]:
    """The news behind each matter of the agenda, newest first, nothing of what is sensitive."""
    pairs = agenda.alerts_behind(item_ids)
    columns = (Alert.title, Alert.media, Alert.channel, Alert.author, Alert.url, Alert.published_at, Alert.place)
    rows = select(pairs.c.item_id, *columns, Source.name.label("source"))
    rows = rows.join(Alert, Alert.id == pairs.c.alert_id).join(Source, Source.id == Alert.source_id)
    rows = rows.where(Alert.sensitive.is_(False)).order_by(Alert.published_at.desc(), Alert.id.desc())
    return agenda.by_matter(db.session.execute(rows.limit(MOST_NEWS)))


def approved_answer(ticket: Ticket, seat: Seat) -> Answer | None:
    """The newest approved answer that was not sent back, as far as `seat` may read it."""
    approved = tickets.visible_answers(ticket, seat).where(
        Answer.approved_at.is_not(None), Answer.returned_at.is_(None)
    )
    return db.session.scalar(approved.order_by(None).order_by(Answer.id.desc()).limit(1))


def publications(ticket: Ticket) -> Sequence[Publication]:
    """Where it was made public, as far as that still stands."""
    wanted = select(Publication).where(Publication.ticket_id == ticket.id, Publication.withdrawn_at.is_(None))
    return db.session.scalars(wanted.order_by(Publication.published_at)).all()


def last_request(ticket: Ticket, papers: Select) -> Paper | None:
    """The newest final letter that asked for this ticket."""
    final = about(papers, ticket).where(Paper.stage == Stage.FINAL, Paper.to_opd_id.is_not(None))
    return db.session.scalar(final.limit(1))


def number_taken(paper: Paper, number: str) -> bool:
    """Whether another final paper of this office bears the number."""
    same = select(Paper.id).where(Paper.opd_id == paper.opd_id, Paper.number == number, Paper.id != paper.id)
    return bool(db.session.scalar(same.where(Paper.stage == Stage.FINAL).limit(1)))


def office(code: str) -> Opd | None:
    return db.session.scalar(select(Opd).where(Opd.code == code, Opd.active))
