"""The demo story on both databases: every state, nothing broken, and never into data that is there."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.agenda.models import AgendaItem, Plan, Rakor
from app.agenda.rules import RakorState
from app.core import clock
from app.core.events import Event, EventText
from app.demo import loading
from app.demo.cast import PARTS
from app.demo.story import STORIES
from app.desk.verify import findings
from app.extensions import db
from app.monitoring.models import Alert, Isu, IsuLink, Mirrored
from app.monitoring.rules.kinds import AlertState, Channel, MirrorState
from app.notify.models import Letter, LetterState
from app.notify.rules import Kind
from app.people import queries as people
from app.people.models import Opd, Person, SavedView, Seat
from app.people.rules import Role
from app.tickets.models import Evidence, Ruling, Task, Ticket, TicketAlert
from app.tickets.rules import Audience, State

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
OPDS = ("disdikbud", "dp3a", "dpu", "tirtamahakam", "dinkes", "dlhk", "dishub", "disperkim")


@pytest.fixture(scope="module")
def story(house):
    """Loaded once: the tests of this file only read."""
    house.reset()
    with house.app.app_context():
        loading.load_story(NOW)
        yield db.session
        db.session.rollback()


def test_every_state_is_there(story):
    assert set(story.scalars(select(Ticket.state))) == set(State)


def test_nothing_happens_after_now(story):
    assert story.scalar(select(func.max(Event.at))) <= NOW
    assert story.scalar(select(func.max(Alert.published_at))) <= NOW
    assert story.scalar(select(func.max(Alert.fetched_at))) <= NOW


def test_it_verifies(story):
    assert list(findings()) == []


def test_the_promised_accounts_can_sign_in(story):
    promised = {f"{who}@{opd}.demo" for who in ("admin", "narahubung") for opd in OPDS}
    promised |= {"operator@diskominfo.demo", "kepala@diskominfo.demo", "pimpinan@kukar.demo"}
    assert promised <= set(story.scalars(select(Person.email).where(Person.password_hash.is_not(None))))
    kepala = story.scalar(select(Seat).join(Seat.person).where(Person.email == "kepala@diskominfo.demo"))
    assert kepala.role is Role.DISKOMINFO and kepala.is_admin


def test_seats_are_as_offices_are(story):
    """Two seats on one chair, a Plt, a decree that follows, an OPD without narahubung, outside bodies."""
    seats = story.scalars(select(Seat)).all()
    roles = {}
    for seat in seats:
        roles.setdefault((seat.person.email, seat.opd.code), set()).add(seat.role)
    assert {Role.ADMIN_OPD, Role.NARAHUBUNG} in roles.values()
    assert any(seat.kind.value == "plt" for seat in seats)
    assert {seat.person.name for seat in seats if seat.decree_follows} == {
        "Siti Maulida",
        "Wahyu Saputra",
        "Hairil Anwar",
    }
    without = story.scalars(select(Opd.code).where(Opd.id.in_(people.without_narahubung()))).all()
    assert set(without) == {"KESBANGPOL", "DISTANAK"}  # never had one; his moved on, and says so
    assert not any(seat.opd.outside for seat in seats)


def test_the_sensitive_matter_is_told_under_its_judul_aman(story):
    ticket = story.scalar(select(Ticket).where(Ticket.sensitive))
    assert ticket.lead.code == "DP3A" and "anak di Kecamatan" in ticket.shown_title
    assert ticket.child_case and ticket.restricted and ticket.safe_summary and ticket.case_reference
    assert story.scalar(select(func.count()).where(Ticket.restricted)) == 2


def test_the_morning_has_something_to_sort(story):
    new = story.scalar(select(func.count()).where(Alert.state == AlertState.NEW))
    assert 10 <= new <= 30
    assert story.scalar(select(func.count()).where(Alert.state == AlertState.IGNORED)) >= 10


def test_the_whole_of_handling_is_in_it(story):
    """What an office meets when it looks for it: each by the verb that makes it."""
    told = set(story.scalars(select(Event.kind).distinct()))
    assert told >= {
        *("ticket.object", "ticket.ruling_asked", "ticket.field_asked", "ticket.field_answered", "ticket.child_case"),
        *("ticket.circle", "ticket.publish", "ticket.letter_number", "ticket.ask_head", "task.contact"),
        *("task.hold", "task.submit", "task.accept", "seat.handed_over", "paper.final", "text.saved", "shift.note"),
    }
    tasks = story.scalars(select(Task)).all()
    assert any(task.outside and task.contact for task in tasks) and {task.open for task in tasks} == {True, False}
    assert story.scalar(select(func.count()).select_from(SavedView)) == 2
    assert story.scalar(select(func.count()).where(Ruling.closed_at.is_(None))) == 1
    assert story.scalar(select(func.count()).where(Ticket.provisional, Ticket.open, Ticket.state != State.NEW)) > 1


def test_one_rakor_was_held_and_one_is_prepared(story):
    """Every state of a plan that a visitor looks for, and matters at three stages at least."""
    assert {rakor.state for rakor in story.scalars(select(Rakor))} == {RakorState.FINISHED, RakorState.PREPARING}
    plans = story.scalars(select(Plan)).all()
    with clock.pretend(NOW):
        assert {plan.standing for plan in plans} >= {"Berjalan", "Lewat target", "Terlaksana"}
    assert len(set(story.scalars(select(AgendaItem.stage)))) >= 3


def test_three_audiences_and_pictures(story):
    notes = set(story.scalars(select(Event.audience).where(Event.kind == "ticket.note")))
    assert notes == {audience.value for audience in Audience}
    assert story.scalar(select(func.count()).select_from(Evidence)) >= 5


def test_only_the_newest_letters_really_go_out(story):
    states = dict(story.execute(select(Letter.state, func.count()).group_by(Letter.state)).all())
    assert states[LetterState.WAITING] == loading.REALLY_SENT + loading.REMINDERS_SENT and states[LetterState.SENT] > 50
    newest = select(Letter.id).where(Letter.kind != Kind.REMINDER).order_by(Letter.id.desc())
    newest = story.scalars(newest.limit(loading.REALLY_SENT))
    assert {story.get_one(Letter, letter).state for letter in newest} == {LetterState.WAITING}


def test_all_texts_are_finished(story):
    """No placeholder is left, and every story has happened."""
    texts = [*story.scalars(select(EventText.text)), *story.scalars(select(Alert.title))]
    assert not [text for text in texts if re.search(r"[{}]", text)]
    assert story.scalar(select(func.count()).select_from(Ticket)) >= len([s for s in STORIES if s.scenes]) - 1


def test_every_part_names_an_agency_that_exists(story):
    known = set(story.scalars(select(Opd.code)))
    assert {part.code for part in PARTS} <= known


def test_the_text_for_a_group_says_nothing_of_a_restricted_matter(story):
    """Its title belongs to the named officers (mission fact 12)."""
    from app.tickets.routes.view import TicketView

    ticket = story.scalar(select(Ticket).where(Ticket.restricted))
    officer = story.scalar(select(Seat).join(Seat.person).where(Person.email == "kepala@diskominfo.demo"))
    words = TicketView(ticket, officer).for_group
    assert ticket.number in words and ticket.title not in words


def test_the_mirror_is_told_twice_and_one_complaint_is_a_ticket(story):
    mirrored = {row.tracking_id: row for row in story.scalars(select(Mirrored))}
    assert len(mirrored) == 4 and mirrored["9100240"].state is MirrorState.IN_PROCESS
    assert story.scalar(select(func.count()).where(Event.kind == "alert.mirror_changed")) == 1
    behind = story.scalars(select(Alert.external_id).join(TicketAlert).where(Alert.channel == Channel.COMPLAINT)).all()
    assert behind == ["9100214"]


def test_two_stories_are_isu_with_what_stands_behind_their_ticket(story):
    linked = select(Isu.title, func.count()).join(IsuLink, IsuLink.isu_id == Isu.id).group_by(Isu.id)
    shown = dict(story.execute(linked).all())
    assert set(shown) == {"Air bersih Tenggarong Seberang", "Jalan poros Kota Bangun rusak"}
    assert shown["Air bersih Tenggarong Seberang"] >= 5 and shown["Jalan poros Kota Bangun rusak"] >= 3
