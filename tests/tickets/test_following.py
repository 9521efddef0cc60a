"""A change of the calendar makes open items follow, once, and leaves ended ones alone."""

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.people import actions
from app.tickets.models import ClockChange
from app.tickets.rules import State
from tests.tickets import desk


def test_a_new_day_off_moves_open_tickets_once_and_no_ended_one(people, db_session, work_off):
    ticket, done = desk.ticket_in(State.IN_PROGRESS, people), desk.ticket_in(State.RESOLVED, people)
    before, kept = ticket.due_at, done.due_at
    actions.add_holiday(clock.local(before).date(), "Hari jadi", "daerah", "SE Bupati", people[desk.OPERATOR])
    db.session.commit()
    work_off()
    db.session.expire_all()
    change, version = db.session.scalar(db.select(ClockChange)), ticket.version
    assert change.touched == 1 and change.reckoned_at
    assert ticket.due_at > before and done.due_at == kept
    told = db.session.scalars(db.select(Event).where(Event.kind == "ticket.reckoned")).all()
    assert [event.after["why"] for event in told] == [change.says]
    work_off()
    db.session.expire_all()
    assert ticket.version == version
