"""`/usulan`: what is proposed to go up to a superior. A person copies, sends and ticks it; nothing is mailed."""

from flask import redirect, request, url_for
from flask_login import current_user

from app.extensions import db
from app.people.rules import Role
from app.tickets import actions
from app.tickets.actions import Refused
from app.tickets.forms.authority import AsideForm, SentForm
from app.tickets.models import Escalation
from app.tickets.policy.authority import visible_escalation
from app.tickets.queries import authority as queries
from app.tickets.routes import bp
from app.tickets.rules.authority import UP, letter_up
from app.web import nonce
from app.web.access import allow
from app.web.fragments import answer, page
from app.web.lists import PAGE, arg, here_with, int_arg, list_with, slice_of

PAGE_OF = "tickets/escalations.html"


class Proposal:
    """A row of the page with its forms; the one that was refused keeps what was typed."""

    def __init__(self, row, sent: SentForm | None = None, aside: AsideForm | None = None):
        self.row, self.refused = row, bool(sent or aside)
        self.sent = sent or SentForm(formdata=None)
        self.aside = aside or AsideForm(formdata=None)
        if sent is None:
            self.sent.words.data, self.sent.sent_to.data = self.words, self.to

    @property
    def to(self) -> str:
        """The head of the OPD by name where known, else those who decide between OPDs."""
        row = self.row
        if not row.cause.to_head:
            return UP
        head = row.head_position or f"Kepala {row.opd_name or 'OPD'}"
        return f"{head}, {row.head_name}" if row.head_name else head

    @property
    def words(self) -> str:
        row = self.row
        title = "" if row.restricted else row.shown_title
        return letter_up(row.cause, self.to, f"{row.ticket_id:04d}", title, row.opd or "OPD", row.task or 0)


@bp.get("/usulan")
@allow(Role.DISKOMINFO)
def escalations():
    view = arg("tampilan", "terbuka", list(queries.VIEWS))
    wanted = queries.listed(current_user.seat, view)
    if before := int_arg("sebelum"):
        wanted = wanted.where(Escalation.id < before)
    rows = slice_of(db.session.execute(wanted.limit(PAGE + 1)).all(), lambda row: str(row.id))
    more = here_with(sebelum=rows.next) if rows.next else None
    return page(
        PAGE_OF,
        proposals=[Proposal(row) for row in rows.rows],
        pills=_pills(view),
        view=view,
        more=more,
        export=_exported,
    )


def _exported(form: str) -> str:
    """The address of the list as a file."""
    return list_with(url_for("tickets.export_escalations", form=form))


@bp.post("/usulan/<int:escalation_id>/kirim")
@allow(Role.DISKOMINFO)
def escalation_sent(escalation_id):
    """«Tandai sudah dikirim»."""
    form = SentForm()
    return _decide(
        escalation_id,
        form,
        lambda row, seat: actions.mark_sent(row, seat, form.sent_to.data or "", form.words.data or ""),
        sent=form,
    )


@bp.post("/usulan/<int:escalation_id>/kesampingkan")
@allow(Role.DISKOMINFO)
def escalation_aside(escalation_id):
    """«Kesampingkan»."""
    form = AsideForm()
    return _decide(
        escalation_id, form, lambda row, seat: actions.set_aside(row, seat, form.reason.data or ""), aside=form
    )


def _decide(escalation_id: int, form, act, **refused):
    """Once; a repeat shows the first result, 409 when somebody else decided, 422 with what was typed."""
    seat = current_user.seat
    escalation = visible_escalation(escalation_id, seat)
    if nonce.first_use(form.nonce.data):
        try:
            act(escalation, seat)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal.errors)
            return _shown(escalation_id, 409 if "decided" in refusal.errors else 422, **refused)
        db.session.commit()
    if request.headers.get("HX-Request-Type") != "partial":
        return redirect(url_for("tickets.escalations", _anchor=f"usulan-{escalation_id}"), 303)
    return _shown(escalation_id, 200)


def _shown(escalation_id: int, status: int, **forms):
    row = db.session.execute(queries.listed(current_user.seat).where(Escalation.id == escalation_id)).one()
    proposal = Proposal(row, **forms)
    pills = [
        (label, url_for("tickets.escalations", tampilan=name), False, None) for name, label in queries.VIEWS.items()
    ]
    context = {"proposals": [proposal], "pills": pills, "view": "terbuka", "more": None, "export": _exported}
    return answer(PAGE_OF, "usulan", to=url_for("tickets.escalations"), status=status, p=proposal, **context)


def _pills(view: str) -> list[tuple]:
    views = queries.VIEWS.items()
    return [(label, url_for("tickets.escalations", tampilan=name), name == view, None) for name, label in views]
