"""A sheet of people: kept, read, and applied as it was agreed to. Nothing is written before «Terapkan»."""

from collections import Counter
from datetime import timedelta
from typing import BinaryIO

from sqlalchemy import exists, func, select

from app.core import clock, events, storage, work
from app.core.db import serialise
from app.core.refused import Refused
from app.desk.queries.people_sheets import known
from app.desk.rules.people_sheet import Fate, Line, plan, print_of
from app.extensions import db
from app.monitoring.models import IngestRun
from app.people import actions as people
from app.people.models import Opd, PeopleSheet, Person, Seat
from app.people.queries import person_by_email
from app.people.rules import SEAT_FIELDS, SeatKind, SheetState
from app.tickets.models import Evidence

READ, APPLY = "people_sheet.read", "people_sheet.apply"
LOCK = 4005
"""One sheet of people is applied at a time; the second then sees what the first has written."""

ROWS_ARE_KEPT = timedelta(days=30)
TOO_OLD = "Tidak diterapkan dalam 30 hari, jadi baris dan berkasnya sudah dihapus. Unggah ulang bila masih perlu."

CHANGED_MEANWHILE = "Data orang berubah sejak pratinjau ini. Periksa lagi, lalu terapkan."
NOT_ADMIN = "Pengunggahnya bukan admin sistem lagi. Unggah ulang."


def start_sheet(content: BinaryIO, file_name: str, by: Seat) -> PeopleSheet:
    """Keep the file and have a worker read it. Raises storage.DiskFull."""
    sheet = PeopleSheet(seat_id=by.id, file_name=file_name[:200], raw_key=storage.put(content))
    db.session.add(sheet)
    db.session.flush()
    work.later(READ, sheet.id, key=f"{READ}:{sheet.id}")
    events.record(f"people_sheet:{sheet.id}", "people_sheet.uploaded", by, audience="internal")
    return sheet


def keep_rows(sheet: PeopleSheet, rows: list[dict]) -> None:
    """The file was read; somebody has to look at it now."""
    sheet.rows, sheet.state, sheet.trouble = rows, SheetState.READY, ""


def refuse_sheet(sheet: PeopleSheet, reason: str) -> None:
    sheet.state, sheet.trouble, sheet.finished_at = SheetState.REFUSED, reason[:500], clock.now()


def keep_answers(sheet: PeopleSheet, answers: dict[str, str]) -> list[Line]:
    """Keep what was answered about rows; returns the preview with it."""
    sheet.answers = {**sheet.answers, **answers}
    return plan(sheet.rows, known(), sheet.answers)


def confirm_sheet(sheet: PeopleSheet, answers: dict[str, str], invites: bool) -> None:
    """«Terapkan»: a worker does exactly what the preview says with these answers, or nothing."""
    lines = keep_answers(sheet, answers)
    sheet.state, sheet.confirmed, sheet.invites, sheet.trouble = SheetState.APPLYING, print_of(lines), invites, ""
    db.session.flush()
    work.later(APPLY, sheet.id, key=f"{APPLY}:{sheet.id}:{sheet.version}")


def apply_sheet(sheet: PeopleSheet) -> None:
    """Write what was agreed to; when anything differs by now, nothing is written and somebody looks again."""
    serialise(LOCK)
    by, lines = db.session.get_one(Seat, sheet.seat_id), plan(sheet.rows, known(), sheet.answers)
    if not (by.active and by.is_admin):
        refuse_sheet(sheet, NOT_ADMIN)
        return
    if print_of(lines) != sheet.confirmed:
        sheet.state, sheet.trouble = SheetState.READY, CHANGED_MEANWHILE
        return
    counted = Counter(str(_done(line, sheet, by)) for line in lines)
    sheet.counts, sheet.state, sheet.finished_at = dict(counted), SheetState.APPLIED, clock.now()
    told = dict(counted)
    events.record(f"people_sheet:{sheet.id}", "people_sheet.applied", by, after=told, audience="internal")


def forget_rows() -> None:
    """A month later the rows, the answers and the file are gone: who uploaded it and how many came of it stays.

    One that nobody applied until then is refused. Files go before the commit: a second run finds them gone already.
    """
    over = func.coalesce(PeopleSheet.finished_at, PeopleSheet.created_at) < clock.now() - ROWS_ARE_KEPT
    for sheet in db.session.scalars(select(PeopleSheet).where(over, PeopleSheet.raw_key != "")).all():
        if sheet.finished_at is None:
            refuse_sheet(sheet, TOO_OLD)
        key, sheet.rows, sheet.answers, sheet.raw_key = sheet.raw_key, [], {}, ""
        db.session.flush()
        if not _needed_elsewhere(key):
            storage.discard(key)


def _needed_elsewhere(key: str) -> bool:
    """Files go by their content: the same sheet may have been sent twice, or lie with a source or a ticket."""
    users = (PeopleSheet.raw_key, IngestRun.raw_key, Evidence.key)
    return any(db.session.scalar(select(exists().where(column == key))) for column in users)


def _done(line: Line, sheet: PeopleSheet, by: Seat) -> Fate:
    """Carry out one row, whole or not at all."""
    if not line.writes:
        return line.fate
    try:
        with db.session.begin_nested():
            _carry_out(line, sheet, by)
    except Refused:
        return Fate.ERROR
    return line.fate


def _carry_out(line: Line, sheet: PeopleSheet, by: Seat) -> None:
    person = _person(line, by)
    if line.seat_id:
        _change_seat(db.session.get_one(Seat, line.seat_id), line, by)
    else:
        _appoint(person, line, sheet, by)
    if line.fate is Fate.NEW_PERSON and sheet.invites:
        people.invite(person, by)


def _person(line: Line, by: Seat) -> Person:
    if line.person_id is None:
        return person_by_email(line.row_email) or people.add_person(line.person, by)
    person = db.session.get_one(Person, line.person_id)
    if line.person:
        people.change_person(person, line.person, by)
    return person


def _change_seat(seat: Seat, line: Line, by: Seat) -> None:
    if line.seat:
        people.change_seat(seat, {name: getattr(seat, name) for name in SEAT_FIELDS} | line.seat, by)


def _appoint(person: Person, line: Line, sheet: PeopleSheet, by: Seat) -> None:
    assert line.opd is not None
    usual = {"kind": SeatKind.DEFINITIF, "basis": "", "starts_on": clock.today(), "ends_on": None}
    opd = db.session.get_one(Opd, line.opd.id)
    seat = people.appoint(person, opd, usual | line.seat | {"role": line.role}, by)
    former = sheet.answers.get(f"akhiri-{line.number}", "")
    if former in {str(holder.id) for holder in line.holders}:
        seat.follows_id = int(former)
        people.end_seat(db.session.get_one(Seat, int(former)), by)
