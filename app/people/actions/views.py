"""Saved views: a list's address under a name, and the one that a seat's day begins with."""

from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete

from app.core.db import insert
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.people.models import SavedView, Seat, StartPage
from app.people.rules import LISTS, Role

LONGEST_NAME, LONGEST_QUERY, MOST_VIEWS = 80, 1000, 30


def save_view(seat: Seat, name: str, path: str, query: str, whom: str) -> SavedView:
    """Keep `path` with `query` under `name` for the seat (saya), its OPD (opd) or everybody (semua). Raises Refused."""
    name = one_line(name)[:LONGEST_NAME]
    if not name:
        raise Refused({"name": "Beri nama tampilannya dulu."})
    if path not in LISTS or len(query) > LONGEST_QUERY:
        raise Refused({"path": "Daftar ini tidak dapat disimpan."})
    if whom == "semua" and seat.role is not Role.DISKOMINFO:
        raise Refused({"whom": "Hanya Diskominfo yang membagikan tampilan kepada semua."})
    own = db.session.query(SavedView).filter_by(seat_id=seat.id).count()
    if own >= MOST_VIEWS:
        raise Refused({"name": f"Sudah ada {MOST_VIEWS} tampilan. Hapus satu dulu."})
    kept = urlencode([(key, value) for key, value in parse_qsl(query) if key != "sebelum"])
    view = SavedView(seat_id=seat.id, name=name, path=path, query=kept)
    view.opd_id, view.everyone = (seat.opd_id if whom == "opd" else None), whom == "semua"
    db.session.add(view)
    db.session.flush()
    return view


def drop_view(view: SavedView) -> None:
    """Whoever began the day with it begins at the desk again."""
    db.session.execute(delete(StartPage).where(StartPage.view_id == view.id))
    db.session.delete(view)


def start_with(seat: Seat, view: SavedView | None) -> None:
    """Begin the day with this view; None: at the desk."""
    if view is None:
        db.session.execute(delete(StartPage).where(StartPage.seat_id == seat.id))
        return
    chosen = insert(StartPage).values(seat_id=seat.id, view_id=view.id)
    db.session.execute(chosen.on_conflict_do_update(index_elements=["seat_id"], set_={"view_id": view.id}))
