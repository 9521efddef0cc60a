"""One ticket: its page, its blocks as fragments, and the original behind a judul aman."""

from flask import abort, make_response, redirect, request, url_for
from flask_login import current_user
from jinja2_fragments.flask import render_block

from app.extensions import db
from app.tickets import actions, policy, queries
from app.tickets.forms import FORMS
from app.tickets.models import Ticket
from app.tickets.policy import tasks
from app.tickets.routes import bp
from app.tickets.routes.view import TicketView
from app.web.access import signed_in
from app.web.fragments import fragment, not_modified, page, tagged, unchanged, wants_fragment

PAGE = "tickets/show.html"
BLOCKS = f"any({','.join(FORMS)})"
FRESH = (
    *("alur", "status", "opd", "penugasan", "tingkat", "tenggat", "putusan", "penetapan"),
    *("kebenaran", "jawaban", "kepala", "publikasi", "tugas", "percakapan", "bukti", "jam", "riwayat"),
)
"""What the page renews by itself after a change elsewhere on it; forms in which somebody types are left alone."""
TYPED = ("catatan", "berkas", "sunting")


@bp.get("/tiket/<int:ticket_id>")
@signed_in
def show(ticket_id):
    ticket = policy.visible_ticket(ticket_id, current_user.seat)
    return page(PAGE, v=TicketView(ticket, current_user.seat), t=ticket)


@bp.get(f"/tiket/<int:ticket_id>/<{BLOCKS}:block>")
@signed_in
def block(ticket_id, block):
    """A block alone, 304 while nothing changed; without HTMX the page it belongs to."""
    ticket = policy.visible_ticket(ticket_id, current_user.seat)
    view = TicketView(ticket, current_user.seat, partial=True)
    if not wants_fragment():
        return redirect(home_of(ticket, block), 303)
    if unchanged(view.tag):
        return not_modified(view.tag)
    view.announce, view.refreshes = _news(view), True
    return tagged(fragment(PAGE, block, v=view, t=ticket), view.tag)


@bp.get("/tiket/<int:ticket_id>/segar")
@signed_in
def fresh(ticket_id):
    """Everything on the page that may have become old, as parts for HTMX to put in their places."""
    ticket = policy.visible_ticket(ticket_id, current_user.seat)
    if not wants_fragment():
        return redirect(url_for("tickets.show", ticket_id=ticket.id), 303)
    view, shown = TicketView(ticket, current_user.seat, partial=True), request.args.get("kecuali")
    wanted = [name for name in FRESH if view.shows(name) and (name != shown or name == "status")]
    parts = [_part(view, name) for name in wanted]
    return make_response("".join(parts + [_version(view, name) for name in TYPED if name != shown]))


def _part(view: TicketView, name: str) -> str:
    """One part with where it belongs; the page's script leaves it out where somebody is busy."""
    block = render_block(PAGE, name, v=view, t=view.ticket)
    return f'<hx-partial hx-target="#{view.dom(name)}" hx-swap="outerHTML">{block}</hx-partial>'


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
        return fragment(PAGE, "asli", v=view, t=ticket)
    return page(PAGE, v=view, t=ticket)


def _version(view: TicketView, name: str) -> str:
    """Only the version in a form where somebody may be writing: what they see around it is new by now."""
    field = f'<input type="hidden" name="version" value="{view.ticket.version}">'
    return f'<hx-partial hx-target="#{view.dom(name)} [name=version]" hx-swap="outerHTML">{field}</hx-partial>'


def home_of(ticket: Ticket, block: str) -> str:
    """Where a block is on its page."""
    return url_for("tickets.show", ticket_id=ticket.id, _anchor=f"ticket-{ticket.id}-{block}")


def _news(view: TicketView) -> str:
    """What a screen reader is told when a poll brings something new."""
    last = queries.last_change(view.ticket, view.seat)
    by = f", oleh {last[0].actor}" if last else ""
    return f"Status sekarang {view.ticket.state.label}{by}."
