"""Who may know of a ticket: judul aman, restricted, child case on one page; the alarm's page; emergency opening."""

from collections.abc import Callable

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.extensions import db, limiter
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import policy
from app.tickets.actions import Refused, secrecy
from app.tickets.forms.secrecy import PLACES, ChildForm, CircleForm, EmergencyForm, JudulAmanForm, ReasonForm
from app.tickets.models import Ticket
from app.tickets.policy import secrecy as who
from app.tickets.routes import bp
from app.tickets.rules.secrecy import wrong_circle
from app.web import nonce
from app.web.access import allow
from app.web.conflicts import conflict
from app.web.forms import Form
from app.web.fragments import page

PAGE = "tickets/secrecy.html"
WHATS = "any('judul-aman','cabut-judul-aman',terbatas,'cabut-terbatas',anak,'cabut-anak')"
TAKES_BACK = {"judul-aman": "cabut-judul-aman", "cabut-judul-aman": "judul-aman"}
"""What «Urungkan» does after each of these."""
SAID = {
    "judul-aman": "Judul aman dipakai di mana pun tiket ini disebut.",
    "cabut-judul-aman": "Judul tiket ditampilkan lagi.",
    "terbatas": "Tiket ini sekarang hanya terbuka bagi yang Anda tunjuk.",
    "cabut-terbatas": "Batasan dicabut. Tiket ini terlihat lagi seperti tiket lain.",
    "anak": "Dicatat sebagai perkara anak. Pantauan di belakangnya memakai judul aman. Pertimbangkan membatasinya.",
    "cabut-anak": "Tanda perkara anak dicabut. Judul amannya tetap dipakai.",
}


class SecrecyView:
    """One ticket's secrecy before one seat; the form that was sent stands in its place."""

    def __init__(self, ticket: Ticket, seat: Seat):
        self.ticket, self.seat = ticket, seat
        self.people = who.candidates(ticket)
        self.circle = who.circle(ticket) if ticket.restricted else []
        self.may_change_circle = who.may_change_circle(ticket, seat)
        self.losing: list[str] = []
        self.naming: tuple[list[str], list[str]] | None = None
        self.clash: dict | None = None
        self.posted = ""
        named = {row.NamedOfficer.person_id: row.NamedOfficer for row in self.circle if row.NamedOfficer.until is None}
        chosen = {person: "pengganti" if row.deputy else "petugas" for person, row in named.items()}
        made = {"formdata": None, "of": ticket}
        safe = {"safe_title": ticket.safe_title}
        child = safe | {"safe_summary": ticket.safe_summary, "case_reference": ticket.case_reference}
        self.forms: dict[str, Form] = {
            "judul-aman": JudulAmanForm(data=safe, **made),
            "cabut-judul-aman": Form(**made),
            "terbatas": CircleForm(chosen=chosen, **made),
            "cabut-terbatas": ReasonForm(**made),
            "anak": ChildForm(data=child, **made),
            "cabut-anak": Form(**made),
        }

    @property
    def news(self) -> str:
        """What was just done, as an address of this page says it."""
        return SAID.get(request.args.get("kabar", ""), "")

    @property
    def takes_back(self) -> str:
        return TAKES_BACK.get(request.args.get("kabar", ""), "")

    @property
    def lead_left_out(self) -> bool:
        """Whether nobody of the lead OPD is among those who are named."""
        offices = {seat.person_id: seat.opd_id for seat in self.people}
        named = {row.NamedOfficer.person_id for row in self.circle if row.NamedOfficer.until is None}
        lead = self.ticket.lead_opd_id
        return bool(lead and self.ticket.restricted and lead not in {offices.get(person) for person in named})

    def of_opd(self) -> list[tuple[str, list[Seat]]]:
        """The people who may be named, by office."""
        offices: dict[str, list[Seat]] = {}
        for seat in self.people:
            offices.setdefault(seat.opd.short, []).append(seat)
        return list(offices.items())

    def ask(self, officers: list[int], deputies: list[int]) -> None:
        """Say who will have the matter and who loses sight of it, before anything is done."""
        names = {seat.person_id: f"{seat.person.name} ({seat.opd.short})" for seat in self.people}
        self.naming = ([names[each] for each in officers], [names[each] for each in deputies])
        kept = {*officers, *deputies}
        self.losing = [name for person, name in who.readers(self.ticket).items() if person not in kept]


