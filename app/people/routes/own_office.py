"""/orang: who acts for one's own OPD; Diskominfo sees everybody's, to call them."""

from collections.abc import Iterator

from flask import abort, flash, redirect, url_for
from flask_login import current_user

from app.core import clock
from app.core.refused import Refused
from app.extensions import db
from app.people import actions, policy, queries
from app.people.forms import ProposalForm
from app.people.models import Seat
from app.people.routes import bp
from app.people.rules import Role
from app.web import nonce
from app.web.access import allow
from app.web.downloads import MOST_IN_CSV, TABLE_FORMS, send_table
from app.web.fragments import page
from app.web.lists import arg, list_with, slice_of

HEADER = ("Nama", "Peran", "Jenis", "OPD", "Email", "Telepon", "Dasar", "Mulai", "Sampai", "Keadaan")


@bp.get("/orang")
@allow(Role.DISKOMINFO, Role.ADMIN_OPD, Role.NARAHUBUNG)
def own_office():
    return _own_office()


@bp.get(f"/orang/unduh.<{TABLE_FORMS}:form>")
@allow(Role.DISKOMINFO, Role.ADMIN_OPD, Role.NARAHUBUNG)
def export_office(form):
    """Who acts for which OPD, as the page shows it; a proposed person only by what was proposed."""
    seat = current_user.seat
    listed = queries.everybody(policy.visible_to(seat), arg("q")).limit(MOST_IN_CSV + 1)
    return send_table(form, f"orang-{clock.today():%Y%m%d}", HEADER, _lines(listed, seat.role is Role.DISKOMINFO))


def _lines(listed, everybody: bool) -> Iterator[tuple]:
    for row in db.session.scalars(listed.execution_options(yield_per=500)):
        yield _line(row, bool(everybody or row.confirmed_at))


def _line(row: Seat, known: bool) -> tuple:
    name = row.person.name if known else row.proposed_name or row.person.name
    phone = row.person.phone if known else ""
    days = (row.starts_on.isoformat(), row.ends_on.isoformat() if row.ends_on else "")
    stands = "berlaku" if row.active else "belum dikonfirmasi" if not row.confirmed_at else "tidak berlaku"
    return (name, row.role.label, row.kind.label, row.opd.short, row.person.email, phone, row.basis, *days, stands)


@bp.post("/orang")
@allow(Role.ADMIN_OPD)
def propose():
    form = ProposalForm(current_user.seat.opd)
    if not policy.may_propose(current_user.seat):
        abort(404)
    if not form.validate_on_submit():
        return _own_office(form, 422)
    try:
        if nonce.first_use(form.nonce.data):
            actions.propose(form.values(), current_user.seat)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _own_office(form, 422)
    db.session.commit()
    flash(f"Usulan {form.name.data} menunggu konfirmasi Diskominfo.")
    return redirect(url_for("people.own_office"), 303)


@bp.post("/orang/<int:seat_id>/batal")
@allow(Role.ADMIN_OPD)
def withdraw(seat_id: int):
    """Take back a proposal of one's own OPD that is not confirmed yet."""
    seat = policy.visible_seat(seat_id, current_user.seat)
    if seat.confirmed_at:
        abort(404)
    actions.end_seat(seat, current_user.seat)
    db.session.commit()
    flash("Usulan dibatalkan.")
    return redirect(url_for("people.own_office"), 303)


def _own_office(form: ProposalForm | None = None, status: int = 200):
    seat, words = current_user.seat, arg("q")
    listed = queries.directory(policy.visible_to(seat), words, arg("sesudah"))
    rows = slice_of(db.session.scalars(listed).all(), queries.directory_cursor)
    proposing = policy.may_propose(seat)
    return page(
        "people/own_office.html",
        status,
        rows=rows,
        export=lambda form: list_with(url_for("people.export_office", form=form), ("sesudah",)),
        words=words,
        form=(form or ProposalForm(seat.opd, formdata=None)) if proposing else None,
        without=queries.opds_without_narahubung(None if seat.role is Role.DISKOMINFO else seat.opd_id),
        everybody=seat.role is Role.DISKOMINFO,
    )
