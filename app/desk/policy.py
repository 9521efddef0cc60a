"""Which alerts and isu a page may show: the reader's own, less those behind a restricted ticket; and which work."""

from collections.abc import Sequence
from datetime import timedelta

from flask import abort
from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, false, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.db import held, serialise
from app.core.events import Event
from app.core.work import Work, WorkState, outward_kinds
from app.extensions import db
from app.monitoring.models import Alert, AlertFile, Isu, IsuLink, Shielded
from app.monitoring.policy import limit_alerts, may_sort, visible_alerts
from app.monitoring.rules.isu import ISU_LOCK, LONGEST_TITLE
from app.monitoring.rules.kinds import AlertState
from app.people.models import PeopleSheet, Seat
from app.people.rules import Role
from app.tickets import policy as tickets
from app.tickets.models import Ticket, TicketAlert

ISU_READERS = (Role.DISKOMINFO, Role.PIMPINAN)
OPENED_FOR = timedelta(hours=1)
"""How long files, personal data and evidence stay open after «Buka judul asli»."""


def alerts_for(seat: Seat) -> Select[Alert]:
    """Every alert `seat` may meet in the pantauan, in search and by its address."""
    return visible_alerts(seat).where(not_hidden(seat))


@limit_alerts
def not_hidden(seat: Seat) -> ColumnElement[bool]:
    """An alert behind a restricted ticket is for the officers named on it."""
    behind = select(TicketAlert.ticket_id).join(Ticket, Ticket.id == TicketAlert.ticket_id)
    hidden = behind.where(TicketAlert.alert_id == Alert.id, ~and_(*tickets.visible(seat)))
    return or_(Alert.state != AlertState.TICKETED, ~exists(hidden))


def visible_alert(alert_id: int, seat: Seat) -> Alert:
    """The alert, or 404."""
    return db.session.scalar(alerts_for(seat).where(Alert.id == alert_id)) or abort(404)


def visible_file(alert_id: int, file_id: int, seat: Seat) -> tuple[AlertFile, bool] | None:
    """A file of an alert whose original may be read now, and whether that alert is sensitive."""
    alert = visible_alert(alert_id, seat)
    file = select(AlertFile).where(AlertFile.id == file_id, AlertFile.alert_id == alert.id)
    found = db.session.scalar(file) if reads_original(alert, seat) else None
    return (found, alert.sensitive) if found else None


def visible_shielded(alert: Alert, seat: Seat) -> Shielded:
    """What was masked in a visible alert; 404 where nothing was, or its original may not be read now."""
    return (db.session.get(Shielded, alert.id) if reads_original(alert, seat) else None) or abort(404)


def reads_original(alert: Alert, seat: Seat) -> bool:
    """Of a sensitive alert only while this seat's opening of the original is fresh."""
    return not alert.sensitive or _opened_lately(alert, seat)


def _opened_lately(alert: Alert, seat: Seat) -> bool:
    opened = select(Event.id).where(Event.stream == alert.stream, Event.kind == "alert.original_opened")
    lately = opened.where(Event.seat_id == seat.id, Event.at > clock.now() - OPENED_FOR).limit(1)
    return db.session.scalar(lately) is not None


def held_alert(alert_id: int, seat: Seat) -> Alert:
    """The alert for a verb: nobody else changes it until this transaction ends. 404 when it is not visible."""
    return db.session.scalar(held(alerts_for(seat).where(Alert.id == alert_id), Alert)) or abort(404)


def held_alerts(ids: Sequence[int], seat: Seat) -> list[Alert]:
    """The visible ones among `ids`, locked in one order so that two selections never block each other."""
    wanted = alerts_for(seat).where(Alert.id.in_(ids)).order_by(Alert.id)
    return list(db.session.scalars(held(wanted, Alert)))


def visible_work(seat: Seat) -> Select[Work]:
    """What a system admin may know of the table of work. Letters are not in it, not even as a number: they have a
    page of their own, and of a restricted ticket's only those named on it may know."""
    wanted = select(Work)
    if seat.role is not Role.DISKOMINFO or not seat.is_admin:
        return wanted.where(false())
    return wanted.where(Work.kind.not_in(outward_kinds()))


def visible_people_sheet(sheet_id: int, seat: Seat) -> PeopleSheet:
    """A sheet of people, for system admins; or 404."""
    if seat.role is not Role.DISKOMINFO or not seat.is_admin:
        abort(404)
    return db.session.scalar(held(select(PeopleSheet).where(PeopleSheet.id == sheet_id), PeopleSheet)) or abort(404)


def visible_openings(seat: Seat) -> Select[Event]:
    """Events that a system admin may be told who saw what by; of a restricted ticket only those named on it may."""
    told = select(Event)
    if seat.role is not Role.DISKOMINFO or not seat.is_admin:
        return told.where(false())
    hidden = ~and_(*tickets.visible(seat))
    names = select(literal("ticket:") + cast(Ticket.id, String)).where(hidden)
    behind = select(literal("alert:") + cast(TicketAlert.alert_id, String))
    behind = behind.join(Ticket, Ticket.id == TicketAlert.ticket_id).where(hidden)
    return told.where(Event.stream.not_in(names), Event.stream.not_in(behind))


def held_dead_work(work_id: int, seat: Seat) -> Work | None:
    """Work that was given up, for a decision; None when somebody has decided meanwhile. 404 when it is not visible."""
    work = db.session.scalar(held(visible_work(seat).where(Work.id == work_id), Work)) or abort(404)
    return work if work.state is WorkState.DEAD else None


def visible_isu(seat: Seat) -> Select[Isu]:
    """Isu that stand for themselves and hold an alert that `seat` may know of. Diskominfo and pimpinan read them."""
    if seat.role not in ISU_READERS:
        return select(Isu).where(false())
    return select(Isu).where(Isu.into_id.is_(None), exists(_within(Isu).where(not_hidden(seat))))


def told_title(seat: Seat) -> ColumnElement[str]:
    """The title of an isu; not where it is that of an alert which `seat` may not know of."""
    theirs = func.substr(Alert.title, 1, LONGEST_TITLE) == Isu.title
    covered = exists(_within(Isu).where(theirs, ~not_hidden(seat)))
    return case((covered, literal("Isu nomor ") + cast(Isu.id, String)), else_=Isu.title).label("title")


def held_isu(isu_id: int, seat: Seat) -> Isu:
    """The isu for a verb: nobody else changes it until this transaction ends. 404 when it is not visible."""
    if not may_sort(seat):
        abort(404)
    serialise(ISU_LOCK)
    return db.session.scalar(held(visible_isu(seat).where(Isu.id == isu_id), Isu)) or abort(404)


def held_part(part_id: int, isu: Isu, seat: Seat) -> Isu:
    """An isu that was merged into `isu`, for splitting it off. 404 when there is none of which `seat` may know."""
    own = select(IsuLink.alert_id).join(Alert, Alert.id == IsuLink.alert_id)
    own = own.where(IsuLink.isu_id == Isu.id, not_hidden(seat))
    part = select(Isu).where(Isu.id == part_id, Isu.root_id == isu.id, Isu.into_id.is_not(None), exists(own))
    return db.session.scalar(held(part, Isu)) or abort(404)


def _within(isu: type[Isu]) -> Select:
    """The alerts that are shown under the isu of the question around this one."""
    member = aliased(Isu)
    alerts = select(Alert.id).join(IsuLink, IsuLink.alert_id == Alert.id).join(member, member.id == IsuLink.isu_id)
    return alerts.where(member.root_id == isu.root_id).correlate(isu)
