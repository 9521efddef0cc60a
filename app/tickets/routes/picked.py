"""/tiket/pilihan: one verb on the tickets that were picked, with their number named before and a way back after."""

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core.numbers import whole
from app.extensions import db
from app.people.models import Seat
from app.people.policy import active_seats
from app.tickets import policy, queries
from app.tickets.actions.bulk import act_named, act_on, take_back
from app.tickets.forms import BulkForm
from app.tickets.models import Ticket
from app.tickets.routes import bp
from app.tickets.rules.bulk import MOST, UNDO, Act
from app.web import nonce
from app.web.access import signed_in
from app.web.fragments import page

PICKED, DONE = "tickets/picked.html", "tickets/picked_done.html"


@bp.get("/tiket/pilihan")
@signed_in
def picked():
    """What is about to happen to how many, before it happens."""
    act, ids = act_named(request.args.get("act", ""), current_user.seat), _ids(request.args.getlist("ids"))
    tickets = _visible(ids)
    if act is None or not tickets:
        flash("Pilih tiket dan tindakannya lebih dulu.", "error")
        return redirect(url_for("tickets.queue"), 303)
    return page(PICKED, act=act, tickets=tickets, form=_form(act, formdata=None))


@bp.post("/tiket/pilihan")
@signed_in
def act_on_picked():
    seat, ids = current_user.seat, _ids(request.form.getlist("ids"))
    undoing = request.form.get("act") == UNDO
    act = act_named(request.form.get("was" if undoing else "act", ""), seat)
    if act is None or not (ids or request.form.getlist("before")):
        flash("Pilih tiket dan tindakannya lebih dulu.", "error")
        return redirect(url_for("tickets.queue"), 303)
    form = _form(act)
    if not nonce.first_use(form.nonce.data):
        flash("Sudah tersimpan.")
        return redirect(url_for("tickets.queue"), 303)
    if undoing:
        outcome = take_back(act, request.form.getlist("before"), seat)
    elif not _complete(form, act):
        db.session.rollback()
        return page(PICKED, 422, act=act, tickets=_visible(ids), form=form)
    else:
        outcome = act_on(ids, act, seat, form.values(act.fields))
    db.session.commit()
    return page(DONE, act=act, outcome=outcome, undoing=undoing, form=_form(act, formdata=None))


def _complete(form: BulkForm, act: Act) -> bool:
    needed = [name for name in act.fields if name not in ("note", "seat")]
    form.refuse({name: WANTED[name] for name in needed if not (form[name].data or "").strip()})
    return not any(form[name].errors for name in needed)


WANTED = {"opd": "Pilih OPD pengampu.", "level": "Pilih tingkatnya.", "reason": "Sebut alasannya dalam satu kalimat."}


def _form(act: Act, **kwargs) -> BulkForm:
    form = BulkForm(**kwargs)
    form.offer(
        opds=policy.opd_choices() if "opd" in act.fields else (),
        seats=_colleagues(current_user.seat) if "seat" in act.fields else (),
    )
    return form


def _colleagues(seat: Seat):
    return db.session.scalars(
        active_seats().where(Seat.opd_id == seat.opd_id).order_by(Seat.role.desc(), Seat.id)
    ).all()


def _visible(ids: list[int]):
    """(id, shown title, sensitive, state) of those that may be seen."""
    wanted = policy.visible_to(current_user.seat).where(Ticket.id.in_(ids)).order_by(Ticket.id)
    columns = (Ticket.id, queries.SHOWN_TITLE, Ticket.sensitive, Ticket.state)
    return db.session.execute(wanted.with_only_columns(*columns)).all()


def _ids(given: list[str]) -> list[int]:
    return list(dict.fromkeys(number for text in given if (number := whole(text))))[:MOST]
