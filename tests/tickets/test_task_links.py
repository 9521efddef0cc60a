"""Letters and personal links of tasks: who is written to, what the link's page can do, and when it ends."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import select

from app.extensions import db
from app.notify.models import Letter
from app.people.actions import mint_link
from app.tickets import actions
from app.tickets.models import Task
from app.tickets.rules import TaskState
from tests.harness import client as browsing
from tests.tickets import desk, taskdesk
from tests.tickets.test_two_at_once import at_once, kinds  # noqa: F401


@pytest.fixture
def mint(people):
    def make(task, who):
        seat = people[who]
        secret = mint_link("ticket", task.stream, seat.person_id, seat.id)
        db.session.commit()
        return f"/t/{secret}"

    return make


def readers(task, kind) -> list[str]:
    letters = db.session.scalars(select(Letter).where(Letter.task_id == task.id, Letter.kind == kind)).unique()
    return sorted(letter.person.email for letter in letters)


def state_of(task) -> TaskState:
    db.session.expire_all()
    return db.session.get(Task, task.id).state


BOTH = [taskdesk.ADMIN, taskdesk.NARAHUBUNG]


def test_the_opd_asked_is_written_to_and_the_lead_is_told_in_the_app_only(people):
    task = taskdesk.task(people)
    assert readers(task, "task_open") == BOTH
    actions.move_task(task, "take_on", people[taskdesk.ADMIN])
    actions.move_task(task, "submit", people[taskdesk.NARAHUBUNG], {"answer": taskdesk.RESULT})
    assert len(db.session.scalars(select(Letter.id).where(Letter.task_id == task.id)).all()) == 2
    actions.move_task(task, "rework", people[desk.ADMIN], {"note": "Sebut panjangnya."})
    assert readers(task, "task_rework") == BOTH
    outside = taskdesk.task(people, of=task.ticket, opd="PLN")
    assert readers(outside, "task_open") == [desk.ADMIN, desk.NARAHUBUNG]


@pytest.mark.parametrize("secrecy", ["", "sensitive", "restricted"])
def test_a_letter_tells_what_is_asked_unless_the_matter_is_guarded(secrecy, people, app, work_off):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN))
    head = people[desk.HEAD]
    if secrecy:
        named = [head.person_id] if secrecy == "restricted" else None
        actions.set_secrecy(ticket, head, safe_title="Perkara sekolah", named=named)
    task = actions.open_task(ticket, head, {"opd": "DPU", "text": "Tambal jalan masuk"})
    db.session.commit()
    work_off()

    files = list(Path(app.config["INSTANCE_PATH"]).rglob("*task_open*.eml"))
    told = message_from_bytes(max(files).read_bytes(), policy=policy.default)
    words = told["subject"] + told.get_body(("plain",)).get_content()
    assert f"nomor {ticket.number}" in words and "/t/" in words
    assert ("Tambal jalan masuk" in words) is (not secrecy)
    assert ("Atap SDN 014" in words) is (not secrecy)
    assert task.id


def test_a_narahubung_does_the_task_by_link_after_a_summary(people, mint, client):
    task = taskdesk.task(people)
    address = mint(task, taskdesk.NARAHUBUNG)
    page = browsing.read(client.get(address).text)
    assert task.text in page.text() and not page.css("script")
    summary = browsing.submit(client, page, "main form")
    assert "Terima dan tangani tugas ini?" in summary.text and state_of(task) is TaskState.OPEN
    browsing.submit(client, browsing.read(summary.text), "form")
    assert state_of(task) is TaskState.IN_PROGRESS
    page = browsing.read(client.get(address).text)
    empty = browsing.submit(client, page, "form:has(textarea[name=answer])")
    assert empty.status_code == 422
    half = client.post(f"{address}/naskah", data={"block": "status", "answer": "Aspal sudah"})
    assert half.status_code == 303 and "Aspal sudah" in client.get(address).text
    summary = browsing.submit(client, page, "form:has(textarea[name=answer])", answer=taskdesk.RESULT)
    assert taskdesk.RESULT in summary.text
    done = browsing.submit(client, browsing.read(summary.text), "form")
    assert done.status_code == 303 and state_of(task) is TaskState.SUBMITTED
    assert taskdesk.RESULT in client.get(address).text


def test_notes_files_and_scanners(people, mint, client):
    task = taskdesk.task_in(TaskState.IN_PROGRESS, people)
    address, before = mint(task, taskdesk.ADMIN), kinds(task)
    for part in ("", "/status", "/catatan", "/berkas", "/periksa", "/perbaiki", "/pindah"):
        assert client.get(address + part).status_code in (200, 303)
    assert kinds(task) == before
    version = {"version": str(task.version)}
    assert (
        client.post(f"{address}/catatan", data=version | {"audience": "shared", "text": "Aspal tiba."}).status_code
        == 303
    )
    sent = client.post(f"{address}/berkas", data=version | {"file": (desk.picture(), "jalan.png")})
    assert sent.status_code == 303
    assert (
        client.get(browsing.parse(client.get(address).text).css_first(".shots a").attributes["href"]).status_code == 200
    )
    assert {"task.note", "task.file"} <= set(kinds(task))


def test_a_guarded_task_reveals_little_by_link(people, mint, client):
    task = taskdesk.task(people)
    head = people[desk.HEAD]
    actions.set_secrecy(task.ticket, head, safe_title="Perkara sekolah")
    shown = client.get(mint(task, taskdesk.ADMIN)).text
    assert "Perkara sekolah" in shown and task.text not in shown and "Atap" not in shown
    actions.set_secrecy(task.ticket, head, safe_title="Perkara sekolah", named=[head.person_id])
    asked = client.get(mint(task, taskdesk.ADMIN))
    assert asked.status_code == 403 and taskdesk.address(task) in asked.text and "Perkara sekolah" not in asked.text


@pytest.mark.parametrize("end", ["accept", "drop", "object", "reroute", "archive"])
def test_links_end_with_the_task_its_opd_and_its_ticket(end, people, mint, client):
    state = TaskState.SUBMITTED if end == "accept" else TaskState.OPEN
    task = taskdesk.task_in(state, people)
    address = mint(task, taskdesk.ADMIN)
    assert client.get(address).status_code == 200
    operator = people[desk.OPERATOR]
    if end == "accept":
        actions.move_task(task, "accept", people[desk.ADMIN])
    elif end == "object":
        why = {"reason": "Jalan provinsi.", "proposed": "luar"}
        actions.move_task(task, "object", people[taskdesk.ADMIN], why)
    elif end == "archive":
        actions.move(task.ticket, "hold", operator, {"reason": "Tunggu.", "until": "2099-01-01T08:00"})
        said = {"reason": "Selesai.", "task_1": "lepas", "task_1_reason": "Selesai."}
        actions.move(task.ticket, "archive", operator, said)
    else:
        actions.move_task(task, end, operator, {"reason": "Sudah.", "opd": "PLN"})
    db.session.commit()
    assert client.get(address).status_code == 404


def test_who_moved_away_says_so_and_the_task_stays(people, mint, client):
    task = taskdesk.task(people)
    address = mint(task, taskdesk.ADMIN)
    page = browsing.read(client.get(address).text)
    done = browsing.submit(client, page, 'form[action$="/pindah"]', replacement="Ani")
    assert done.status_code == 200 and client.get(address).status_code == 404
    assert state_of(task) is TaskState.OPEN and "task.moved_away" in kinds(task)


def test_of_two_people_on_one_task_one_is_told_what_the_other_did(at_once, people):  # noqa: F811
    task = taskdesk.task_in(TaskState.IN_PROGRESS, people)
    version = str(task.version)
    hold = {"move": "hold", "reason": "Aspal.", "until": "2099-01-01T08:00", "nonce": "a", "version": version}
    submit = {"move": "submit", "answer": taskdesk.RESULT, "nonce": "b", "version": version}
    posts = [(taskdesk.ADMIN, "status", hold), (taskdesk.NARAHUBUNG, "status", submit)]
    assert sorted(at_once(task, posts)) == [303, 409]
    assert len({"task.hold", "task.submit"} & set(kinds(task))) == 1


def test_one_nonce_sent_twice_acts_once(at_once, people):  # noqa: F811
    task = taskdesk.task_in(TaskState.IN_PROGRESS, people)
    note = {"text": "Aspal tiba.", "audience": "shared", "nonce": "n", "version": str(task.version)}
    assert at_once(task, [(taskdesk.ADMIN, "catatan", note)] * 3) == [303] * 3
    assert kinds(task).count("task.note") == 1
