"""Verbs about days off, office hours and the roster (piket). Each says in its event what clocks follow."""

from datetime import date, datetime, time, timedelta

from app.core import clock, events
from app.core.calendar import Holiday
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Opd, Seat, WatchDuty, WorkingHours
from app.people.rules import HOURS_FIELDS, HoursKind


def add_holiday(day: date, name: str, kind: str, basis: str, by: Seat) -> None:
    """A day off: libur nasional, cuti bersama or a local one. Raises Refused for a day that is one already."""
    if db.session.get(Holiday, day):
        raise Refused({"day": "Hari ini sudah ada di daftar."})
    db.session.add(Holiday(day=day, name=name, collective_leave=kind == "cuti", local=kind == "daerah", basis=basis))
    db.session.flush()
    says = f"hari libur ditambahkan: {clock.long_day(day)}, {name}."
    after = {"day": day.isoformat(), "name": name, "kind": kind, "basis": basis, "says": says}
    events.record(f"calendar:{day.year}", "holiday.added", by, after=after)


def remove_holiday(holiday: Holiday, by: Seat) -> None:
    """No day off any more."""
    day, name = holiday.day, holiday.name
    db.session.delete(holiday)
    db.session.flush()
    says = f"hari libur dihapus: {clock.long_day(day)}, {name}."
    before = {"day": day.isoformat(), "name": name}
    events.record(f"calendar:{day.year}", "holiday.removed", by, before=before, after={"says": says})


def add_hours(opd: Opd | None, values: dict, by: Seat) -> WorkingHours:
    """Hours that hold from a day on, for one OPD or all."""
    hours = WorkingHours(opd_id=opd.id if opd else None, **values)
    db.session.add(hours)
    db.session.flush()
    _tell("hours.added", hours, by, f"{_named(hours, opd)} berlaku mulai {clock.long_day(hours.starts_on)}.")
    return hours


def change_hours(hours: WorkingHours, opd: Opd | None, values: dict, by: Seat) -> bool:
    """Take over what is different. Returns whether anything was."""
    wanted = {"opd_id": opd.id if opd else None, **values}
    before = {name: _plain(getattr(hours, name)) for name in wanted if getattr(hours, name) != wanted[name]}
    if not before:
        return False
    for name in before:
        setattr(hours, name, wanted[name])
    db.session.flush()
    _tell("hours.changed", hours, by, f"{_named(hours, opd)} diubah.", before)
    return True


def remove_hours(hours: WorkingHours, opd: Opd | None, by: Seat) -> None:
    """These hours never held."""
    says = f"{_named(hours, opd)} dihapus."
    before = {name: _plain(getattr(hours, name)) for name in HOURS_FIELDS}
    db.session.delete(hours)
    db.session.flush()
    events.record(f"hours:{hours.id}", "hours.removed", by, before=before, after={"says": says})


def _tell(kind: str, hours: WorkingHours, by: Seat, says: str, before: dict | None = None) -> None:
    after = {name: _plain(getattr(hours, name)) for name in HOURS_FIELDS} | {"says": says}
    events.record(f"hours:{hours.id}", kind, by, before=before, after=after)


def _named(hours: WorkingHours, opd: Opd | None) -> str:
    what = "jam siaga" if hours.kind is HoursKind.WATCH else "jam kerja"
    return f"{what} {opd.short if opd else 'umum'} ({hours.name})"


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def add_duty(seat: Seat, first: date, last: date, by: Seat) -> WatchDuty:
    """That seat watches from the first day to the last, both counted."""
    starts = datetime.combine(first, time(), clock.zone())
    ends = datetime.combine(last + timedelta(days=1), time(), clock.zone())
    duty = WatchDuty(seat_id=seat.id, seat=seat, starts_at=starts, ends_at=ends)
    db.session.add(duty)
    db.session.flush()
    days = {"first": first.isoformat(), "last": last.isoformat(), "person": seat.person.name}
    events.record(f"duty:{duty.id}", "duty.added", by, after=days)
    return duty


def remove_duty(duty: WatchDuty, by: Seat) -> None:
    """Somebody else watches."""
    events.record(f"duty:{duty.id}", "duty.removed", by, before={"person": duty.seat.person.name})
    db.session.delete(duty)
