"""Evidence: downloaded, never run. Only pictures that we encoded ourselves are shown in place."""

from flask import abort, send_file
from flask_login import current_user

from app.core import storage
from app.extensions import db
from app.people.models import Seat
from app.tickets import policy
from app.tickets.models import Evidence
from app.tickets.routes import bp
from app.web.access import signed_in


@bp.get("/berkas/<int:evidence_id>")
@signed_in
def evidence(evidence_id):
    return send_evidence(evidence_id, current_user.seat)


def send_evidence(evidence_id: int, seat: Seat, ticket_id: int | None = None):
    """The file as `seat` may open it, or 404. With the ticket of a personal link: only the own OPD's files of it."""
    wanted = policy.visible_evidence(seat).where(Evidence.id == evidence_id)
    if ticket_id is not None:
        wanted = wanted.where(Evidence.ticket_id == ticket_id, Evidence.opd_id == seat.opd_id)
    row = db.session.scalar(wanted) or abort(404)
    if not storage.exists(row.key):
        abort(404)
    inline = row.media_type == "image/jpeg"
    response = send_file(
        storage.path(row.key),
        mimetype=row.media_type,
        as_attachment=not inline,
        download_name=row.name,
        conditional=False,
        max_age=None,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
