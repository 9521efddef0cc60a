"""Verbs about the seats of a person, as system admins use them; the answer is always the person's page."""

from flask import abort, request
from flask_login import current_user

from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.people import actions, policy, queries
from app.people.forms import PlacedSeatForm, SeatForm
from app.people.models import Seat
from app.people.routes import bp
from app.people.routes.persons import keepers, person_page, saved
from app.people.rules import SEAT_FIELDS
from app.web import nonce
from app.web.conflicts import conflict


@bp.post("/pengaturan/orang/<int:person_id>/penunjukan")
@keepers
def persons_appoint(person_id: int):
    person = policy.kept_person(person_id)
    form = PlacedSeatForm(queries.staffed_opds())
    if not form.validate_on_submit():
        return person_page(person, 422, new=form)
    try:
        if nonce.first_use(form.nonce.data):
            actions.appoint(person, policy.kept_opd(form.opd.data), form.values(), current_user.seat)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return person_page(policy.kept_person(person_id), 422, new=form)
    return saved(person, "Penunjukan ditambahkan dan langsung berlaku.")


@bp.post("/pengaturan/penunjukan/<int:seat_id>")
@keepers
def persons_change_seat(seat_id: int):
    seat = policy.visible_seat(seat_id, current_user.seat)
    form = SeatForm(seat.opd, seat)
    if form.is_stale(seat):
        clash = conflict(f"person:{seat.person_id}", seat, form, SEAT_FIELDS)
        return person_page(seat.person, 409, seat_form=form, clash=clash)
    if not form.validate_on_submit():
        return person_page(seat.person, 422, seat_form=form)
    try:
        actions.change_seat(seat, form.values(), current_user.seat)
    except Refused as refused:
        form.refuse(refused.errors)
        return person_page(seat.person, 422, seat_form=form)
    return saved(seat.person, "Penunjukan diubah.")


@bp.post("/pengaturan/penunjukan/<int:seat_id>/konfirmasi")
@keepers
def persons_confirm_seat(seat_id: int):
    seat = policy.visible_seat(seat_id, current_user.seat)
    actions.confirm_seat(seat, current_user.seat)
    return saved(seat.person, f"Penunjukan {seat.label} berlaku.")


@bp.post("/pengaturan/penunjukan/<int:seat_id>/akhiri")
@keepers
def persons_end_seat(seat_id: int):
    """End a seat, refuse a proposal, or settle a move; nobody ends the seat they act in."""
    seat = policy.visible_seat(seat_id, current_user.seat)
    if seat.id == current_user.seat.id:
        abort(404)
    actions.end_seat(seat, current_user.seat, one_line(request.form.get("reason", ""))[:300])
    return saved(seat.person, f"Penunjukan {seat.label} berakhir.")


@bp.post("/pengaturan/penunjukan/<int:seat_id>/tetap")
@keepers
def persons_keep_seat(seat_id: int):
    """The holder did not move away after all."""
    seat: Seat = policy.visible_seat(seat_id, current_user.seat)
    actions.stay(seat, current_user.seat)
    return saved(seat.person, f"Penunjukan {seat.label} berlaku lagi.")
