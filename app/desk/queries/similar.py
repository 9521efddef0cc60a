"""Open tickets that an alert may belong to: suggested with the reason, never merged by a machine."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, select, union

from app.desk.rules import Likeness, likeness, telling
from app.extensions import db
from app.monitoring.models import Alert
from app.monitoring.queries.alerts import SHOWN_TITLE
from app.people.models import Opd, Seat
from app.tickets import policy as tickets
from app.tickets import queries
from app.tickets.models import Ticket, TicketAlert
from app.tickets.rules import State

LOOKED_AT = 80
MOST = 4


@dataclass(frozen=True)
class Similar:
    """A ticket and what it shares with the alert."""

    id: int
    title: str
    state: State
    lead: str | None
    like: Likeness

    @property
    def number(self) -> str:
        return f"{self.id:04d}"


def similar_tickets(alert: Alert, seat: Seat) -> list[Similar]:
    """The likeliest open tickets, the best first; two statements."""
    words = telling(alert.shown_title if alert.sensitive else f"{alert.title} {alert.text[:600]}")
    found = db.session.execute(_candidates(alert, seat)).all() if words else []
    behind = _alerts_behind([row.id for row in found])
    known = [(row, _like(alert, words, row, behind[row.id])) for row in found]
    near = [Similar(row.id, row.shown_title, row.state, row.lead, like) for row, like in known if like]
    return sorted(near, key=lambda one: (-one.like.score, -one.id))[:MOST]


def _like(alert: Alert, words: dict[str, str], row, behind: list) -> Likeness | None:
    stems = telling(" ".join([row.shown_title, *(title for title, _ in behind)]))
    same_place = bool(alert.place) and any(place == alert.place for _, place in behind)
    return likeness(words, stems, same_place=same_place, same_opd=_is_hinted(alert, row.lead_code))


def _is_hinted(alert: Alert, code: str | None) -> bool:
    return any(hint.get("opd") == code for hint in alert.hints)


def _candidates(alert: Alert, seat: Seat) -> Select:
    """The latest open tickets, and the latest open ones of the suggested OPDs."""
    latest = select(Ticket.id).where(Ticket.open, *tickets.visible(seat))
    latest = latest.order_by(Ticket.opened_at.desc(), Ticket.id.desc())
    leads = select(Opd.id).where(Opd.code.in_([hint.get("opd", "") for hint in alert.hints]))
    branches = [latest, latest.where(Ticket.lead_opd_id.in_(leads))]
    ids = union(*(select(branch.limit(LOOKED_AT).subquery().c.id) for branch in branches)).subquery()
    rows = select(Ticket.id, queries.SHOWN_TITLE, Ticket.state, Opd.short.label("lead"), Opd.code.label("lead_code"))
    return rows.join(ids, ids.c.id == Ticket.id).outerjoin(Opd, Opd.id == Ticket.lead_opd_id)


def _alerts_behind(ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Shown title and place of the alerts behind these tickets."""
    behind: dict[int, list[tuple[str, str]]] = defaultdict(list)
    if ids:
        rows = select(TicketAlert.ticket_id, SHOWN_TITLE, Alert.place).join(Alert, Alert.id == TicketAlert.alert_id)
        rows = rows.where(TicketAlert.ticket_id.in_(ids)).limit(4 * LOOKED_AT)
        for ticket_id, title, place in db.session.execute(rows):
            behind[ticket_id].append((title, place))
    return behind
