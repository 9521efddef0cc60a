"""/penunjukan/<id>/berhalangan: who gets the letters too while somebody is away."""

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core.refused import Refused
from app.extensions import db
from app.people import actions, policy
from app.people.forms import AwayForm
from app.people.models import Seat
from app.people.routes import bp
from app.web import nonce
from app.web.access import signed_in
from app.web.conflicts import conflict
from app.web.fragments import page


@bp.route("/penunjukan/<int:seat_id>/berhalangan", methods=["GET", "POST"])
@signed_in
def seat_away(seat_id: int):
    seat = policy.excusable_seat(seat_id, current_user.seat)
    form = AwayForm(seat, policy.deputies_for(seat))
    if request.method == "GET":
        return _asked(seat, form)
    if not nonce.first_use(form.nonce.data):
        return _done(seat)
    if form.is_stale(seat):
        db.session.rollback()
        return _asked(seat, form, 409, clash=conflict(f"person:{seat.person_id}", seat, form, ()))
    if not form.validate_on_submit():
        return _asked(seat, form, 422)
    try:
        actions.set_away(seat, form.deputy.data, form.since.data, form.until.data, current_user.seat)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _asked(policy.excusable_seat(seat_id, current_user.seat), form, 422)
    db.session.commit()
    flash("Wakil dicatat. Selama hari-hari itu surat juga dikirim kepadanya.")
    return _done(seat)


@bp.post("/penunjukan/<int:seat_id>/kembali")
@signed_in
def seat_back(seat_id: int):
    seat = policy.excusable_seat(seat_id, current_user.seat)
    actions.come_back(seat, current_user.seat)
    db.session.commit()
    flash("Masa berhalangan diakhiri.")
    return _done(seat)


def _asked(seat: Seat, form: AwayForm, status: int = 200, clash: dict | None = None):
    return page("people/away.html", status, seat=seat, form=form, clash=clash, to=_home(seat))


def _done(seat: Seat):
    return redirect(_home(seat), 303)


def _home(seat: Seat) -> str:
    """Where the reader looks at that seat: the own account, else the people of the office."""
    return url_for("people.account" if seat.person_id == current_user.person.id else "people.own_office")
