"""Pages of people: the doors, one's own account and office, and what system admins keep."""

from flask import Blueprint

bp = Blueprint("people", __name__)

from app.people.routes import (  # noqa: E402
    account,
    doors,
    duty,
    holidays,
    hours,
    offices,
    own_office,
    passwords,
    persons,
    seats,
    settings,
)

__all__ = [
    "account",
    "bp",
    "doors",
    "duty",
    "holidays",
    "hours",
    "offices",
    "own_office",
    "passwords",
    "persons",
    "seats",
    "settings",
]