@bp.get("/tiket/<int:ticket_id>/kerahasiaan")
@allow(Role.DISKOMINFO)
def secrecy_of(ticket_id):
    ticket = policy.visible_ticket(ticket_id, current_user.seat)
    return _page(SecrecyView(ticket, current_user.seat))


@bp.post(f"/tiket/<int:ticket_id>/kerahasiaan/<{WHATS}:what>")
@allow(Role.DISKOMINFO)
def change_secrecy(ticket_id, what):
    """One of the forms of the page. A circle is first shown with who loses sight; the second time it acts."""
    seat = current_user.seat
    ticket = policy.visible_ticket(ticket_id, seat, lock=True)
    form = _form(what, ticket)
    if form.is_stale(ticket):
        return _again(ticket_id, what, form, {}, 409)
    if isinstance(form, CircleForm) and not form.sure:
        return _ask(ticket_id, what, form)
    if nonce.first_use(form.nonce.data):
        try:
            ACTS[what](ticket, seat, form)
        except Refused as refused:
            return _again(ticket_id, what, form, refused.errors, 422)
        db.session.commit()
    return _afterwards(ticket_id, what)


def _form(what: str, ticket: Ticket) -> Form:
    if what == "terbatas":
        return CircleForm(of=ticket, sent=request.form.to_dict())
    kinds: dict[str, type[Form]] = {"judul-aman": JudulAmanForm, "anak": ChildForm, "cabut-terbatas": ReasonForm}
    return kinds.get(what, Form)(of=ticket)


def _ask(ticket_id: int, what: str, form: CircleForm):
    db.session.rollback()
    ticket = policy.visible_ticket(ticket_id, current_user.seat)
    view = SecrecyView(ticket, current_user.seat)
    officers, deputies = form.circle(view.people)
    if wrong := wrong_circle(officers, deputies, [seat.person_id for seat in view.people]):
        return _again(ticket_id, what, form, {"officers": wrong}, 422)
    view.forms[what], view.posted = form, what
    view.ask(officers, deputies)
    return _page(view)


def _again(ticket_id: int, what: str, form: Form, errors: dict[str, str], status: int):
    db.session.rollback()
    view = SecrecyView(policy.visible_ticket(ticket_id, current_user.seat), current_user.seat)
    form.refuse(errors)
    view.forms[what], view.posted = form, what
    if status == 409:
        names = [name for name in ("safe_title", "safe_summary", "case_reference") if name in form]
        view.clash = conflict(view.ticket.stream, view.ticket, form, names)
    return _page(view, status)


def _afterwards(ticket_id: int, what: str):
    """Back to the page; whoever has left himself out is led to the list."""
    seen = policy.visible_to(current_user.seat).where(Ticket.id == ticket_id)
    if db.session.scalar(seen) is None:
        flash(f"{SAID[what]} Anda sendiri tidak termasuk.", "done")
        return redirect(url_for("tickets.queue"), 303)
    return redirect(url_for("tickets.secrecy_of", ticket_id=ticket_id, kabar=what), 303)


def _page(view: SecrecyView, status: int = 200):
    return page(PAGE, status, v=view, t=view.ticket, places=PLACES)


def _restrict(ticket: Ticket, seat: Seat, form) -> None:
    secrecy.restrict(ticket, seat, *form.circle(who.candidates(ticket)))


