"""Pages of people: the doors, one's own account, and what system admins keep."""

from flask import Blueprint

bp = Blueprint("people", __name__)

from app.people.routes import doors  # noqa: E402, F401
