"""/pengaturan/piket: who watches, a week at a time. All of Diskominfo read it, system admins keep it."""

from datetime import date, datetime, time, timedelta

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock
from app.core.numbers import whole
from app.extensions import db
from app.people import actions, queries
from app.people.forms.hours import DutyForm
from app.people.models import Seat, WatchDuty
from app.people.policy import active_seats
from app.people.routes import bp
from app.people.routes.persons import keepers
from app.people.rules import Role
from app.web import nonce
from app.web.access import allow
from app.web.fragments import page
from app.web.lists import arg

WEEK = timedelta(days=7)


@bp.get("/pengaturan/piket")
@allow(Role.DISKOMINFO)
def duty():
    return _page(_monday(arg("minggu")), DutyForm(_watchers(), formdata=None))


@bp.post("/pengaturan/piket")
@keepers
def duty_add():
    seats = _watchers()
    form = DutyForm(seats)
    if not form.validate_on_submit():
        return _page(_monday(arg("minggu")), form, 422)
    seat = next(seat for seat in seats if str(seat.id) == form.seat.data)
    if nonce.first_use(form.nonce.data):
        actions.add_duty(seat, form.first.data, form.last.data, current_user.seat)
    return _saved(form.first.data, f"{seat.person.name} tercatat berjaga.")


@bp.post("/pengaturan/piket/hapus")
@keepers
def duty_remove():
    gone = db.session.get(WatchDuty, whole(request.form.get("duty", "")) or 0) or abort(404)
    day = clock.local(gone.starts_at).date()
    actions.remove_duty(gone, current_user.seat)
    return _saved(day, "Dihapus dari jadwal.")


def _saved(day: date, words: str):
    db.session.commit()
    flash(words)
    return redirect(url_for("people.duty", minggu=day.isoformat()), 303)


def _watchers() -> list[Seat]:
    return list(db.session.scalars(active_seats().where(Seat.role == Role.DISKOMINFO).order_by(Seat.id)))


def _monday(text: str) -> date:
    """The Monday of the week of a day; of today for want of one."""
    try:
        day = date.fromisoformat(text) if text else clock.today()
    except ValueError:
        abort(404)
    if abs(day.year - clock.today().year) > 20:
        abort(404)
    return day - timedelta(days=day.weekday())


def _page(monday: date, form: DutyForm, status: int = 200):
    since = datetime.combine(monday, time(), clock.zone())
    duties = db.session.scalars(queries.duties_between(since, since + WEEK)).all()
    days = [monday + timedelta(days=n) for n in range(7)]
    return page(
        "people/duty.html",
        status,
        monday=monday,
        days=[(day, [each for each in duties if _watches(each, day)]) for day in days],
        duties=duties,
        form=form,
        last_day=lambda each: clock.local(each.ends_at).date() - timedelta(days=1),
        weeks=_weeks(monday),
    )  # fmt: skip


def _weeks(monday: date) -> list[tuple]:
    """Pills: the week before, this one, and the next."""
    this = "Pekan ini" if monday == _monday("") else "Pekan terpilih"
    named = (("Pekan sebelumnya", -1), (this, 0), ("Pekan berikutnya", 1))
    return [(words, url_for("people.duty", minggu=(monday + n * WEEK).isoformat()), n == 0, None) for words, n in named]


def _watches(each: WatchDuty, day: date) -> bool:
    first, last = clock.local(each.starts_at).date(), clock.local(each.ends_at)
    return first <= day < last.date() or (day == last.date() and last.time() > time())
