"""What people add to a task without changing its state: notes, files, who holds it, its due date, an outside body's
letters and calls."""

from datetime import datetime
from typing import BinaryIO

from app.core import clock, events
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.people import actions as people
from app.people.models import Seat, opd_by_code
from app.tickets.actions.checks import moment_ahead
from app.tickets.actions.clocks import set_by_hand
from app.tickets.actions.findable import make_findable
from app.tickets.actions.steering import LONGEST_REASON
from app.tickets.actions.talking import checked_words, keep_evidence, record_file
from app.tickets.models import Evidence, Task
from app.tickets.policy import tasks as policy
from app.tickets.rules import Audience, TaskState
from app.tickets.rules.tasks import WAYS

ONLY_READS = "Anda hanya dapat membaca tugas ini."
LONGEST_WHOM = 120


def note_task(task: Task, seat: Seat, text: str, audience: str) -> events.Event:
    """Write into the task's conversation. Raises Refused."""
    if audience not in policy.task_audiences(task, seat):
        raise Refused({"audience": "Pilih kepada siapa catatan ini ditujukan."})
    return events.record(
        task.stream, "task.note", seat, text=checked_words(text, "Tulis catatannya dulu."), audience=audience
    )


def attach_to_task(task: Task, seat: Seat, file: BinaryIO, name: str) -> Evidence:
    """Keep a file. That of the OPD that works on it stays inside until it submits. Raises NotAllowedFile, Refused."""
    if not policy.writes_on(task, seat):
        raise Refused({"file": ONLY_READS})
    whose = {"ticket_id": task.ticket_id, "task_id": task.id, "opd_id": seat.opd_id, "seat_id": seat.id}
    evidence = keep_evidence(file, name, audience=task_file_audience(task, seat), **whose)
    record_file(task.stream, "task.file", seat, evidence)
    return evidence


def task_file_audience(task: Task, seat: Seat) -> Audience:
    """Inside the OPD that works on it until it submits; what who asked adds, and what comes after, is shared."""
    handed_in = task.state in (TaskState.SUBMITTED, TaskState.ACCEPTED)
    return Audience.INTERNAL if policy.works_on(task, seat) and not handed_in else Audience.SHARED


def record_contact(task: Task, seat: Seat, values: dict, file: tuple[BinaryIO, str] | None = None) -> events.Event:
    """A letter, a call or an answer of an outside body: `way`, `whom`, `at` (local, empty: now), `text`.

    Raises Refused, NotAllowedFile.
    """
    if not task.outside or not policy.works_on(task, seat):
        raise Refused({"way": "Hubungan dengan instansi luar dicatat kontak dalamnya."})
    errors = {}
    if values.get("way") not in WAYS:
        errors["way"] = "Pilih lewat apa."
    whom = one_line(values.get("whom") or "")[:LONGEST_WHOM]
    if not whom:
        errors["whom"] = "Sebut dengan siapa."
    at = clock.now()
    if values.get("at"):
        try:
            at = _past(values["at"])
        except ValueError as error:
            errors["at"] = str(error)
    if errors:
        raise Refused(errors)
    words = checked_words(values.get("text") or "", "Tulis apa yang disampaikan atau dijawab.")
    evidence = attach_to_task(task, seat, *file) if file else None
    told = {"way": WAYS[values["way"]], "whom": whom, "when": clock.short(at), "opd": task.opd.short}
    more = {"file": evidence.name} if evidence else {}
    return events.record(
        task.stream, "task.contact", seat, after=told | more, text=words, ref_id=evidence.id if evidence else None
    )


def _past(typed: str) -> datetime:
    try:
        at = clock.parse_local(typed)
    except ValueError:
        raise ValueError("Tanggal itu tidak ada. Pilih tanggal lain.") from None
    if at > clock.now():
        raise ValueError("Pilih waktu yang sudah lewat; ini catatan tentang yang sudah terjadi.")
    return at


def assign_task(task: Task, seat: Seat, holder_id: str) -> None:
    """Let one seat of the OPD that works on it hold the task; an empty `holder_id` takes it back. Raises Refused."""
    if not policy.may_assign_task(task, seat):
        raise Refused({"seat": "Pemegang tugas ditetapkan admin OPD yang mengerjakannya."})
    holders = {str(holder.id): holder for holder in policy.holders(task)}
    if holder_id and holder_id not in holders:
        raise Refused({"seat": "Pilih orang dari daftar OPD itu."})
    before, holder = task.seat_id, holders.get(holder_id)
    task.seat_id, task.seat = (holder.id if holder else None), holder
    names = {"seat": holder.person.name if holder else ""}
    events.record(task.stream, "task.assign", seat, before={"seat_id": before}, after=names)


def set_contact(task: Task, seat: Seat, code: str) -> None:
    """Another OPD chases the outside body from now on. Raises Refused."""
    if not (task.outside and policy.may_steer_task(task, seat)):
        raise Refused({"contact": "Kontak dalam ditetapkan Diskominfo atau OPD pengampu."})
    opd = opd_by_code(code)
    if opd is None or opd.outside:
        raise Refused({"contact": "Pilih OPD yang menghubungi instansi itu."})
    if opd.id == task.contact_opd_id:
        return
    before = task.worked_by.short
    task.contact, task.seat = opd, None
    db.session.flush()
    people.end_links(subject=task.stream)
    make_findable(task.ticket)
    events.record(task.stream, "task.contact_opd", seat, before={"opd": before}, after={"opd": opd.short})


def set_task_due(task: Task, seat: Seat, due_at: str, reason: str) -> None:
    """Move the due date, with a reason that history keeps. Raises Refused."""
    if not policy.may_steer_task(task, seat):
        raise Refused({"due_at": "Tenggat tugas diubah Diskominfo atau OPD pengampu."})
    errors, reason = {}, reason.strip()
    due = None
    try:
        due = moment_ahead(due_at)
    except ValueError as error:
        errors["due_at"] = str(error)
    if not reason:
        errors["reason"] = "Sebut alasan tenggat diubah."
    elif len(reason) > LONGEST_REASON:
        errors["reason"] = f"Alasan paling banyak {LONGEST_REASON} huruf."
    if errors or due is None:
        raise Refused(errors)
    before = clock.short(task.due_at) if task.due_at else ""
    set_by_hand(task, due, reason, seat.opd.short)
    events.record(task.stream, "task.due", seat, before={"due": before}, after={"due": clock.short(due)}, text=reason)


def report_moved_from_task(task: Task, seat: Seat, replacement: str) -> None:
    """«Saya sudah pindah tugas» from a task's letter: the links die, the task stays, Diskominfo is told in the app."""
    told = replacement.strip()[:LONGEST_REASON] or None
    events.record(task.stream, "task.moved_away", seat, after={"person": seat.person.name}, text=told)
    if task.seat_id == seat.id:
        task.seat_id, task.seat = None, None
    people.moved_away(seat, replacement, by=seat)
