"""`/tiket/<id>/tugas/<n>`: one task with its blocks. Find, spend the nonce, compare versions, act, show, commit."""

from collections.abc import Callable

from flask import make_response, redirect, request, url_for
from flask_login import current_user
from jinja2_fragments.flask import render_block

from app.extensions import db
from app.people.models import Seat
from app.tickets import actions
from app.tickets.actions import Refused
from app.tickets.forms.tasks import TASK_FORMS
from app.tickets.models import Task
from app.tickets.policy.tasks import visible_task
from app.tickets.routes import bp
from app.tickets.routes.sentfiles import chosen_files, file_troubles_told
from app.tickets.routes.taskconflicts import task_conflict
from app.tickets.routes.taskview import TaskView
from app.tickets.rules import Audience
from app.web import nonce
from app.web.access import signed_in
from app.web.forms import Form
from app.web.fragments import answer, fragment, not_modified, page, tagged, unchanged, wants_fragment

PAGE = "tickets/task.html"
BLOCKS = f"any({','.join(TASK_FORMS)})"
AT = "/tiket/<int:ticket_id>/tugas/<int:number>"
FRESH = ("status", "penugasan", "tenggat", "hasil", "hubungan", "percakapan", "bukti", "riwayat")
"""What the page renews by itself after a change elsewhere on it; forms in which somebody types are left alone."""
TYPED = ("catatan", "berkas", "kontak")


@bp.get(AT)
@signed_in
def task(ticket_id, number):
    return _page(TaskView(visible_task(ticket_id, number, current_user.seat), current_user.seat))


@bp.get(f"{AT}/<{BLOCKS}:block>")
@signed_in
def task_block(ticket_id, number, block):
    """A block alone, 304 while nothing changed; without HTMX the page it belongs to."""
    view = TaskView(visible_task(ticket_id, number, current_user.seat), current_user.seat, partial=True)
    if not wants_fragment():
        return redirect(_home(view, block), 303)
    if unchanged(view.tag):
        return not_modified(view.tag)
    view.refreshes, view.announce = True, f"Status tugas sekarang {view.task.state.label}."
    return tagged(fragment(PAGE, block, v=view, t=view.ticket), view.tag)


@bp.get(f"{AT}/segar")
@signed_in
def task_fresh(ticket_id, number):
    """Everything on the page that may have become old, as parts for HTMX to put in their places."""
    view = TaskView(visible_task(ticket_id, number, current_user.seat), current_user.seat, partial=True)
    if not wants_fragment():
        return redirect(view.url, 303)
    shown = request.args.get("kecuali")
    parts = [_part(view, name) for name in FRESH if name != shown or name == "status"]
    return make_response("".join(parts + [_version(view, name) for name in TYPED if name != shown]))


@bp.post(f"{AT}/<{BLOCKS}:block>")
@signed_in
def task_change(ticket_id, number, block):
    """One form of the page. 422 what was refused, 409 on a stale version; a repeat shows the first result."""
    seat = current_user.seat
    found = visible_task(ticket_id, number, seat, lock=True)
    form = TASK_FORMS[block](of=found)
    if not nonce.first_use(form.nonce.data):
        return _shown(found, block)
    if form.is_stale(found):
        return _stale(ticket_id, number, block, form)
    try:
        said = carry_out(block, found, seat, form)
    except Refused as refused:
        return _refused(ticket_id, number, block, form, refused.errors)
    response = _shown(found, block, said)
    db.session.commit()
    return response


def carry_out(block: str, found: Task, seat: Seat, form: Form) -> str:
    """Do what a block's form asks; returns what to say about it. Raises Refused."""
    with file_troubles_told():
        said = ACTS[block](found, seat, form)
    db.session.flush()
    return said


def _shown(found: Task, block: str, said: str = ""):
    """The block as it is now, written before the commit, so that it tells exactly what is committed."""
    view = TaskView(found, current_user.seat, partial=True, announce=said)
    view.refreshes = True
    return answer(PAGE, block, to=_home(view, block), v=view, t=view.ticket)


def _refused(ticket_id: int, number: int, block: str, form: Form, errors: dict[str, str]):
    db.session.rollback()
    view = _again(ticket_id, number, block, form)
    form.refuse(errors)
    return answer(PAGE, block, to="", status=422, v=view, t=view.ticket)


def _stale(ticket_id: int, number: int, block: str, form: Form):
    db.session.rollback()
    view = _again(ticket_id, number, block, form)
    view.conflict = task_conflict(view.task, view.seat, form)
    form.version.data = str(view.task.version)
    return answer(PAGE, block, to="", status=409, v=view, t=view.ticket)


def _again(ticket_id: int, number: int, block: str, form: Form) -> TaskView:
    """The task as it is, with the form as it was sent."""
    view = TaskView(visible_task(ticket_id, number, current_user.seat), current_user.seat, partial=wants_fragment())
    view.forms[block] = form
    return view


def _page(view: TaskView):
    return page(PAGE, v=view, t=view.ticket)


def _part(view: TaskView, name: str) -> str:
    block = render_block(PAGE, name, v=view, t=view.ticket)
    return f'<hx-partial hx-target="#{view.dom(name)}" hx-swap="outerHTML">{block}</hx-partial>'


def _version(view: TaskView, name: str) -> str:
    """Only the version in a form where somebody may be writing."""
    field = f'<input type="hidden" name="version" value="{view.task.version}">'
    return f'<hx-partial hx-target="#{view.dom(name)} [name=version]" hx-swap="outerHTML">{field}</hx-partial>'


def _home(view: TaskView, block: str) -> str:
    """Where a block is on its page; a task that this very step took from the reader's sight leads to the list."""
    where = {"ticket_id": view.ticket.id, "number": view.task.number}
    return url_for("tickets.task", **where, _anchor=view.dom(block))


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
