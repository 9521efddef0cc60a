"""Sorting one alert: Jadikan tiket, Gabungkan, Abaikan, judul aman, tone, and taking it back."""

from collections.abc import Callable

from flask import flash, request, url_for
from flask_login import current_user

from app.core import clock
from app.core.db import held
from app.core.refused import Refused
from app.desk import actions, policy
from app.desk.forms import NO_SUCH_TICKET, MergeForm, TicketForm
from app.desk.queries.alerts import rows_of
from app.desk.routes import bp
from app.desk.routes.alerts import ONE
from app.desk.routes.reading import last_sorting, shown, told
from app.desk.rules import so_many_alerts
from app.extensions import db
from app.monitoring.actions import sorting
from app.monitoring.forms import BareForm, IgnoreForm, PlaceForm, SafeTitleForm, ToneForm
from app.monitoring.models import Alert
from app.monitoring.rules.kinds import AlertState, because
from app.people.rules import Role
from app.tickets import actions as tickets
from app.tickets import policy as ticket_policy
from app.tickets.models import Ticket
from app.tickets.rules import Audience
from app.web.access import allow
from app.web.forms import Form
from app.web.fragments import answer, fragment, page, wants_fragment
from app.web.nonce import first_use

Words = tuple[str, bool]
"""What the toast says, and whether it can be undone."""
UNDOING = ("desk.undo", "desk.unmark_sensitive")
"""What a button in a toast asks for: it stands apart from the row that it changes."""


