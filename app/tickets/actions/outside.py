"""«Minta bukti» and «Cek lapangan»: asked of somebody without an account, answered by an evidence-only link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import BinaryIO

from sqlalchemy import func, select, update
from sqlalchemy.orm.attributes import set_committed_value

from app.core import clock, events
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.people.models import Seat, new_secret
from app.people.rules import clean_email, is_email
from app.tickets.actions.talking import file_audience, keep_evidence
from app.tickets.models import Evidence, FieldRequest, Task, Ticket
from app.tickets.rules import Audience
from app.tickets.rules.field import (
    LINK_LIVES,
    LONGEST_QUESTION,
    MOST_FILES_ALTOGETHER,
    Asked,
    Finding,
    wrong_answer,
)


@dataclass(frozen=True)
class Outsider:
    """Somebody who acts by an evidence-only link, as history names them."""

    signed: str
    opd_id: int
    id: None = None
    person_id: None = None


def ask(ticket: Ticket, seat: Seat, values: dict, task: Task | None = None) -> tuple[FieldRequest, str]:
    """Ask `to_name` something; returns the question and the secret of its link, which is kept nowhere.

    `values`: kind, to_name, to_email, question. The caller asks policy. Raises Refused.
    """
    given = {name: (values.get(name) or "").strip() for name in ("kind", "to_name", "to_email", "question")}
    _check(given)
    secret, digest = new_secret()
    asked = FieldRequest(
        ticket_id=ticket.id,
        task_id=task.id if task else None,
        opd_id=seat.opd_id,
        kind=given["kind"],
        to_name=one_line(given["to_name"]),
        to_email=clean_email(given["to_email"]),
        question=given["question"],
        digest=digest,
        asked_by_id=seat.id,
        expires_at=clock.now() + LINK_LIVES,
    )
    db.session.add(asked)
    db.session.flush()
    for name, thing in (("opd", seat.opd), ("asked_by", seat), ("task", task)):
        set_committed_value(asked, name, thing)  # the acting seat may belong to another session
    told = {"kind": asked.kind, "to": asked.to_name}
    audience = Audience.SHARED if asked.kind == Asked.CHECK else Audience.INTERNAL
    _record(ticket, "field_asked", asked, seat, after=told, text=asked.question, audience=audience)
    return asked, secret


def answer(asked: FieldRequest, ticket: Ticket, values: dict, files: Iterable[tuple[BinaryIO, str]]) -> None:
    """What comes back from the field: words, files, of a check its finding. It may come several times.

    Raises Refused, NotAllowedFile, storage.DiskFull.
    """
    files = list(files)
    finding, words = values.get("finding") or "", (values.get("words") or "").replace("\r\n", "\n").strip()
    errors = wrong_answer(asked.kind, finding, words, len(files))
    until = _needed_until(asked, finding, values.get("needs_until") or "", errors)
    if len(files) and _kept(asked) + len(files) > MOST_FILES_ALTOGETHER:
        errors["file"] = f"Untuk satu permintaan paling banyak {MOST_FILES_ALTOGETHER} berkas."
    if errors:
        raise Refused(errors)
    for file, name in files:
        _keep(asked, ticket, file, name)
    asked.words, asked.answered_at, asked.needs_until = words or asked.words, clock.now(), until
    told: dict[str, str | int] = {"to": asked.to_name, "files": len(files)}
    if asked.kind == Asked.CHECK:
        asked.finding = finding
        told["finding"] = Finding(finding).label
        if until:
            told["until"] = clock.short(until)
    audience = Audience.SHARED if asked.kind == Asked.CHECK else Audience.INTERNAL
    _record(ticket, "field_answered", asked, _outsider(asked), after=told, text=words or None, audience=audience)


def decline(asked: FieldRequest, ticket: Ticket) -> None:
    """«Salah alamat»: the link ends, and whoever asked is told in the app."""
    asked.ended_at = clock.now()
    _record(ticket, "field_declined", asked, _outsider(asked), after={"to": asked.to_name})


def end(asked: FieldRequest, ticket: Ticket, seat: Seat) -> None:
    """«Akhiri tautan»: what was sent stays, nothing more can come."""
    if asked.ended_at:
        return
    asked.ended_at = clock.now()
    _record(ticket, "field_ended", asked, seat, after={"to": asked.to_name})


def end_all(ticket: Ticket, opd_id: int | None = None) -> None:
    """End the questions about a ticket: all of them, or those of an OPD that leads no more."""
    open_ones = update(FieldRequest).where(FieldRequest.ticket_id == ticket.id, FieldRequest.ended_at.is_(None))
    if opd_id is not None:
        open_ones = open_ones.where(FieldRequest.opd_id == opd_id, FieldRequest.task_id.is_(None))
    db.session.execute(open_ones.values(ended_at=clock.now()))


def _check(given: dict) -> None:
    errors = {}
    if given["kind"] not in list(Asked):
        errors["kind"] = "Pilih apa yang diminta."
    if not given["to_name"]:
        errors["to_name"] = "Sebut kepada siapa, misalnya kepala SDN 014 Sebulu."
    if given["to_email"] and not is_email(given["to_email"]):
        errors["to_email"] = "Alamat email ini belum lengkap. Kosongkan bila tautannya Anda kirim sendiri."
    if not given["question"]:
        errors["question"] = "Tulis apa yang perlu dijawab atau difoto."
    elif len(given["question"]) > LONGEST_QUESTION:
        errors["question"] = f"Pertanyaan paling banyak {LONGEST_QUESTION} huruf."
    if errors:
        raise Refused(errors)


def _needed_until(asked: FieldRequest, finding: str, day: str, errors: dict[str, str]) -> datetime | None:
    """The end of the day until which time is needed, while the link lives."""
    if asked.kind != Asked.CHECK or finding != Finding.NEEDS_TIME:
        return None
    last = clock.local(asked.expires_at).date()
    try:
        until = clock.parse_local(datetime.combine(datetime.fromisoformat(day).date(), time(23, 59)).isoformat())
    except ValueError:
        errors["needs_until"] = "Pilih tanggal kapan Anda dapat menjawab."
        return None
    if not clock.now() < until or clock.local(until).date() > last:
        errors["needs_until"] = f"Pilih tanggal antara hari ini dan {clock.long_day(last)}, hari terakhir tautan ini."
    return until


def _kept(asked: FieldRequest) -> int:
    return db.session.scalar(select(func.count(Evidence.id)).where(Evidence.field_request_id == asked.id)) or 0


def _keep(asked: FieldRequest, ticket: Ticket, file: BinaryIO, name: str) -> None:
    whose = {"ticket_id": ticket.id, "task_id": asked.task_id, "field_request_id": asked.id}
    whose |= {"opd_id": asked.opd_id, "seat_id": asked.asked_by_id}
    keep_evidence(file, name, audience=file_audience(ticket, asked.asked_by), **whose)


def _outsider(asked: FieldRequest) -> Outsider:
    """Somebody without an account: history names them, and the OPD on whose behalf they were asked."""
    return Outsider(f"{asked.to_name}, lewat tautan {asked.opd.short}"[:200], asked.opd_id)


def _record(ticket: Ticket, what: str, asked: FieldRequest, by: Seat | Outsider, **more) -> None:
    """In the history of the task, or of the ticket where it was asked about the whole."""
    stream, kind = (asked.task.stream, "task") if asked.task else (ticket.stream, "ticket")
    more.setdefault("audience", Audience.INTERNAL)
    events.record(stream, f"{kind}.{what}", by, ref_id=asked.id, **more)
