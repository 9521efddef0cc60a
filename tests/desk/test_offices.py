"""Kelengkapan petugas OPD and the call list: who is missing, and whom to telephone."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.core import clock
from app.core.events import Event
from app.notify.models import Letter
from app.people.models import PersonalLink
from app.people.rules import Role, SeatKind
from app.tickets import actions
from app.tickets.models import NamedOfficer, Task
from tests.factories import make_opd, make_person, make_seat
from tests.harness.client import fields_of, read, submit
from tests.tickets import desk

DAY = timedelta(days=1)


@pytest.fixture
def sent(people, db_session):
    """A request to Disdikbud whose two letters went out yesterday, each with a link that nobody opened."""
    ticket = desk.ticket(people)
    yesterday = clock.now() - DAY
    db_session.execute(update(Letter).values(state="sent", sent_at=yesterday))
    for seat in (people[desk.ADMIN], people[desk.NARAHUBUNG]):
        link = {"digest": f"{seat.id}" * 64, "purpose": "ticket", "subject": ticket.stream, "person_id": seat.person_id}
        row = PersonalLink(**link | {"digest": link["digest"][:64]}, seat_id=seat.id, expires_at=clock.now() + DAY)
        db_session.add(row)
    db_session.commit()
    return ticket


def called(page) -> list[str]:
    return [name.text().split(",")[0] for name in page.css("main .item .title")]


def row_of(page, code: str) -> str:
    return next(row.text() for row in page.css("main tbody tr") if code in row.css_first("th").html)


def test_the_call_list_names_who_when_and_the_number(visit_as, people, sent, db_session):
    people[desk.NARAHUBUNG].person.phone = "0812-9999"
    db_session.commit()
    page = visit_as(desk.OPERATOR)("/panggilan")
    assert sorted(called(page)) == ["Budi Narahubung", "Dewi Admin"]
    words = page.css_first("main").text()
    assert "0812-9999" in words and "nomor telepon belum ada" in words and "Atap SDN 014 roboh" in words
    desk_words = visit_as(desk.OPERATOR)("/").css_first("main").text()
    assert "2 surat belum dibuka" in desk_words


def test_whoever_opened_acted_or_was_called_is_not_called(login, people, sent, db_session):
    client = login(desk.OPERATOR)
    db_session.execute(
        update(PersonalLink).where(PersonalLink.seat_id == people[desk.ADMIN].id).values(opened_at=clock.now())
    )
    page = read(client.get("/panggilan").text)
    assert called(page) == ["Budi Narahubung"]
    form = page.css_first("main form")
    answer = client.post(form.attributes["action"], data=fields_of(form) | {"note": "Email pindah, dibuka siang ini."})
    assert answer.status_code == 303 and not called(read(client.get("/panggilan").text))
    told = db_session.scalars(select(Event).where(Event.kind == "ticket.called")).one()
    assert told.audience == "internal" and told.after["person"] == "Budi Narahubung"
    assert "Email pindah" in client.get(f"/tiket/{sent.id}").text


def test_a_fresh_letter_and_an_answered_request_are_no_calls(visit_as, people, sent, db_session):
    db_session.execute(update(Letter).values(sent_at=clock.now() - timedelta(minutes=30)))
    assert not called(visit_as(desk.OPERATOR)("/panggilan"))
    db_session.execute(update(Letter).values(sent_at=clock.now() - DAY))
    actions.move(sent, "take_on", people[desk.ADMIN])
    db_session.commit()
    assert not called(visit_as(desk.OPERATOR)("/panggilan"))


def test_the_first_fetch_of_a_link_counts_as_opened_and_only_once(client, people, db_session):
    from app.people.actions import mint_link
    from app.people.models import secret_digest

    ticket, seat = desk.ticket(people), people[desk.NARAHUBUNG]
    token = mint_link("ticket", ticket.stream, seat.person_id, seat.id)
    key = secret_digest(token)

    def opened_at():
        db_session.expire_all()
        return db_session.get(PersonalLink, key).opened_at

    client.head(f"/t/{token}")
    assert opened_at() is None
    client.get(f"/t/{token}")
    first = opened_at()
    client.get(f"/t/{token}")
    assert first and opened_at() == first


def test_a_restricted_request_is_called_about_by_the_named_alone(visit_as, people, sent, db_session):
    sent.restricted = True
    db_session.add(NamedOfficer(ticket_id=sent.id, person_id=people[desk.HEAD].person_id))
    db_session.commit()
    assert not called(visit_as(desk.OPERATOR)("/panggilan"))
    assert called(visit_as(desk.HEAD)("/panggilan"))


def test_an_office_with_work_and_nobody_stands_first_in_alarm(visit_as, people, db_session):
    desk.ticket(people)
    for who in (desk.ADMIN, desk.NARAHUBUNG):
        people[who].moved_at = clock.now()
    db_session.commit()
    page = visit_as(desk.OPERATOR)("/kelengkapan")
    assert "1 OPD punya tiket terbuka tetapi tidak punya petugas" in page.css_first("main").text()
    first = page.css_first("main tbody tr").text()
    assert "Disdikbud" in first and "tidak ada petugas yang berlaku; 1 tiket terbuka" in first
    assert "sudah pindah tugas: Dewi Admin, Budi Narahubung" in first


def test_every_lack_is_told_and_can_be_asked_for(visit_as, people, db_session):
    admin, liaison = people[desk.ADMIN], people[desk.NARAHUBUNG]
    admin.ends_on, admin.person.password_hash = clock.today() + 20 * DAY, None
    liaison.kind, liaison.basis, liaison.starts_on = SeatKind.PLT, "", clock.today() - 15 * DAY
    liaison.away_from = liaison.away_until = clock.today()
    liaison.deputy_id = admin.id
    db_session.commit()
    page = visit_as(desk.OPERATOR)("/kelengkapan")
    row = row_of(page, "DISDIKBUD")
    for words in (
        "segera berakhir: Dewi",
        "belum pernah masuk: Dewi",
        "SK lewat waktu: Budi",
        "berhalangan: Budi",
        "tanpa telepon",
    ):
        assert words in row, (words, row)
    only = visit_as(desk.OPERATOR)("/kelengkapan?lihat=berakhir")
    assert [th.text() for th in only.css("main tbody th")] == ["Disdikbud"]
    assert "belum ada narahubung" not in row


def test_the_page_costs_six_statements_for_eighty_offices(login, people, statements, db_session):
    client = login(desk.OPERATOR)
    client.get("/kelengkapan")
    with statements() as few:
        client.get("/kelengkapan")
    for n in range(80):
        make_seat(Role.NARAHUBUNG, make_opd(f"OPD-{n}"), make_person(f"Petugas {n}"))
    with statements() as many:
        assert client.get("/kelengkapan").status_code == 200
    assert len(few) == len(many) <= 6, many


def test_the_export_follows_the_filter_and_is_an_event(login, people, db_session):
    client = login(desk.OPERATOR)
    people[desk.ADMIN].person.name = "=HYPERLINK(1)"
    people[desk.ADMIN].ends_on = clock.today() + DAY
    db_session.commit()
    page = read(client.get("/kelengkapan?lihat=berakhir").text)
    sheet = submit(client, page, 'form[action^="/kelengkapan"]')
    assert sheet.mimetype == "text/csv" and sheet.text.count("\n") == 2
    assert "'=HYPERLINK" in sheet.text and "\n=HYPERLINK" not in sheet.text
    assert db_session.scalar(select(Event.id).where(Event.kind == "offices.taken"))


@pytest.mark.parametrize("path", ["/kelengkapan", "/panggilan"])
def test_both_are_diskominfos(visit_as, people, path):
    for who in (desk.ADMIN, desk.NARAHUBUNG, desk.LEADER):
        visit_as(who)(path, 404)


def test_a_task_whose_letter_nobody_opened_is_called_about_too(visit_as, people, sent, db_session):
    asked = people[desk.OTHER_NARAHUBUNG]
    about = {"ticket_id": sent.id, "number": 1, "opd_id": asked.opd_id, "created_by_id": people[desk.HEAD].id}
    task = Task(**about, text="Periksa drainase")
    db_session.add(task)
    db_session.flush()
    event = db_session.scalar(select(Event.id).limit(1))
    who = {"person_id": asked.person_id, "seat_id": asked.id, "ticket_id": sent.id, "task_id": task.id}
    letter = Letter(kind="task_open", event_id=event, state="sent", sent_at=clock.now() - DAY, **who)
    db_session.add(letter)
    db_session.commit()
    assert "Joko Narahubung" in called(visit_as(desk.OPERATOR)("/panggilan"))
    task.state = "in_progress"
    db_session.commit()
    assert "Joko Narahubung" not in called(visit_as(desk.OPERATOR)("/panggilan"))
