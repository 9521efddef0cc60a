"""Every view names who may come in; a view that names nobody keeps the app from starting (guard.md 2).

The marks are domain-free: `people` tells who the visitor is (`current_user.seat`), this module only compares.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from app import config
from app.extensions import csrf, reading

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Access:
    """Who may call a view. `kind` is public, by_link, by_signature, signed_in or allow."""

    kind: str
    roles: frozenset[str] = frozenset()
    admin: bool = False

    def admits(self, seat) -> bool:
        """Whether a signed-in person acting in `seat` may call the view."""
        return (not self.roles or seat.role in self.roles) and (not self.admin or seat.is_admin)


def _mark(access: Access) -> Callable:
    def decorate(view):
        view.access = access
        return view

    return decorate


public = _mark(Access("public"))
"""Anybody, also without signing in. Origin and CSRF are still checked."""

by_link = _mark(Access("by_link"))
"""Whoever holds a personal link: the token is the secret, so no CSRF token; Origin is checked."""

by_signature = _mark(Access("by_signature"))
"""A machine that signs its request; the view checks the signature."""

signed_in = _mark(Access("signed_in"))
"""Anybody with an active seat."""


def allow(*roles: str, admin: bool = False) -> Callable:
    """Only seats of these roles; with `admin`, only system admins among them."""
    return _mark(Access("allow", frozenset(roles), admin))


def init_access(app) -> None:
    """Guard every request of `app`. Call before blueprints are registered; `check_marks` after."""

    @app.before_request
    def guard():
        reading.set(request.method in SAFE)
        _check_host()
        if request.endpoint is None:
            return None
        _check_address()
        access = app.view_functions[request.endpoint].access
        g.bare = g.bare or access.kind == "by_link"
        _check_origin(access)
        return _check_person(access)


def check_marks(app) -> None:
    """Refuse to start with a view that says nothing about access."""
    app.view_functions["static"].access = Access("public")
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]
    if silent:
        raise RuntimeError(f"views without declared access: {', '.join(sorted(silent))}")


def _check_address() -> None:
    """No name of ours holds a NUL; PostgreSQL could not even be asked about one."""
    if "\0" in request.path:
        abort(404)


def _check_host() -> None:
    """The public face serves personal links, static files and /healthz, nothing else (mission fact 7).

    What it says of errors, it says without the head: no session is read there and no cookie set.
    """
    g.bare = _is_public_face(request.host)
    if g.bare and not request.path.startswith(("/t/", "/static/", "/healthz")):
        abort(404)


def _is_public_face(host: str) -> bool:
    """Names are compared as DNS does; ports only where both faces have one name."""
    inner, outer, asked = (_name_and_port(each) for each in (*config.hosts(current_app.config), host))
    return inner != outer and (asked == outer or asked[0] == outer[0] != inner[0])


def _name_and_port(host: str) -> tuple[str, str]:
    name, _, port = host.rpartition(":") if host[-1:].isdigit() and ":" in host else (host, "", "")
    return name.lower().rstrip("."), port


def _check_origin(access: Access) -> None:
    """A browser's unsafe request must come from our own page."""
    if request.method in SAFE or access.kind == "by_signature":
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)
    if request.headers.get("Sec-Fetch-Site") not in (None, "same-origin", "none"):
        abort(403)
    if access.kind != "by_link":
        csrf.protect()


def _check_person(access: Access):
    if access.kind in ("public", "by_link", "by_signature"):
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if not access.admits(current_user.seat):
        abort(404)
    acting = request.form.get("acting")
    if acting and acting != str(current_user.seat.id):
        abort(409, "acting")
    return None


def _ask_to_sign_in():
    if request.headers.get("HX-Request"):
        abort(401)
    wanted = request.full_path.rstrip("?") if request.method in SAFE else None
    return redirect(url_for("people.sign_in", next=wanted), 303)
