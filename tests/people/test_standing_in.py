"""Deputies, decrees that are late, and seats that end by themselves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.events import Event
from app.core.refused import Refused
from app.notify.models import Letter
from app.people import actions
from app.people.models import LoginSession, Person, Seat
from app.people.rules import Role, SeatKind
from app.tickets import actions as tickets
from tests.factories import make_person, make_seat, sign_in
from tests.harness.client import read, submit
from tests.tickets import desk

DAY = timedelta(days=1)


@pytest.fixture
def deputy(people):
    """A second narahubung of Disdikbud, for nobody's deputy yet."""
    return make_seat(
        Role.NARAHUBUNG, people[desk.NARAHUBUNG].opd, make_person("Wawan Wakil", email="wawan@disdikbud.demo")
    )


def written_to(session) -> list[str]:
    return sorted(session.scalars(select(Person.email).join(Letter, Letter.person_id == Person.id)))


def test_the_holder_names_a_deputy_on_the_own_account(app, people, deputy, db_session):
    holder = people[desk.NARAHUBUNG]
    client = sign_in(app.test_client(), holder)
    assert f"/penunjukan/{holder.id}/berhalangan" in client.get("/akun").text
    page = read(client.get(f"/penunjukan/{holder.id}/berhalangan").text)
    until = (clock.today() + 3 * DAY).isoformat()
    assert submit(client, page, "main form.sheet", deputy=str(deputy.id), until=until).status_code == 303
    assert "berhalangan sampai" in client.get("/akun").text
    page = read(client.get(f"/penunjukan/{holder.id}/berhalangan").text)
    assert submit(client, page, 'form[action$="/kembali"]').status_code == 303
    db_session.expire_all()
    assert db_session.get(Seat, holder.id).deputy_id is None


@pytest.mark.parametrize("who, status", [(desk.ADMIN, 200), (desk.HEAD, 200), (desk.OPERATOR, 200), (desk.OTHER_ADMIN, 404), (desk.OTHER_NARAHUBUNG, 404), (desk.LEADER, 404)])  # fmt: skip
def test_who_may_name_a_deputy(visit_as, people, deputy, who, status):
    visit_as(who)(f"/penunjukan/{people[desk.NARAHUBUNG].id}/berhalangan", status)


def test_a_colleague_may_not_name_ones_deputy(app, people, deputy):
    client = sign_in(app.test_client(), deputy)
    assert client.get(f"/penunjukan/{people[desk.NARAHUBUNG].id}/berhalangan").status_code == 404


def test_while_away_the_deputy_gets_the_letters_too_and_reads_why(app, people, deputy, db_session, work_off):
    from app.notify import queries
    from app.notify.content import about_ticket

    holder, today = people[desk.NARAHUBUNG], clock.today()
    actions.end_seat(people[desk.ADMIN], people[desk.HEAD])
    third = make_seat(Role.ADMIN_OPD, holder.opd, make_person("Ana Admin", email="ana@disdikbud.demo"))
    actions.set_away(holder, str(third.id), today, today + 2 * DAY, holder)
    row = desk.ticket(people)
    assert written_to(db_session) == ["ana@disdikbud.demo", "narahubung@disdikbud.demo", "wawan@disdikbud.demo"]
    letter = db_session.scalar(select(Letter).where(Letter.person_id == third.person_id))
    letter = queries.letter_to_send(letter.id)
    words = about_ticket(letter, queries.facts_of(letter), "https://x/t/y", clock.now())
    assert "sebagai wakil Budi Narahubung, narahubung Disdikbud, yang berhalangan sampai" in " ".join(words.paragraphs)
    tickets.move(row, "take_on", third)
    tickets.move(row, "submit", third, {"answer": desk.ANSWER})
    approving = db_session.scalars(select(Letter.person_id).where(Letter.kind == "submit")).all()
    assert set(approving) == {holder.person_id, deputy.person_id}, "whoever acted is not written to, deputy or not"


def test_after_the_last_day_the_deputy_gets_nothing(people, deputy, db_session):
    holder, today = people[desk.NARAHUBUNG], clock.today()
    actions.end_seat(deputy, people[desk.HEAD])
    actions.set_away(holder, str(people[desk.ADMIN].id), today, today, holder)
    holder.away_from, holder.away_until = today - 3 * DAY, today - DAY
    row = desk.ticket(people, ("take_on", desk.ADMIN))
    tickets.move(row, "submit", people[desk.ADMIN], {"answer": desk.ANSWER})
    assert not holder.away
    assert set(db_session.scalars(select(Letter.person_id).where(Letter.kind == "submit"))) == {holder.person_id}


def test_a_deputy_who_is_away_too_or_a_stranger_is_refused(people, deputy):
    holder, today = people[desk.NARAHUBUNG], clock.today()
    actions.set_away(deputy, str(holder.id), today, today + DAY, deputy)
    for wrong in (str(deputy.id), str(people[desk.OTHER_NARAHUBUNG].id), str(holder.id), "x"):
        with pytest.raises(Refused) as refused:
            actions.set_away(holder, wrong, today, today + DAY, holder)
        assert "deputy" in refused.value.errors
    with pytest.raises(Refused, match="sesudah hari pertama"):
        actions.set_away(holder, str(people[desk.ADMIN].id), today, today - DAY, holder)


def test_a_seat_ends_by_itself_and_history_tells_it_once(app, people, db_session):
    seat = people[desk.NARAHUBUNG]
    sign_in(app.test_client(), seat)
    seat.ends_on = clock.today() - DAY
    assert not seat.active
    assert (actions.end_lapsed(), actions.end_lapsed()) == (1, 0)
    told = db_session.scalars(select(Event).where(Event.kind == "seat.ended")).all()
    assert [(event.actor, event.ref_id) for event in told] == [("Sistem", seat.id)]
    assert db_session.scalar(select(LoginSession.digest).where(LoginSession.seat_id == seat.id)) is None


def test_the_last_day_is_still_a_working_day(people):
    people[desk.NARAHUBUNG].ends_on = clock.today()
    assert people[desk.NARAHUBUNG].active and actions.end_lapsed() == 0


def test_holder_and_office_read_that_a_seat_ends_soon_and_a_decree_is_late(visit_as, people, db_session):
    seat = people[desk.NARAHUBUNG]
    seat.kind, seat.basis = SeatKind.SEMENTARA, ""
    seat.starts_on, seat.ends_on = clock.today() - 20 * DAY, clock.today() + 30 * DAY
    db_session.commit()
    for who, path in (
        (desk.NARAHUBUNG, "/akun"),
        (desk.ADMIN, "/orang"),
        (desk.HEAD, f"/pengaturan/orang/{seat.person_id}"),
    ):
        words = visit_as(who)(path).css_first("main").text()
        assert "berakhir" in words and "SK menyusul, lewat" in words, path
    assert "usulkan penggantinya" in visit_as(desk.ADMIN)("/").css_first("main").text()
    seat.ends_on = clock.today() + 31 * DAY
    db_session.commit()
    assert "berakhir" not in visit_as(desk.NARAHUBUNG)("/akun").css_first("main .items").text()
