"""/atas-nama: whoever signed in through a shared mailbox says who they are before anything else."""

from flask import abort, current_app, redirect, request, url_for
from flask_login import current_user

from app.core.refused import Refused
from app.extensions import db
from app.people import actions, queries
from app.people.forms import ActingNameForm
from app.people.routes import bp
from app.people.routes.doors import next_page
from app.web.access import SAFE, signed_in
from app.web.fragments import page

FREE = ("people.name_oneself", "people.sign_out")


@bp.route("/atas-nama", methods=["GET", "POST"])
@signed_in
def name_oneself():
    if not current_user.person.shared:
        abort(404)
    form = ActingNameForm()
    if request.method == "GET":
        return _asked(form)
    if not form.validate_on_submit():
        return _asked(form, 422)
    try:
        actions.name_oneself(current_user.session, form.name.data or "")
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _asked(form, 422)
    db.session.commit()
    return redirect(next_page(), 303)


def ask_name():
    """Behind a shared mailbox nothing opens, and nothing is done, before the name is known."""
    access = current_app.view_functions[request.endpoint].access if request.endpoint else None
    if access is None or access.kind not in ("signed_in", "allow") or request.endpoint in FREE:
        return None
    if not current_user.is_authenticated or not current_user.nameless:
        return None
    if request.method not in SAFE or request.headers.get("HX-Request"):
        abort(409, "name")
    return redirect(url_for("people.name_oneself", next=request.full_path.rstrip("?")), 303)


def _asked(form: ActingNameForm, status: int = 200):
    known = queries.names_of(current_user.person.id)
    return page("people/acting_name.html", status, form=form, known=known, next=request.args.get("next"))