ACTS: dict[str, Callable[[Ticket, Seat, Form], None]] = {
    "judul-aman": lambda ticket, seat, form: secrecy.mark_sensitive(ticket, seat, form.data["safe_title"] or ""),
    "cabut-judul-aman": lambda ticket, seat, form: secrecy.unmark_sensitive(ticket, seat),
    "terbatas": _restrict,
    "cabut-terbatas": lambda ticket, seat, form: secrecy.unrestrict(ticket, seat, form.data["reason"] or ""),
    "anak": lambda ticket, seat, form: secrecy.mark_child_case(ticket, seat, form.data),
    "cabut-anak": lambda ticket, seat, form: secrecy.unmark_child_case(ticket, seat),
}


# ── nobody is left of those who were named ──────────────────────────────


@bp.get("/tiket/terbatas")
@allow(Role.DISKOMINFO, admin=True)
def unattended():
    """Number and OPD of restricted tickets that nobody can open any more; never what they are about."""
    return page("tickets/unattended.html", rows=db.session.execute(who.unattended(current_user.seat)).all())


@bp.get("/tiket/terbatas/<int:ticket_id>")
@allow(Role.DISKOMINFO, admin=True)
def unattended_one(ticket_id):
    ticket = who.unattended_ticket(ticket_id, current_user.seat)
    return _naming(ticket, CircleForm(formdata=None, of=ticket))


@bp.post("/tiket/terbatas/<int:ticket_id>")
@allow(Role.DISKOMINFO, admin=True)
def name_anew(ticket_id):
    ticket = who.unattended_ticket(ticket_id, current_user.seat)
    form = CircleForm(of=ticket, sent=request.form.to_dict())
    if form.is_stale(ticket):
        form.version.data = str(ticket.version)
        form.refuse({"": "Tiket ini baru saja berubah. Periksa pilihan Anda, lalu simpan lagi."})
        return _naming(ticket, form, 409)
    if nonce.first_use(form.nonce.data):
        try:
            secrecy.name_anew(ticket, current_user.seat, *form.circle(who.candidates(ticket)))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused.errors)
            return _naming(who.unattended_ticket(ticket_id, current_user.seat), form, 422)
        db.session.commit()
    flash(f"Petugas tiket #{ticket_id:04d} ditunjuk.", "done")
    return redirect(url_for("tickets.unattended"), 303)


def _naming(ticket: Ticket, form: CircleForm, status: int = 200):
    people = who.candidates(ticket)
    lead = ticket.lead.short if ticket.lead else ""
    return page("tickets/unattended_one.html", status, number=ticket.number, ticket_id=ticket.id, lead=lead,
                people=people, form=form, places=PLACES)  # fmt: skip


# ── emergency opening ───────────────────────────────────────────────────


def _me() -> str:
    return f"emergency:{current_user.seat.person_id}" if current_user.is_authenticated else "nobody"


@bp.get("/tiket/darurat")
@allow(Role.DISKOMINFO, Role.ADMIN_OPD, Role.NARAHUBUNG)
def emergency():
    if not who.may_try_emergency(current_user.seat):
        abort(404)
    return page("tickets/emergency.html", form=EmergencyForm(formdata=None))


@bp.post("/tiket/darurat")
@limiter.limit("10 per hour", key_func=_me, deduct_when=lambda response: response.status_code == 422)
@allow(Role.DISKOMINFO, Role.ADMIN_OPD, Role.NARAHUBUNG)
def open_in_emergency():
    """Opens for a day, with a reason that all named officers read. Whatever cannot be opened gets one sentence."""
    if not who.may_try_emergency(current_user.seat):
        abort(404)
    form = EmergencyForm()
    if nonce.first_use(form.nonce.data):
        try:
            secrecy.open_in_emergency(form.ticket_id, current_user.seat, form.reason.data or "")
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused.errors)
            return page("tickets/emergency.html", 422, form=form)
        db.session.commit()
    return redirect(url_for("tickets.show", ticket_id=form.ticket_id or 0), 303)
