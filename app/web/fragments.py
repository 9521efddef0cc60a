"""A fragment is a block inside its page; the same view answers HTMX and plain browsers."""

from flask import make_response, redirect, render_template, request
from jinja2_fragments.flask import render_block


def wants_fragment() -> bool:
    """True for HTMX's partial requests; a history restore or a plain browser wants the whole page."""
    return request.headers.get("HX-Request-Type") == "partial"


def page(template: str, status: int = 200, **context):
    """The whole page."""
    return make_response(render_template(template, **context), status)


def fragment(template: str, block: str, status: int = 200, **context):
    """One block of `template` alone."""
    return make_response(render_block(template, block, **context), status)


def answer(template: str, block: str, *, to: str, status: int = 200, **context):
    """The answer to a form: its block for HTMX; else a redirect to `to`, or the whole page when it was refused."""
    if wants_fragment():
        return fragment(template, block, status, **context)
    return redirect(to, 303) if status < 400 else page(template, status, **context)


def unchanged(tag: str) -> bool:
    """Whether the poll's version tag (`hx-ptag` on its element) still holds; answer it with `not_modified(tag)`.

    Not an ETag: the browser's cache would pair an old body with the nonce of a newer header.
    """
    return request.headers.get("HX-PTag") == tag


def tagged(response, tag: str):
    """Set the version tag by which the next poll asks."""
    response.headers["HX-PTag"] = tag
    return response


def not_modified(tag: str):
    return tagged(make_response("", 304), tag)
