"""/cari: one search over what this seat may see."""

from flask_login import current_user

from app.desk.queries.finding import find_alerts, find_proofs, find_tickets
from app.desk.routes import bp
from app.monitoring.policy import may_sort
from app.web.access import signed_in
from app.web.fragments import page
from app.web.lists import Slice, arg, here_with, int_arg


@bp.get("/cari")
@signed_in
def find():
    """Both kinds on the first page; further pages go on with one of them."""
    words, seat = arg("q"), current_user.seat
    older_tickets, older_alerts = int_arg("tiket"), int_arg("pantauan")
    nothing = Slice([], None)
    tickets = find_tickets(words, seat, older_tickets) if words and not older_alerts else nothing
    alerts = find_alerts(words, seat, older_alerts) if words and may_sort(seat) and not older_tickets else nothing
    return page(
        "desk/found.html",
        words=words,
        tickets=tickets,
        alerts=alerts,
        proofs=nothing if older_tickets or not words else find_proofs(words, seat),
        sorts=may_sort(seat),
        going_on=bool(older_tickets or older_alerts),
        here_with=here_with,
    )
