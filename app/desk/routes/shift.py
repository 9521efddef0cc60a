"""Catatan giliran: what one shift tells the next, on Diskominfo's desk."""

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core.db import held
from app.core.refused import Refused
from app.desk.forms import ShiftForm
from app.desk.routes import bp
from app.extensions import db
from app.people.rules import Role
from app.tickets.actions.shift import finish_note, leave_note
from app.tickets.models import ShiftNote
from app.web import nonce
from app.web.access import allow
from app.web.fragments import page


@bp.get("/giliran")
@allow(Role.DISKOMINFO)
def shift_notes():
    """All of the last ones, those that are done too."""
    return _page(ShiftForm(formdata=None))


@bp.post("/giliran")
@allow(Role.DISKOMINFO)
def leave_shift_note():
    form = ShiftForm()
    if nonce.first_use(form.nonce.data):
        try:
            leave_note(current_user.seat, form.text.data or "")
            db.session.commit()
            flash("Catatan giliran tersimpan.")
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused.errors)
            return _page(form, 422)
    return redirect(url_for("desk.home"), 303)


@bp.post("/giliran/<int:note_id>")
@allow(Role.DISKOMINFO)
def finish_shift_note(note_id: int):
    note = db.session.scalar(held(db.select(ShiftNote).where(ShiftNote.id == note_id), ShiftNote)) or abort(404)
    finish_note(note, current_user.seat, done=request.form.get("do") != "buka")
    db.session.commit()
    return redirect(request.form.get("ke") == "semua" and url_for("desk.shift_notes") or url_for("desk.home"), 303)


def _page(form: ShiftForm, status: int = 200):
    notes = db.session.scalars(db.select(ShiftNote).order_by(ShiftNote.id.desc()).limit(50)).all()
    return page("desk/shift.html", status, notes=notes, form=form)
