"""Verbs about seats: propose, appoint, confirm, change, end, move away, and «ternyata masih di sini»."""

from datetime import date

from sqlalchemy import select

from app.core import clock, events
from app.core.refused import Refused
from app.extensions import db
from app.people import policy, queries
from app.people.actions.accounts import invite
from app.people.actions.links import end_links
from app.people.actions.sessions import end_sessions
from app.people.models import Opd, Person, Seat
from app.people.rules import SEAT_FIELDS, Role


def appoint(person: Person, opd: Opd, values: dict, by: Seat | None) -> Seat:
    """A seat that works at once, also a temporary one whose decree follows."""
    _refuse_wrong(person.id, opd, values)
    if person.shared and values["role"] is Role.DISKOMINFO:
        raise Refused({"role": "Petugas Diskominfo bertindak dengan akun sendiri, tidak lewat email bersama."})
    seat = Seat(person_id=person.id, opd_id=opd.id, confirmed_at=clock.now(), **_fields(values))
    db.session.add(seat)
    db.session.flush()
    _record("seat.appointed", seat, by, after=_told(seat))
    return seat


def propose(values: dict, by: Seat) -> Seat:
    """An admin OPD names somebody of the own OPD; nothing works until Diskominfo confirms.

    Whether the address is known already is not told: the name typed here is what the OPD goes on seeing.
    """
    person = queries.person_by_email(values["email"]) or _new_person(values)
    _refuse_wrong(person.id, by.opd, values)
    seat = Seat(
        person_id=person.id,
        opd_id=by.opd_id,
        proposed_by_id=by.id,
        proposed_name=values["name"],
        **_fields(values) | {"is_admin": False},
    )
    db.session.add(seat)
    db.session.flush()
    _record("seat.proposed", seat, by, after=_told(seat), text=values["name"])
    return seat


def confirm_seat(seat: Seat, by: Seat) -> None:
    """Let a proposed seat work; whoever has no password yet is invited."""
    if seat.confirmed_at or seat.ended_at:
        return
    seat.confirmed_at = clock.now()
    _record("seat.confirmed", seat, by)
    if not seat.person.password_hash and seat.person.active:
        invite(seat.person, by)


def change_seat(seat: Seat, values: dict, by: Seat) -> bool:
    """Take over changed fields; what was opened under the old rights ends."""
    _refuse_wrong(seat.person_id, seat.opd, values, seat)
    before = _told(seat)
    for name, value in _fields(values).items():
        setattr(seat, name, value)
    after = _told(seat)
    if after == before:
        return False
    rights = {name for name in ("role", "is_admin") if before[name] != after[name]}
    if rights or not seat.active:
        _shut(seat)
    changed = {name for name in after if before[name] != after[name]}
    _record("seat.changed", seat, by, before={n: before[n] for n in changed}, after={n: after[n] for n in changed})
    return True


def end_seat(seat: Seat, by: Seat, reason: str = "") -> None:
    """End a seat (or refuse a proposal) at once, with its sessions and links."""
    if seat.ended_at:
        return
    seat.ended_at = clock.now()
    _shut(seat)
    _record("seat.ended" if seat.confirmed_at else "seat.refused", seat, by, text=reason.strip() or None)


def moved_away(seat: Seat, replacement: str, by: Seat) -> None:
    """«Saya sudah pindah tugas»: the seat's links and sessions end, Diskominfo sees it and asks for a successor."""
    if seat.moved_at:
        return
    seat.moved_at = clock.now()
    _shut(seat)
    _record("seat.moved_away", seat, by, text=replacement.strip() or None)


def stay(seat: Seat, by: Seat) -> None:
    """The holder did not move after all: the seat works again; dead links stay dead."""
    if not seat.moved_at:
        return
    seat.moved_at = None
    _record("seat.stayed", seat, by)


def _shut(seat: Seat) -> None:
    end_sessions(seat_id=seat.id)
    end_links(seat_id=seat.id)


def _new_person(values: dict) -> Person:
    person = Person(name=values["name"], email=values["email"], phone=values.get("phone") or "")
    db.session.add(person)
    db.session.flush()
    return person


def _refuse_wrong(person_id: int, opd: Opd, values: dict, seat: Seat | None = None) -> None:
    errors = {}
    if values["role"] not in policy.roles_for(opd):
        errors["role"] = "Peran ini tidak ada di instansi itu."
    if values.get("is_admin") and values["role"] is not Role.DISKOMINFO:
        errors["is_admin"] = "Hanya petugas Diskominfo yang dapat menjadi admin sistem."
    if values.get("ends_on") and values["ends_on"] < values["starts_on"]:
        errors["ends_on"] = "Hari terakhir harus sesudah hari pertama."
    if _has_one_already(person_id, opd.id, values["role"], seat):
        errors["role"] = "Orang ini sudah punya penunjukan itu. Ubah yang ada, atau akhiri dulu."
    if errors:
        raise Refused(errors)


def _has_one_already(person_id: int, opd_id: int, role: Role, but: Seat | None) -> bool:
    same = (Seat.person_id == person_id, Seat.opd_id == opd_id, Seat.role == role)
    current = select(Seat.id).where(
        *same, Seat.ended_at.is_(None), Seat.ends_on.is_(None) | (Seat.ends_on >= clock.today())
    )
    return db.session.scalar(current.where(Seat.id != (but.id if but else 0)).limit(1)) is not None


def _fields(values: dict) -> dict:
    return {name: values[name] for name in SEAT_FIELDS if name in values}


def _told(seat: Seat) -> dict:
    """The seat's fields as history keeps them."""
    fields = {name: getattr(seat, name) for name in SEAT_FIELDS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def _record(kind: str, seat: Seat, by: Seat | None, **more) -> None:
    events.record(f"person:{seat.person_id}", kind, by, opd_id=seat.opd_id, ref_id=seat.id, **more)
