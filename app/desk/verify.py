"""Does what is stored still agree? History with its hashes, counters with the rows, files with their names."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import func, select

from app.agenda.models import AgendaItem, Rakor
from app.core import events, storage
from app.extensions import db
from app.monitoring.models import AlertFile, Inbound, IngestRun
from app.papers.models import Paper
from app.people.models import Opd
from app.tickets.models import Evidence, Ticket, TicketCount

CHUNK = 1 << 20


def findings() -> Iterator[str]:
    """Every disagreement as an Indonesian sentence; none when all is well. Reads only."""
    yield from _broken_history()
    yield from _wrong_counters()
    yield from _wrong_files()


def _broken_history() -> Iterator[str]:
    for stream, seq, what in events.broken_links():
        yield f"Riwayat {stream}, peristiwa {seq}: {what}."


def _wrong_counters() -> Iterator[str]:
    lead = func.coalesce(Ticket.lead_opd_id, 0)
    there = select(lead, Ticket.state, func.count()).where(Ticket.restricted.is_(False)).group_by(lead, Ticket.state)
    counted = {(opd_id, state): n for opd_id, state, n in db.session.execute(there)}
    kept = {(row.opd_id, row.state): row.n for row in db.session.scalars(select(TicketCount))}
    for key in sorted(counted.keys() | kept.keys()):
        if counted.get(key, 0) != kept.get(key, 0):
            opd_id, state = key
            told, true = kept.get(key, 0), counted.get(key, 0)
            yield f"Hitungan OPD {opd_id}, {state.label}: tercatat {told}, sebenarnya {true}."


def _wrong_files() -> Iterator[str]:
    for key, what in _keys():
        if not storage.exists(key):
            yield f"Berkas {what} tidak ada lagi."
        elif _digest(key) != key:
            yield f"Isi berkas {what} berubah."


def _keys() -> Iterator[tuple[str, str]]:
    evidence = select(Evidence.key, Evidence.id).execution_options(yield_per=1000)
    for key, number in db.session.execute(evidence):
        yield key, f"bukti {number}"
    captured = select(AlertFile.key, AlertFile.id).execution_options(yield_per=1000)
    for key, number in db.session.execute(captured):
        yield key, f"pantauan {number}"
    letters = select(Inbound.raw_key, Inbound.id).where(Inbound.raw_key != "").execution_options(yield_per=1000)
    for key, number in db.session.execute(letters):
        yield key, f"surel masuk {number}"
    signed = select(Paper.key, Paper.id).where(Paper.key != "").execution_options(yield_per=1000)
    for key, number in db.session.execute(signed):
        yield key, f"surat {number}"
    frozen = select(Rakor.snapshot_key, Rakor.id).where(Rakor.snapshot_key != "")
    for key, number in db.session.execute(frozen):
        yield key, f"bahan rakor {number}"
    approved = select(AgendaItem.approval_key, AgendaItem.id).where(AgendaItem.approval_key != "")
    for key, number in db.session.execute(approved):
        yield key, f"persetujuan agenda {number}"
    logos = select(Opd.logo_key, Opd.short).where(Opd.logo_key != "")
    for key, short in db.session.execute(logos):
        yield key, f"logo {short}"
    raw = select(IngestRun.raw_key, IngestRun.id).where(IngestRun.raw_key != "").execution_options(yield_per=1000)
    for key, number in db.session.execute(raw):
        yield key, f"asli pembacaan {number}"


def _digest(key: str) -> str:
    digest = hashlib.sha256()
    with storage.path(key).open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
