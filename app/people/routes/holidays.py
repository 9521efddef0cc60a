"""/pengaturan/libur: the days on which no working day passes."""

from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock
from app.core.calendar import Holiday
from app.core.refused import Refused
from app.extensions import db
from app.people import actions, queries
from app.people.forms.hours import HolidayForm
from app.people.routes import bp
from app.people.routes.persons import keepers
from app.web import nonce
from app.web.fragments import page
from app.web.lists import int_arg


@bp.get("/pengaturan/libur")
@keepers
def holidays():
    return _holidays(int_arg("tahun", clock.today().year) or 0)


@bp.post("/pengaturan/libur")
@keepers
def holidays_add():
    form = HolidayForm()
    if not form.validate_on_submit():
        return _holidays(clock.today().year, form, 422)
    if not nonce.first_use(form.nonce.data):
        return _saved(form.day.data, "ditambahkan")
    try:
        actions.add_holiday(form.day.data, form.name.data, form.kind.data, form.basis.data or "", current_user.seat)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _holidays(form.day.data.year, form, 422)
    return _saved(form.day.data, "ditambahkan")


@bp.post("/pengaturan/libur/hapus")
@keepers
def holidays_remove():
    holiday = db.session.get(Holiday, _day(request.form.get("day", ""))) or abort(404)
    day = holiday.day
    actions.remove_holiday(holiday, current_user.seat)
    return _saved(day, "dihapus")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)


def _saved(day: date, verb: str):
    db.session.commit()
    flash(f"{clock.long_day(day)} {verb}. Tenggat yang masih berjalan sedang dihitung ulang.")
    return redirect(url_for("people.holidays", tahun=day.year), 303)


def _holidays(year: int, form: HolidayForm | None = None, status: int = 200):
    this = clock.today().year
    if not this - 20 <= year <= this + 20:
        abort(404)
    return page(
        "people/holidays.html",
        status,
        year=year,
        years=[
            (str(y), url_for("people.holidays", tahun=y), y == year, None)
            for y in sorted({*range(this - 1, this + 3), year})
        ],
        days=db.session.scalars(queries.holidays_of(year)).all(),
        missing=queries.years_without_leave([this, this + 1]),
        form=form or HolidayForm(formdata=None),
    )
