"""«Minta bukti» and «Cek lapangan»: asked once, answered from a phone, read by whom it is for."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.notify.models import Letter
from app.tickets import actions
from app.tickets.actions import outside, secrecy
from app.tickets.models import Evidence, FieldRequest, Task
from app.tickets.routes.sentfiles import MOST_FILES
from app.tickets.rules import State
from app.tickets.rules.field import LINK_LIVES, MOST_FILES_ALTOGETHER
from tests.harness import client as browsing
from tests.tickets import desk

GIVEN = {"kind": "check", "to_name": "Bu Tuti, SDN 014", "question": "Apakah atapnya sudah ditutup?"}


def shot(name="foto.png"):
    return desk.picture(), name


def ask(browser, path, **changes):
    """Through the form, as an officer does; returns the answer and the link that it shows once."""
    page = browsing.read(browser.get(path).text)
    answer = browsing.submit(browser, page, "main form.sheet", **GIVEN | changes)
    link = re.search(r"/t/[\w-]{43}", answer.text)
    return answer, link.group() if link else ""


def test_an_admin_asks_a_school_and_its_answer_comes_back(people, login, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    browser = login(desk.ADMIN)
    answer, link = ask(browser, f"/tiket/{ticket.id}/lapangan")
    assert answer.status_code == 200 and "Salin untuk Bu Tuti, SDN 014" in answer.text
    assert link not in browser.get(f"/tiket/{ticket.id}/lapangan").text, "shown once"
    page = browsing.read(client.get(link).text)
    form = page.css_first("form")
    sent = browsing.fields_of(form) | {"finding": "tidak_benar", "words": "Atapnya belum disentuh."}
    files = {"file": [shot("satu.png"), shot("dua.png")]}
    done = client.post(form.attributes["action"], data=sent | files, content_type="multipart/form-data")
    assert done.status_code == 303 and "Terima kasih" in client.get(done.location).text
    told = browser.get(f"/tiket/{ticket.id}").text
    assert "Atapnya belum disentuh." in told and "menjawab cek lapangan: tidak benar, dengan 2 berkas" in told
    assert "Bu Tuti, SDN 014, lewat tautan Disdikbud" in told
    assert {row.audience for row in db.session.scalars(select(Evidence))} == {"internal"}
    centre = login(desk.OPERATOR).get(f"/tiket/{ticket.id}").text
    assert "menyarankan status kebenaran" in centre and "Keliru" in centre
    assert "satu.jpg" not in centre, "photos are the OPD's until its answer is approved"


def test_the_same_form_answers_once_and_another_adds(people, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    _asked, secret = outside.ask(ticket, people[desk.ADMIN], GIVEN)
    db.session.commit()
    for nonce in ("n-1", "n-1", "n-2"):
        sent = {"finding": "benar", "words": "Sudah.", "nonce": nonce}
        assert client.post(f"/t/{secret}/lapangan", data=sent).status_code == 303
    kinds = db.session.scalars(select(Event.kind).where(Event.stream == ticket.stream)).all()
    assert kinds.count("ticket.field_answered") == 2


@pytest.mark.parametrize(
    "sent, says",
    [
        ({}, "Pilih hasilnya"),
        ({"finding": "mungkin"}, "Pilih hasilnya"),
        ({"finding": "tidak_benar"}, "keadaan yang sebenarnya"),
        ({"finding": "perlu_waktu"}, "Pilih tanggal kapan"),
        ({"finding": "perlu_waktu", "needs_until": "2099-01-01"}, "Pilih tanggal antara"),
        ({"finding": "benar", "words": "a" * 2001}, "paling banyak 2000"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(people, client, sent, says):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    asked, secret = outside.ask(ticket, people[desk.ADMIN], GIVEN)
    db.session.commit()
    answer = client.post(
        f"/t/{secret}/lapangan",
        data={"words": "yang saya ketik"} | sent if "words" in sent or sent.get("finding") != "tidak_benar" else sent,
    )
    assert answer.status_code == 422 and says in answer.text
    browsing.read(answer.text)
    if "words" not in sent and sent.get("finding") != "tidak_benar":
        assert "yang saya ketik" in answer.text
    db.session.refresh(asked)
    assert asked.answered_at is None


def test_time_that_is_needed_is_kept_as_a_day(people, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    asked, secret = outside.ask(ticket, people[desk.ADMIN], GIVEN)
    db.session.commit()
    day = (clock.local(clock.now()) + timedelta(days=3)).date()
    client.post(f"/t/{secret}/lapangan", data={"finding": "perlu_waktu", "needs_until": day.isoformat()})
    db.session.refresh(asked)
    assert clock.local(asked.needs_until).date() == day


def test_a_wrong_file_is_refused_and_too_many_are_cut(people, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    asked, secret = outside.ask(ticket, people[desk.ADMIN], GIVEN | {"kind": "evidence"})
    db.session.commit()
    bad = client.post(f"/t/{secret}/lapangan", data={"file": [(io.BytesIO(b"MZ..."), "a.exe")]})
    assert bad.status_code == 422 and "Jenis berkas" in bad.text
    assert client.post(f"/t/{secret}/lapangan", data={}).status_code == 422, "nothing at all"
    client.post(f"/t/{secret}/lapangan", data={"file": [shot(f"{n}.png") for n in range(MOST_FILES + 3)]})
    assert db.session.scalar(select(db.func.count(Evidence.id))) == MOST_FILES
    many = [shot() for _ in range(MOST_FILES_ALTOGETHER - MOST_FILES + 1)]
    with pytest.raises(actions.Refused):
        outside.answer(asked, ticket, {}, many)


def test_salah_alamat_ends_the_link_and_tells_who_asked(people, login, client):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    _asked, secret = outside.ask(ticket, people[desk.ADMIN], GIVEN)
    db.session.commit()
    page = browsing.read(client.get(f"/t/{secret}").text)
    done = browsing.submit(client, page, 'form[action$="/salah-alamat"]')
    assert "Tautan ini sudah mati" in done.text
    assert client.get(f"/t/{secret}").status_code == 404
    assert "salah alamat" in login(desk.ADMIN).get(f"/tiket/{ticket.id}").text


def test_a_letter_carries_a_link_of_its_own(people, login, client, work_off, app):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    _answer, copied = ask(login(desk.ADMIN), f"/tiket/{ticket.id}/lapangan", to_email="tuti@sdn014.example")
    work_off()
    (letter,) = Path(app.config["INSTANCE_PATH"]).rglob("*field*.eml")
    from email import message_from_bytes, policy

    mail = message_from_bytes(letter.read_bytes(), policy=policy.default)
    words = mail.get_body(("plain",)).get_content()
    assert "tuti@sdn014.example" in mail["to"] and "Apakah atapnya sudah ditutup?" in words
    mailed = re.search(r"/t/[\w-]{43}", words).group()
    assert mailed != copied
    for link in (mailed, copied):
        assert client.get(link).status_code == 200
    assert "tuti@sdn014.example" in login(desk.OPERATOR).get("/surat-keluar").text
    outside.end(db.session.scalar(select(FieldRequest)), ticket, people[desk.ADMIN])
    db.session.commit()
    for link in (mailed, copied):
        assert client.get(link).status_code == 404


def test_a_letter_that_waited_too_long_is_not_sent(people, work_off):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    asked, _secret = outside.ask(ticket, people[desk.ADMIN], GIVEN | {"to_email": "tuti@sdn014.example"})
    outside.end(asked, ticket, people[desk.ADMIN])
    db.session.commit()
    work_off()
    assert db.session.scalar(select(Letter.state).where(Letter.kind == "field")) == "dropped"


@pytest.mark.parametrize("who, status", [(desk.OPERATOR, 200), (desk.ADMIN, 200), (desk.NARAHUBUNG, 200),
                                         (desk.OTHER_ADMIN, 404), (desk.LEADER, 404)])  # fmt: skip
def test_who_may_ask_about_a_ticket(people, login, who, status):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    assert login(who).get(f"/tiket/{ticket.id}/lapangan").status_code == status


@pytest.fixture
def task(people):
    """Dinas PU supports Disdikbud's ticket with a task."""
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    row = Task(ticket_id=ticket.id, number=1, opd_id=people[desk.OTHER_ADMIN].opd_id, text="Periksa jalan",
               created_by_id=people[desk.OPERATOR].id)  # fmt: skip
    db.session.add(row)
    db.session.commit()
    return row


