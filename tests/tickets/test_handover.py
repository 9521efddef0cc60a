"""Serah terima: everything open goes to the successor in one action, and nothing of the old seat works any more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.events import Event
from app.core.refused import Refused
from app.notify.models import Letter
from app.people.actions import mint_link
from app.people.models import Person, PersonalLink, Seat
from app.people.rules import Role, SeatKind
from app.tickets import actions
from app.tickets.models import NamedOfficer, Task, Ticket
from app.tickets.rules import State
from tests.factories import make_person, make_seat, make_ticket, sign_in
from tests.harness.client import read, submit
from tests.tickets import desk

NEW = {"name": "Drs. H. Wardah, M.Si.", "email": "wardah@disdikbud.demo", "phone": "0812-000", "kind": "sementara"}


def hand_over(client, seat, **values):
    page = read(client.get(f"/penunjukan/{seat.id}/serah-terima").text)
    return submit(client, page, "main form.sheet", **values)


def again(session, kind, key):
    session.expire_all()
    return session.get(kind, key)


def successor(session) -> Seat:
    return session.scalar(select(Seat).join(Person).where(Person.email == NEW["email"]))


def test_everything_moves_to_somebody_new_in_one_action(login, people, db_session):
    old = people[desk.NARAHUBUNG]
    held, waiting = desk.ticket(people, ("take_on", desk.ADMIN)), desk.ticket(people)
    reviewed = desk.ticket_in(State.UNDER_REVIEW, people)
    held.seat_id = old.id
    other = make_ticket(people[desk.OTHER_ADMIN].opd)
    task = Task(ticket_id=other.id, number=1, opd_id=old.opd_id, seat_id=old.id, text="Periksa", created_by_id=old.id)
    db_session.add(task)
    secret = mint_link("ticket", waiting.stream, old.person_id, old.id)
    ids = [held.id, waiting.id, reviewed.id, other.id, task.id, old.id]
    answer = hand_over(login(desk.ADMIN), old, successor="baru", note="Kunci gudang di Pak Ali.", **NEW)
    assert answer.status_code == 303
    new = successor(db_session)
    assert new.active and new.follows_id == ids[5] and new.kind is SeatKind.SEMENTARA and new.decree_follows
    assert new.person.name == "Drs. H. Wardah, M.Si."
    assert again(db_session, Ticket, ids[0]).seat_id == new.id and again(db_session, Task, ids[4]).seat_id == new.id
    assert again(db_session, Seat, ids[5]).ended_at
    assert db_session.scalar(select(PersonalLink.ended_at).where(PersonalLink.seat_id == ids[5])) and secret
    told = db_session.scalars(select(Event.stream).where(Event.kind == "ticket.handover")).all()
    assert sorted(told) == sorted(f"ticket:{n}" for n in (ids[0], ids[1], ids[3])), (
        "what waits for others is left alone"
    )
    assert db_session.scalar(select(Event.stream).where(Event.kind == "task.handover")) == f"task:{ids[4]}"
    mailed = db_session.execute(select(Letter.task_id, Letter.seat_id).where(Letter.kind == "task_handover")).all()
    assert mailed == [(ids[4], new.id)]
    letters = db_session.execute(select(Letter.ticket_id, Letter.seat_id).where(Letter.kind == "handover")).all()
    assert sorted(letters) == sorted([(ids[0], new.id), (ids[1], new.id)])


def test_the_letter_is_sent_and_its_link_works(app, login, people, db_session, work_off, client):
    desk.ticket(people)
    hand_over(login(desk.ADMIN), people[desk.NARAHUBUNG], successor="baru", **NEW)
    work_off()
    new = successor(db_session)
    states = db_session.scalars(select(Letter.state).where(Letter.seat_id == new.id)).all()
    assert states == ["sent"]
    assert db_session.scalar(select(PersonalLink.digest).where(PersonalLink.seat_id == new.id))


def test_a_colleague_takes_over_and_sees_the_first_page_once(app, login, people, db_session):
    old = people[desk.NARAHUBUNG]
    colleague = make_seat(Role.NARAHUBUNG, old.opd, make_person("Rekan Lama"), welcomed_at=clock.now())
    desk.ticket(people)
    note = "Suku cadang datang Senin."
    assert hand_over(login(desk.OPERATOR), old, successor=str(colleague.id), note=note).status_code == 303
    browser = sign_in(app.test_client(), again(db_session, Seat, colleague.id))
    assert browser.get("/").headers["Location"] == "/mulai"
    page = read(browser.get("/mulai").text)
    words = page.css_first("main").text()
    assert "Budi Narahubung" in words and note in words and "Atap SDN 014 roboh" in words
    assert len(page.css("main ol li")) == 5
    assert submit(browser, page, "main form").status_code == 303
    assert browser.get("/").status_code == 200 and browser.get("/mulai").status_code == 303
    assert db_session.scalar(select(Event.id).where(Event.kind == "seat.welcomed"))


def test_the_old_holder_may_stay_until_a_day(login, people, db_session):
    old, until = people[desk.NARAHUBUNG], clock.today() + timedelta(days=5)
    hand_over(login(desk.ADMIN), old, successor="baru", last_day=until.isoformat(), **NEW)
    seat = again(db_session, Seat, old.id)
    assert seat.ends_on == until and seat.active and not seat.ended_at


@pytest.mark.parametrize("who, status", [(desk.OPERATOR, 200), (desk.HEAD, 200), (desk.ADMIN, 200), (desk.NARAHUBUNG, 404), (desk.OTHER_ADMIN, 404), (desk.LEADER, 404)])  # fmt: skip
def test_who_may_hand_over(visit_as, people, who, status):
    visit_as(who)(f"/penunjukan/{people[desk.NARAHUBUNG].id}/serah-terima", status)


def test_seats_of_the_centre_are_for_system_admins(visit_as, people):
    visit_as(desk.OPERATOR)(f"/penunjukan/{people[desk.HEAD].id}/serah-terima", 404)
    visit_as(desk.HEAD)(f"/penunjukan/{people[desk.OPERATOR].id}/serah-terima", 200)


@pytest.mark.parametrize("role", [Role.PIMPINAN, Role.DISKOMINFO])
def test_an_admin_opd_makes_nobody_a_leader_or_an_operator_by_handing_such_a_seat_over(login, people, role):
    """An OPD may have a leader's seat beside its own: whoever takes it over reads everything."""
    office = people[desk.ADMIN if role is Role.PIMPINAN else desk.OPERATOR].opd
    above = make_seat(role, office)
    make_seat(Role.ADMIN_OPD, office, make_person(email="admin@kantor.demo"))
    assert login("admin@kantor.demo").get(f"/penunjukan/{above.id}/serah-terima").status_code == 404
    assert login(desk.HEAD).get(f"/penunjukan/{above.id}/serah-terima").status_code == 200


