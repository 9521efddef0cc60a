"""What the clock does to tickets: resume what was put off, close what was resolved, see whether their news is there."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from sqlalchemy import Select, select
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.work import Lease, every, handler
from app.extensions import db
from app.monitoring.actions import ask_link
from app.tickets import actions, queries
from app.tickets.actions import following
from app.tickets.models import IllegalMove, Task, Ticket
from app.tickets.rules import CLOSE_AFTER_DAYS, State

AT_ONCE = 100
"""A few hundred a minute are enough; the clock has other duties."""
LINKS_AT_ONCE, LINKS_LOOKED_AT = 4, 200
"""Every quarter of an hour: 16 pages an hour, 2,688 a week, never two of one site at once."""

log = structlog.get_logger()


@every(60, "tickets.resume")
def resume_due() -> None:
    """Ditunda at its date, Menunggu anggaran on 2 January of its year."""
    stands = Ticket.state.in_((State.ON_HOLD, State.AWAITING_BUDGET))
    _make(select(Ticket).where(stands, Ticket.hold_until <= clock.now()).order_by(Ticket.hold_until), "resume")


@every(60, "tasks.resume")
def resume_tasks() -> None:
    """A task that was put off goes on at its date."""
    due = select(Task).where(Task.open, Task.hold_until <= clock.now()).order_by(Task.hold_until).limit(AT_ONCE)
    for task in db.session.scalars(due.with_for_update(of=Task, skip_locked=True)).all():
        _try(lambda task=task: actions.move_task(task, "resume", None), task=task.id, move="resume")


@every(3600, "tickets.close")
def close_resolved() -> None:
    """Selesai becomes Ditutup when nobody reopened it in time, and no task of it is open."""
    long_ago = clock.now() - timedelta(days=CLOSE_AFTER_DAYS)
    resolved = select(Ticket).where(Ticket.state == State.RESOLVED, Ticket.ended_at <= long_ago, Ticket.open_tasks == 0)
    _make(resolved.order_by(Ticket.ended_at), "close")


@handler(following.WORK)
def follow_change(change_id: int | None, lease: Lease) -> None:
    """Open tickets and tasks follow a change of days off, hours or terms."""
    following.follow(change_id or 0, lease)


@every(900, "tickets.links")
def recheck_links() -> None:
    """The pages of news behind open tickets are asked for once a week, a few at a time."""
    due = queries.links_to_check(clock.now() - timedelta(days=7), LINKS_LOOKED_AT)
    by_host: dict[str, int] = {}
    for alert_id, url in db.session.execute(due):
        by_host.setdefault(urlsplit(url).netloc, alert_id)
    for alert_id in list(by_host.values())[:LINKS_AT_ONCE]:
        ask_link(alert_id)


@every(60, "tickets.rulings")
def look_at_rulings() -> None:
    """A dispute that nobody decided in its time is proposed to go up."""
    actions.propose_overdue_rulings()


def _make(due: Select, move: str) -> None:
    """One move on each ticket that is due; one that cannot be made leaves the others alone."""
    for ticket in db.session.scalars(due.limit(AT_ONCE).with_for_update(of=Ticket, skip_locked=True)).all():
        _try(lambda ticket=ticket: actions.move(ticket, move, None), ticket=ticket.id, move=move)


def _try(act: Callable[[], object], **about) -> None:
    """Do one of many; a failure is undone and logged."""
    try:
        with db.session.begin_nested():
            act()
    except (actions.Refused, IllegalMove, SQLAlchemyError):
        log.exception("ticket.clock_move_failed", **about)
