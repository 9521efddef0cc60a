"""One ticket: its page, its blocks as fragments, and the original behind a judul aman."""

from flask import abort, request
from flask_login import current_user

from app.extensions import db
from app.tickets import actions, policy
from app.tickets.forms import FORMS
from app.tickets.policy import tasks
from app.tickets.routes import bp, cycle
from app.tickets.routes.changes import TICKET
from app.tickets.routes.view import TicketView
from app.tickets.routes.writing import keep_sent
from app.web.access import signed_in
from app.web.fragments import fragment, page, wants_fragment

BLOCKS = f"any({','.join(FORMS)})"


@bp.get("/tiket/<int:ticket_id>")
@signed_in
def show(ticket_id):
    ticket = policy.visible_ticket(ticket_id, current_user.seat)
    return page(TICKET.page, v=TicketView(ticket, current_user.seat), t=ticket)


@bp.get(f"/tiket/<int:ticket_id>/<{BLOCKS}:block>")
@signed_in
def block(ticket_id, block):
    return cycle.one_block(TICKET, block, ticket_id=ticket_id)


@bp.get("/tiket/<int:ticket_id>/segar")
@signed_in
def fresh(ticket_id):
    return cycle.fresh(TICKET, ticket_id=ticket_id)


@bp.post(f"/tiket/<int:ticket_id>/<{BLOCKS}:block>")
@signed_in
def change(ticket_id, block):
    return cycle.change(TICKET, block, ticket_id=ticket_id)


@bp.post("/tiket/<int:ticket_id>/naskah")
@signed_in
def keep_draft(ticket_id):
    """The page's script sends what is being typed after a pause; nobody else sees it."""
    keep_sent(TICKET.seen(partial=True, ticket_id=ticket_id))
    return "", 204


@bp.get("/tiket/<int:ticket_id>/pilihan-opd")
@signed_in
def offices(ticket_id):
    """The options of a select of OPDs, asked for when it comes into view; for a task outside bodies are among them."""
    ticket, seat = policy.visible_ticket(ticket_id, current_user.seat), current_user.seat
    if request.args.get("untuk") == "tugas" and tasks.may_give_tasks(ticket, seat):
        return page("tickets/_offices.html", opds=tasks.task_opd_choices())
    if not policy.moves_for(ticket, seat):
        abort(404)
    return page("tickets/_offices.html", opds=policy.opd_choices())


@bp.post("/tiket/<int:ticket_id>/asli")
@signed_in
def original(ticket_id):
    """«Buka judul asli»: shown to those who may, and history keeps who looked (guard.md 6)."""
    ticket = policy.visible_ticket(ticket_id, current_user.seat, lock=True)
    if not ticket.sensitive or not policy.may_open_original(ticket, current_user.seat):
        abort(404)
    actions.open_original(ticket, current_user.seat, request.form.get("reason", ""))
    db.session.commit()
    ticket = policy.visible_ticket(ticket_id, current_user.seat)
    view = TicketView(ticket, current_user.seat, announce="Judul asli ditampilkan. Pembukaan ini tercatat.")
    view.opened = True
    if wants_fragment():
        return fragment(TICKET.page, "asli", v=view, t=ticket)
    return page(TICKET.page, v=view, t=ticket)