def test_a_definite_seat_is_appointed_by_system_admins_only(login, people, db_session):
    old = people[desk.NARAHUBUNG]
    refused = hand_over(login(desk.ADMIN), old, successor="baru", **NEW | {"kind": "definitif"})
    assert refused.status_code == 422 and "Drs. H. Wardah, M.Si." in refused.text
    assert again(db_session, Seat, old.id).active and successor(db_session) is None
    assert hand_over(login(desk.HEAD), old, successor="baru", **NEW | {"kind": "definitif"}).status_code == 303


@pytest.mark.parametrize("wrong", [{"successor": ""}, {"successor": "999999"}, {"successor": "baru", "name": ""}, {"successor": "baru", "email": "bukan"}])  # fmt: skip
def test_what_is_missing_is_told_and_nothing_is_written(login, people, db_session, wrong):
    old = people[desk.NARAHUBUNG]
    answer = hand_over(login(desk.ADMIN), old, **NEW | {"note": "Pesan panjang"} | wrong)
    assert answer.status_code == 422 and "Pesan panjang" in answer.text
    assert again(db_session, Seat, old.id).active and successor(db_session) is None


def test_the_same_form_twice_hands_over_once(login, people, db_session):
    client, old = login(desk.ADMIN), people[desk.NARAHUBUNG]
    desk.ticket(people)
    page = read(client.get(f"/penunjukan/{old.id}/serah-terima").text)
    from tests.harness.client import fields_of

    fields = fields_of(page.css_first("main form.sheet")) | NEW | {"successor": "baru"}
    first = client.post(f"/penunjukan/{old.id}/serah-terima", data=fields)
    second = client.post(f"/penunjukan/{old.id}/serah-terima", data=fields)
    assert first.status_code == 303 and second.status_code == 404, "the old seat has ended"
    assert len(db_session.scalars(select(Letter).where(Letter.kind == "handover")).all()) == 1


def test_a_restricted_matter_is_not_told_to_who_is_not_named(people, db_session):
    old, by = people[desk.NARAHUBUNG], people[desk.ADMIN]
    ticket = desk.ticket(people)
    ticket.restricted, ticket.seat_id = True, old.id
    db_session.add(NamedOfficer(ticket_id=ticket.id, person_id=old.person_id))
    new, moved = actions.hand_over(
        old, actions.Newcomer("Baru", "baru@x.demo", "", SeatKind.PLT), clock.today(), "", by
    )
    assert moved == 0 and ticket.seat_id is None
    assert not db_session.scalars(select(Letter).where(Letter.kind == "handover")).all() and new.active


def test_an_emergency_opening_that_is_over_names_nobody(people, db_session):
    old, colleague, by = people[desk.NARAHUBUNG], make_seat(Role.NARAHUBUNG, people[desk.ADMIN].opd), people[desk.ADMIN]
    ticket = desk.ticket(people)
    ticket.restricted, ticket.seat_id = True, old.id
    db_session.add(NamedOfficer(ticket_id=ticket.id, person_id=old.person_id))
    over = clock.now() - timedelta(days=1)
    for person_id in (colleague.person_id, by.person_id):
        db_session.add(NamedOfficer(ticket_id=ticket.id, person_id=person_id, until=over, reason="Darurat"))
    db_session.commit()
    _new, moved = actions.hand_over(old, str(colleague.id), clock.today(), "", by)
    assert moved == 0 and ticket.seat_id is None
    assert not db_session.scalars(select(Letter).where(Letter.kind == "handover")).all()


def test_a_person_who_already_sits_here_is_chosen_from_the_list(people):
    old, by = people[desk.NARAHUBUNG], people[desk.ADMIN]
    make_seat(Role.NARAHUBUNG, old.opd, make_person("Rekan", email="rekan@disdikbud.demo"))
    with pytest.raises(Refused, match="sudah punya penunjukan"):
        actions.hand_over(
            old, actions.Newcomer("Rekan", "rekan@disdikbud.demo", "", SeatKind.PLT), clock.today(), "", by
        )
