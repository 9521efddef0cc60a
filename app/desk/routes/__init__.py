"""The desks, the pantauan, search, and the stations in the head of every page."""

from flask import Blueprint

bp = Blueprint("desk", __name__)

from app.desk.routes import alerts, files, find, health, home, mirroring, pasting, picked, shield, sorting  # noqa: E402, F401
