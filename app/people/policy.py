"""Who may see and do what with people and offices."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, select

from app.core.db import held
from app.extensions import db
from app.people.models import Opd, Person, Seat
from app.people.rules import OFFICE, Role


def may_propose(seat: Seat) -> bool:
    """An admin OPD proposes people of the own OPD; Diskominfo confirms."""
    return seat.role is Role.ADMIN_OPD and not seat.opd.outside


def visible_to(seat: Seat) -> Select[Seat]:
    """Seats that `seat` may read about: all inside Diskominfo, those of the own OPD inside an OPD, else one's own."""
    seats = select(Seat).join(Seat.person).join(Seat.opd)
    if seat.role is Role.DISKOMINFO:
        return seats
    if seat.role.of_opd:
        return seats.where(Seat.opd_id == seat.opd_id)
    return seats.where(Seat.person_id == seat.person_id)


def visible_seat(seat_id: int, seat: Seat) -> Seat:
    """That seat, or 404."""
    return db.session.scalar(held(visible_to(seat).where(Seat.id == seat_id), Seat)) or abort(404)


def excusable_seat(seat_id: int, by: Seat) -> Seat:
    """A seat whose absence `by` may note: one's own, one of the own OPD for its admin, any for Diskominfo. Or 404."""
    seat = visible_seat(seat_id, by)
    theirs = by.role in (Role.DISKOMINFO, Role.ADMIN_OPD) or seat.person_id == by.person_id
    if not theirs or not seat.confirmed_at or seat.ended_at:
        abort(404)
    return seat


def deputies_for(seat: Seat) -> Sequence[Seat]:
    """Who of the same office may stand in: somebody else who may act today, those of the same role first."""
    others = active_seats().where(Seat.opd_id == seat.opd_id, Seat.person_id != seat.person_id)
    others = others.where(Seat.role.in_((Role.ADMIN_OPD, Role.NARAHUBUNG)) | (Seat.role == seat.role))
    return db.session.scalars(others.order_by(Seat.role != seat.role, Seat.id)).all()


def kept_person(person_id: int) -> Person:
    """A person for those who keep people (their pages are for system admins alone), or 404."""
    return db.session.scalar(held(select(Person).where(Person.id == person_id), Person)) or abort(404)


def kept_opd(code: str) -> Opd:
    """An OPD for those who keep OPDs, switched-off ones too, or 404."""
    return db.session.scalar(held(select(Opd).where(Opd.code == code), Opd)) or abort(404)


def roles_for(opd: Opd) -> list[Role]:
    """What somebody can be in that office: Diskominfo's people may be operators, an outside body has no accounts."""
    if opd.outside:
        return []
    central = [Role.DISKOMINFO] if opd.code == OFFICE else []
    return [*central, Role.ADMIN_OPD, Role.NARAHUBUNG, Role.PIMPINAN]


def active_seats() -> Select[Seat]:
    """Seats that may act today."""
    return select(Seat).join(Seat.person).where(Seat.acts_today())


def own_seats(person_id: int) -> Select[Seat]:
    """The seats a person can act in today."""
    return active_seats().where(Seat.person_id == person_id).order_by(Seat.id)
