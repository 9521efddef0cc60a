"""/pantauan/tempel: many links and messages in one text; seen first, then taken in, and taken back."""

from collections.abc import Sequence

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock, storage
from app.core.db import held
from app.core.refused import Refused
from app.desk.queries.pasting import Foreseen, asked_about, brought_by, foreseen
from app.desk.routes import bp
from app.extensions import db
from app.monitoring import actions
from app.monitoring.forms import BareForm, PasteForm
from app.monitoring.models import IngestRun, Source
from app.monitoring.policy import visible_runs
from app.monitoring.rules.kinds import SourceKind
from app.people.rules import Role
from app.web import errors
from app.web.access import allow
from app.web.fragments import page
from app.web.nonce import first_use

FORM, DONE = "desk/paste.html", "desk/pasted.html"
SAVE = "simpan"


@bp.route("/pantauan/tempel", methods=["GET", "POST"])
@allow(Role.DISKOMINFO)
def paste():
    form = PasteForm(clock.now())
    if request.method == "GET":
        return _form(form)
    if not form.validate_on_submit():
        return _form(form, 422)
    items = form.items()
    if request.form.get("act") != SAVE:
        return _form(form, seen=foreseen(items, current_user.seat))
    if not first_use(form.nonce.data):
        return redirect(url_for("desk.alerts"), 303)
    try:
        run = actions.paste(form.text.data, items, form.cover(), current_user.seat)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _form(form, 422)
    except storage.DiskFull as full:
        raise errors.DiskFull from full
    flash(f"{run.new} pantauan masuk.")
    return redirect(url_for("desk.pasted", run_id=run.id), 303)


@bp.get("/pantauan/tempel/<int:run_id>")
@allow(Role.DISKOMINFO)
def pasted(run_id: int):
    run = _paste(run_id)
    asked = asked_about(run, current_user.seat)
    return page(DONE, run=run, alerts=brought_by(run.id, current_user.seat), asked=asked, form=BareForm())


@bp.post("/pantauan/tempel/<int:run_id>/urungkan")
@allow(Role.DISKOMINFO)
def take_paste_back(run_id: int):
    run = _paste(run_id)
    gone = actions.take_paste_back(run, current_user.seat)
    left = f" {run.new} yang sudah dikerjakan atau ditempel lagi tetap ada." if run.new else ""
    db.session.commit()
    flash(f"Tempelan diurungkan: {gone} pantauan ditarik.{left}")
    return redirect(url_for("desk.pasted", run_id=run.id), 303)


def _form(form: PasteForm, status: int = 200, seen: Sequence[Foreseen] = ()):
    return page(FORM, status, form=form, seen=seen, forward=actions.address_of(current_user.seat))


def _paste(run_id: int) -> IngestRun:
    """That paste, or 404 for any other kind of reading."""
    wanted = visible_runs(current_user.seat).where(IngestRun.id == run_id, Source.kind == SourceKind.PASTE)
    return db.session.scalar(held(wanted, IngestRun)) or abort(404)
