"""The people of the tests: two agencies, each with an admin and a narahubung, the office, and a leader."""

from functools import lru_cache

from argon2 import PasswordHasher

from app.core import clock
from app.extensions import db
from app.people.models import Opd, Person, Seat
from app.people.rules import Role
from tests.harness.client import PASSWORD

AGENCIES = (
    ("DISKOMINFO", "Dinas Komunikasi dan Informatika", "Diskominfo", "dinas"),
    ("SETDA", "Sekretariat Daerah", "Setda", "sekretariat"),
    ("DISDIKBUD", "Dinas Pendidikan dan Kebudayaan", "Disdikbud", "dinas"),
    ("DPU", "Dinas Pekerjaan Umum", "Dinas PU", "dinas"),
    ("PLN", "PLN UP3 Samarinda", "PLN", "eksternal"),
)
SEATS = (
    ("operator@diskominfo.demo", "Rina Operator", "DISKOMINFO", Role.DISKOMINFO, False),
    ("kepala@diskominfo.demo", "Hendra Kepala", "DISKOMINFO", Role.DISKOMINFO, True),
    ("admin@disdikbud.demo", "Dewi Admin", "DISDIKBUD", Role.ADMIN_OPD, False),
    ("narahubung@disdikbud.demo", "Budi Narahubung", "DISDIKBUD", Role.NARAHUBUNG, False),
    ("admin@dpu.demo", "Sari Admin", "DPU", Role.ADMIN_OPD, False),
    ("narahubung@dpu.demo", "Joko Narahubung", "DPU", Role.NARAHUBUNG, False),
    ("pimpinan@kukar.demo", "Siti Pimpinan", "SETDA", Role.PIMPINAN, False),
)


@lru_cache
def cheap_hash() -> str:
    """A real argon2id hash of PASSWORD that costs next to nothing to check."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def settle() -> dict[str, Seat]:
    """Write agencies, persons and seats; returns the seats by email. The password is PASSWORD. Commits."""
    opds = {
        code: Opd(code=code, name=name, short=short, kind=kind, position=at)
        for at, (code, name, short, kind) in enumerate(AGENCIES)
    }
    seats = {}
    for email, name, code, role, is_admin in SEATS:
        person = Person(name=name, email=email, password_hash=cheap_hash())
        seats[email] = Seat(
            person=person, opd=opds[code], role=role, is_admin=is_admin, basis="SK 1/2026", confirmed_at=clock.now()
        )
    db.session.add_all([*opds.values(), *seats.values()])
    db.session.commit()
    return seats
