"""Pages of the agenda: matters, rakor from preparation to the projector, and plans."""

from flask import Blueprint

bp = Blueprint("agenda", __name__)

from app.agenda.routes import holding, matters, meetings, plans, preparing, proposing, screen  # noqa: E402, F401
