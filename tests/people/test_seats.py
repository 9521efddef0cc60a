"""A person acts in one seat at a time; what a seat or a person loses is lost at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, events
from app.people import actions, policy, queries
from app.people.models import LoginSession, PersonalLink, Seat
from app.people.rules import Role, SeatKind
from tests.factories import make_opd, make_person, make_seat, sign_in
from tests.harness.client import read, submit


@pytest.fixture
def two_seats(db_session):
    """One person, admin OPD in one office and narahubung in another."""
    person = make_person("Dewi Anjani")
    return make_seat(Role.ADMIN_OPD, person=person), make_seat(Role.NARAHUBUNG, person=person)


def switch(client, seat_id):
    page = read(client.get("/akun").text)
    form = page.css_first('form[action="/penunjukan"]')
    token = form.css_first('input[name="csrf_token"]').attributes["value"]
    return client.post("/penunjukan", data={"csrf_token": token, "seat": seat_id})


def acting_in(client):
    return read(client.get("/akun").text).css_first(".who-name").text()


def test_switching_makes_a_new_session_and_ends_the_old_one(app, two_seats, db_session):
    first, second = two_seats
    client = sign_in(app.test_client(), first)
    old = db_session.scalar(select(LoginSession.digest))
    assert switch(client, second.id).status_code == 303
    assert second.opd.short in acting_in(client)
    assert [row.digest != old for row in db_session.scalars(select(LoginSession))] == [True]


def test_nobody_switches_to_a_seat_of_somebody_else(app, two_seats, db_session):
    stranger = make_seat(Role.DISKOMINFO, admin=True)
    client = sign_in(app.test_client(), two_seats[0])
    for wanted in (stranger.id, 999_999, "x", "", "-1"):
        assert switch(client, wanted).status_code == 404


def test_a_seat_that_ended_cannot_be_switched_to(app, two_seats, db_session):
    first, second = two_seats
    client = sign_in(app.test_client(), first)
    second.ends_on = clock.today() - timedelta(days=1)
    third = make_seat(Role.NARAHUBUNG, person=first.person)
    assert switch(client, second.id).status_code == 404
    assert switch(client, third.id).status_code == 303


def test_the_menu_of_seats_costs_one_statement_and_only_for_people_with_several(app, two_seats, statements):
    one = sign_in(app.test_client(), make_seat(Role.ADMIN_OPD))
    two = sign_in(app.test_client(), two_seats[0])
    costs = []
    for client in (one, two):
        with statements() as seen:
            client.get("/akun")
        costs.append(len(seen))
    assert costs[1] == costs[0] + 1


def test_knowing_who_is_there_costs_one_statement(app, db_session, statements):
    client = sign_in(app.test_client(), make_seat(Role.PIMPINAN))
    with statements() as seen:
        client.get("/pengaturan")
    assert len(seen) == 1


ENDINGS = {
    "the seat is ended": lambda seat, by: actions.end_seat(seat, by),
    "the person is switched off": lambda seat, by: actions.set_active(seat.person, False, by),
    "the person moved away": lambda seat, by: actions.moved_away(seat, "Rina", seat),
    "the role changes": lambda seat, by: actions.change_seat(seat, values_of(seat) | {"role": Role.NARAHUBUNG}, by),
    "the seat's days are over": lambda seat, by: actions.change_seat(
        seat, values_of(seat) | {"ends_on": clock.today() - timedelta(days=1)}, by
    ),
}


def values_of(seat):
    return {name: getattr(seat, name) for name in ("role", "kind", "basis", "starts_on", "ends_on", "is_admin")}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
def test_sessions_and_links_end_at_once_when(app, db_session, end):
    keeper = make_seat(Role.DISKOMINFO, admin=True)
    seat = make_seat(Role.ADMIN_OPD, starts_on=clock.today() - timedelta(days=9))
    client = sign_in(app.test_client(), seat)
    link = actions.mint_link("ticket", "ticket:1", seat.person_id, seat.id)
    assert client.get("/akun").status_code == 200
    assert queries.find_link(link, "ticket")
    end(seat, keeper)
    assert client.get("/akun").status_code == 303
    db_session.expire_all()
    assert queries.find_link(link, "ticket") is None


def test_a_seat_whose_last_day_passed_lets_nobody_in_even_with_a_living_row(app, db_session):
    seat = make_seat(Role.ADMIN_OPD)
    client = sign_in(app.test_client(), seat)
    seat.ends_on = clock.today() - timedelta(days=1)
    assert client.get("/akun").status_code == 303


def test_moving_away_tells_diskominfo_who_follows(app, two_seats, db_session):
    first, second = two_seats
    client = sign_in(app.test_client(), first)
    page = read(client.get("/akun").text)
    form = f'form[action="/akun/pindah"]:has(input[name="seat"][value="{first.id}"])'
    assert submit(client, page, form, replacement="Rina, 0812").status_code == 303
    db_session.expire_all()
    event = db_session.scalar(select(events.Event).where(events.Event.kind == "seat.moved_away"))
    assert (event.opd_id, event.ref_id, event.stream) == (first.opd_id, first.id, f"person:{first.person_id}")
    assert db_session.get(events.EventText, event.id).text == "Rina, 0812"
    assert client.get("/akun").status_code == 303
    assert not db_session.get(Seat, first.id).active
    assert db_session.get(Seat, second.id).active


def test_links_of_one_seat_and_matter_live_side_by_side_and_end_together(db_session):
    seat, other = make_seat(Role.NARAHUBUNG), make_seat(Role.NARAHUBUNG)
    first, second = (actions.mint_link("ticket", "ticket:1", seat.person_id, seat.id) for _ in range(2))
    elsewhere = actions.mint_link("ticket", "ticket:2", seat.person_id, seat.id)
    foreign = actions.mint_link("ticket", "ticket:1", other.person_id, other.id)
    db_session.flush()
    assert actions.end_links(subject="ticket:1", seat_id=seat.id) == 2
    db_session.expire_all()
    assert [bool(queries.find_link(s, "ticket")) for s in (first, second, elsewhere, foreign)] == [
        False,
        False,
        True,
        True,
    ]


def test_a_link_lives_14_days_and_only_for_its_purpose(db_session):
    seat = make_seat(Role.NARAHUBUNG)
    secret = actions.mint_link("ticket", "ticket:1", seat.person_id, seat.id)
    db_session.flush()
    link = queries.find_link(secret, "ticket")
    assert timedelta(days=13, hours=23) < link.expires_at - clock.now() <= timedelta(days=14)
    assert queries.find_link(secret, "reset") is None
    link.expires_at = clock.now() - timedelta(seconds=1)
    assert queries.find_link(secret, "ticket") is None
    assert secret not in str(db_session.execute(select(PersonalLink.__table__)).all())


def test_ending_links_of_nobody_in_particular_is_refused(db_session):
    with pytest.raises(ValueError):
        actions.end_links(purpose="ticket")
    with pytest.raises(ValueError):
        actions.end_sessions()


def test_letters_go_to_the_seats_that_act_today(db_session):
    opd = make_opd()
    acting = make_seat(Role.NARAHUBUNG, opd)
    make_seat(Role.NARAHUBUNG, opd, confirmed_at=None)
    make_seat(Role.NARAHUBUNG, opd, starts_on=clock.today() + timedelta(days=1))
    make_seat(Role.NARAHUBUNG, opd, ends_on=clock.today() - timedelta(days=1))
    make_seat(Role.NARAHUBUNG, opd, moved_at=clock.now())
    make_seat(Role.NARAHUBUNG, opd, ended_at=clock.now())
    make_seat(Role.NARAHUBUNG, opd, person=make_person(active=False))
    make_seat(Role.NARAHUBUNG)
    admin = make_seat(Role.ADMIN_OPD, opd)
    assert set(db_session.scalars(policy.active_seats().where(Seat.opd_id == opd.id))) == {acting, admin}


def test_a_temporary_seat_works_at_once_and_says_that_its_decree_follows(db_session):
    keeper = make_seat(Role.DISKOMINFO, admin=True)
    values = {"role": Role.NARAHUBUNG, "kind": SeatKind.PLT, "basis": "", "starts_on": clock.today(), "ends_on": None}
    seat = actions.appoint(make_person(), make_opd(), values, keeper)
    assert seat.active
    assert seat.decree_follows
