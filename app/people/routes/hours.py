"""/pengaturan/jam-kerja: when offices work, in Ramadan too, and the jam siaga."""

from datetime import date
from types import SimpleNamespace

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock
from app.core.numbers import whole
from app.extensions import db
from app.people import actions, queries
from app.people.forms.hours import HoursForm
from app.people.models import Opd, WorkingHours
from app.people.routes import bp
from app.people.routes.persons import keepers
from app.people.rules import RAMADAN_BASIS, RAMADAN_GUESS, RAMADAN_HOURS
from app.web import nonce
from app.web.conflicts import conflict
from app.web.fragments import page
from app.web.lists import int_arg

SHOWN = (*("name", "opd", "kind", "first", "friday", "saturday", "sunday"),
         *("works_holidays", "starts_on", "ends_on", "basis"))  # fmt: skip


@bp.get("/pengaturan/jam-kerja")
@keepers
def hours():
    chosen = int_arg("ubah")
    if chosen:
        mine = _kept(chosen)
        return _page(HoursForm(_opds(mine), of=mine, formdata=None).fill(mine), mine)
    return _page(_suggested(int_arg("ramadan")))


@bp.post("/pengaturan/jam-kerja")
@keepers
def hours_save():
    """Add hours, or change those of the field `hours`."""
    sent = whole(request.form.get("hours", ""))
    mine = _kept(sent) if sent else None
    form = HoursForm(_opds(mine))
    if not nonce.first_use(form.nonce.data):
        return _saved(form)
    if mine and form.is_stale(mine):
        db.session.rollback()
        return _page(form, mine, 409, conflict(f"hours:{mine.id}", _stored(mine), form, SHOWN))
    if not form.validate_on_submit():
        db.session.rollback()
        return _page(form, mine, 422)
    if mine:
        actions.change_hours(mine, form.chosen_opd(), form.values(), current_user.seat)
    else:
        actions.add_hours(form.chosen_opd(), form.values(), current_user.seat)
    db.session.commit()
    return _saved(form)


def _saved(form: HoursForm):
    flash(f"{form.name.data} tersimpan. Tenggat yang masih berjalan sedang dihitung ulang.")
    return redirect(url_for("people.hours"), 303)


def _stored(mine: WorkingHours) -> SimpleNamespace:
    """What is kept, field by field as the form shows it."""
    kept = HoursForm(_opds(mine), formdata=None).fill(mine)
    return SimpleNamespace(version=mine.version, **{name: kept[name].data for name in SHOWN})


@bp.post("/pengaturan/jam-kerja/hapus")
@keepers
def hours_remove():
    mine = _kept(whole(request.form.get("hours", "")) or 0)
    actions.remove_hours(mine, db.session.get(Opd, mine.opd_id) if mine.opd_id else None, current_user.seat)
    db.session.commit()
    flash("Dihapus. Tenggat yang masih berjalan sedang dihitung ulang.")
    return redirect(url_for("people.hours"), 303)


def _opds(mine: WorkingHours | None) -> list[Opd]:
    """Those to choose from; whose the hours are stays one of them, or another word would make them everybody's."""
    staffed = queries.staffed_opds()
    own = db.session.get(Opd, mine.opd_id) if mine and mine.opd_id else None
    return staffed if own is None or own in staffed else [*staffed, own]


def _kept(hours_id: int) -> WorkingHours:
    return db.session.get(WorkingHours, hours_id) or abort(404)


def _suggested(year: int | None) -> HoursForm:
    """An empty form, or one with the likely days of a Ramadan to start from."""
    form = HoursForm(queries.staffed_opds(), formdata=None)
    if year in RAMADAN_GUESS:
        first, last = RAMADAN_GUESS[year]
        form.name.data, form.basis.data = f"Jam Ramadan {year}", RAMADAN_BASIS
        form.starts_on.data, form.ends_on.data = date.fromisoformat(first), date.fromisoformat(last)
        form.show_week(RAMADAN_HOURS)
    return form


def _page(form: HoursForm, mine: WorkingHours | None = None, status: int = 200, clash=None):
    today, rows = clock.today(), db.session.scalars(queries.hours_in_order()).all()
    known = {row.starts_on.isoformat() for row in rows}
    return page(
        "people/hours.html",
        status,
        form=form,
        mine=mine,
        clash=clash,
        rows=rows,
        opds={opd.id: opd for opd in form.opds.values()},
        ramadans=[
            year
            for year, (first, last) in RAMADAN_GUESS.items()
            if date.fromisoformat(last) >= today and first not in known
        ],
        today=today,
    )
