"""The page of a personal link to a task: like that of a ticket, and what it cannot do is not there."""

from functools import cached_property

from flask import abort, current_app, make_response, redirect, render_template, request, url_for

from app.extensions import db
from app.people import actions as people
from app.people.models import PersonalLink
from app.people.queries import find_link
from app.tickets import actions
from app.tickets.actions import Refused
from app.tickets.forms import MovedForm
from app.tickets.forms.tasks import TASK_FORMS
from app.tickets.models import Evidence, Task
from app.tickets.policy import tasks as policy
from app.tickets.routes.files import send_evidence
from app.tickets.routes.linkview import DONE, NEWS
from app.tickets.routes.personal import PersonalPage
from app.tickets.routes.quiet import ended, quiet
from app.tickets.routes.taskconflicts import task_conflict
from app.tickets.routes.tasks import carry_out
from app.tickets.routes.taskview import TaskView
from app.tickets.rules.tasks import TASK_MOVES, TASKLESS, TaskMove
from app.web import nonce
from app.web.forms import Form

PURPOSE, SUBJECT = "ticket", "task:"
WORDS = {
    "object": "Keberatan tercatat. Diskominfo menetapkan siapa yang mengerjakan, dan tautan ini berakhir. "
    "Keberatan tidak dicatat sebagai kekurangan.",
    "status": "Tersimpan. Tautan ini berakhir bersama tugasnya.",
    "pindah": DONE["pindah"],
}
QUESTIONS = {
    "take_on": ("Terima dan tangani tugas ini?", "Ya, terima & tangani"),
    "submit": ("Ajukan hasil tugas ini ke pengampu?", "Ya, ajukan"),
    "object": ("Sampaikan bahwa ini bukan kewenangan OPD Anda?", "Ya, sampaikan"),
    "hold": ("Tunda pengerjaan tugas ini?", "Ya, tunda"),
    "resume": ("Lanjutkan pengerjaan?", "Ya, lanjutkan"),
}


def is_task(token: str) -> bool:
    """Whether that is the living link of a task."""
    link = find_link(token, PURPOSE) if len(token) < 100 else None
    return link is not None and link.subject.startswith(SUBJECT)


class TaskLinkView(PersonalPage, TaskView):
    """A task before the seat of a personal link: no session, and of a sensitive matter only its safe parts."""

    news_of = NEWS
    copied, paragraphs = False, ()

    def __init__(self, task: Task, link: PersonalLink, token: str):
        super().__init__(task, link.seat)
        self.link, self.token = link, token

    @property
    def tells(self) -> bool:
        """A link reveals nothing behind a judul aman; that is read signed in."""
        return not self.ticket.sensitive

    def needed(self, move: TaskMove) -> tuple[str, ...]:
        """What the move cannot do without."""
        return policy.task_needs(move, self.task, self.seat)

    @cached_property
    def evidence(self):
        """Files of the own OPD."""
        own = policy.task_files(self.task, self.seat).where(Evidence.opd_id == self.seat.opd_id)
        return db.session.execute(own).all() if self.tells else []

    @property
    def moved_form(self) -> Form:
        return self.forms.get("pindah") or MovedForm(formdata=None, of=self.task, personal=True)

    @property
    def checked(self) -> TaskMove:
        """The move whose summary is shown."""
        return TASK_MOVES[self.forms["status"].data["move"]]

    @property
    def question(self) -> tuple[str, str]:
        label = self.checked.label
        return QUESTIONS.get(self.checked.name, (f"{label}?", f"Ya, {label.lower()}"))

    @property
    def after_words(self) -> str:
        return WORDS["object"] if self.checked.name == "object" else self.checked.hint

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(label, value) of everything the move would record."""
        return [*self._typed(self.forms["status"], self.checked), ("Atas nama", self.seat.signature)]


def show(token: str, note_opened):
    """The page; that it was fetched for the first time is noted."""
    link, task = _open(token)
    if link.opened_at is None and request.method == "GET":
        note_opened(link)
        link, task = _open(token)
    return _page("link/task.html", TaskLinkView(task, link, token))


def elsewhere(token: str):
    """Addresses that only take forms lead back to the page."""
    _open(token)
    return redirect(url_for("tickets.personal", token=token), 303)


def evidence(token: str, evidence_id: int):
    """A file of the own OPD; of a sensitive matter none."""
    link, task = _open(token)
    if task.ticket.sensitive:
        ended()
    return quiet(send_evidence(evidence_id, link.seat, task.ticket_id))


def check(token: str):
    """The summary before a move acts: it is tried and undone."""
    link, task = _open(token)
    form = TASK_FORMS["status"](of=task, personal=True)
    if form.is_stale(task):
        return _stale(token, "status", form)
    try:
        actions.move_task(task, form.move.data or "", link.seat, form.values())
    except Refused as refused:
        return _refused(token, "status", form, refused.errors)
    db.session.rollback()
    return _page("link/check.html", _view(token, "status", form))


def mend(token: str):
    """«Kembali memperbaiki»: the page again with what was typed."""
    link, task = _open(token)
    return _page("link/task.html", _view(token, "status", TASK_FORMS["status"](of=task, personal=True)))


def change(token: str, block: str):
    """A form of the contract. A repeat acts no second time and is led to the page like the first."""
    link, task = _open(token, lock=True)
    form = TASK_FORMS[block](of=task, personal=True)
    if nonce.first_use(form.nonce.data):
        if form.is_stale(task):
            return _stale(token, block, form)
        try:
            carry_out(block, task, link.seat, form)
        except Refused as refused:
            return _refused(token, block, form, refused.errors)
        db.session.commit()
    if find_link(token, PURPOSE) is None:
        words = WORDS.get(form.data.get("move") or block, WORDS["status"])
        return quiet(make_response(render_template("link/done.html", words=words)))
    return quiet(redirect(url_for("tickets.personal", token=token, kabar=block), 303))


def moved(token: str):
    """«Saya sudah pindah tugas»: this person's links die at once, the task stays, Diskominfo is told."""
    link, task = _open(token, lock=True)
    form = MovedForm(of=task, personal=True)
    if nonce.first_use(form.nonce.data):
        if form.is_stale(task):
            return _stale(token, "pindah", form)
        try:
            actions.report_moved_from_task(task, link.seat, form.replacement.data or "")
        except Refused as refused:
            return _refused(token, "pindah", form, refused.errors)
        db.session.commit()
    return quiet(make_response(render_template("link/done.html", words=WORDS["pindah"])))


