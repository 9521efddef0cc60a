"""/pengaturan/orang: everybody, who waits for a decision, and each person's own page."""

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import events
from app.core.refused import Refused
from app.extensions import db
from app.people import actions, policy, queries
from app.people.forms import NewPersonForm, PersonForm, PlacedSeatForm, SeatForm
from app.people.models import Person, Seat
from app.people.routes import bp
from app.people.rules import PERSON_FIELDS, SAID, Role
from app.web import nonce
from app.web.access import allow
from app.web.conflicts import conflict
from app.web.fragments import page
from app.web.lists import arg, slice_of

keepers = allow(Role.DISKOMINFO, admin=True)


@bp.get("/pengaturan/orang")
@keepers
def persons():
    words, after = arg("q"), arg("sesudah")
    rows = slice_of(db.session.execute(queries.persons_after(words, after)).all(), queries.person_cursor)
    return page(
        "people/persons.html",
        persons=rows,
        seats=queries.seats_by_person([row.id for row in rows.rows]),
        waiting=[] if words or after else db.session.scalars(queries.waiting_seats()).all(),
        without=[] if words or after else queries.opds_without_narahubung(),
        words=words,
    )


@bp.route("/pengaturan/orang/baru", methods=["GET", "POST"])
@keepers
def persons_new():
    form = NewPersonForm(queries.staffed_opds())
    if request.method == "GET":
        form.opd.data = arg("opd") or None
        return page("people/person_new.html", form=form)
    if form.validate_on_submit() and nonce.first_use(form.nonce.data):
        try:
            person = _add(form)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused.errors)
        else:
            db.session.commit()
            flash(f"{person.name} ditambahkan.")
            return redirect(url_for("people.persons_one", person_id=person.id), 303)
    elif not form.errors:
        return redirect(url_for("people.persons", q=form.email.data), 303)
    return page("people/person_new.html", 422, form=form)


@bp.get("/pengaturan/orang/<int:person_id>")
@keepers
def persons_one(person_id: int):
    return person_page(policy.kept_person(person_id))


@bp.post("/pengaturan/orang/<int:person_id>")
@keepers
def persons_change(person_id: int):
    person, form = policy.kept_person(person_id), PersonForm()
    if form.is_stale(person):
        return person_page(person, 409, form=form, clash=conflict(f"person:{person.id}", person, form, PERSON_FIELDS))
    if not form.validate_on_submit():
        return person_page(person, 422, form=form)
    try:
        actions.change_person(person, form.person_values(), current_user.seat)
    except Refused as refused:
        form.refuse(refused.errors)
        return person_page(person, 422, form=form)
    return saved(person, "Perubahan tersimpan.")


@bp.post("/pengaturan/orang/<int:person_id>/aktif")
@keepers
def persons_switch(person_id: int):
    """Switch a person off (field `active` empty) or on; nobody locks out themselves."""
    person, active = policy.kept_person(person_id), bool(request.form.get("active"))
    if person.id == current_user.person.id:
        abort(404)
    actions.set_active(person, active, current_user.seat)
    return saved(person, f"{person.name} {'diaktifkan' if active else 'dinonaktifkan'}.")


@bp.post("/pengaturan/orang/<int:person_id>/undangan")
@keepers
def persons_invite(person_id: int):
    person = policy.kept_person(person_id)
    if nonce.first_use(request.form.get("nonce", "")):
        actions.invite(person, current_user.seat)
    return saved(person, f"Undangan untuk {person.email} sedang dikirim.")


def person_page(person: Person, status: int = 200, *, form=None, new=None, seat_form=None, clash=None):
    """A person's page; forms that were refused or clash are shown as they were sent."""
    seats = db.session.scalars(queries.seats_of_person(person.id)).all()
    return page(
        "people/person.html",
        status,
        person=person,
        form=form or PersonForm(of=person, obj=person, formdata=None),
        seats=[
            (seat, seat_form if _is_about(seat_form, seat) else SeatForm(seat.opd, seat, formdata=None))
            for seat in seats
        ],
        new=new or PlacedSeatForm(queries.staffed_opds(), formdata=None),
        clash=clash,
        refused=seat_form,
        history=events.latest(f"person:{person.id}"),
        said=SAID,
    )


def saved(person: Person, words: str):
    """Commit, say so, and show the person's page."""
    db.session.commit()
    flash(words)
    return redirect(url_for("people.persons_one", person_id=person.id), 303)


def _is_about(form, seat: Seat) -> bool:
    return form is not None and form.seat_id == seat.id


def _add(form: NewPersonForm) -> Person:
    """Person, seat and invitation: all or nothing."""
    by = current_user.seat
    person = actions.add_person(form.person_values(), by)
    actions.appoint(person, policy.kept_opd(form.opd.data), form.values(), by)
    if form.invite.data:
        actions.invite(person, by)
    return person
