"""What the page of a list shows of saved views. Every list asks it; kept apart from people's own pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from app.extensions import db
from app.people import queries
from app.people.forms import ViewForm
from app.people.models import SavedView, Seat, StartPage
from app.people.rules import Role
from app.web.forms import Form


@dataclass(frozen=True)
class ViewLink:
    """A saved view beside its list."""

    id: int
    name: str
    href: str
    whose: str
    current: bool
    start: bool
    own: bool


@dataclass(frozen=True)
class SavedViews:
    """What the list at `path` shows of saved views, and the choices of whom a new one is for."""

    path: str
    query: str
    views: list[ViewLink]
    whom: list[tuple[str, str]]
    form: Form


def saved_views(seat: Seat, path: str) -> SavedViews:
    """The views of one list, one statement; and this request's query string, to be saved."""
    found = queries.views_of(seat).where(SavedView.path == path).add_columns(StartPage.view_id)
    begins = (StartPage.view_id == SavedView.id) & (StartPage.seat_id == seat.id)
    rows = db.session.execute(found.outerjoin(StartPage, begins)).all()
    here = urlencode([(key, value) for key, value in request.args.items() if key != "sebelum" and value])
    whom = [("saya", "Untuk saya"), ("opd", f"Untuk {seat.opd.short}")]
    if seat.role is Role.DISKOMINFO:
        whom.append(("semua", "Untuk semua"))
    return SavedViews(
        path, here, [_link(view, start, seat, here) for view, start in rows], whom, ViewForm(formdata=None)
    )


def _link(view: SavedView, start: int | None, seat: Seat, here: str) -> ViewLink:
    whose = "semua" if view.everyone else "OPD" if view.opd_id else ""
    href = f"{view.path}?{view.query}" if view.query else view.path
    return ViewLink(view.id, view.name, href, whose, view.query == here, bool(start), queries.owns_view(view, seat))
