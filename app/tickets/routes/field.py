"""«Minta bukti» and «Cek lapangan» of somebody in the field: the form, the link shown once, and its end."""

from flask import abort, current_app, redirect, url_for
from flask_login import current_user

from app.core import clock
from app.extensions import db
from app.people.models import Seat
from app.tickets import policy
from app.tickets.actions import Refused, outside
from app.tickets.forms.asking import AskForm
from app.tickets.models import FieldRequest, Task, Ticket
from app.tickets.policy.tasks import visible_task
from app.tickets.queries.field import asked_about
from app.tickets.routes import bp
from app.tickets.rules.field import Asked
from app.web import nonce
from app.web.access import signed_in
from app.web.forms import Form
from app.web.fragments import page

PAGE = "tickets/field.html"


class FieldView:
    """What one seat has asked of the field about a ticket or a task, and may ask."""

    def __init__(self, ticket: Ticket, seat: Seat, task: Task | None, form: Form | None = None):
        self.ticket, self.seat, self.task = ticket, seat, task
        self.may_ask = _may_ask(ticket, seat, task)
        self.form = form or AskForm(formdata=None)
        self.rows = asked_about(ticket, seat, task)
        self.ends = Form(formdata=None)

    @property
    def home(self) -> str:
        """The page that it hangs on."""
        about = f"/tugas/{self.task.number}" if self.task else ""
        return f"{url_for('tickets.show', ticket_id=self.ticket.id)}{about}"

    @property
    def url(self) -> str:
        return f"{self.home}/lapangan"


def for_phone(asked: FieldRequest, secret: str) -> str:
    """«Salin untuk [nama]»: what is pasted into a chat with that person alone."""
    wanted = "cek lapangan" if asked.kind == Asked.CHECK else "bukti"
    until = clock.long_day(clock.local(asked.expires_at).date())
    address = f"{current_app.config['LINK_BASE_URL']}/t/{secret}"
    lines = [
        f"Yth. {asked.to_name}, {asked.opd.short} mohon {wanted}:",
        asked.question,
        f"Jawab lewat tautan ini, cukup dari ponsel, sampai {until}:",
        address,
        "Tautan ini hanya untuk Anda; mohon tidak diteruskan.",
    ]
    return "\n".join(lines)


@bp.get("/tiket/<int:ticket_id>/lapangan")
@signed_in
def field_of(ticket_id):
    return _shown(*_found(ticket_id))


@bp.get("/tiket/<int:ticket_id>/tugas/<int:number>/lapangan")
@signed_in
def field_of_task(ticket_id, number):
    return _shown(*_found(ticket_id, number))


@bp.post("/tiket/<int:ticket_id>/lapangan")
@signed_in
def ask_field(ticket_id):
    return _ask(*_found(ticket_id, lock=True))


@bp.post("/tiket/<int:ticket_id>/tugas/<int:number>/lapangan")
@signed_in
def ask_field_of_task(ticket_id, number):
    return _ask(*_found(ticket_id, number, lock=True))


@bp.post("/tiket/<int:ticket_id>/lapangan/<int:request_id>/akhiri")
@signed_in
def end_field(ticket_id, request_id):
    return _end(request_id, *_found(ticket_id, lock=True))


@bp.post("/tiket/<int:ticket_id>/tugas/<int:number>/lapangan/<int:request_id>/akhiri")
@signed_in
def end_field_of_task(ticket_id, number, request_id):
    return _end(request_id, *_found(ticket_id, number, lock=True))


def _found(ticket_id: int, number: int | None = None, *, lock: bool = False) -> tuple[Ticket, Task | None]:
    """The ticket, or the task of it that this seat may know of alone; 404 for whoever has nothing to ask there."""
    seat = current_user.seat
    if number is None:
        ticket = policy.visible_ticket(ticket_id, seat, lock=lock)
        if not policy.takes_part(ticket, seat):
            abort(404)
        return ticket, None
    task = visible_task(ticket_id, number, seat, lock=lock)
    if not (seat.role.of_opd and task.belongs_to(seat.opd_id)):
        abort(404)
    return task.ticket, task


def _may_ask(ticket: Ticket, seat: Seat, task: Task | None) -> bool:
    mine = policy.stands_as(ticket.lead_opd_id, seat)
    return policy.field.may_ask(ticket, seat, mine, task)


def _shown(ticket: Ticket, task: Task | None, form: Form | None = None, status: int = 200, **more):
    view = FieldView(ticket, current_user.seat, task, form)
    if not (view.may_ask or view.rows):
        abort(404)
    return page(PAGE, status, v=view, t=ticket, **{"link": "", "asked": None} | more)


def _ask(ticket: Ticket, task: Task | None):
    """The link stands on the answer alone, once; a repeat of the form leads to the list."""
    seat, form = current_user.seat, AskForm()
    if not _may_ask(ticket, seat, task):
        abort(404)
    where = FieldView(ticket, seat, task).url
    if not nonce.first_use(form.nonce.data):
        return redirect(where, 303)
    try:
        asked, secret = outside.ask(ticket, seat, form.data, task)
    except Refused as refused:
        form.refuse(refused.errors)
        return _shown(ticket, task, form, 422)
    words = for_phone(asked, secret)
    response = _shown(ticket, task, link=words, asked=asked)
    db.session.commit()
    return response


def _end(request_id: int, ticket: Ticket, task: Task | None):
    asked, form = policy.field.own_request(request_id, ticket, current_user.seat), Form()
    if nonce.first_use(form.nonce.data):
        asked.task = task
        outside.end(asked, ticket, current_user.seat)
        db.session.commit()
    return redirect(FieldView(ticket, current_user.seat, task).url, 303)