def _open(token: str, *, lock: bool = False) -> tuple[PersonalLink, Task]:
    """The living link and its task. Whatever does not work looks the same; a restricted matter asks to sign in."""
    link = find_link(token, PURPOSE) if len(token) < 100 else None
    task = _task_of(link, lock) if link and link.seat else None
    if lock and link:
        db.session.refresh(link)
    if link is None or task is None or not link.alive:
        ended()
    if request.method == "POST":
        people.speak_as(link.seat, request.form.get("as_name", ""))
    if task.ticket.restricted:
        there = url_for("tickets.task", ticket_id=task.ticket_id, number=task.number)
        where = f"{current_app.config['BASE_URL']}{there}"
        abort(quiet(make_response(render_template("link/restricted.html", ticket=task.ticket, where=where), 403)))
    return link, task


def _task_of(link: PersonalLink, lock: bool) -> Task | None:
    """The task, as long as the seat's OPD works on it and something of it goes on."""
    wanted = policy.visible_to(link.seat).where(Task.id == int(link.subject.removeprefix(SUBJECT)))
    ticket_id = db.session.scalar(wanted.with_only_columns(Task.ticket_id))
    task = policy.found(wanted, ticket_id, lock=lock) if ticket_id else None
    living = task and task.worked_by_id == link.seat.opd_id and task.open and task.ticket.state not in TASKLESS
    return task if living else None


def _refused(token: str, block: str, form: Form, errors: dict[str, str]):
    db.session.rollback()
    form.refuse(errors)
    return _page("link/task.html", _view(token, block, form), 422)


def _stale(token: str, block: str, form: Form):
    db.session.rollback()
    view = _view(token, block, form)
    if block != "pindah":
        view.conflict = task_conflict(view.task, view.seat, form)
    form.version.data = str(view.task.version)
    return _page("link/task.html", view, 409)


def _view(token: str, block: str, form: Form) -> TaskLinkView:
    link, task = _open(token)
    view = TaskLinkView(task, link, token)
    view.forms[block], view.posted = form, block
    return view


def _page(template: str, view: TaskLinkView, status: int = 200):
    return quiet(make_response(render_template(template, v=view, t=view.ticket), status))
