"""How pages of personal links answer: nothing keeps or finds them, and what does not work looks alike."""

from flask import abort, make_response, render_template


def quiet(response):
    """Nothing keeps or finds the page; its address does not leave our site."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def ended():
    """Unknown, expired and revoked look alike."""
    abort(quiet(make_response(render_template("link/ended.html"), 404)))
