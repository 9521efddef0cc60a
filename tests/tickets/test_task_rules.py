"""What tasks keep true: who approves, who may be asked, what a ticket that ends must say about them, who inherits."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.people.actions import mint_link
from app.people.models import PersonalLink, Seat
from app.tickets import actions, jobs
from app.tickets.models import Evidence, FormerTask, Task, Ticket
from app.tickets.policy import tasks as policy
from app.tickets.rules import Audience, State, TaskState
from tests.tickets import desk, taskdesk


def refused(act, *args) -> dict[str, str]:
    with pytest.raises(actions.Refused) as reason:
        act(*args)
    db.session.rollback()
    return reason.value.errors


# ── opening ────────────────────────────────────────────────────────────


def test_the_lead_and_diskominfo_open_tasks_and_others_do_not(people):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    for who in (desk.OPERATOR, desk.ADMIN, desk.NARAHUBUNG):
        actions.open_task(ticket, people[who], {"opd": "DPU", "text": "Bantu"})
    db.session.commit()
    assert [task.number for task in ticket.tasks] == [1, 2, 3] and ticket.open_tasks == 3
    for who in (taskdesk.ADMIN, desk.LEADER):
        assert refused(actions.open_task, ticket, people[who], {"opd": "DPU", "text": "Bantu"})


@pytest.mark.parametrize(
    "values, field",
    [
        ({"opd": "", "text": "Bantu"}, "opd"),
        ({"opd": "DISDIKBUD", "text": "Bantu"}, "opd"),
        ({"opd": "DPU", "text": "  "}, "text"),
        ({"opd": "DPU", "text": "Bantu", "due_at": "2001-01-01T08:00"}, "due_at"),
    ],
)
def test_what_cannot_be_asked_is_told(values, field, people):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    assert set(refused(actions.open_task, ticket, people[desk.OPERATOR], values)) == {field}


def test_an_open_form_of_the_ticket_does_not_grow_old_by_a_task(people):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    version = ticket.version
    taskdesk.task(people, of=ticket)
    db.session.expire_all()
    assert (ticket.version, ticket.open_tasks) == (version, 1)


# ── who approves ───────────────────────────────────────────────────────


def test_an_admin_submits_with_its_narahubungs_recorded_approval(people):
    task = taskdesk.task_in(TaskState.IN_PROGRESS, people)
    admin = people[taskdesk.ADMIN]
    said = refused(actions.move_task, task, "submit", admin, {"answer": taskdesk.RESULT})
    assert set(said) == {"approver", "basis"}
    approval = {"approver": "Joko Narahubung", "basis": "Pesan WA 24 November"}
    actions.move_task(task, "submit", admin, {"answer": taskdesk.RESULT} | approval)
    assert (task.approved_by, task.approval_basis) == ("Joko Narahubung", "Pesan WA 24 November")


def test_an_admin_alone_submits_visibly_where_there_is_no_narahubung(people):
    task = taskdesk.task_in(TaskState.IN_PROGRESS, people)
    people[taskdesk.NARAHUBUNG].ended_at = clock.now()
    db.session.flush()
    event = actions.move_task(task, "submit", people[taskdesk.ADMIN], {"answer": taskdesk.RESULT})
    assert event.after["alone"] is True and task.approved_by == ""


def test_files_stay_inside_until_the_task_is_submitted(people):
    task = taskdesk.task_in(TaskState.IN_PROGRESS, people)
    file = actions.attach_to_task(task, people[taskdesk.ADMIN], desk.picture(), "jalan.png")
    assert file.audience is Audience.INTERNAL
    assert not db.session.scalars(policy.task_files(task, people[desk.ADMIN])).all()
    actions.move_task(task, "submit", people[taskdesk.NARAHUBUNG], {"answer": taskdesk.RESULT})
    db.session.expire_all()
    assert db.session.get(Evidence, file.id).audience is Audience.SHARED
    assert db.session.scalars(policy.task_files(task, people[desk.ADMIN])).all()


# ── handing on ─────────────────────────────────────────────────────────


def test_who_handed_a_task_on_keeps_a_read_only_proof_and_its_links_end(people):
    task = taskdesk.task_in(TaskState.CONTESTED, people)
    seat = people[taskdesk.ADMIN]
    mint_link("ticket", task.stream, seat.person_id, seat.id)
    actions.move_task(task, "rule", people[desk.OPERATOR], {"opd": "DISKOMINFO"})
    actions.note_task(task, people[desk.OPERATOR], "Sesudahnya.", "shared")
    db.session.commit()
    assert db.session.get(FormerTask, (task.id, seat.opd_id))
    assert policy.visible_task(task.ticket_id, task.number, seat) is task
    told = [event.kind for event, _text in db.session.execute(policy.visible_task_events(task, seat))]
    assert "task.rule" in told and "task.note" not in told
    assert not policy.task_moves_for(task, seat) and not policy.task_audiences(task, seat)
    living = select(func.count()).where(PersonalLink.subject == task.stream, PersonalLink.ended_at.is_(None))
    assert db.session.scalar(living) == 0


def test_the_new_lead_inherits_the_tasks_and_the_contact(people):
    ticket = desk.ticket_in(State.IN_PROGRESS, people)
    own, outside = taskdesk.task(people, of=ticket), taskdesk.task(people, of=ticket, opd="PLN")
    assert outside.contact.code == "DISDIKBUD"
    actions.move(ticket, "reroute", people[desk.OPERATOR], {"opd": "DISKOMINFO", "reason": "Lintas OPD."})
    db.session.commit()
    assert (own.opd.code, outside.contact.code, ticket.open_tasks) == ("DPU", "DISKOMINFO", 2)
    assert {"reroute"} <= {move.name for move in policy.task_moves_for(own, people[desk.OPERATOR])}


# ── a ticket that ends ─────────────────────────────────────────────────

ENDS = {
    "resolve": (State.UNDER_REVIEW, {"outcome": "perbaikan_lapangan"}),
    "await_budget": (State.UNDER_REVIEW, {"year": str(clock.today().year + 1), "kind": "murni"}),
    "refer": (State.UNDER_REVIEW, {"body": "PLN", "reference": "500/12"}),
    "close": (State.OTHER_AUTHORITY, {}),
    "archive": (State.FORWARDED, {"reason": "Salah buka."}),
}


@pytest.mark.parametrize("name", ENDS)
def test_no_ticket_ends_silently_over_an_open_task(name, people):
    state, values = ENDS[name]
    operator = people[desk.OPERATOR]
    task = taskdesk.task(people, of=desk.ticket_in(state, people))
    ticket = task.ticket
    assert "Tugas 1 (Dinas PU) masih terbuka" in refused(actions.move, ticket, name, operator, values)["task_1"]
    wait = refused(actions.move, ticket, name, operator, values | {"task_1": "tunggu"})
    assert "Langkah dibatalkan" in wait["move"]
    assert refused(actions.move, ticket, name, operator, values | {"task_1": "lepas"})["task_1"]
    db.session.expire_all()
    assert (ticket.state, task.state) == (state, TaskState.OPEN)
    actions.move(ticket, name, operator, values | {"task_1": "lepas", "task_1_reason": "Tidak perlu lagi."})
    assert (task.state, ticket.open_tasks) == (TaskState.DROPPED, 0) and ticket.state is not state


def test_a_task_can_go_on_with_another_opd_when_a_ticket_is_resolved_but_not_when_it_closes(people):
    operator = people[desk.OPERATOR]
    task = taskdesk.task(people, of=desk.ticket_in(State.UNDER_REVIEW, people))
    hand = {"task_1": "alih", "task_1_opd": "DISKOMINFO", "task_1_reason": "Tinggal publikasi."}
    actions.move(task.ticket, "resolve", operator, {"outcome": "perbaikan_lapangan"} | hand)
    db.session.commit()
    assert (task.ticket.state, task.opd.code, task.open) == (State.RESOLVED, "DISKOMINFO", True)
    again = hand | {"task_1_opd": "DPU"}
    assert "tidak bisa berjalan terus" in refused(actions.move, task.ticket, "close", operator, again)["task_1"]


def test_the_clock_closes_no_ticket_with_an_open_task(people):
    ticket = desk.ticket_in(State.RESOLVED, people)
    task = taskdesk.task(people, of=ticket)
    ticket.ended_at = clock.now() - timedelta(days=30)
    db.session.commit()
    jobs.close_resolved()
    assert db.session.get(Ticket, ticket.id).state is State.RESOLVED
    actions.move_task(task, "drop", people[desk.OPERATOR], {"reason": "Tidak perlu lagi."})
    jobs.close_resolved()
    assert db.session.get(Ticket, ticket.id).state is State.CLOSED


def test_the_clock_resumes_a_task_at_its_date(people):
    hold = {"reason": "Menunggu PLN.", "until": "2099-01-01T08:00"}
    task = taskdesk.task(people, ("take_on", desk.ADMIN), ("hold", desk.ADMIN, hold), opd="PLN")
    jobs.resume_tasks()
    assert task.on_hold
    task.hold_until = clock.now() - timedelta(minutes=1)
    db.session.commit()
    jobs.resume_tasks()
    assert not db.session.get(Task, task.id).on_hold


# ── outside bodies ─────────────────────────────────────────────────────


def test_the_contact_records_calls_and_submits_what_the_body_answered(people):
    task = taskdesk.task(people, ("take_on", desk.ADMIN), opd="PLN")
    contact = people[desk.ADMIN]
    said = refused(actions.record_contact, task, contact, {"way": "pos", "whom": "", "text": "x"})
    assert set(said) == {"way", "whom"}
    call = {"way": "telepon", "whom": "Pak Anto, piket gardu", "text": "Trafo diganti Jumat."}
    actions.record_contact(task, contact, call, (desk.picture(), "surat.png"))
    assert refused(actions.record_contact, task, people[desk.OPERATOR], call)
    actions.move_task(task, "submit", contact, {"answer": "PLN mengganti trafo Jumat 27 November."})
    told = db.session.scalars(select(Event).where(Event.stream == task.stream, Event.kind == "task.submit")).one()
    assert told.after["outside"] == "PLN" and not told.after["alone"]


def test_the_contact_can_be_another_opd(people):
    task = taskdesk.task(people, opd="PLN")
    actions.set_contact(task, people[desk.ADMIN], "DPU")
    db.session.commit()
    assert "take_on" in {move.name for move in policy.task_moves_for(task, people[taskdesk.ADMIN])}
    assert not policy.works_on(task, people[desk.ADMIN])
    assert refused(actions.set_contact, task, people[desk.ADMIN], "PLN")


# ── the two histories ──────────────────────────────────────────────────


def test_the_tickets_history_tells_what_happened_to_its_tasks(people):
    task = taskdesk.task_in(TaskState.ACCEPTED, people)
    told = select(Event).where(Event.stream == task.ticket.stream, Event.kind == "ticket.task").order_by(Event.seq)
    assert [event.after["move"] for event in db.session.scalars(told)] == ["open", "take_on", "submit", "accept"]


def test_of_a_restricted_ticket_the_opd_asked_knows_its_task_alone(people):
    task = taskdesk.task(people)
    head = people[desk.HEAD]
    actions.set_secrecy(task.ticket, head, named=[head.person_id])
    db.session.commit()
    seat: Seat = people[taskdesk.ADMIN]
    assert policy.visible_task(task.ticket_id, task.number, seat) is task
    assert not policy.knows_ticket(task, seat) and not policy.reads_matter(task, seat)
    for stranger in (desk.OPERATOR, desk.ADMIN, desk.LEADER):
        found = db.session.scalar(policy.visible_to(people[stranger]).where(Task.id == task.id))
        assert found is None, stranger
