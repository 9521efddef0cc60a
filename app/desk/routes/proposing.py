"""`/isu/<id>/usulkan`: an isu is proposed to the agenda, under the title that its reader is told."""

from flask import abort
from flask_login import current_user

from app.agenda import queries as agenda
from app.agenda.actions.matters import Origin
from app.agenda.forms import ProposalForm
from app.agenda.routes.proposing import propose, to_matter
from app.desk.queries import isu as queries
from app.desk.routes import bp
from app.people.rules import Role
from app.web.access import allow


@bp.route("/isu/<int:isu_id>/usulkan", methods=["GET", "POST"])
@allow(Role.DISKOMINFO)
def propose_isu(isu_id: int):
    seat = current_user.seat
    isu = queries.titled(isu_id, seat) or abort(404)
    if known := agenda.item_of_isu(isu_id, seat):
        return to_matter(known)
    form = ProposalForm(data={"title": isu.title, "why": _why(isu_id, seat)})
    return propose(form, lambda: Origin(isu_id=isu_id, title=isu.title), isu=isu)


def _why(isu_id: int, seat) -> str:
    """What speaks for it, in one sentence that its page can be asked about."""
    held = queries.summaries([isu_id], seat).get(isu_id)
    if not held:
        return ""
    negative = f", {held.negative} negatif" if held.negative else ""
    tickets = f", {held.tickets} tiket" if held.tickets else ""
    return f"{held.alerts} pantauan dari {held.outlets} sumber{negative}{tickets}."
