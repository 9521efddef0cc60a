"""Response headers that hold for every page (guard.md 5, 10)."""

import secrets

from flask import g, request

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "manifest-src 'self'; trusted-types htmx; require-trusted-types-for 'script'"
)
VARY = "Cookie, HX-Request, HX-Request-Type"


def csp_nonce() -> str:
    """The nonce of this response; every element with hx- attributes carries it as hx-nonce."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def init_headers(app) -> None:
    app.jinja_env.globals["csp_nonce"] = csp_nonce

    @app.after_request
    def protect(response):
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
        headers["X-Content-Type-Options"] = "nosniff"
        headers.setdefault("Referrer-Policy", "same-origin")
        if request.endpoint != "static" and not headers.get("Cache-Control", "").startswith("public"):
            headers["Vary"] = VARY
            headers.setdefault("Cache-Control", "no-store")
        return response
