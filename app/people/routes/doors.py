"""Sign in, sign out, switch seats, and get back in after a forgotten password."""

import hashlib
from urllib.parse import urlsplit

import structlog
from flask import abort, current_app, redirect, request, session, url_for
from flask_limiter import RequestLimit
from flask_login import current_user, logout_user
from werkzeug.exceptions import HTTPException

from app.core import work
from app.extensions import db, limiter
from app.people import actions, policy, queries
from app.people.forms import ForgottenForm, SignInForm
from app.people.models import Seat
from app.people.routes import bp
from app.people.routes.identity import enter
from app.people.rules import clean_email
from app.web.access import public, signed_in
from app.web.fragments import page
from app.web.numbers import id_in

WRONG = "Email atau kata sandi tidak cocok. Setelah beberapa kali mencoba ada jeda sebentar."
NO_SEAT = "Anda belum punya penunjukan yang berlaku hari ini. Hubungi admin sistem Diskominfo."
PAUSE = "Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi; atau pakai “Lupa kata sandi”."
REFUSED = 422

log = structlog.get_logger()


def _account() -> str:
    """The account somebody tries, whether it exists or not; hashed, for the counter may be a foreign server."""
    return hashlib.sha256(clean_email(request.form.get("email", "")).encode()).hexdigest()[:32]


def failed(response) -> bool:
    """Only refused tries count."""
    return response.status_code == REFUSED


def _pause(_limit: RequestLimit):
    """The same words for the account and for the address that tried too often."""
    at_reset = request.endpoint == "people.forgotten"
    form = ForgottenForm() if at_reset else SignInForm()
    form.form_errors.append(PAUSE)
    return page("people/forgotten.html" if at_reset else "people/sign_in.html", 429, form=form, sent=False)


@bp.get("/masuk")
@public
def sign_in():
    if current_user.is_authenticated:
        return redirect(next_page(), 303)
    return page("people/sign_in.html", form=SignInForm())


@bp.post("/masuk", endpoint="enter")
@limiter.limit("10 per 15 minutes", key_func=_account, deduct_when=failed, on_breach=_pause)
@limiter.limit("60 per 15 minutes", deduct_when=failed, on_breach=_pause)
@public
def try_to_enter():
    form = SignInForm()
    if not form.validate_on_submit():
        return page("people/sign_in.html", REFUSED, form=form)
    person = _recognised(form.email.data, form.password.data)
    seat = db.session.scalar(policy.own_seats(person.id).limit(1)) if person else None
    if seat is None:
        form.form_errors.append(NO_SEAT if person else WRONG)
        return page("people/sign_in.html", REFUSED, form=form)
    _open(seat)
    return redirect(next_page() if "next" in request.args else queries.start_of(seat), 303)


@bp.post("/keluar")
@public
def sign_out():
    if current_user.is_authenticated:
        actions.end_sessions(digest=current_user.session.digest)
        db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("people.sign_in"), 303)


@bp.post("/penunjukan")
@signed_in
def switch_seat():
    own = policy.own_seats(current_user.person.id)
    seat = db.session.scalar(own.where(Seat.id == id_in(request.form.get("seat")))) or abort(404)
    secret = actions.switch_seat(current_user.session, seat)
    _commit_and_enter(secret)
    return redirect("/", 303)


@bp.route("/lupa", methods=["GET", "POST"])
@limiter.limit("5 per hour", key_func=_account, methods=["POST"], on_breach=_pause)
@limiter.limit("30 per hour", methods=["POST"], on_breach=_pause)
@public
def forgotten():
    """The same answer and the same work for any address: the worker finds out whose it is."""
    form = ForgottenForm()
    if request.method == "GET":
        return page("people/forgotten.html", form=form, sent=False)
    if not form.validate_on_submit():
        return page("people/forgotten.html", REFUSED, form=form, sent=False)
    person = queries.person_by_email(form.email.data)
    work.later("people.reset", person.id if person else None)
    db.session.commit()
    return page("people/forgotten.html", form=form, sent=True)


def _recognised(email: str, password: str):
    """The person of that address and password. The hashing happens outside of any transaction."""
    person = queries.person_by_email(email)
    found = (person.id, person.password_hash) if person and person.active else (None, None)
    db.session.rollback()
    fits = actions.matches_password(password, found[1])
    log.info("sign_in.accepted" if fits else "sign_in.refused", person=found[0], address=request.remote_addr)
    return queries.person(found[0]) if fits else None


def _open(seat: Seat) -> None:
    if current_user.is_authenticated:
        actions.end_sessions(digest=current_user.session.digest)
    secret = actions.open_session(seat, address=request.remote_addr or "", agent=request.user_agent.string)
    _commit_and_enter(secret)


def _commit_and_enter(secret: str) -> None:
    db.session.commit()
    enter(secret, queries.session_of(secret))


def next_page() -> str:
    """Where the visitor wanted to go: an own page that a GET may open, else the desk."""
    wanted = request.args.get("next", "")
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return "/"
    try:
        endpoint, _ = current_app.url_map.bind("").match(parts.path, method="GET")
    except HTTPException:
        return "/"
    return wanted if endpoint not in ("people.sign_in", "static") and wanted.isprintable() else "/"
