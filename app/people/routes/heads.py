"""Who heads an OPD, and which answers need the head's approval: by system admins, and by an admin OPD for its own."""

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.extensions import db
from app.people import actions, policy
from app.people.forms import OfficeHeadForm
from app.people.models import Opd
from app.people.routes import bp
from app.people.routes.persons import keepers
from app.people.rules import HEAD_FIELDS, Role
from app.web.access import allow
from app.web.conflicts import conflict
from app.web.fragments import page


@bp.route("/pengaturan/opd/<code>/kepala", methods=["GET", "POST"])
@keepers
def opds_head(code: str):
    opd = policy.kept_opd(code)
    return _head(opd, url_for("people.opds_head", code=code), url_for("people.opds_one", code=code))


@bp.route("/orang/kepala", methods=["GET", "POST"])
@allow(Role.ADMIN_OPD)
def own_head():
    opd = policy.kept_opd(current_user.seat.opd.code)
    return _head(opd, url_for("people.own_head"), url_for("people.own_office"))


def _head(opd: Opd, here: str, back: str):
    if opd.outside:
        abort(404)
    form = OfficeHeadForm(of=opd, obj=opd)
    told = {"form": form, "opd": opd, "here": here, "back": back, "clash": None}
    if request.method == "GET":
        return page("people/head.html", **told)
    if form.is_stale(opd):
        told["clash"] = conflict(f"opd:{opd.id}", opd, form, HEAD_FIELDS)
        return page("people/head.html", 409, **told)
    if not form.validate_on_submit():
        return page("people/head.html", 422, **told)
    actions.change_head(opd, form.values(), current_user.seat)
    db.session.commit()
    flash(f"Kepala {opd.short} tersimpan.")
    return redirect(back, 303)
