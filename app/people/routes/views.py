"""Saved views: kept, begun with, thrown away. The lists themselves show them."""

from flask import abort, flash, redirect, request
from flask_login import current_user

from app.core.refused import Refused
from app.extensions import db
from app.people import actions, queries
from app.people.forms import ViewForm
from app.people.models import SavedView
from app.people.routes import bp
from app.people.rules import LISTS
from app.web import nonce
from app.web.access import signed_in


@bp.post("/tampilan")
@signed_in
def save_view():
    form, seat = ViewForm(), current_user.seat
    path, query = form.path.data or "", form.query.data or ""
    if nonce.first_use(form.nonce.data):
        try:
            view = actions.save_view(seat, form.name.data or "", path, query, form.whom.data or "")
            path, query = view.path, view.query
            db.session.commit()
            flash(f"Tampilan “{view.name}” tersimpan.")
        except Refused as refused:
            db.session.rollback()
            flash(" ".join(refused.errors.values()), "error")
    return redirect(_to(path, query), 303)


@bp.post("/tampilan/<int:view_id>")
@signed_in
def keep_view(view_id: int):
    """«Jadikan halaman awal saya», «Bukan halaman awal lagi», «Hapus»."""
    seat = current_user.seat
    view = db.session.scalar(queries.views_of(seat).where(SavedView.id == view_id)) or abort(404)
    path, query, act = view.path, view.query, request.form.get("do")
    if act == "hapus" and queries.owns_view(view, seat):
        actions.drop_view(view)
        flash(f"Tampilan “{view.name}” dihapus.")
        query = ""
    elif act in ("awal", "bukan-awal"):
        actions.start_with(seat, view if act == "awal" else None)
        flash(f"Hari Anda mulai di “{view.name}”." if act == "awal" else "Hari Anda mulai di meja lagi.")
    db.session.commit()
    return redirect(_to(path, query), 303)


def _to(path: str, query: str) -> str:
    where = path if path in LISTS else "/"
    return f"{where}?{query}" if query and where != "/" else where