def test_a_supporting_opd_asks_about_its_own_task_alone(people, login, client, task):
    path = f"/tiket/{task.ticket_id}"
    browser = login(desk.OTHER_ADMIN)
    assert browser.get(f"{path}/lapangan").status_code == 404
    answer, link = ask(browser, f"{path}/tugas/1/lapangan", kind="evidence")
    assert answer.status_code == 200 and client.get(link).status_code == 200
    assert login(desk.ADMIN).get(f"{path}/tugas/1/lapangan").status_code == 404, "the task is another OPD's"
    client.post(f"{link}/lapangan", data={"file": [shot()]})
    evidence = db.session.scalar(select(Evidence))
    assert (evidence.task_id, evidence.audience) == (task.id, "internal")
    assert login(desk.ADMIN).get(f"/berkas/{evidence.id}").status_code == 404
    assert browser.get(f"/berkas/{evidence.id}").status_code == 200
    events = db.session.scalars(select(Event.kind).where(Event.stream == task.stream)).all()
    assert "task.field_answered" in events


def test_a_restricted_ticket_lets_the_supporting_opd_ask_without_telling_it(people, login, task):
    ticket = task.ticket
    people_ids = [people[desk.HEAD].person_id, people[desk.ADMIN].person_id]
    secrecy.restrict(ticket, people[desk.HEAD], people_ids, [])
    db.session.commit()
    page = login(desk.OTHER_ADMIN).get(f"/tiket/{ticket.id}/tugas/1/lapangan")
    assert page.status_code == 200 and "Atap SDN 014" not in page.text


def test_the_link_of_a_task_ends_with_the_task(people, login, client, task):
    _answer, link = ask(login(desk.OTHER_ADMIN), f"/tiket/{task.ticket_id}/tugas/1/lapangan")
    assert client.get(link).status_code == 200
    db.session.get(Task, task.id).state = "dropped"
    db.session.commit()
    assert client.get(link).status_code == 404


def test_it_lives_for_two_weeks(people):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    asked, _secret = outside.ask(ticket, people[desk.ADMIN], GIVEN)
    assert asked.expires_at - asked.asked_at >= LINK_LIVES - timedelta(seconds=5)
    assert timedelta(days=14) == LINK_LIVES
