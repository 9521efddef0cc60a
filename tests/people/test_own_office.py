"""/orang: an OPD knows its own people and proposes new ones; others' people do not exist for it."""

import pytest
from sqlalchemy import select

from app.core.events import Event
from app.people.models import Person, Seat
from app.people.rules import Role
from tests.factories import make_opd, make_person, make_seat, sign_in
from tests.harness.client import read, submit

FORM = 'form[action="/orang"][method="post"]'


@pytest.fixture
def office(app, db_session):
    """(browser of an admin OPD, that seat)."""
    seat = make_seat(Role.ADMIN_OPD, make_opd("DISDIKBUD"))
    return sign_in(app.test_client(), seat), seat


@pytest.fixture
def stranger(db_session):
    return make_seat(Role.NARAHUBUNG, make_opd("RAHASIA"), make_person("Orang Lain", phone="0811-CANARY"))


def propose(client, **values):
    page = read(client.get("/orang").text)
    defaults = {"name": "Budi Usulan", "email": "budi@kantor.demo", "role": "narahubung"}
    return submit(client, page, FORM, **defaults | values)


def test_an_opd_sees_its_own_people_only(office, stranger, db_session):
    client, seat = office
    colleague = make_seat(Role.NARAHUBUNG, seat.opd, make_person("Rekan Sekantor"))
    for url in ("/orang", "/orang?q=Orang", "/orang?q=RAHASIA", "/orang?sesudah=0-0"):
        text = client.get(url).text
        assert not any(word in text for word in ("Orang Lain", "CANARY", "RAHASIA<", stranger.person.email))
    assert colleague.person.name in client.get("/orang").text


def test_a_narahubung_sees_colleagues_but_proposes_nobody(app, office, db_session):
    _, seat = office
    client = sign_in(app.test_client(), make_seat(Role.NARAHUBUNG, seat.opd))
    page = read(client.get("/orang").text)
    assert seat.person.name in page.body.text()
    assert page.css_first(FORM) is None


def test_a_proposal_waits_for_diskominfo_and_may_do_nothing_until_then(app, office, db_session, work_off):
    client, seat = office
    assert propose(client).status_code == 303
    proposed = db_session.scalar(select(Seat).where(Seat.proposed_by_id == seat.id))
    assert not proposed.active and proposed.person.password_hash is None
    assert "menunggu konfirmasi" in client.get("/orang").text

    keeper = sign_in(app.test_client(), make_seat(Role.DISKOMINFO, admin=True))
    waiting = read(keeper.get("/pengaturan/orang").text)
    assert "Budi Usulan" in waiting.css_first('[aria-labelledby="h-tunggu"]').text()
    url = f"/pengaturan/orang/{proposed.person_id}"
    confirm = f'form[action="/pengaturan/penunjukan/{proposed.id}/konfirmasi"]'
    assert submit(keeper, read(keeper.get(url).text), confirm).status_code == 303
    db_session.expire_all()
    assert db_session.get(Seat, proposed.id).active
    kinds = list(db_session.scalars(select(Event.kind).order_by(Event.id)))
    assert kinds == ["seat.proposed", "seat.confirmed", "person.invited"]


def test_proposing_somebody_known_tells_nothing_about_them(office, stranger, db_session):
    client, _ = office
    assert propose(client, email=stranger.person.email, name="Nama Karangan").status_code == 303
    text = client.get("/orang").text
    assert "Nama Karangan" in text
    assert "Orang Lain" not in text and "CANARY" not in text
    assert db_session.scalar(select(Person.name).where(Person.email == stranger.person.email)) == "Orang Lain"


@pytest.mark.parametrize("role", ["diskominfo", "pimpinan", "bupati", ""])
def test_an_opd_proposes_only_its_own_two_roles(office, db_session, role):
    client, _ = office
    assert propose(client, role=role, is_admin="y").status_code == 422
    assert db_session.scalar(select(Seat).where(Seat.proposed_name != "")) is None


def test_fields_that_are_not_in_the_form_do_nothing(office, stranger, db_session):
    client, seat = office
    propose(client, opd="RAHASIA", opd_id=stranger.opd_id, is_admin="y", confirmed_at="2026-01-01", active="1")
    proposed = db_session.scalar(select(Seat).where(Seat.proposed_by_id == seat.id))
    assert (proposed.opd_id, proposed.is_admin, proposed.confirmed_at) == (seat.opd_id, False, None)


def test_a_form_sent_twice_proposes_once(office, db_session):
    client, seat = office
    page = read(client.get("/orang").text)
    values = {"name": "Budi", "email": "budi@kantor.demo", "role": "narahubung"}
    assert [submit(client, page, FORM, **values).status_code for _ in range(2)] == [303, 303]
    assert len(db_session.scalars(select(Seat).where(Seat.proposed_by_id == seat.id)).all()) == 1


def test_a_proposal_of_ones_own_can_be_withdrawn_anothers_does_not_exist(app, office, stranger, db_session):
    client, seat = office
    propose(client)
    proposed = db_session.scalar(select(Seat).where(Seat.proposed_by_id == seat.id))
    page = read(client.get("/orang").text)
    token = page.css_first('input[name="csrf_token"]').attributes["value"]
    assert client.post(f"/orang/{stranger.id}/batal", data={"csrf_token": token}).status_code == 404
    assert client.post(f"/orang/{seat.id}/batal", data={"csrf_token": token}).status_code == 404
    assert submit(client, page, f'form[action="/orang/{proposed.id}/batal"]').status_code == 303
    db_session.expire_all()
    assert db_session.get(Seat, proposed.id).ended_at


def test_a_form_of_another_seat_is_refused(office, db_session):
    client, _ = office
    assert propose(client, acting="999999").status_code == 409


def test_a_missing_narahubung_is_an_alarm_for_the_own_opd(office, db_session):
    client, seat = office
    assert "Belum ada narahubung" in client.get("/orang").text
    make_seat(Role.NARAHUBUNG, seat.opd)
    assert "Belum ada narahubung" not in client.get("/orang").text
