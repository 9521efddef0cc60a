"""The task's page and the ticket's block of tasks: what each person sees, what a form does, and what it costs."""

import pytest

from app.core import events
from app.core.events import Event
from app.extensions import db
from app.tickets import actions
from app.tickets.actions import outside
from app.tickets.models import Task, Ticket
from app.tickets.rules import State, TaskState
from tests.harness import client as browsing
from tests.tickets import desk, taskdesk

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
STATEMENTS = 11  # one of them asks for half-written texts, one what came back from the field


def csrf(browser) -> dict:
    page = browsing.parse(browser.get("/").text)
    return {"csrf_token": page.css_first('input[name="csrf_token"]').attributes["value"]}


def again(task: Task) -> Task:
    db.session.expire_all()
    return db.session.get(Task, task.id)


@pytest.mark.parametrize("state", TaskState)
@pytest.mark.parametrize("who", [desk.OPERATOR, desk.ADMIN, taskdesk.ADMIN, taskdesk.NARAHUBUNG])
def test_the_page_stands_in_every_state(state, who, people, visit_as):
    task = taskdesk.task_in(state, people)
    page = visit_as(who)(taskdesk.address(task))
    assert page.css_first(f'#task-{task.id}-status [data-state="{state}"]')
    assert task.text in page.text()


def test_a_task_is_opened_in_three_fields_on_the_tickets_page(people, login):
    ticket, browser = desk.ticket_in(State.IN_PROGRESS, people), login(desk.ADMIN)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}").text)
    answer = browsing.submit(browser, page, "#tugas-baru", opd="DPU", text="Tambal jalan masuk")
    assert answer.status_code == 303
    shown = browsing.read(browser.get(f"/tiket/{ticket.id}").text).css_first(f"#ticket-{ticket.id}-tugas")
    assert "Dinas PU" in shown.text() and "Tambal jalan masuk" in shown.text() and "Belum ditangani" in shown.text()


def test_a_refused_task_keeps_what_was_typed(people, login):
    ticket, browser = desk.ticket_in(State.IN_PROGRESS, people), login(desk.ADMIN)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}").text)
    answer = browsing.submit(browser, page, "#tugas-baru", opd="", text="Tambal jalan masuk")
    assert answer.status_code == 422
    form = browsing.read(answer.text).css_first("#tugas-baru")
    assert "Tambal jalan masuk" in form.text() and "Pilih OPD atau instansi yang mengerjakan." in form.text()


def test_the_opd_asked_works_through_its_page(people, login):
    task, browser = taskdesk.task(people), login(taskdesk.NARAHUBUNG)
    path = taskdesk.address(task)

    def press(move, **values):
        page = browsing.read(browser.get(path).text)
        assert browsing.submit(browser, page, "#ubah-status", move=move, **values).status_code == 303

    press("take_on")
    press("hold", reason="Menunggu aspal.", until="2099-01-01T08:00")
    assert again(task).on_hold
    press("resume")
    press("submit", answer=taskdesk.RESULT)
    assert (again(task).state, task.answer, task.approved_by) == (
        TaskState.SUBMITTED, taskdesk.RESULT, "Joko Narahubung, narahubung Dinas PU"
    )  # fmt: skip


def test_a_fragment_answers_in_place_and_names_its_state(people, login):
    task, browser = taskdesk.task(people), login(taskdesk.ADMIN)
    data = csrf(browser) | {"move": "take_on", "version": str(task.version), "nonce": "n"}
    path = f"{taskdesk.address(task)}/status"
    answer = browser.post(path, data=data, headers=PARTIAL)
    assert answer.status_code == 200
    assert browsing.parse(answer.text).css_first(f'#task-{task.id}-status [data-state="in_progress"]')
    assert browser.post(path, data=data, headers=PARTIAL).status_code == 200  # the same nonce acts no second time
    stale = browser.post(path, data=data | {"move": "object", "nonce": "m", "reason": "Bukan kami"}, headers=PARTIAL)
    assert stale.status_code == 409 and "Bukan kami" in stale.text and "lebih dulu menyimpan" in stale.text
    assert again(task).state is TaskState.IN_PROGRESS
    tag = browser.get(path, headers=PARTIAL).headers["HX-PTag"]
    assert browser.get(path, headers=PARTIAL | {"HX-PTag": tag}).status_code == 304


@pytest.mark.parametrize("block", ["status", "penugasan", "tenggat", "catatan", "berkas", "kontak"])
def test_without_htmx_a_fragment_leads_to_its_page(block, people, login):
    task = taskdesk.task(people)
    answer = login(desk.ADMIN).get(f"{taskdesk.address(task)}/{block}")
    assert answer.status_code == 303 and answer.location.startswith(taskdesk.address(task))


