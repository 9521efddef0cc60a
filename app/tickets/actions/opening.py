"""From alerts to a ticket: promote, merge, and undoing both."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from app.core import events
from app.core.db import held
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.monitoring.models import Alert
from app.monitoring.rules.kinds import AlertState
from app.people.models import Seat
from app.tickets.actions.clocks import start_rule_clock
from app.tickets.actions.counting import count
from app.tickets.actions.findable import make_findable
from app.tickets.actions.moves import move
from app.tickets.actions.secrecy import hide_news, mark_child_case
from app.tickets.actions.steering import set_level
from app.tickets.models import Ticket, TicketAlert
from app.tickets.rules import Level, State, TicketClass
from app.tickets.rules.terms import What

LONGEST_TITLE = 300
ALREADY = "Pantauan ini sudah dipilah orang lain. Muat ulang daftar untuk melihat keadaannya."


def promote(alerts: Sequence[Alert], seat: Seat, values: dict) -> Ticket:
    """«Jadikan tiket»: one ticket of one or many alerts; with an `opd` also forwarded, in one transaction.

    `values`: title (default: the first alert's), ticket_class, level, opd, note, child_case. A sensitive alert makes a
    sensitive ticket under its judul aman, and a child case where that was ticked. Raises Refused.
    """
    _still_new(alerts)
    ticket = _new_ticket(alerts, values)
    start_rule_clock(ticket, What.AUTHORITY)
    db.session.add(ticket)
    db.session.flush()
    told = {"state": "new", "alerts": len(alerts), "level": ticket.level}
    events.record(ticket.stream, "ticket.open", seat, after=told)
    count(ticket, None, None)
    _stand_behind(alerts, ticket, seat)
    if ticket.sensitive and values.get("child_case"):
        mark_child_case(ticket, seat, {"safe_title": ticket.safe_title})
    if values.get("level") == Level.KRISIS:
        set_level(ticket, seat, Level.KRISIS)
    if values.get("opd"):
        move(ticket, "forward", seat, {"opd": values["opd"], "note": values.get("note", "")})
    else:
        make_findable(ticket)
    return ticket


def merge(alerts: Sequence[Alert], ticket: Ticket, seat: Seat) -> None:
    """«Gabungkan ke tiket»: the alerts stand behind an open ticket. Raises Refused."""
    _still_new(alerts)
    if ticket.state in (State.CLOSED, State.ARCHIVED):
        ended = f"Tiket #{ticket.number} sudah {ticket.state.label.lower()}."
        raise Refused({"ticket": f"{ended} Buka kembali dulu, atau pilih tiket lain."})
    _stand_behind(alerts, ticket, seat)
    if any(alert.sensitive for alert in alerts) and not ticket.sensitive:
        raise Refused({"ticket": "Pantauan ini sensitif. Beri tiketnya judul aman lebih dulu, lalu gabungkan."})
    if ticket.child_case:
        hide_news(ticket, seat)
    events.record(ticket.stream, "ticket.merge", seat, after={"alerts": len(alerts)})
    make_findable(ticket)


def release(alerts: Sequence[Alert], seat: Seat) -> None:
    """Undo of promote and merge: the alerts are new again; a new ticket left without alerts is archived.

    Raises Refused when a ticket was already forwarded: its letter has been sent.
    """
    ids = [alert.id for alert in alerts]
    behind = select(TicketAlert.ticket_id).where(TicketAlert.alert_id.in_(ids))
    tickets = db.session.scalars(select(Ticket).where(Ticket.id.in_(behind)).order_by(Ticket.id)).all()
    db.session.execute(delete(TicketAlert).where(TicketAlert.alert_id.in_(ids)))
    for alert in alerts:
        if alert.state is AlertState.TICKETED:
            alert.state = AlertState.NEW
            events.record(alert.stream, "alert.release", seat)
    for ticket in tickets:
        _after_release(ticket, seat)


def _after_release(ticket: Ticket, seat: Seat) -> None:
    ticket.alerts = db.session.scalar(select(func.count()).where(TicketAlert.ticket_id == ticket.id)) or 0
    if ticket.alerts == 0 and ticket.state is not State.NEW:
        sent = f"Tiket #{ticket.number} sudah diteruskan dan suratnya terkirim."
        raise Refused({"ticket": f"{sent} Arsipkan atau alihkan tiketnya."})
    events.record(ticket.stream, "ticket.release", seat, after={"alerts": ticket.alerts})
    if ticket.alerts == 0:
        move(ticket, "archive", seat, {"reason": "Diurungkan sebelum diteruskan."})
    make_findable(ticket)


def _still_new(alerts: Sequence[Alert]) -> None:
    """Two operators may promote the same alert at the same moment: the second waits here and is told."""
    if not alerts:
        raise Refused({"alert": "Pilih paling sedikit satu pantauan."})
    mine = select(Alert).where(Alert.id.in_([alert.id for alert in alerts]))
    db.session.scalars(held(mine, Alert)).all()
    if any(alert.state is AlertState.TICKETED for alert in alerts):
        raise Refused({"alert": ALREADY})


def _new_ticket(alerts: Sequence[Alert], values: dict) -> Ticket:
    title = one_line(values.get("title") or "") or alerts[0].shown_title
    if len(title) > LONGEST_TITLE:
        raise Refused({"title": f"Judul paling banyak {LONGEST_TITLE} huruf."})
    sensitive = next((alert for alert in alerts if alert.sensitive), None)
    kind = values.get("ticket_class") or TicketClass.MEDIA
    if kind not in list(TicketClass):
        raise Refused({"ticket_class": "Pilih jenis tiket dari daftar."})
    level = values.get("level") or Level.BIASA
    if level not in list(Level):
        raise Refused({"level": "Pilih tingkat dari daftar."})
    return Ticket(
        title=sensitive.title[:LONGEST_TITLE] if sensitive else title,
        safe_title=sensitive.safe_title if sensitive else "",
        sensitive=bool(sensitive),
        ticket_class=TicketClass(kind),
        level=Level.BIASA if level == Level.KRISIS else Level(level),
        state=State.NEW,
    )


def _stand_behind(alerts: Sequence[Alert], ticket: Ticket, seat: Seat) -> None:
    for alert in alerts:
        alert.state = AlertState.TICKETED
        events.record(alert.stream, "alert.ticket", seat, after={"ticket": ticket.number})
    db.session.add_all(TicketAlert(alert_id=alert.id, ticket_id=ticket.id) for alert in alerts)
    ticket.alerts = (ticket.alerts or 0) + len(alerts)
    db.session.flush()
