"""design.md §4, «Letters»: who gets what at which move, and who never."""

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.work import Work
from app.extensions import db
from app.notify.models import Letter
from app.notify.rules import OCCASIONS, Kind
from app.people.models import Opd, Seat
from app.people.rules import Role
from app.tickets import actions
from app.tickets.models import NamedOfficer
from app.tickets.rules import MOVES
from tests import factories
from tests.notify.conftest import ADMIN, ANSWER, LIAISON, OPERATOR

BOTH = [ADMIN, LIAISON]
STORY = (
    # move, by whom, values, who is written to
    ("forward", OPERATOR, {"opd": "DISDIKBUD"}, BOTH),
    ("take_on", ADMIN, {}, []),
    ("submit", ADMIN, {"answer": ANSWER}, [LIAISON]),
    ("send_back", LIAISON, {"note": "Sebut tanggalnya."}, [ADMIN]),
    ("submit", ADMIN, {"answer": ANSWER}, [LIAISON]),
    ("approve", LIAISON, {}, []),
    ("rework", OPERATOR, {"note": "Lampirkan foto."}, BOTH),
    ("answer", LIAISON, {"answer": ANSWER}, []),
    ("resolve", OPERATOR, {"outcome": "perbaikan_lapangan"}, []),
    ("reopen", OPERATOR, {"reason": "Plafon jatuh lagi."}, BOTH),
    ("hold", ADMIN, {"reason": "Menunggu bahan.", "until": "2035-01-02T10:00"}, []),
    ("resume", ADMIN, {}, []),
    ("reroute", OPERATOR, {"opd": "DPU", "reason": "Gedung milik PU."}, ["admin@dpu.demo", "narahubung@dpu.demo"]),
    ("object", "admin@dpu.demo", {"reason": "Bukan gedung kami.", "proposed": "DISDIKBUD"}, []),
    ("refer", OPERATOR, {"body": "Provinsi", "reference": "12/2026"}, []),
    ("close", OPERATOR, {}, []),
)


def test_every_move_writes_to_those_of_the_table_and_to_nobody_else(matter):
    seen = 0
    for move, by, values, readers in STORY:
        matter.go(move, by, **values)
        new = [letter.person.email for letter in matter.letters()[seen:]]
        assert sorted(new) == sorted(readers), move
        seen += len(new)


def test_the_table_of_letters_names_moves_that_exist():
    no_moves = {Kind.EMERGENCY, Kind.FIELD}
    told = {kind for kind, occasion in OCCASIONS.items() if occasion.kind not in no_moves}
    moves = {kind.partition(".")[2] for kind in told if kind.startswith("ticket.")} - {"handover", "ask_head"}
    assert moves <= set(MOVES)
    assert moves == {"forward", "reroute", "reopen", "submit", "send_back", "rework"}


def test_one_letter_to_a_person_who_sits_on_both_seats(matter):
    both = matter.people[LIAISON].person
    factories.make_seat(Role.ADMIN_OPD, opd=matter.people[ADMIN].opd, person=both)
    matter.go("forward", OPERATOR, opd="DISDIKBUD")
    assert matter.readers("forward") == BOTH
    mine = next(letter for letter in matter.letters() if letter.person_id == both.id)
    assert db.session.get(Seat, mine.seat_id).role is Role.NARAHUBUNG


@pytest.mark.parametrize("change", ["moved_at", "ended_at", "unconfirmed", "over", "not_yet", "person_off"])
def test_no_letter_to_a_seat_that_may_not_act(matter, change):
    seat, moment = matter.people[ADMIN], clock.now()
    day = clock.today()
    values = {
        "moved_at": {"moved_at": moment}, "ended_at": {"ended_at": moment}, "unconfirmed": {"confirmed_at": None},
        "over": {"ends_on": day.replace(year=day.year - 1)}, "not_yet": {"starts_on": day.replace(year=day.year + 1)},
        "person_off": {},
    }[change]  # fmt: skip
    for name, value in values.items():
        setattr(seat, name, value)
    seat.person.active = change != "person_off"
    matter.go("forward", OPERATOR, opd="DISDIKBUD")
    assert matter.readers("forward") == [LIAISON]


