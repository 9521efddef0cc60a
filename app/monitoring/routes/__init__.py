"""Pages of intake: sources with their health, and imports with their progress."""

from flask import Blueprint

bp = Blueprint("monitoring", __name__)

from app.monitoring.routes import (  # noqa: E402
    asking,
    correcting,
    imports,
    letters,
    opml,
    profiles,
    rejected,
    searching,
    sources,
    webhook,
)

__all__ = [
    "asking",
    "bp",
    "correcting",
    "imports",
    "letters",
    "opml",
    "profiles",
    "rejected",
    "searching",
    "sources",
    "webhook",
]
