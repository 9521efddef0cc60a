"""Publications of a ticket: taking one back, and one spokesperson per isu."""

from flask import flash, redirect, url_for
from flask_login import current_user

from app.extensions import db
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import actions, policy
from app.tickets.actions import Refused
from app.tickets.forms import WithdrawForm
from app.tickets.models import Ticket
from app.tickets.queries import speaking
from app.tickets.routes import bp
from app.web import nonce
from app.web.access import allow
from app.web.fragments import page


@bp.route("/tiket/<int:ticket_id>/publikasi/<int:publication_id>/cabut", methods=["GET", "POST"])
@allow(Role.DISKOMINFO)
def withdraw(ticket_id, publication_id):
    """«Cabut»: asks why, then the record stays with its reason and counts no more."""
    ticket = policy.visible_ticket(ticket_id, current_user.seat, lock=True)
    row = policy.visible_publication(publication_id, ticket)
    form = WithdrawForm(of=ticket)
    if not form.is_submitted():
        return page("tickets/withdraw.html", t=ticket, row=row, form=form, clash=False)
    if not nonce.first_use(form.nonce.data):
        return redirect(_home(ticket), 303)
    if form.is_stale(ticket):
        form.version.data = str(ticket.version)
        return page("tickets/withdraw.html", 409, t=ticket, row=row, form=form, clash=True)
    try:
        actions.withdraw_publication(ticket, row, current_user.seat, form.reason.data or "")
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return page("tickets/withdraw.html", 422, t=ticket, row=row, form=form, clash=False)
    db.session.commit()
    flash(f"Publikasi di {row.channel} dicabut.")
    return redirect(_home(ticket), 303)


def _home(ticket: Ticket) -> str:
    return url_for("tickets.show", ticket_id=ticket.id, _anchor=f"ticket-{ticket.id}-publikasi")


def last_spokesperson(ticket: Ticket, seat: Seat) -> str:
    """Who spoke last about this ticket or its isu, as far as `seat` may know."""
    roots = [root for root in db.session.scalars(speaking.isu_of(ticket)) if root]
    rows = speaking.publications_about(ticket, roots, seat)
    return next((row.spokesperson for row in rows if row.withdrawn_at is None), "")


def one_door(before: str, now: str) -> str:
    """A word of warning when somebody else speaks; nothing is refused."""
    if not before or before.casefold() == now.casefold():
        return ""
    return f"Juru bicara isu ini sebelumnya {before}; pastikan satu pintu."