def test_no_letter_to_an_outside_body(matter):
    pln = db.session.scalar(select(Opd).where(Opd.code == "PLN"))
    factories.make_seat(Role.ADMIN_OPD, opd=pln)
    matter.ticket.lead_opd_id = pln.id
    from app.core import events

    events.record(matter.ticket.stream, "ticket.forward", matter.people[OPERATOR])
    assert matter.letters() == []


def test_where_diskominfo_leads_all_other_operators_are_written_to(matter):
    matter.go("forward", OPERATOR, opd="DISKOMINFO")
    assert matter.readers("forward") == ["kepala@diskominfo.demo"]


def test_where_diskominfo_leads_the_assigned_seat_alone_is_written_to(matter):
    holder = factories.make_seat(Role.DISKOMINFO, opd=matter.people[OPERATOR].opd)
    matter.go("forward", OPERATOR, opd="DISKOMINFO")
    actions.assign(matter.ticket, matter.people[OPERATOR], str(holder.id))
    matter.go("take_on", "kepala@diskominfo.demo")
    matter.go("answer", "kepala@diskominfo.demo", answer=ANSWER)
    matter.go("rework", OPERATOR, note="Tambah foto.")
    assert matter.readers("rework") == [holder.person.email]


def test_of_a_restricted_ticket_only_those_named_hear(matter):
    matter.ticket.restricted = True
    named = [matter.people[OPERATOR].person_id, matter.people[LIAISON].person_id]
    db.session.add_all(NamedOfficer(ticket_id=matter.ticket.id, person_id=person) for person in named)
    matter.go("forward", OPERATOR, opd="DISDIKBUD")
    assert matter.readers("forward") == [LIAISON]


def test_a_reopened_matter_that_nobody_holds_writes_to_nobody(forwarded):
    forwarded.go("archive", OPERATOR, reason="Salah alamat.")
    forwarded.go("reopen", OPERATOR, reason="Ternyata benar.")
    assert forwarded.letters("reopen") == []


def test_letters_of_a_refused_transaction_never_existed(matter):
    actions.move(matter.ticket, "forward", matter.people[OPERATOR], {"opd": "DISDIKBUD"})
    db.session.rollback()
    assert db.session.scalar(select(func.count(Letter.id))) == 0
    assert db.session.scalar(select(func.count(Work.id)).where(Work.kind == "letter.send")) == 0


def test_letters_cost_three_statements_however_many_read_them(matter, statements):
    for _ in range(5):
        factories.make_seat(Role.ADMIN_OPD, opd=matter.people[ADMIN].opd)
    db.session.commit()
    ticket = matter.ticket
    assert ticket.version
    with statements() as seen:
        actions.move(ticket, "forward", matter.people[OPERATOR], {"opd": "DISDIKBUD"})
        db.session.commit()
    about_letters = [line for line in seen if "INTO letter" in line or "INTO work" in line]
    assert len(about_letters) == 2
    assert len(matter.letters()) == 7
    assert len([line for line in seen if line.startswith("SELECT seat.id AS seat_id")]) == 1


def test_an_invitation_and_a_reset_go_to_the_person(people, db_session):
    from app.people import actions as people_actions

    person = people[ADMIN].person
    people_actions.invite(person, people["kepala@diskominfo.demo"])
    people_actions.request_reset(person)
    db_session.commit()
    letters = db_session.scalars(select(Letter).order_by(Letter.id)).unique().all()
    assert [(letter.kind, letter.person_id, letter.subject) for letter in letters] == [
        ("invite", person.id, f"person:{person.id}"),
        ("reset", person.id, f"person:{person.id}"),
    ]
