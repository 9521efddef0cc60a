"""Where tasks are met: «Tugas kami», the desk, the badge on a row, and search."""

import pytest

from app.extensions import db
from app.tickets import actions
from app.tickets.rules import TaskState
from tests.harness import client as browsing
from tests.tickets import desk, taskdesk


def tasks_on(page) -> list[str]:
    return [node.text() for node in page.css(".item-task h3")]


def test_an_opd_sees_its_own_open_tasks_and_their_number(people, login):
    browser = login(taskdesk.ADMIN)
    assert "Tugas kami" not in browser.get("/tiket").text
    task = taskdesk.task(people, text="Tambal jalan masuk")
    taskdesk.task_in(TaskState.ACCEPTED, people, text="Yang sudah selesai")
    pill = next(node for node in browsing.read(browser.get("/tiket").text).css(".pill") if "Tugas kami" in node.text())
    assert pill.css_first(".count").text() == "1"
    page = browsing.read(browser.get(pill.attributes["href"]).text)
    assert tasks_on(page) == ["Tambal jalan masuk"]
    assert page.css_first(".item-task a").attributes["href"] == taskdesk.address(task)
    assert "1 tugas terbuka" in login(desk.OPERATOR).get("/tiket?tampilan=terbuka").text


def test_of_a_restricted_ticket_the_list_tells_the_task_alone(people, login):
    task = taskdesk.task(people, text="Tambal jalan masuk")
    head = people[desk.HEAD]
    actions.set_secrecy(task.ticket, head, named=[head.person_id])
    db.session.commit()
    browser = login(taskdesk.ADMIN)
    for path in ("/tiket?tampilan=tugas", "/"):
        told = browser.get(path).text
        assert "Tambal jalan masuk" in told and "Perkara terbatas" in told and "Atap" not in told
    assert "Tambal jalan masuk" not in login(desk.OPERATOR).get("/").text


@pytest.mark.parametrize(
    "state, who",
    [
        (TaskState.OPEN, taskdesk.NARAHUBUNG),
        (TaskState.IN_PROGRESS, taskdesk.ADMIN),
        (TaskState.SUBMITTED, desk.ADMIN),
        (TaskState.CONTESTED, desk.OPERATOR),
    ],
)
def test_a_task_stands_on_the_desk_of_whose_turn_it_is(state, who, people, login):
    taskdesk.task_in(state, people, text="Tambal jalan masuk")
    desks = {
        email: bool(tasks_on(browsing.read(login(email).get("/").text)))
        for email in (desk.OPERATOR, desk.ADMIN, taskdesk.ADMIN, taskdesk.NARAHUBUNG)
    }
    mates = {desk.OPERATOR: [desk.OPERATOR], desk.ADMIN: [desk.ADMIN]}
    assert {email for email, told in desks.items() if told} == set(
        mates.get(who, [taskdesk.ADMIN, taskdesk.NARAHUBUNG])
    )


def test_search_finds_the_ticket_for_those_who_support_it_until_their_task_is_dropped(people, login):
    browser = login(taskdesk.ADMIN)
    task = taskdesk.task(people)
    found = f'href="/tiket/{task.ticket_id}"'
    assert found in browser.get("/cari?q=atap").text
    actions.move_task(task, "drop", people[desk.OPERATOR], {"reason": "Tidak perlu lagi."})
    db.session.commit()
    assert found not in browser.get("/cari?q=atap").text
