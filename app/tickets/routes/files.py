"""Evidence, to whom policy gives it."""

from flask import abort
from flask_login import current_user

from app.core.uploads import neutral_name
from app.extensions import db
from app.people.models import Seat
from app.tickets import policy
from app.tickets.models import Evidence, Ticket
from app.tickets.routes import bp
from app.web.access import signed_in
from app.web.downloads import send_kept


@bp.get("/berkas/<int:evidence_id>")
@signed_in
def evidence(evidence_id):
    return send_evidence(evidence_id, current_user.seat)


def send_evidence(evidence_id: int, seat: Seat, ticket_id: int | None = None):
    """The file as `seat` may open it, or 404. With the ticket of a personal link: only the own OPD's files of it."""
    wanted = policy.visible_evidence(seat).where(Evidence.id == evidence_id)
    if ticket_id is not None:
        wanted = wanted.where(Evidence.ticket_id == ticket_id, Evidence.opd_id == seat.opd_id)
    row, sensitive = db.session.execute(wanted.add_columns(Ticket.sensitive)).first() or abort(404)
    return send_kept(row.key, row.media_type, neutral_name(row.id, row.name) if sensitive else row.name)
