"""Steps of a rakor: its agenda, its material, its end."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.agenda import actions, policy
from app.agenda.forms import BareForm, CancelForm, TakeUpForm
from app.agenda.models import AgendaItem, Rakor
from app.agenda.routes import bp
from app.agenda.routes.changing import DONE, WRONG, carry_out, renew
from app.agenda.routes.meetings import show
from app.agenda.rules import Attendance
from app.extensions import db
from app.people.rules import Role
from app.web.access import allow
from app.web.forms import Form


@bp.post("/rakor/<int:rakor_id>/acara")
@allow(Role.DISKOMINFO)
def take_up(rakor_id):
    """The ticked matters come to the end."""
    rakor, form, seat = policy.own_meeting(rakor_id, current_user.seat), TakeUpForm(), current_user.seat
    wanted = policy.visible_items(seat).where(AgendaItem.id.in_(form.items.data or []), AgendaItem.into_id.is_(None))
    items = db.session.scalars(wanted.order_by(AgendaItem.id)).all()
    return _step(rakor, form, lambda: actions.take_up(rakor, seat, items), "Masuk acara.", "take_up", "acara")


@bp.post("/rakor/<int:rakor_id>/acara/<int:item_id>")
@allow(Role.DISKOMINFO)
def arrange_matter(rakor_id, item_id):
    """`do`: naik, turun or keluarkan."""
    seat, form = current_user.seat, BareForm()
    rakor = policy.own_meeting(rakor_id, seat)
    matter = policy.visible_matter(item_id, rakor, seat, lock=True)
    what = request.form.get("do", "")
    acts: dict[str, Callable[[], None]] = {
        "naik": lambda: actions.order(rakor, seat, matter, up=True),
        "turun": lambda: actions.order(rakor, seat, matter, up=False),
        "keluarkan": lambda: actions.drop_matter(rakor, seat, matter),
    }
    if what not in acts:
        return show(rakor, WRONG, bare=form)
    return _step(rakor, form, acts[what], "Acara disusun ulang.", "bare", "acara")


@bp.post("/rakor/<int:rakor_id>/kunci")
@allow(Role.DISKOMINFO)
def lock(rakor_id):
    rakor, form = policy.own_meeting(rakor_id, current_user.seat), BareForm()
    said = "Bahan dikunci: perubahan sesudah ini tidak mengubahnya lagi."
    return _step(rakor, form, lambda: actions.lock(rakor, current_user.seat), said, "bare")


@bp.post("/rakor/<int:rakor_id>/hadir")
@allow(Role.DISKOMINFO)
def attend(rakor_id):
    """`hadir-<id>` and `oleh-<id>` of each guest."""
    rakor, form, seat = policy.own_meeting(rakor_id, current_user.seat), BareForm(), current_user.seat
    came = {guest.id: _attendance(guest.id) for guest in rakor.guests if f"hadir-{guest.id}" in request.form}
    return _step(rakor, form, lambda: actions.attend(rakor, seat, came), "Kehadiran tercatat.", "attend", "hadir")


@bp.post("/rakor/<int:rakor_id>/selesai")
@allow(Role.DISKOMINFO)
def finish(rakor_id):
    rakor, form = policy.own_meeting(rakor_id, current_user.seat), BareForm()
    said = "Rakor selesai. Kertasnya siap diunduh; rencananya ada di RTL."
    return _step(rakor, form, lambda: actions.finish(rakor, current_user.seat), said, "bare")


@bp.post("/rakor/<int:rakor_id>/batal")
@allow(Role.DISKOMINFO)
def cancel(rakor_id):
    rakor, form, seat = policy.own_meeting(rakor_id, current_user.seat), CancelForm(), current_user.seat
    said = "Rakor dibatalkan; perkaranya tetap di agenda."
    return _step(rakor, form, lambda: actions.cancel(rakor, seat, form.reason.data or ""), said, "cancel")


def _step(rakor: Rakor, form: Form, act: Callable[[], object], said: str, name: str, anchor: str | None = None):
    rakor_id = rakor.id
    status = carry_out(form, act, rakor)
    if status == DONE:
        flash(said)
        return redirect(url_for("agenda.rakor", rakor_id=rakor_id, _anchor=anchor), 303)
    rakor = policy.visible_meeting(rakor_id, current_user.seat)
    renew(form, rakor)
    return show(rakor, status, **{name: form})


def _attendance(guest_id: int) -> tuple[Attendance, str]:
    sent = request.form.get(f"hadir-{guest_id}", "")
    known = Attendance(sent) if sent in list(Attendance) else Attendance.UNKNOWN
    return known, request.form.get(f"oleh-{guest_id}", "")[:200]
