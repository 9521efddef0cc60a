"""Verbs about persons: add, change, switch off, invite, help with a forgotten password."""

from app.core import events
from app.core.refused import Refused
from app.extensions import db
from app.people import queries
from app.people.actions.links import end_links
from app.people.actions.sessions import end_sessions
from app.people.models import Person, Seat
from app.people.rules import PERSON_FIELDS, Role


def add_person(values: dict, by: Seat | None) -> Person:
    """A new person without seat or password. Raises Refused when the address is somebody's already."""
    _refuse_taken(values["email"])
    person = Person(**{name: values[name] for name in PERSON_FIELDS if values.get(name)})
    db.session.add(person)
    db.session.flush()
    events.record(f"person:{person.id}", "person.added", by, ref_id=person.id, text=person.name)
    return person


def change_person(person: Person, values: dict, by: Seat) -> bool:
    """Take over the person's changed fields; a new address ends links that were mailed to the old one."""
    new = {name: values[name] for name in PERSON_FIELDS if name in values and values[name] != getattr(person, name)}
    if not new:
        return False
    if "email" in new:
        _refuse_taken(new["email"])
        end_links(person_id=person.id)
    _refuse_shared_operator(person, new)
    told = "\n".join(f"{PERSON_FIELDS[name]}: {_said(getattr(person, name))} → {_said(new[name])}" for name in new)
    for name, value in new.items():
        setattr(person, name, value)
    # What changed is personal: it goes to the text, which can be redacted, not into the chain.
    events.record(f"person:{person.id}", "person.changed", by, after={"fields": list(new)}, ref_id=person.id, text=told)
    return True


def _said(value) -> str:
    return {True: "ya", False: "tidak", "": "kosong"}.get(value, value)


def _refuse_shared_operator(person: Person, new: dict) -> None:
    """Whoever keeps the house acts under an own account."""
    if new.get("shared") and any(seat.role is Role.DISKOMINFO and not seat.ended_at for seat in person.seats):
        raise Refused({"shared": "Petugas Diskominfo bertindak dengan akun sendiri, tidak lewat email bersama."})


def set_active(person: Person, active: bool, by: Seat) -> None:
    """Switch a person on or off; off ends sessions and links at once."""
    if person.active == active:
        return
    person.active = active
    if not active:
        end_sessions(person_id=person.id)
        end_links(person_id=person.id)
    kind = "person.activated" if active else "person.deactivated"
    events.record(f"person:{person.id}", kind, by, ref_id=person.id)


def invite(person: Person, by: Seat | None) -> None:
    """Have a link to choose a password mailed; earlier invitations end."""
    end_links(person_id=person.id, purpose="invite")
    events.record(f"person:{person.id}", "person.invited", by, ref_id=person.id)


def request_reset(person: Person) -> None:
    """Have a link to choose a new password mailed, on request of whoever typed the address."""
    end_links(person_id=person.id, purpose="reset")
    events.record(f"person:{person.id}", "person.reset_requested", None, ref_id=person.id)


def _refuse_taken(email: str) -> None:
    if queries.person_by_email(email):
        raise Refused({"email": "Alamat ini sudah dipakai orang lain. Cari dulu di daftar orang."})
