"""`/tiket/<id>/surat`: what one ticket offers to print and to write, and the papers about it."""

from flask_login import current_user

from app.extensions import db
from app.papers import policy, queries
from app.papers.routes import bp
from app.papers.rules import GUIDANCE
from app.tickets import policy as tickets
from app.web.access import signed_in
from app.web.fragments import fragment, page, wants_fragment

PAGE = "papers/ticket.html"


@bp.get("/tiket/<int:ticket_id>/surat")
@signed_in
def of_ticket(ticket_id):
    seat = current_user.seat
    ticket = tickets.visible_ticket(ticket_id, seat)
    told = {
        "t": ticket,
        "kinds": policy.kinds_for(ticket, seat),
        "answered": queries.approved_answer(ticket, seat) is not None,
        "papers": db.session.scalars(queries.about(policy.visible_papers(seat), ticket).limit(20)).all(),
        "prints_disposition": policy.may_print_disposition(ticket, seat),
        "guidance": GUIDANCE,
    }
    return fragment(PAGE, "surat", **told) if wants_fragment() else page(PAGE, **told)
