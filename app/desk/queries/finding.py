"""One search over tickets, isu and alerts: what is not visible shapes neither results nor counts."""

from sqlalchemy import Select, select

from app.core.numbers import whole
from app.desk.policy import not_hidden
from app.desk.queries.alerts import shown_rows
from app.desk.queries.hits import page_of_hits
from app.extensions import db
from app.monitoring.models import Alert
from app.people.models import Opd, Seat
from app.tickets import policy
from app.tickets.models import Ticket
from app.tickets.queries import SHOWN_TITLE
from app.tickets.rules.finding import proof_kind, scope
from app.web.lists import Slice

SIZE = 20


def find_tickets(words: str, seat: Seat, before: int | None = None) -> Slice:
    """Tickets that hold the words, the latest first; a number finds its ticket.

    An OPD's search reads only what the index keeps as its own.
    """
    if number := _number(words):
        return Slice(db.session.execute(_tickets(seat).where(Ticket.id == number)).all(), None)
    narrow = scope(seat.opd_id) if seat.role.of_opd else None
    return page_of_hits("ticket", words, _joined_tickets(seat), size=SIZE, before=before, scope=narrow)


def find_proofs(words: str, seat: Seat) -> Slice:
    """Tickets that the OPD once led, by the words it knew then."""
    if not seat.role.of_opd or _number(words):
        return Slice([], None)
    return page_of_hits(proof_kind(seat.opd_id), words, _joined_tickets(seat), size=SIZE, before=None)


def find_alerts(words: str, seat: Seat, before: int | None = None) -> Slice:
    """Alerts that hold the words, the latest first; for those who sort them."""

    def rows(hits) -> Select:
        return shown_rows(seat).join(hits, hits.c.ref_id == Alert.id).where(not_hidden(seat))

    return page_of_hits("alert", words, rows, size=SIZE, before=before)


def _tickets(seat: Seat) -> Select:
    found = select(Ticket.id, SHOWN_TITLE, Ticket.sensitive, Ticket.state, Ticket.opened_at, Opd.short.label("lead"))
    return found.outerjoin(Opd, Opd.id == Ticket.lead_opd_id).where(*policy.visible(seat))


def _joined_tickets(seat: Seat):
    return lambda hits: _tickets(seat).join(hits, hits.c.ref_id == Ticket.id)


def _number(words: str) -> int | None:
    """«#412» and «412» mean ticket 0412."""
    return whole(words.strip().lstrip("#"))
