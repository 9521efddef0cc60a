"""/kalender: rakor, plans, reviews and deadlines by their days, as far as the reader may know of them."""

from flask import abort, request
from flask_login import current_user

from app.core import clock
from app.desk.queries import calendar as queries
from app.desk.routes import bp
from app.desk.rules.month import Month, day_named
from app.web.access import signed_in
from app.web.fragments import page


@bp.get("/kalender")
@signed_in
def calendar():
    month = Month.read(request.args.get("bulan", ""), clock.today())
    days = queries.dated(month.days, current_user.seat)
    return page("desk/calendar.html", month=month, days=days, today=clock.today())


@bp.get("/kalender/<day>")
@signed_in
def calendar_day(day: str):
    date, seat = day_named(day) or abort(404), current_user.seat
    found = queries.dated([date], seat)[date]
    return page(
        "desk/calendar_day.html",
        day=date,
        month=Month(date.replace(day=1)),
        found=found,
        due_tickets=queries.due_tickets(date, seat) if found.tickets else [],
        due_tasks=queries.due_tasks(date, seat) if found.tasks else [],
    )