def test_notes_and_files_have_their_readers(people, login):
    task, admin = taskdesk.task(people), login(taskdesk.ADMIN)
    path, token = taskdesk.address(task), csrf(admin)
    for audience, text in (("internal", "rahasia dapur"), ("shared", "kabar untuk pengampu")):
        sent = admin.post(f"{path}/catatan", data=token | {"audience": audience, "text": text})
        assert sent.status_code == 303
    told = login(desk.ADMIN).get(path).text
    assert "kabar untuk pengampu" in told and "rahasia dapur" not in told
    assert "rahasia dapur" in admin.get(path).text
    assert "rahasia dapur" not in login(desk.OPERATOR).get(path).text


def test_what_is_half_written_waits_for_its_seat_and_text_modules_are_inserted(people, login):
    task, browser = taskdesk.task_in(TaskState.IN_PROGRESS, people), login(taskdesk.ADMIN)
    path = taskdesk.address(task)
    page = browsing.read(browser.get(path).text)
    assert page.css_first("#ubah-status").attributes["data-drafts"] == f"{path}/naskah"
    kept = browser.post(f"{path}/naskah", data=csrf(browser) | {"block": "status", "answer": "Aspal sudah"})
    assert kept.status_code == 204
    page = browsing.read(browser.get(path).text)
    assert page.css_first("#status-answer").text().strip() == "Aspal sudah" and "belum terkirim" in page.text()
    assert "Aspal sudah" not in login(taskdesk.NARAHUBUNG).get(path).text
    leader = login(desk.LEADER)
    assert leader.post(f"{path}/naskah", data=csrf(leader) | {"block": "catatan", "text": "x"}).status_code == 404
    module = actions.save_module(None, people[taskdesk.ADMIN], "Salam", "Nomor {nomor}, {opd}.", True)
    db.session.commit()
    page = browsing.read(browser.get(path).text)
    back = browsing.submit(browser, page, "#ubah-status", move="submit", module=module.id, insert="answer")
    words = browsing.read(back.text).css_first("#status-answer").text().strip()
    assert back.status_code == 200 and words == f"Aspal sudah\n\nNomor {task.ticket.number}, Dinas PU."
    given = {"move": "submit", "answer": taskdesk.RESULT, "approver": "Joko", "basis": "WA hari ini"}
    assert browsing.submit(browser, browsing.read(back.text), "#ubah-status", **given).status_code == 303
    assert "belum terkirim" not in browser.get(path).text


def test_the_page_leads_to_the_field_and_shows_what_came_back(people, login):
    task = taskdesk.task(people)
    path, admin = taskdesk.address(task), login(taskdesk.ADMIN)
    assert browsing.read(admin.get(path).text).css_first(f'a[href="{path}/lapangan"]')
    assert not browsing.read(login(desk.OPERATOR).get(path).text).css_first(f'a[href="{path}/lapangan"]')
    for kind, question in (("check", "Apakah lubangnya masih ada?"), ("evidence", "Kirim fotonya.")):
        given = {"kind": kind, "to_name": "Bu Tuti", "question": question}
        outside.ask(task.ticket, people[taskdesk.ADMIN], given, task)
    db.session.commit()
    seen = {who: login(who).get(path).text for who in (taskdesk.ADMIN, desk.ADMIN, desk.OPERATOR)}
    assert all("Apakah lubangnya masih ada?" in page for page in seen.values())
    assert [who for who, page in seen.items() if "Kirim fotonya." in page] == [taskdesk.ADMIN]


@pytest.mark.parametrize("who", [desk.LEADER])
def test_who_has_no_part_in_it_finds_no_page(who, people, login):
    task = taskdesk.task(people)
    browser = login(who)
    assert browser.get(taskdesk.address(task)).status_code == 404
    shown = browsing.read(browser.get(f"/tiket/{task.ticket_id}").text).css_first(f"#ticket-{task.ticket_id}-tugas")
    assert "Dinas PU" in shown.text() and task.text not in shown.text()


def test_the_opd_of_a_restricted_ticket_reads_the_safe_words_of_its_task_alone(people, login):
    task = taskdesk.task(people)
    head = people[desk.HEAD]
    task.ticket.safe_summary = "Perkara anak sedang ditangani. Mohon hanya kerjakan tugas ini."
    actions.set_secrecy(task.ticket, head, named=[head.person_id])
    db.session.commit()
    browser = login(taskdesk.ADMIN)
    page = browser.get(taskdesk.address(task)).text
    assert "Perkara terbatas" in page and "Perkara anak sedang ditangani" in page and "Atap" not in page
    assert browser.get(f"/tiket/{task.ticket_id}").status_code == 404
    assert login(desk.ADMIN).get(taskdesk.address(task)).status_code == 404


