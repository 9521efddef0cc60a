"""/orang: who acts for one's own OPD; Diskominfo sees everybody's, to call them."""

from flask import abort, flash, redirect, url_for
from flask_login import current_user

from app.core.refused import Refused
from app.extensions import db
from app.people import actions, policy, queries
from app.people.forms import ProposalForm
from app.people.routes import bp
from app.people.rules import Role
from app.web import nonce
from app.web.access import allow
from app.web.fragments import page
from app.web.lists import arg, slice_of


@bp.get("/orang")
@allow(Role.DISKOMINFO, Role.ADMIN_OPD, Role.NARAHUBUNG)
def own_office():
    return _own_office()


@bp.post("/orang")
@allow(Role.ADMIN_OPD)
def propose():
    form = ProposalForm(current_user.seat.opd)
    if not policy.may_propose(current_user.seat):
        abort(404)
    if not form.validate_on_submit():
        return _own_office(form, 422)
    try:
        if nonce.first_use(form.nonce.data):
            actions.propose(form.values(), current_user.seat)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _own_office(form, 422)
    db.session.commit()
    flash(f"Usulan {form.name.data} menunggu konfirmasi Diskominfo.")
    return redirect(url_for("people.own_office"), 303)


@bp.post("/orang/<int:seat_id>/batal")
@allow(Role.ADMIN_OPD)
def withdraw(seat_id: int):
    """Take back a proposal of one's own OPD that is not confirmed yet."""
    seat = policy.visible_seat(seat_id, current_user.seat)
    if seat.confirmed_at:
        abort(404)
    actions.end_seat(seat, current_user.seat)
    db.session.commit()
    flash("Usulan dibatalkan.")
    return redirect(url_for("people.own_office"), 303)


def _own_office(form: ProposalForm | None = None, status: int = 200):
    seat, words = current_user.seat, arg("q")
    listed = queries.directory(policy.visible_to(seat), words, arg("sesudah"))
    rows = slice_of(db.session.scalars(listed).all(), queries.directory_cursor)
    proposing = policy.may_propose(seat)
    return page(
        "people/own_office.html",
        status,
        rows=rows,
        words=words,
        form=(form or ProposalForm(seat.opd, formdata=None)) if proposing else None,
        without=queries.opds_without_narahubung(None if seat.role is Role.DISKOMINFO else seat.opd_id),
        everybody=seat.role is Role.DISKOMINFO,
    )
