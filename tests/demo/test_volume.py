"""Volume data: whole, searchable, right in its counts, and the same for the same seed."""

import hashlib
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.core import search
from app.core.events import Event
from app.demo import volume
from app.desk.verify import findings
from app.extensions import Base, db
from app.monitoring.models import Alert, AlertKey
from app.people.models import Opd, Seat
from app.tickets.models import Task, Ticket, TicketAlert
from app.tickets.rules import State
from tests.harness.people import cheap_hash

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OWN_TIME = {"alembic_version", "duty", "work"}


def fill(tickets=200, alerts=600, seed=7):
    volume.load(volume.Size(tickets, 20, alerts), seed, NOW, cheap_hash(), lambda line: None)


def fingerprint() -> str:
    """A hash over every row of every table."""
    digest = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        if table.name not in OWN_TIME:
            for row in db.session.execute(select(table).order_by(*table.primary_key)):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def test_the_same_seed_and_time_give_the_same_data(house, app):
    prints = []
    for seed in (7, 7, 8):
        house.reset()
        with app.app_context():
            fill(seed=seed)
            prints.append(fingerprint())
    assert prints[0] == prints[1] != prints[2]


def test_it_verifies_and_has_the_size_that_was_asked_for(db_session):
    fill()
    assert list(findings()) == []
    assert db_session.scalar(select(func.count()).select_from(Ticket)) == 200
    assert db_session.scalar(select(func.count()).select_from(Alert)) == 600
    inner = select(func.count()).select_from(Opd).where(Opd.active, Opd.kind != "eksternal")
    assert db_session.scalar(inner) == 20
    assert db_session.scalar(select(func.count()).select_from(Seat)) >= 20 * 4
    notes = db_session.scalar(select(func.count()).where(Event.kind == "ticket.note"))
    assert 2.4 < notes / 200 < 4


def test_it_lives_by_the_table_of_moves(db_session):
    fill()
    states = set(db_session.scalars(select(Ticket.state)))
    assert {State.CLOSED, State.RESOLVED, State.IN_PROGRESS} <= states
    for ticket in db_session.scalars(select(Ticket)):
        last = select(Event.after).where(
            Event.stream == ticket.stream, Event.kind.not_in(("ticket.note", "ticket.task"))
        )
        assert db_session.scalar(last.order_by(Event.seq.desc()).limit(1))["state"] == ticket.state
        assert ticket.open is not ticket.state.ended


def test_tickets_have_tasks_as_offices_do(db_session):
    """A quarter of what is handled has some; the ticket's count is that of its open ones."""
    fill()
    tasks = db_session.scalars(select(Task)).all()
    assert len(tasks) > 30 and {task.open for task in tasks} == {True, False}
    open_ones = Counter(task.ticket_id for task in tasks if task.open)
    assert {
        ticket.id: ticket.open_tasks for ticket in db_session.scalars(select(Ticket)) if ticket.open_tasks
    } == open_ones


def test_everything_can_be_found_and_known_again(db_session):
    fill()
    ticket = db_session.scalar(select(Ticket).where(Ticket.restricted.is_(False), Ticket.sensitive.is_(False)).limit(1))
    found = db_session.execute(search.matches("ticket", f"{ticket.number} {ticket.title}")).all()
    assert [row.ref_id for row in found] == [ticket.id]
    assert db_session.scalar(select(func.count()).select_from(AlertKey)) > 1200
    behind = db_session.scalar(select(func.count()).select_from(TicketAlert).where(TicketAlert.ticket_id == ticket.id))
    assert behind == ticket.alerts >= 1


def test_ids_go_on_after_the_last_row(db_session):
    """PostgreSQL counts by itself and has to be told."""
    fill(tickets=20, alerts=40)
    ticket = Ticket(title="berikutnya")
    db_session.add(ticket)
    db_session.flush()
    assert ticket.id == 21


@pytest.mark.parametrize("arguments, code", [(["--tickets", "0"], 2), (["--now", "kemarin"], 2)])
def test_what_cannot_be_understood_is_refused(app, db_session, arguments, code):
    assert app.test_cli_runner().invoke(args=["demo", *arguments]).exit_code == code