def test_the_lead_copies_the_tasks_paragraph_into_its_answer_without_losing_its_own_words(people, login):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    taskdesk.task_in(TaskState.SUBMITTED, people, of=ticket)
    browser = login(desk.ADMIN)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}").text)
    copied = browsing.submit(browser, page, "#ubah-status", move="submit", answer="Atap diganti.", salin="1")
    assert copied.status_code == 200
    text = browsing.read(copied.text).css_first("#status-answer").text()
    assert text.strip() == f"Atap diganti.\n\nDinas PU: {taskdesk.RESULT}"
    assert db.session.get(Ticket, ticket.id).state is State.IN_PROGRESS
    twice = browsing.submit(browser, browsing.read(copied.text), "#ubah-status", move="submit", salin="1")
    assert browsing.read(twice.text).css_first("#status-answer").text().count(taskdesk.RESULT) == 1


def test_a_ticket_that_ends_asks_about_its_tasks_in_its_form(people, login):
    ticket, browser = desk.ticket_in(State.UNDER_REVIEW, people), login(desk.OPERATOR)
    taskdesk.task(people, of=ticket)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}").text)
    end = {"move": "resolve", "outcome": "perbaikan_lapangan"}
    answer = browsing.submit(browser, page, "#ubah-status", **end, note="Sudah dicek")
    assert answer.status_code == 422 and "Tugas 1 (Dinas PU) masih terbuka" in answer.text
    assert "Sudah dicek" in answer.text
    said = {"task_1": "lepas", "task_1_reason": "Tidak perlu lagi"}
    half = browsing.submit(browser, browsing.read(answer.text), "#ubah-status", **end, **said | {"task_1_reason": ""})
    assert half.status_code == 422 and "sebut alasannya" in half.text
    assert browsing.submit(browser, browsing.read(half.text), "#ubah-status", **end, **said).status_code == 303
    db.session.expire_all()
    assert (db.session.get(Ticket, ticket.id).state, ticket.open_tasks) == (State.RESOLVED, 0)


def test_a_contact_writes_down_calls_on_the_page(people, login):
    task = taskdesk.task(people, ("take_on", desk.ADMIN), opd="PLN")
    browser = login(desk.ADMIN)
    page = browsing.read(browser.get(taskdesk.address(task)).text)
    values = {"way": "telepon", "whom": "Pak Anto", "text": "Trafo KB-07 diganti Jumat."}
    sent = browsing.submit(browser, page, f"#task-{task.id}-kontak form", **values)
    assert sent.status_code == 303
    told = browser.get(taskdesk.address(task)).text
    assert "Trafo KB-07 diganti Jumat." in told and "Pak Anto" in told
    assert browsing.parse(login(desk.OPERATOR).get(taskdesk.address(task)).text).css_first("#kontak-way") is None


@pytest.mark.parametrize("who", [desk.OPERATOR, desk.ADMIN])
def test_twenty_tasks_and_a_thousand_events_cost_no_statement_more(who, people, login, statements):
    ticket, browser, prices = desk.ticket_in(State.IN_PROGRESS, people), login(who), []
    first = taskdesk.task(people, of=ticket)
    pages = ("/tiket?tampilan=terbuka", f"/tiket/{ticket.id}", taskdesk.address(first))
    for page in pages:
        browser.get(page)
    for more in (False, True):
        if more:
            _grow(ticket, first, people)
        counted = []
        for page in pages:
            with statements() as seen:
                assert browser.get(page).status_code == 200
            counted.append(len(seen))
        prices.append(counted)
    assert prices[0] == prices[1]
    assert prices[1][2] <= STATEMENTS, "\n".join(seen)


def _grow(ticket: Ticket, first: Task, people) -> None:
    """Nineteen tasks more, and a thousand events on the ticket and on one task."""
    now = ticket.opened_at
    for number in range(2, 21):
        db.session.add(
            Task(ticket=ticket, number=number, opd=first.opd, text="Bantu", created_by_id=people[desk.OPERATOR].id)
        )
    for stream, kind in ((ticket.stream, "ticket.note"), (first.stream, "task.note")):
        at = len(list(events.latest(stream, 1000))) + 1
        rows = [
            {
                "stream": stream, "seq": at + n, "kind": kind, "at": now, "actor": "Rina", "audience": "shared",
                "prev_hash": "0", "hash": "0",
            }
            for n in range(500)
        ]  # fmt: skip
        db.session.execute(db.insert(Event), rows)
    db.session.commit()
