"""Errors in plain words: a page for browsers, a note in the corner for HTMX. What was typed stays where it is."""

import secrets

import structlog
from flask import current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from app.extensions import db
from app.web.fragments import wants_fragment

PLAIN = (401, 403, 404, 405, 409, 413, 422, 429, 503, 507)
"""Statuses with words of their own; any other one below 500 borrows those of 400, any above those of 500."""

RETRY_AFTER = "5"
HISTORY = "uq_event_stream"
"""The constraint by which two events cannot have one place in a history."""


class DiskFull(HTTPException):
    """Less room than a new file needs (guard.md 24): reading and status changes go on."""

    code = 507
    description = "Insufficient Storage"


def init_errors(app) -> None:
    """Answer every error of `app` in Indonesian."""
    app.register_error_handler(HTTPException, _expected)
    app.register_error_handler(SecurityError, _not_our_name)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(IntegrityError, _overtaken)
    app.register_error_handler(Exception, _unexpected)


def error_code() -> str:
    """The short code of this request's failure, such as «7F3A-2C»: in the page and in the log."""
    if "error_code" not in g:
        digits = secrets.token_hex(3).upper()
        g.error_code = f"{digits[:4]}-{digits[4:]}"
    return g.error_code


def _expected(error: HTTPException):
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if error.code >= 500 and error.code not in PLAIN:
        return _unexpected(error)
    response = _answer(error.code if error.code in PLAIN else 400, error.code)
    for name in ("Retry-After", "Allow"):
        for value in (value for key, value in error.get_headers(request.environ) if key == name):
            response.headers[name] = value
    return response


def _not_our_name(_error: SecurityError):
    """A Host header that is none of our names: no page may be made with it."""
    return make_response("Alamat ini bukan alamat Tanggap. Pakai alamat yang diberikan kantor Anda.", 400)


def _stale_form(_error: CSRFError):
    """A form of a session that has ended meanwhile: the same way on as a dead session."""
    return _answer(401, 400)


def _database(error: Exception):
    """Busy or away: nothing was saved, so trying again is right."""
    db.session.rollback()
    structlog.get_logger().warning(
        "database unavailable", code=error_code(), error=type(getattr(error, "orig", error)).__name__
    )
    response = _answer(503, 503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _overtaken(error: StaleDataError | IntegrityError):
    """Somebody wrote into the same history at the same moment: nothing was saved, so trying again is right."""
    if isinstance(error, IntegrityError) and HISTORY not in str(error.orig):
        return _unexpected(error)
    return _database(error)


def _unexpected(error: Exception):
    db.session.rollback()
    structlog.get_logger().error("unexpected error", code=error_code(), exc_info=error)
    return _answer(500, 500)


def _answer(words: int, status: int):
    """The page or the note `errors/<words>.html`. From 500 on without the head: whatever it reads may be broken."""
    context = {"code": error_code() if words == 500 else None, "wanted": _here()}
    if wants_fragment():
        response = make_response(render_template(f"errors/{words}.html", layout="errors/_note.html", **context), status)
        response.headers["HX-Reswap"] = "none"
        return response
    return make_response(_page(words, context), status)


def _page(words: int, context: dict) -> str:
    if words < 500 and not g.get("bare"):
        try:
            return render_template(f"errors/{words}.html", layout="errors/_page.html", **context)
        except Exception as error:  # the head reads session and database; the words must come in any case
            structlog.get_logger().warning("error page without head", error=repr(error))
    return current_app.jinja_env.get_template(f"errors/{words}.html").render(layout="errors/_bare.html", **context)


def _here() -> str:
    """Where signing in again should lead: the page that asked, never a form's own address."""
    current = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    same = current.startswith(request.host_url)
    return current.removeprefix(request.host_url.rstrip("/")) if same else "/"
