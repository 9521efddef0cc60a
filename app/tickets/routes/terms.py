"""/pengaturan/tenggat: how long things may take, a try-out, and whether open items follow the last changes."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import func, select

from app.core import clock
from app.core.calendar import NoHours, Unit
from app.core.numbers import whole
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Person, Seat
from app.people.rules import Role
from app.tickets import policy
from app.tickets.actions.following import behind
from app.tickets.actions.terms import add_term, end_term, policy_for, reckoned
from app.tickets.forms.terms import TermForm
from app.tickets.models import ClockChange, ClockPolicy
from app.tickets.routes import bp
from app.tickets.routes.telling import Sum
from app.tickets.rules import Level, Origin, TicketClass
from app.tickets.rules.terms import What
from app.web import menu, nonce
from app.web.access import allow
from app.web.fragments import page
from app.web.lists import arg

keepers = allow(Role.DISKOMINFO, admin=True)
MOST_CHANGES = 10
TRIED = (What.FIRST_REACTION, What.TAKE_ON, What.FIRST_ANSWER, What.FINISHED, What.AUTHORITY, What.RULING)

menu.offer("tickets.terms", "Tenggat", "Lama waktu tiap langkah menurut jenis dan tingkat, dan hitungannya.")


@bp.get("/pengaturan/tenggat")
@keepers
def terms():
    return _page(TermForm(formdata=None, effective_on=clock.today()))


@bp.post("/pengaturan/tenggat")
@keepers
def terms_add():
    form = TermForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    if nonce.first_use(form.nonce.data):
        try:
            add_term(form.values(), current_user.seat)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused.errors)
            return _page(form, 422)
    return _saved("Tenggat tersimpan. Yang masih berjalan sedang dihitung ulang.")


@bp.post("/pengaturan/tenggat/akhiri")
@keepers
def terms_end():
    row = db.session.get(ClockPolicy, whole(request.form.get("term", "")) or 0) or abort(404)
    try:
        end_term(row, current_user.seat)
    except Refused as refused:
        db.session.rollback()
        form = TermForm(formdata=None, effective_on=clock.today())
        form.refuse(refused.errors)
        return _page(form, 422)
    return _saved("Diakhiri. Yang masih berjalan sedang dihitung ulang.")


def _saved(words: str):
    db.session.commit()
    flash(words)
    return redirect(url_for("tickets.terms"), 303)


def _page(form: TermForm, status: int = 200):
    rows = db.session.scalars(select(ClockPolicy).order_by(ClockPolicy.effective_on.desc(), ClockPolicy.id)).all()
    today = clock.today()
    return page(
        "tickets/terms.html",
        status,
        form=form,
        groups=[(what, [row for row in rows if row.what == what and not _over(row, today)]) for what in What],
        past=[(What(row.what), row) for row in rows if _over(row, today)],
        today=today,
        try_out=_try_out(),
        changes=_changes(),
        told=_covered,
        unit_label=lambda unit: Unit(unit).label,
        kinds=[(kind.value, kind.label) for kind in TicketClass],
        levels=[(level.value, level.label) for level in Level],
        origins=[(origin.value, origin.label) for origin in Origin],
    )


def _over(row: ClockPolicy, today: date) -> bool:
    return row.ends_on is not None and row.ends_on < today


def _covered(row: ClockPolicy) -> str:
    """For which matters a term is, as Diskominfo reads it."""
    names = [value.label for value in (row.ticket_class, row.level, row.origin) if value]
    return ", ".join(names) or "semua perkara"


@dataclass(frozen=True)
class TryOut:
    """«Coba hitung»: what was asked, and the dates with their sums."""

    ticket_class: str
    level: str
    origin: str
    opd: str
    at: str
    opds: list
    sums: list[Sum]
    error: str = ""


def _try_out() -> TryOut:
    """Nothing is stored: the question is the address."""
    kind = arg("jenis", TicketClass.MEDIA, list(TicketClass))
    level, origin = arg("tingkat", Level.BIASA, list(Level)), arg("asal", Origin.MEDIA, list(Origin))
    opds = policy.opd_choices()
    opd = next((each for each in opds if each.code == arg("opd")), None)
    asked, error, sums = arg("diterima"), "", []
    if asked:
        try:
            start = clock.parse_local(asked)
            _near(start)
            for what in TRIED:
                term = policy_for(what, TicketClass(kind), Level(level), Origin(origin), start)
                by_centre = what in (What.AUTHORITY, What.RULING)
                found = reckoned(term, start, opd.id if opd and not by_centre else None, "Mulai")
                lines = [(line.what, line.more, line.sum) for line in found.lines]
                sums.append(Sum(what.label, lines, found.due_at))
        except NoHours:
            error = "Jam kerja yang tersimpan tidak pernah buka. Periksa Jam kerja."
        except ValueError:
            error = "Tulis tanggal dan jam, misalnya 26-11-2026 15:20."
    return TryOut(
        kind, level, origin, opd.code if opd else "", asked or clock.for_input(clock.now()), opds, sums, error
    )


def _near(start: datetime) -> None:
    if abs(start.year - clock.today().year) > 20:
        raise ValueError("too far")


def _changes() -> list[tuple]:
    """(change, who, how many open tickets have not followed yet), the newest first."""
    listed = select(ClockChange, Person.name).outerjoin(Seat, Seat.id == ClockChange.seat_id)
    listed = listed.outerjoin(Person, Person.id == Seat.person_id).order_by(ClockChange.id.desc()).limit(MOST_CHANGES)
    rows = db.session.execute(listed).all()
    running = [change for change, _name in rows if change.reckoned_at is None]
    left = {}
    for change in running[:1]:
        left[change.id] = db.session.scalar(select(func.count()).select_from(behind(change.id).subquery()))
    return [(change, name or "Sistem", left.get(change.id)) for change, name in rows]
