"""Pages of intake: sources with their health, and imports with their progress."""

from flask import Blueprint

bp = Blueprint("monitoring", __name__)

from app.monitoring.routes import asking, correcting, imports, letters, opml, rejected, searching, sources, webhook  # noqa: E402  # noqa: E402

__all__ = ["asking", "bp", "correcting", "imports", "letters", "opml", "rejected", "searching", "sources", "webhook"]
