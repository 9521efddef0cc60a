"""The desks, the pantauan, search, and the stations in the head of every page."""

from flask import Blueprint

bp = Blueprint("desk", __name__)

from app.desk.routes import (  # noqa: E402, F401
    alerts,
    calendar,
    evidence,
    exporting,
    files,
    find,
    health,
    home,
    isu,
    mirroring,
    offices,
    openings,
    pasting,
    people_sheets,
    picked,
    proposing,
    shield,
    shift,
    sorting,
    welcome,
)