@bp.post("/pantauan/<int:alert_id>/tiket")
@allow(Role.DISKOMINFO)
def promote(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = TicketForm.about([alert], ticket_policy.opd_choices())
    return _sort(alert, form, "tiket", lambda: open_ticket([alert], form))


@bp.post("/pantauan/<int:alert_id>/gabung")
@allow(Role.DISKOMINFO)
def merge(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = MergeForm(of=alert)
    return _sort(alert, form, "gabung", lambda: join_ticket([alert], form))


@bp.post("/pantauan/<int:alert_id>/abaikan")
@allow(Role.DISKOMINFO)
def ignore(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = IgnoreForm(of=alert)
    return _sort(alert, form, "abaikan", lambda: put_aside([alert], form))


@bp.post("/pantauan/<int:alert_id>/judul-aman")
@allow(Role.DISKOMINFO)
def name_safely(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = SafeTitleForm(of=alert)
    return _sort(alert, form, "judul-aman", lambda: _hide_title(alert, form))


@bp.post("/pantauan/<int:alert_id>/sensitif")
@allow(Role.DISKOMINFO)
def mark_sensitive(alert_id: int):
    """At once and over any screen: whatever else changed, it is no reason to go on telling the title."""
    alert = policy.held_alert(alert_id, current_user.seat)
    form = BareForm()
    return _sort(alert, form, "sensitif", lambda: hide_titles([alert], form), undo="desk.unmark_sensitive")


@bp.post("/pantauan/<int:alert_id>/batal-sensitif")
@allow(Role.DISKOMINFO)
def unmark_sensitive(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = BareForm(of=alert)
    return _sort(alert, form, "batal-sensitif", lambda: tell_titles([alert], form))


@bp.post("/pantauan/<int:alert_id>/tone")
@allow(Role.DISKOMINFO)
def judge_tone(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = ToneForm(of=alert)
    return _sort(alert, form, "tone", lambda: _set_tone(alert, form))


@bp.post("/pantauan/<int:alert_id>/tempat")
@allow(Role.DISKOMINFO)
def settle_place(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = PlaceForm(of=alert)
    return _sort(alert, form, "tempat", lambda: _set_place(alert, form))


@bp.post("/pantauan/<int:alert_id>/urungkan")
@allow(Role.DISKOMINFO)
def undo(alert_id: int):
    alert = policy.held_alert(alert_id, current_user.seat)
    form = BareForm(of=alert)
    return _sort(alert, form, "urungkan", lambda: take_back([alert], form))


@bp.post("/pantauan/<int:alert_id>/judul-asli")
@allow(Role.DISKOMINFO)
def open_original(alert_id: int):
    """Show what stands behind a judul aman. Written down first, in a transaction of its own."""
    alert = policy.visible_alert(alert_id, current_user.seat)
    sorting.note_opened(alert, current_user.seat)
    db.session.commit()
    context = _context(alert_id, original=True)
    if wants_fragment():
        return fragment(ONE, "reader", whole=False, **context)
    return page(ONE, whole=True, **context)


def open_ticket(alerts: list[Alert], form: TicketForm) -> Words:
    """One ticket of the alerts. A note without an OPD to forward to stands in the ticket's conversation."""
    values, seat = form.values, current_user.seat
    ticket = tickets.promote(alerts, seat, values)
    if values["note"].strip() and not values["opd"]:
        tickets.note(ticket, seat, values["note"], Audience.SHARED)
    sent = f" dan diteruskan ke {ticket.lead.short}" if ticket.lead else ""
    return f"Tiket #{ticket.number} dibuat{sent}.", not sent


def join_ticket(alerts: list[Alert], form: MergeForm) -> Words:
    """The alerts stand behind an open ticket that this seat may know of."""
    wanted = ticket_policy.visible_to(current_user.seat).where(Ticket.id == (form.ticket.ticket_id or 0))
    ticket = db.session.scalar(held(wanted, Ticket))
    if ticket is None:
        raise Refused({"ticket": NO_SUCH_TICKET})
    tickets.merge(alerts, ticket, current_user.seat)
    return f"Digabungkan ke tiket #{ticket.number}.", True


def put_aside(alerts: list[Alert], form: IgnoreForm) -> Words:
    sorting.ignore(alerts, current_user.seat, form.reason.data or "")
    return f"{so_many_alerts(len(alerts))} diabaikan: {because(form.reason.data)}.", True


def take_back(alerts: list[Alert], _form: Form) -> Words:
    """Whatever was done to them is undone, as far as it can be."""
    behind = [alert for alert in alerts if alert.state is AlertState.TICKETED]
    if behind:
        tickets.release(behind, current_user.seat)
    sorting.restore(alerts, current_user.seat)
    return f"{so_many_alerts(len(alerts))} kembali ke daftar pilah.", False


def hide_titles(alerts: list[Alert], _form: Form) -> Words:
    """Sensitive, each under its number until it gets a judul aman."""
    fresh = [alert for alert in alerts if not alert.sensitive]
    if not fresh:
        return "Sudah sensitif.", False
    actions.mark_sensitive(fresh, current_user.seat)
    many = f"{len(fresh)} pantauan ditandai" if len(fresh) > 1 else "Ditandai"
    return f"{many} sensitif. Judulnya tidak tampil lagi; tulis judul aman bila sempat.", len(fresh) == len(alerts)


def tell_titles(alerts: list[Alert], _form: Form) -> Words:
    """The marks are taken back; not from what was given a judul aman."""
    actions.unmark_sensitive(alerts, current_user.seat)
    return f"{so_many_alerts(len(alerts))} tidak lagi ditandai sensitif.", False


def _hide_title(alert: Alert, form: SafeTitleForm) -> Words:
    actions.name_safely(alert, current_user.seat, form.safe_title.data or "")
    return "Judul aman dipakai di semua daftar, surat, dan pencarian.", False


def _set_tone(alert: Alert, form: ToneForm) -> Words:
    sorting.set_tone(alert, current_user.seat, form.tone.data or "")
    return f"Tone menjadi {alert.tone.label.lower() if alert.tone else 'belum dinilai'}.", False


def _set_place(alert: Alert, form: PlaceForm) -> Words:
    sorting.set_place(alert, current_user.seat, form.place.data or "")
    return f"Tempatnya {alert.place}.", False


def _sort(alert: Alert, form: Form, block: str, act: Callable[[], Words], undo: str = "desk.undo"):
    """The way of every verb: once per nonce, not over a stale screen, with the errors beside the fields."""
    alert_id = alert.id
    if not first_use(request.form.get("nonce", "")):
        return _sorted(alert_id, ("Sudah tersimpan.", False))
    if form.is_stale(alert):
        db.session.rollback()
        return _refused(alert_id, form, block, 409)
    if not form.validate():
        db.session.rollback()
        return _refused(alert_id, form, block, 422)
    try:
        words = act()
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal.errors)
        return _refused(alert_id, form, block, 422)
    return _sorted(alert_id, words, undo)


def _sorted(alert_id: int, words: Words, undo: str = "desk.undo"):
    """The row as it is now, with a toast that takes it back; without script the alert's page."""
    db.session.rollback()
    to = url_for("desk.alert", alert_id=alert_id)
    if not wants_fragment():
        flash(words[0])
        return answer(ONE, "reader", to=to)
    alert = policy.visible_alert(alert_id, current_user.seat)
    row = rows_of([alert_id], current_user.seat)[alert_id]
    back = url_for(undo, alert_id=alert_id) if words[1] else None
    form = BareForm(of=alert, formdata=None)
    apart = request.endpoint in UNDOING
    return page("desk/_sorted.html", row=row, words=words[0], undo=back, form=form, dated=False, apart=apart)


def _refused(alert_id: int, form: Form, block: str, status: int):
    """The form with what was typed: beside its fields what is wrong, or who was first and what they did."""
    context = {NAMES[type(form)]: form, "refused": block, **_conflict(alert_id, form, status)}
    if request.endpoint in UNDOING and wants_fragment():
        return page("desk/_cannot.html", status, form=form, conflict=context.get("conflict"))
    name = block.replace("-", "_")
    response = answer(ONE, name, to="", status=status, whole=not wants_fragment(), **_context(alert_id, **context))
    response.headers["HX-Retarget"] = f"#{block}-{alert_id}"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _conflict(alert_id: int, form: Form, status: int) -> dict:
    if status != 409:
        return {}
    alert = policy.visible_alert(alert_id, current_user.seat)
    form.version.data = str(alert.version)
    event = last_sorting(alert)
    if event is None:
        return {"conflict": ("Sumbernya", clock.now(), "memperbarui pantauan ini.")}
    return {"conflict": (event.actor, event.at, told(event))}


def _context(alert_id: int, **given) -> dict:
    return shown(policy.visible_alert(alert_id, current_user.seat), **given)


NAMES = {
    TicketForm: "ticket_form",
    MergeForm: "merge_form",
    IgnoreForm: "ignore_form",
    SafeTitleForm: "safe_form",
    ToneForm: "tone_form",
    PlaceForm: "place_form",
    BareForm: "bare_form",
}
