"""Pages of tickets: the queue, one ticket with its blocks, files, and the personal link."""

from flask import Blueprint

bp = Blueprint("tickets", __name__)

from app.tickets.routes import changes, files, links, queue, show, terms  # noqa: E402, F401
