"""Pages of people: the doors, one's own account and office, and what system admins keep."""

from flask import Blueprint

bp = Blueprint("people", __name__)

from app.people.routes import (  # noqa: E402
    account,
    away,
    doors,
    duty,
    heads,
    holidays,
    hours,
    naming,
    offices,
    own_office,
    passwords,
    persons,
    seats,
    settings,
    views,
)

__all__ = [
    "account", "away", "bp", "doors", "duty", "heads", "holidays", "hours", "naming", "offices", "own_office",
    "passwords", "persons", "seats", "settings", "views",
]  # fmt: skip
