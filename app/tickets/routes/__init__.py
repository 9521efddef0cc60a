"""Pages of tickets: the queue, one ticket with its blocks, files, and the personal link."""

from flask import Blueprint

bp = Blueprint("tickets", __name__)

from app.tickets.routes import (  # noqa: E402, F401
    changes,
    escalations,
    exporting,
    field,
    files,
    handover,
    links,
    picked,
    queue,
    secrecy,
    show,
    tasks,
    terms,
    texts,
)
