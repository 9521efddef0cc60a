"""Pages of papers: the register, one paper through its stages, and what a ticket offers to print."""

from flask import Blueprint

bp = Blueprint("papers", __name__)

from app.papers.routes import files, kop, one, rakor, register, ticket, writing  # noqa: E402, F401
