"""`/tiket/<id>/tugas/<n>`: one task with its blocks, and what each of its forms does."""

from collections.abc import Callable

from flask_login import current_user

from app.people.models import Seat
from app.tickets import actions
from app.tickets.actions import Refused
from app.tickets.forms.tasks import TASK_FORMS
from app.tickets.models import Task
from app.tickets.policy.tasks import visible_task
from app.tickets.routes import bp, cycle
from app.tickets.routes.cycle import Kind
from app.tickets.routes.sentfiles import chosen_files
from app.tickets.routes.taskconflicts import task_conflict
from app.tickets.routes.taskview import TaskView
from app.tickets.routes.writing import keep_sent
from app.tickets.rules import Audience
from app.web.access import signed_in
from app.web.forms import Form
from app.web.fragments import page

BLOCKS = f"any({','.join(TASK_FORMS)})"
AT = "/tiket/<int:ticket_id>/tugas/<int:number>"


@bp.get(AT)
@signed_in
def task(ticket_id, number):
    view = TaskView(visible_task(ticket_id, number, current_user.seat), current_user.seat)
    return page(TASK.page, v=view, t=view.ticket)


@bp.get(f"{AT}/<{BLOCKS}:block>")
@signed_in
def task_block(ticket_id, number, block):
    return cycle.one_block(TASK, block, ticket_id=ticket_id, number=number)


@bp.get(f"{AT}/segar")
@signed_in
def task_fresh(ticket_id, number):
    return cycle.fresh(TASK, ticket_id=ticket_id, number=number)


@bp.post(f"{AT}/<{BLOCKS}:block>")
@signed_in
def task_change(ticket_id, number, block):
    return cycle.change(TASK, block, ticket_id=ticket_id, number=number)


@bp.post(f"{AT}/naskah")
@signed_in
def keep_task_draft(ticket_id, number):
    """The page's script sends what is being typed after a pause."""
    keep_sent(TASK.seen(partial=True, ticket_id=ticket_id, number=number))
    return "", 204


def _move(found: Task, seat: Seat, form) -> str:
    actions.move_task(found, form.move.data or "", seat, form.values())
    return f"Status tugas menjadi {found.state.label}, oleh Anda."


def _assign(found: Task, seat: Seat, form) -> str:
    contact = form.contact.data or ""
    if contact and found.contact and contact != found.contact.code:
        actions.set_contact(found, seat, contact)
        return f"Kontak dalam menjadi {found.worked_by.short}."
    actions.assign_task(found, seat, form.seat.data or "")
    return f"Dipegang {found.seat.person.name}." if found.seat else "Belum ada pemegang."


def _due(found: Task, seat: Seat, form) -> str:
    actions.set_task_due(found, seat, form.due_at.data or "", form.reason.data or "")
    return "Tenggat tugas tersimpan."


def _note(found: Task, seat: Seat, form) -> str:
    audience = form.audience.data or ""
    actions.note_task(found, seat, form.text.data or "", audience)
    return f"{Audience(audience).label} terkirim."


def _file(found: Task, seat: Seat, _form) -> str:
    kept = [actions.attach_to_task(found, seat, sent.stream, sent.filename) for sent in chosen_files()]
    if not kept:
        raise Refused({"file": "Pilih berkasnya dulu."})
    return f"{', '.join(evidence.name for evidence in kept)} terlampir."


def _contact(found: Task, seat: Seat, form) -> str:
    values = {name: form[name].data or "" for name in ("way", "whom", "at", "text")}
    sent = next(iter(chosen_files()), None)
    actions.record_contact(found, seat, values, (sent.stream, sent.filename) if sent else None)
    return "Tercatat."


ACTS: dict[str, Callable[[Task, Seat, Form], str]] = {
    "status": _move,
    "penugasan": _assign,
    "tenggat": _due,
    "catatan": _note,
    "berkas": _file,
    "kontak": _contact,
}

TASK = Kind(
    page="tickets/task.html",
    find=visible_task,
    view=TaskView,
    forms=TASK_FORMS,
    acts=ACTS,
    conflict=task_conflict,
    fresh=("status", "penugasan", "tenggat", "hasil", "hubungan", "percakapan", "bukti", "riwayat"),
    typed=("catatan", "berkas", "kontak"),
)
