"""The offices, people and sources among which volume data happens."""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

from sqlalchemy import select

from app.core import clock
from app.demo import cast
from app.extensions import db
from app.monitoring.models import Source
from app.monitoring.rules.kinds import Channel, SourceKind
from app.people.actions import seed_holidays, seed_hours, seed_opds
from app.people.models import Opd, Person, Seat
from app.people.rules import Role
from app.tickets.actions.terms import seed_policies

PLACES = Path(__file__).resolve().parents[2] / "data" / "wilayah_kukar.csv"
SEATS_PER_OPD = 4
NEEDED = {part.code for part in cast.PARTS}


@dataclass(frozen=True)
class Actor:
    """What history needs to know of a seat."""

    seat_id: int
    person_id: int
    opd_id: int
    signature: str


@dataclass(frozen=True)
class Office:
    """An agency that may lead tickets: its people and the topics it hears about."""

    opd_id: int
    short: str
    topics: tuple[str, ...]
    admins: tuple[Actor, ...]
    narahubung: tuple[Actor, ...]


@dataclass(frozen=True)
class World:
    offices: tuple[Office, ...]
    centre: tuple[Actor, ...]
    places: tuple[str, ...]
    sources: tuple[tuple[int, Channel], ...]


def build(opd_count: int, now: datetime, password_hash: str) -> World:
    """Write agencies, people and sources; returns what the generators need of them."""
    seed_opds()
    seed_holidays()
    seed_hours()
    seed_policies()
    opds = _choose(opd_count)
    cast.settle(now, password_hash, opds)
    cast.fill_other_seats(now, opds)
    _add_colleagues(now, opds)
    sources = _sources(now)
    return World(*_people(opds), places=_places(), sources=sources)


def _choose(wanted: int) -> dict[str, Opd]:
    """Exactly `wanted` active agencies beside the outside bodies: the demo's first, then the decree's order."""
    rows = db.session.scalars(select(Opd).order_by(Opd.position)).all()
    inner = sorted((opd for opd in rows if not opd.outside), key=lambda opd: (opd.code not in NEEDED, opd.position))
    for number in range(len(inner) + 1, wanted + 1):
        opd = Opd(
            code=f"UNIT-{number:03d}", name=f"Unit Layanan {number}", short=f"Unit {number}", kind="dinas",
            abbreviations=[], topics=[f"layanan {number}"], inferred=["name"], position=number + 100,
        )  # fmt: skip
        db.session.add(opd)
        inner.append(opd)
    for opd in inner[wanted:]:
        opd.active = False
    db.session.flush()
    return {opd.code: opd for opd in inner[:wanted]}


def _add_colleagues(now: datetime, opds: dict[str, Opd]) -> None:
    """Two more people per agency: offices take turns, and lists of people have to stay fast."""
    names = product(reversed(cast.LAST), reversed(cast.FIRST))
    since = now - timedelta(days=300)
    for code, opd in opds.items():
        role = Role.DISKOMINFO if code == "DISKOMINFO" else None
        for number in range(SEATS_PER_OPD - 2):
            last, first = next(names)
            email = f"{first}.{last}{number}@{code.replace('-', '')}.demo".lower()
            person = Person(name=f"{first} {last}", email=email, created_at=since)
            seat = Seat(
                person=person, opd=opd, role=role or (Role.ADMIN_OPD, Role.NARAHUBUNG)[number % 2], basis=cast.DECREE,
                starts_on=clock.local(since).date(), created_at=since, confirmed_at=since,
            )  # fmt: skip
            db.session.add(seat)
    db.session.flush()


def _people(opds: dict[str, Opd]) -> tuple[tuple[Office, ...], tuple[Actor, ...]]:
    actors: dict[tuple[int, Role], list[Actor]] = {}
    for seat in db.session.scalars(select(Seat).order_by(Seat.id)):
        actor = Actor(seat.id, seat.person_id, seat.opd_id, seat.signature)
        actors.setdefault((seat.opd_id, seat.role), []).append(actor)
    centre = next(tuple(found) for (_, role), found in actors.items() if role is Role.DISKOMINFO)
    offices = tuple(
        Office(
            opd.id, opd.short, tuple(opd.topics) or (opd.short,),
            tuple(actors[opd.id, Role.ADMIN_OPD]), tuple(actors[opd.id, Role.NARAHUBUNG]),
        )
        for opd in opds.values()
        if (opd.id, Role.ADMIN_OPD) in actors and (opd.id, Role.NARAHUBUNG) in actors
    )  # fmt: skip
    return offices, centre


def _places() -> tuple[str, ...]:
    with PLACES.open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file) if row["kind"] in ("desa", "kelurahan", "kecamatan"))


def _sources(now: datetime) -> tuple[tuple[int, Channel], ...]:
    kinds = [
        ("IMA, media daring", SourceKind.SHEET, Channel.NEWS),
        ("ISA, media sosial", SourceKind.SHEET, Channel.SOCIAL),
    ]
    kinds += [(f"Umpan berita {number}", SourceKind.RSS, Channel.NEWS) for number in range(1, 19)]
    rows = [
        Source(name=name, kind=kind, channel=channel, enabled=False, polled_at=now, worked_at=now)
        for name, kind, channel in kinds
    ]
    db.session.add_all(rows)
    db.session.flush()
    return tuple((row.id, row.channel) for row in rows)
