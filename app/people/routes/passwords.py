"""Links that were mailed: the invitation, and a new password. A GET shows, only the POST acts (guard.md 7)."""

from flask import redirect, request, url_for

from app.extensions import db
from app.people import actions, queries
from app.people.forms import NewPasswordForm
from app.people.routes import bp
from app.web.access import by_link
from app.web.fragments import page


@bp.route("/undangan/<token>", methods=["GET", "POST"])
@by_link
def invitation(token: str):
    return _choose_password("invite", token)


@bp.route("/atur-ulang/<token>", methods=["GET", "POST"])
@by_link
def reset(token: str):
    return _choose_password("reset", token)


def _choose_password(purpose: str, token: str):
    """The password ends the link and every session; whoever chose it signs in with it."""
    link = queries.find_link(token, purpose)
    if link is None:
        return page("people/link_ended.html", 404)
    form = NewPasswordForm(link.person, meta={"csrf": False})  # the token is the secret, and no cookie is set
    shown: dict = {"form": form, "person": link.person, "purpose": purpose, "action": request.path}
    if request.method != "POST":
        return page("people/new_password.html", **shown)
    if not form.validate_on_submit():
        return page("people/new_password.html", 422, **shown)
    actions.change_password(link.person, form.password.data, None)
    db.session.commit()
    return redirect(url_for("people.sign_in", tersimpan=1), 303)
