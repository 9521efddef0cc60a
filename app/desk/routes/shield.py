"""Opening the personal data that the shield took out: with a reason, written down first, shown once."""

from flask import request, url_for
from flask_login import current_user

from app.core.refused import Refused
from app.desk import policy
from app.desk.routes import bp
from app.desk.routes.alerts import ONE
from app.desk.routes.reading import shown
from app.extensions import db
from app.monitoring.actions import sorting
from app.monitoring.forms import UnmaskForm
from app.monitoring.models import Alert, Shielded
from app.people.rules import Role
from app.web.access import allow
from app.web.fragments import answer, fragment, page, wants_fragment
from app.web.nonce import first_use


@bp.post("/pantauan/<int:alert_id>/data-pribadi")
@allow(Role.DISKOMINFO)
def unmask(alert_id: int):
    """The words as they came, in this answer alone. Of a sensitive alert only after «Buka judul asli»."""
    alert = policy.visible_alert(alert_id, current_user.seat)
    taken_out = policy.visible_shielded(alert, current_user.seat)
    form = UnmaskForm(of=alert)
    if not first_use(request.form.get("nonce", "")):
        return answer(ONE, "reader", to=url_for("desk.alert", alert_id=alert_id), **_reader(alert))
    if not form.validate():
        return _refused(alert, form)
    try:
        sorting.note_unmasked(alert, current_user.seat, taken_out.kinds, form.reason.data)
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal.errors)
        return _refused(policy.visible_alert(alert_id, current_user.seat), form)
    alert = policy.visible_alert(alert_id, current_user.seat)
    context = _reader(alert, unmasked=db.session.get_one(Shielded, alert_id), original=True)
    return fragment(ONE, "reader", **context) if wants_fragment() else page(ONE, **context)


def _refused(alert: Alert, form: UnmaskForm):
    return answer(ONE, "reader", to="", status=422, **_reader(alert, unmask_form=form, original=True))


def _reader(alert: Alert, **given) -> dict:
    return shown(alert, **given) | {"whole": not wants_fragment()}
