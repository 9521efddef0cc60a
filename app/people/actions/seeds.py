"""What a fresh database starts with. Run at every set-up: adds what is missing, never touches what people edited."""

import csv
from pathlib import Path

from sqlalchemy import or_, select

from app.core import calendar
from app.core.calendar import Holiday
from app.core.db import insert
from app.extensions import db
from app.people.calendars import EARLIEST
from app.people.models import Opd, WorkingHours
from app.people.rules import GENERAL_HOURS, SHIFT_HOURS, UNCONFIRMED, WATCH_HOURS, HoursKind

DATA = Path(__file__).resolve().parents[2] / "data" / "opd_kukar.csv"
IN_SHIFTS = ("DISDAMKARMATAN",)
"""Beside hospitals, those that work around the clock; inferred, and editable."""
STATUS_OF = {"name": "name_status", "abbreviations": "abbr_status", "topics": "topics_status"}


def seed_opds(path: Path = DATA) -> int:
    """Add the agencies of the CSV that are not there yet, in its order. Returns how many."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [_opd(position, row) for position, row in enumerate(csv.DictReader(file), 1)]
    known = set(db.session.scalars(select(Opd.code)))
    new = [row for row in rows if row["code"] not in known]
    if new:
        db.session.execute(insert(Opd).on_conflict_do_nothing(index_elements=["code"]), new)
    return len(new)


def seed_holidays() -> int:
    """Add the known days off of years that the table knows nothing of. Returns how many."""
    kept = {day.year for day in db.session.scalars(select(Holiday.day))}
    new = [holiday for holiday in calendar.known_holidays() if holiday.day.year not in kept]
    db.session.add_all(new)
    db.session.flush()
    return len(new)


def seed_hours() -> int:
    """The office hours to start with, into an empty table: general ones, jam siaga, and shifts. Returns how many.

    None is official: their basis says that nobody has confirmed them yet.
    """
    if db.session.scalar(select(WorkingHours.id).limit(1)):
        return 0
    in_shifts = or_(Opd.kind == "rsud", Opd.code.in_(IN_SHIFTS))
    shifts = db.session.execute(select(Opd.id, Opd.short).where(in_shifts).order_by(Opd.position))
    rows = [
        {"name": "Jam kerja umum", "week": GENERAL_HOURS},
        {"name": "Jam siaga", "week": WATCH_HOURS, "kind": HoursKind.WATCH},
        *({"name": f"Sif 24 jam {row.short}", "week": SHIFT_HOURS, "opd_id": row.id, "works_holidays": True}
          for row in shifts),
    ]  # fmt: skip
    db.session.add_all(
        WorkingHours(starts_on=EARLIEST, basis=UNCONFIRMED, **{**row, "week": list(row["week"])}) for row in rows
    )
    db.session.flush()
    return len(rows)


def _opd(position: int, row: dict) -> dict:
    abbreviations = _words(row["abbr"])
    return {
        "code": row["code"],
        "name": row["name"],
        "short": abbreviations[0] if abbreviations else row["name"],
        "kind": row["type"],
        "parent_code": row["parent"] or None,
        "abbreviations": abbreviations,
        "topics": _words(row["topics"]),
        "inferred": [field for field, status in STATUS_OF.items() if row[status] == "inferred"],
        "position": position,
        "active": True,
        "version": 1,
    }


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split("|") if word.strip()]
