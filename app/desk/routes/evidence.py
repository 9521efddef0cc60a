"""«Bukti tayang»: the sheet of an alert, of all alerts of a ticket, and whether the page is still there."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import select

from app.core.refused import Refused
from app.desk import policy
from app.desk.routes import bp
from app.desk.routes.alerts import ONE
from app.desk.routes.reading import shown
from app.extensions import db
from app.monitoring import actions
from app.monitoring.actions import sorting
from app.monitoring.actions.links import CHECK
from app.monitoring.forms import BareForm, UnmaskForm
from app.monitoring.models import Alert, Shielded
from app.monitoring.queries import work_of
from app.monitoring.queries.evidence import evidence_of
from app.monitoring.rules.evidence import Seen, sheet
from app.people.rules import Role
from app.tickets import policy as tickets
from app.tickets.models import TicketAlert
from app.web.access import allow
from app.web.downloads import send_made
from app.web.fragments import fragment, not_modified, page, tagged, unchanged, wants_fragment
from app.web.nonce import first_use

TEXT = "text/plain; charset=utf-8"


@bp.get("/pantauan/<int:alert_id>/bukti.txt")
@allow(Role.DISKOMINFO)
def evidence(alert_id: int):
    """The sheet with its masks; under a judul aman until this seat has opened the original."""
    alert = policy.visible_alert(alert_id, current_user.seat)
    return _sheet(_seen([alert])[0])


@bp.post("/pantauan/<int:alert_id>/bukti.txt")
@allow(Role.DISKOMINFO)
def evidence_unmasked(alert_id: int):
    """The sheet with the words as they came, for a reason that is written down first."""
    seat = current_user.seat
    alert = policy.visible_alert(alert_id, seat)
    original = policy.visible_shielded(alert, seat)
    form = UnmaskForm(of=alert)
    if not first_use(form.nonce.data):
        return redirect(url_for("desk.alert", alert_id=alert_id), 303)
    try:
        if not form.validate():
            raise Refused({})
        sorting.note_unmasked(alert, seat, original.kinds, form.reason.data)
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal.errors)
        alert = policy.visible_alert(alert_id, seat)
        return page(ONE, 422, whole=True, **shown(alert, evidence_form=form, original=alert.sensitive))
    original = db.session.get_one(Shielded, alert_id)
    seen = _seen([policy.visible_alert(alert_id, seat)])[0]
    return _sheet(seen.uncovered(original.title, original.text))


@bp.get("/tiket/<int:ticket_id>/bukti.zip")
@allow(Role.DISKOMINFO)
def evidence_of_ticket(ticket_id: int):
    """One sheet for each alert behind the ticket, so that each hash can be computed again."""
    seat = current_user.seat
    ticket = tickets.visible_ticket(ticket_id, seat)
    behind = select(TicketAlert.alert_id).where(TicketAlert.ticket_id == ticket.id)
    alerts = db.session.scalars(policy.alerts_for(seat).where(Alert.id.in_(behind)).order_by(Alert.id)).all()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for seen in _seen(alerts):
            archive.writestr(_name(seen), sheet(seen).encode())
    return send_made(packed.getvalue(), "application/zip", f"bukti-tayang-tiket-{ticket.number}.zip")


@bp.post("/pantauan/<int:alert_id>/tautan")
@allow(Role.DISKOMINFO)
def check_link(alert_id: int):
    """«Periksa tautan»: a worker asks; the fragment waits for what it says."""
    alert = policy.visible_alert(alert_id, current_user.seat)
    if first_use(BareForm(of=alert).nonce.data) and alert.url:
        actions.ask_link(alert.id)
        db.session.commit()
    if wants_fragment():
        return _link(policy.visible_alert(alert_id, current_user.seat))
    flash("Tautan sedang diperiksa. Muat ulang halaman ini sebentar lagi.")
    return redirect(url_for("desk.alert", alert_id=alert_id, _anchor=f"tautan-{alert_id}"), 303)


@bp.get("/pantauan/<int:alert_id>/tautan")
@allow(Role.DISKOMINFO)
def link_state(alert_id: int):
    """How the check goes, 304 while it is not done."""
    alert = policy.visible_alert(alert_id, current_user.seat)
    if not wants_fragment():
        return redirect(url_for("desk.alert", alert_id=alert.id, _anchor=f"tautan-{alert.id}"), 303)
    return _link(alert)


def _link(alert: Alert):
    checking = bool(work_of(CHECK, alert.id))
    tag = f"{alert.id}-{alert.link_checked_at}-{checking}"
    if request.method == "GET" and unchanged(tag):
        return not_modified(tag)
    context = shown(alert, checking=checking, link_tag=tag, link_asked=True)
    return tagged(fragment(ONE, "tautan", whole=False, **context), tag)


def _seen(alerts: Sequence[Alert]) -> list[Seen]:
    """What this seat may have in its sheets."""
    seat = current_user.seat
    opened = {alert.id for alert in alerts if policy.reads_original(alert, seat)}
    seen = evidence_of(alerts, seat.signature)
    return [replace(each, safe_title="") if each.number in opened else each for each in seen]


def _sheet(seen: Seen):
    return send_made(sheet(seen).encode(), TEXT, _name(seen))


def _name(seen: Seen) -> str:
    """A neutral name, sensitive or not."""
    return f"bukti-pantauan-{seen.number}.txt"
