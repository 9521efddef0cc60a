"""/akun: one's own seats, password and signed-in browsers."""

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.extensions import db, limiter
from app.people import actions, policy, queries
from app.people.forms import ChangePasswordForm, MovedForm
from app.people.models import LoginSession, Seat
from app.people.routes import bp
from app.people.routes.doors import failed
from app.people.routes.identity import enter
from app.web.access import signed_in
from app.web.fragments import page
from app.web.numbers import id_in

HANDLE = 16
"""Letters of a session's digest that name it in a form; the digest itself is a hash, never the secret."""


def _me() -> str:
    """Whoever found an open browser may not guess the password without end."""
    return f"person {current_user.person.id}"


@bp.get("/akun")
@signed_in
def account():
    return _account()


@bp.post("/akun/kata-sandi")
@limiter.limit("10 per 15 minutes", key_func=_me, deduct_when=failed)
@signed_in
def change_password():
    person = policy.kept_person(current_user.person.id)
    form = ChangePasswordForm(person)
    if not form.validate_on_submit():
        return _account(form, 422)
    if not actions.matches_password(form.current.data, person.password_hash):
        form.refuse({"current": "Kata sandi sekarang tidak cocok."})
        return _account(form, 422)
    by = db.session.get_one(Seat, current_user.seat.id)
    by.acting_name = current_user.seat.acting_name
    actions.change_password(person, form.password.data, by)
    secret = actions.switch_seat(current_user.session, current_user.seat)
    db.session.commit()
    enter(secret, queries.session_of(secret))
    flash("Kata sandi diganti. Sesi di perangkat lain sudah diakhiri.")
    return redirect(url_for("people.account"), 303)


@bp.post("/akun/sesi")
@signed_in
def end_session():
    """End one other session, or all others; one's own ends at /keluar."""
    me, wanted = current_user.session.digest, request.form.get("session", "")
    if wanted == "lain":
        ended = actions.end_sessions(person_id=current_user.person.id, but=me)
    else:
        mine = queries.sessions_of(current_user.person.id).where(LoginSession.digest != me)
        row = next((row for row in db.session.scalars(mine) if row.digest[:HANDLE] == wanted), None) or abort(404)
        ended = actions.end_sessions(digest=row.digest)
    db.session.commit()
    flash(f"{ended} sesi diakhiri.")
    return redirect(url_for("people.account"), 303)


@bp.post("/akun/pindah")
@signed_in
def move_away():
    """«Saya sudah pindah tugas» for one of one's own seats."""
    form, own = MovedForm(), policy.own_seats(current_user.person.id)
    seat = db.session.scalar(own.where(Seat.id == id_in(request.form.get("seat")))) or abort(404)
    actions.moved_away(seat, form.replacement.data or "", current_user.seat)
    db.session.commit()
    flash(f"Terima kasih. Diskominfo akan meminta penunjukan baru untuk {seat.opd.short}.")
    return redirect(url_for("people.account"), 303)


def _account(form: ChangePasswordForm | None = None, status: int = 200):
    person = current_user.person
    return page(
        "people/account.html",
        status,
        form=form or ChangePasswordForm(person, formdata=None),
        moved=MovedForm(formdata=None),
        seats=current_user.seats,
        sessions=db.session.scalars(queries.sessions_of(person.id)).all(),
        handle=HANDLE,
    )
