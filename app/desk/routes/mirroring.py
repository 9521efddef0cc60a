"""The mirror on the page of an alert, and «Sudah dientri di SP4N»."""

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core import calendar, clock
from app.core.refused import Refused
from app.desk import policy
from app.desk.routes import bp
from app.extensions import db
from app.monitoring import actions
from app.monitoring.forms import BareForm
from app.monitoring.models import Alert, Mirrored
from app.monitoring.rules.mirror import age_told, status_told
from app.people.rules import Role
from app.tickets import policy as tickets
from app.web.access import allow
from app.web.nonce import first_use


def mirror_of(alert: Alert) -> dict | None:
    """What SP4N-LAPOR! says of this alert and how old that is; None for what is no complaint of it."""
    mirrored = db.session.get(Mirrored, alert.id) if alert.channel == "aduan" else None
    if mirrored is None:
        return None
    now = clock.now()
    return {
        "row": mirrored,
        "status": status_told(mirrored.state, mirrored.raw_state),
        "age": age_told(now - mirrored.data_at),
        "old": now > calendar.add_working_days(mirrored.data_at, 1),
    }


@bp.post("/pantauan/<int:alert_id>/dientri")
@allow(Role.DISKOMINFO)
def enter(alert_id: int):
    """The tick of one Tracking ID, and taking it back; then the page one came from."""
    alert, seat = policy.held_alert(alert_id, current_user.seat), current_user.seat
    form, entered = BareForm(of=alert), request.form.get("entered") == "1"
    ticket = tickets.ticket_behind(alert.id, seat) if request.form.get("from") == "ticket" else None
    home = url_for("desk.alert", alert_id=alert.id)
    to = url_for("tickets.show", ticket_id=ticket.id, _anchor="sp4n") if ticket else home
    if not first_use(form.nonce.data):
        return redirect(to, 303)
    try:
        actions.set_entered(alert, seat, entered)
    except Refused as refused:
        flash(" ".join(refused.errors.values()))
        return redirect(to, 303)
    db.session.commit()
    flash("Dicatat: sudah dientri di SP4N." if entered else "Tanda dientri dibatalkan.")
    return redirect(to, 303)
