"""Verbs about papers: draft, revise, hand in, take back, number, and register what was signed. None commits."""

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

import filetype
from sqlalchemy import delete

from app.core import clock, events, storage, uploads
from app.core.refused import Refused
from app.extensions import db
from app.papers import policy, queries
from app.papers.models import Paper, PaperTicket
from app.papers.render.logo import LARGEST, as_png
from app.papers.rules import MOST_TICKETS, PaperKind, Stage
from app.people.models import Opd, Seat
from app.tickets.models import Ticket

NOT_SIGNED = "Unggah surat yang sudah ditandatangani sebagai PDF."


def draft(kind: PaperKind, about: Sequence[Ticket], seat: Seat, subject: str, facts: dict) -> Paper:
    """A paper about these tickets, which the seat can see. Raises Refused."""
    _check(kind, about, seat)
    to = about[0].lead_opd_id if kind is PaperKind.REQUEST else None
    paper = Paper(kind=kind, opd_id=seat.opd_id, to_opd_id=to, subject=subject, facts=facts, seat_id=seat.id)
    db.session.add(paper)
    db.session.flush()
    db.session.add_all(PaperTicket(paper_id=paper.id, ticket_id=ticket.id) for ticket in about)
    _tell(paper, "drafted", seat, after={"kind": kind.value, "tickets": [ticket.id for ticket in about]})
    return paper


def revise(paper: Paper, about: Sequence[Ticket], seat: Seat, subject: str, facts: dict) -> None:
    """Other words or other tickets of the same OPD, while it is a draft. Raises Refused."""
    _at(paper, Stage.DRAFT)
    _check(paper.kind, about, seat)
    if paper.to_opd_id and about[0].lead_opd_id != paper.to_opd_id:
        raise Refused({"tickets": "Pilih tiket OPD yang sama. Untuk OPD lain, buat surat baru."})
    paper.subject, paper.facts = subject, facts
    db.session.execute(delete(PaperTicket).where(PaperTicket.paper_id == paper.id))
    db.session.add_all(PaperTicket(paper_id=paper.id, ticket_id=ticket.id) for ticket in about)
    _tell(paper, "changed", seat, after={"tickets": [ticket.id for ticket in about]})


def hand_in(paper: Paper, seat: Seat) -> None:
    """«Ajukan»: the draft goes to whoever signs. Raises Refused."""
    _at(paper, Stage.DRAFT)
    paper.stage = Stage.SUBMITTED
    _tell(paper, "submitted", seat)


def take_back(paper: Paper, seat: Seat) -> None:
    """«Kembalikan ke draf». Raises Refused."""
    _at(paper, Stage.SUBMITTED)
    paper.stage = Stage.DRAFT
    _tell(paper, "returned", seat)


def number(paper: Paper, seat: Seat, words: str, dated: date | None) -> None:
    """Number and date as the office's register gave them. Raises Refused."""
    _at(paper, Stage.SUBMITTED)
    if words and queries.number_taken(paper, words):
        raise Refused({"number": "Nomor ini sudah dipakai surat lain. Periksa buku agenda."})
    if dated and dated > clock.today():
        raise Refused({"dated": "Tanggal surat belum tiba. Isi tanggal pada surat yang ditandatangani."})
    before = {"number": paper.number, "dated": paper.dated.isoformat() if paper.dated else ""}
    paper.number, paper.dated = words, dated
    _tell(paper, "numbered", seat, before=before, after=_numbered(paper))


def finish(paper: Paper, seat: Seat, file: BinaryIO | None) -> None:
    """The signed PDF makes it final; its hash is registered, and the number stands on its tickets. Raises Refused.

    Also raises uploads.NotAllowedFile and storage.DiskFull.
    """
    _at(paper, Stage.SUBMITTED)
    missing = {"number": "Isi nomor dari buku agenda." if not paper.number else ""}
    missing["dated"] = "Isi tanggal surat." if not paper.dated else ""
    missing["file"] = NOT_SIGNED if file is None or not _is_pdf(file) else ""
    errors = {name: words for name, words in missing.items() if words}
    if errors or file is None:
        raise Refused(errors)
    kept = uploads.keep_document(file, f"{paper.file_name}.pdf")
    paper.key, paper.size, paper.stage, paper.final_at = kept.key, kept.size, Stage.FINAL, clock.now()
    _tell(paper, "final", seat, after=_numbered(paper) | {"sha256": paper.key, "size": paper.size})
    if paper.kind is PaperKind.REQUEST:
        for ticket in queries.behind(paper, seat):
            told = _numbered(paper) | {"paper": paper.id}
            events.record(ticket.stream, "ticket.letter_number", seat, after=told, ref_id=paper.id)


def discard(paper: Paper, seat: Seat) -> None:
    """«Hapus draf»: it never was a letter; history keeps that it was drafted. Raises Refused."""
    _at(paper, Stage.DRAFT)
    _tell(paper, "discarded", seat)
    db.session.execute(delete(PaperTicket).where(PaperTicket.paper_id == paper.id))
    db.session.delete(paper)
    db.session.flush()


def set_logo(opd: Opd, seat: Seat, file: BinaryIO) -> None:
    """The logo on the office's letterhead, encoded anew. Raises uploads.NotAllowedFile and storage.DiskFull."""
    opd.logo_key = storage.put(as_png(file.read(LARGEST + 1)))
    events.record(f"opd:{opd.id}", "opd.logo", seat, opd_id=opd.id, after={"sha256": opd.logo_key})


def remove_logo(opd: Opd, seat: Seat) -> None:
    """Its papers bear the regency's again, or none."""
    before, opd.logo_key = opd.logo_key, ""
    events.record(f"opd:{opd.id}", "opd.logo", seat, opd_id=opd.id, before={"sha256": before}, after={"sha256": ""})


def _check(kind: PaperKind, about: Sequence[Ticket], seat: Seat) -> None:
    if not about:
        raise Refused({"tickets": "Pilih paling sedikit satu tiket."})
    if len(about) > MOST_TICKETS:
        raise Refused({"tickets": f"Satu surat memuat paling banyak {MOST_TICKETS} tiket."})
    if len({ticket.lead_opd_id for ticket in about}) > 1:
        raise Refused({"tickets": "Satu surat hanya untuk satu OPD. Pilih tiket dengan pengampu yang sama."})
    if any(kind not in policy.kinds_for(ticket, seat) for ticket in about):
        raise Refused({"tickets": "Surat ini tidak dapat dibuat untuk tiket yang dipilih."})


def _at(paper: Paper, stage: Stage) -> None:
    if paper.stage is not stage:
        raise Refused({"": f"Surat ini sekarang {paper.stage.label.lower()}. Muat ulang untuk melihatnya."})


def _is_pdf(file: BinaryIO) -> bool:
    head = file.read(uploads.HEAD)
    file.seek(0)
    return filetype.guess_mime(head) == "application/pdf"


def _numbered(paper: Paper) -> dict:
    return {"number": paper.number, "dated": paper.dated.isoformat() if paper.dated else ""}


def _tell(paper: Paper, what: str, seat: Seat, **facts) -> None:
    events.record(paper.stream, f"paper.{what}", seat, audience="internal", ref_id=paper.id, **facts)
