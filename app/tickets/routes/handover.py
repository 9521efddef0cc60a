"""/penunjukan/<id>/serah-terima: everything open from one seat to its successor."""

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core.refused import Refused
from app.extensions import db
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import actions, policy, queries
from app.tickets.forms.handover import HandoverForm
from app.tickets.routes import bp
from app.web import nonce
from app.web.access import allow
from app.web.fragments import page

HOME = "people.own_office"


@bp.route("/penunjukan/<int:seat_id>/serah-terima", methods=["GET", "POST"])
@allow(Role.DISKOMINFO, Role.ADMIN_OPD)
def handover(seat_id: int):
    seat = policy.handing_seat(seat_id, current_user.seat)
    form = HandoverForm(seat, policy.successors_of(seat))
    if request.method == "GET":
        return _asked(seat, form)
    if not nonce.first_use(form.nonce.data):
        return redirect(url_for(HOME), 303)
    if form.is_stale(seat):
        db.session.rollback()
        form.form_errors.append("Penunjukan ini baru saja diubah orang lain. Periksa lagi, lalu kirim.")
        form.version.data = str(seat.version)
        return _asked(seat, form, 409)
    if not form.validate_on_submit():
        return _asked(seat, form, 422)
    try:
        new, moved = actions.hand_over(seat, form.to(), form.last_day.data, form.note.data or "", current_user.seat)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _asked(policy.handing_seat(seat_id, current_user.seat), form, 422)
    said = f"Diserahkan ke {new.person.name}: {moved} permintaan. Surat dikirim untuk yang masih menunggu jawaban."
    db.session.commit()
    flash(said)
    return redirect(url_for(HOME), 303)


def _asked(seat: Seat, form: HandoverForm, status: int = 200):
    """The nonce is spent only by what acted: a refused form comes back with a fresh try."""
    waiting = queries.handed_over_with(seat, current_user.seat)
    return page("tickets/handover.html", status, seat=seat, form=form, waiting=waiting)
