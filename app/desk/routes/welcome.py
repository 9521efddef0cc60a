"""/mulai: the first page of somebody who took a seat over, until they have read it."""

from flask import redirect, url_for
from flask_login import current_user

from app.desk.queries import desks
from app.desk.routes import bp
from app.desk.rules.welcome import DUTIES
from app.extensions import db
from app.people.models import Seat
from app.tickets import actions
from app.tickets.queries import handed_over_with
from app.web.access import signed_in
from app.web.forms import Form
from app.web.fragments import page


@bp.get("/mulai")
@signed_in
def welcome():
    seat = current_user.seat
    if not desks.is_newcomer(seat):
        return redirect(url_for("desk.home"), 303)
    former = db.session.get(Seat, seat.follows_id)
    told = {"note": desks.note_for_newcomer(seat), "rows": handed_over_with(seat, seat), "duties": DUTIES[seat.role]}
    return page("desk/welcome.html", former=former, form=Form(formdata=None), **told)


@bp.post("/mulai", endpoint="welcomed")
@signed_in
def begin():
    actions.welcome(db.session.get_one(Seat, current_user.seat.id), current_user.seat)
    db.session.commit()
    return redirect(url_for("desk.home"), 303)
