"""«Usulkan ke agenda»: from a ticket, or an agreement that was made in a group."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.agenda import actions, queries
from app.agenda.actions.matters import Origin
from app.agenda.candidates import why_ticket
from app.agenda.forms import AgreementForm, ProposalForm, offer
from app.agenda.models import AgendaItem
from app.agenda.routes import bp
from app.agenda.routes.changing import DONE, carry_out
from app.people.rules import Role
from app.tickets import policy as tickets
from app.tickets.models import Ticket
from app.web.access import allow
from app.web.fragments import page


@bp.route("/agenda/usul", methods=["GET", "POST"])
@allow(Role.DISKOMINFO)
def agreement():
    """A kesepakatan, pasted with its day."""
    form = AgreementForm()
    return propose(form, lambda: Origin(note=form.note.data or "", noted_on=form.noted_on.data))


@bp.route("/tiket/<int:ticket_id>/usulkan", methods=["GET", "POST"])
@allow(Role.DISKOMINFO)
def of_ticket(ticket_id):
    ticket = tickets.visible_ticket(ticket_id, current_user.seat)
    if known := queries.item_of_ticket(ticket.id, current_user.seat):
        return to_matter(known)
    form = ProposalForm(data={"title": ticket.shown_title, "lead": ticket.lead.code if ticket.lead else ""})
    form.why.data = form.why.data or why_ticket(ticket)
    return propose(form, lambda: Origin(ticket), ticket)


def to_matter(known: AgendaItem):
    """It stands on the agenda already."""
    flash("Sudah ada di agenda.")
    return redirect(url_for("agenda.matter", item_id=known.id), 303)


def propose(form: ProposalForm, origin: Callable[[], Origin], ticket: Ticket | None = None, isu=None):
    """The page of a proposal, and the matter that comes of it."""
    offer(form.lead, queries.offices(), "Belum ditentukan")
    here = {"form": form, "here": request.path, "ticket": ticket, "isu": isu}
    if request.method == "GET":
        return page("agenda/propose.html", **here)
    made: list[AgendaItem] = []
    status = carry_out(form, lambda: made.append(actions.propose(current_user.seat, form.values(), origin())))
    if status == DONE:
        flash("Diusulkan ke agenda.")
        return redirect(url_for("agenda.matter", item_id=made[0].id) if made else url_for("agenda.agenda"), 303)
    if ticket:
        here["ticket"] = tickets.visible_ticket(ticket.id, current_user.seat)
    return page("agenda/propose.html", status, **here)
