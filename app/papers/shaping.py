"""From tickets and what was typed to the shapes of papers, never more than `seat` may read of them."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from app.core import clock, storage
from app.monitoring.rules.shield import told_outside
from app.papers import policy, queries
from app.papers.models import Paper
from app.papers.rules import LEGAL_BASIS, NATURES, PaperKind
from app.papers.rules.shapes import (
    Disposition,
    Letter,
    Letterhead,
    Matter,
    PressLetter,
    RequestLetter,
    Section,
    paragraphs,
)
from app.papers.rules.signing import Official, Signature, Signing, head_of_office, signature
from app.people.models import Opd, Seat
from app.people.rules import OFFICE, SeatKind
from app.tickets.models import Ticket
from app.tickets.rules.answers import parts

MOST_SOURCES = 3
ACTING = {SeatKind.PLT: "Plt.", SeatKind.PLH: "Plh."}
WISHES = ("Tanggapan dan saran", "Proses lebih lanjut", "Koordinasi/konfirmasikan")


def letterhead(opd: Opd) -> Letterhead:
    key = logo_key(opd)
    logo = storage.read(key) if key and storage.exists(key) else b""
    return Letterhead(current_app.config["GOVERNMENT"], opd.name, opd.address, logo)


def logo_key(opd: Opd) -> str:
    """Of the office's own logo, else of Diskominfo's, which is the regency's coat of arms; empty without either."""
    if opd.logo_key or opd.code == OFFICE:
        return opd.logo_key
    office = queries.office(OFFICE)
    return office.logo_key if office else ""


def head_of(opd: Opd) -> Official:
    """Who leads the office, as far as it is known."""
    position = opd.head_position or head_of_office(opd.name, outside=opd.outside)
    return Official(opd.head_name, position, opd.head_rank, opd.head_nip, ACTING.get(opd.head_kind, ""))


def place_and_date(day: date | None) -> str:
    """«Tenggarong, 26 Juli 2022»; the day is left to be written while it is not known."""
    place = current_app.config["PLACE"]
    written = f"{day.day} {clock.MONTHS[day.month - 1]} {day.year}" if day else "……………………… " + str(clock.today().year)
    return f"{place}, {written}"


def request_letter(paper: Paper, seat: Seat) -> RequestLetter:
    """Surat permintaan tindak lanjut, with its tickets as they are now."""
    listed = queries.behind(paper, seat)
    news = _sources(listed)
    matters = tuple(_matter(ticket, news.get(ticket.id, [])) for ticket in listed)
    return RequestLetter(_letter(paper), _typed(paper, "opening"), matters, _typed(paper, "closing"))


def press_letter(paper: Paper, _seat: Seat) -> PressLetter:
    """Klarifikasi, hak jawab or hak koreksi: what was published, then what the office says about it."""
    told = paper.facts
    about = (
        ("Judul", told.get("headline", "")),
        ("Terbit", told.get("published", "")),
        ("Tautan", told.get("url", "")),
    )
    return PressLetter(
        letter=_letter(paper),
        title=paper.kind.label,
        about=tuple((what, value) for what, value in about if value),
        opening=(_press_opening(paper.kind, told.get("medium", "")),),
        body=sections(told.get("body", "")),
        closing=_typed(paper, "closing"),
    )


def disposition(ticket: Ticket, seat: Seat) -> Disposition:
    """Lembar disposisi of the seat's own office about a ticket."""
    came = queries.last_request(ticket, policy.visible_papers(seat))
    office = came.opd if came else queries.office(OFFICE)
    due = clock.long(ticket.due_at) if ticket.due_at else ""
    matter = (("Tiket", f"{ticket.number}, {ticket.ticket_class.label}"), ("Jawaban", due and f"paling lambat {due}"))
    return Disposition(
        letterhead=letterhead(seat.opd),
        sender=office.name if office else "",
        number=came.number if came else "",
        dated=clock.long_day(came.dated) if came and came.dated else "",
        received=clock.long_day(ticket.received_at) if ticket.received_at else "",
        agenda_number="",
        nature=tuple((nature, nature == ticket.level.outside.label) for nature in NATURES),
        subject=ticket.shown_title,
        matter=tuple((what, value) for what, value in matter if value),
        wishes=WISHES,
        signature=signature(head_of(seat.opd)),
    )


def _letter(paper: Paper) -> Letter:
    told = paper.facts
    return Letter(
        letterhead=letterhead(paper.opd),
        place_and_date=place_and_date(paper.dated),
        number=paper.number,
        nature=told.get("nature", ""),
        attachment=told.get("attachment") or "-",
        subject=paper.subject,
        to=told.get("to", ""),
        to_place=told.get("to_place", ""),
        signature=_signed(paper),
        copies=_typed(paper, "copies"),
    )


def _signed(paper: Paper) -> Signature:
    told = paper.facts
    names = (told.get(f"deputy_{name}", "") for name in ("name", "position", "rank", "nip"))
    signing = Signing(told.get("signing", Signing.HEAD))
    return signature(head_of(paper.opd), signing, Official(*names), told.get("superior", ""))


def _typed(paper: Paper, name: str) -> tuple[str, ...]:
    return paragraphs(paper.facts.get(name, ""))


def _matter(ticket: Ticket, sources: Sequence[str]) -> Matter:
    due = clock.long(ticket.due_at) if ticket.due_at else "-"
    more = len(sources) - MOST_SOURCES
    told = (*sources[:MOST_SOURCES], *((f"dan {more} pantauan lain",) if more > 0 else ()))
    return Matter(ticket.number, ticket.shown_title, told, ticket.level.outside.label, due)


def _sources(listed: Sequence[Ticket]) -> dict[int, list[str]]:
    """The news behind each ticket as people outside Diskominfo read it."""
    told: dict[int, list[str]] = {}
    for row in queries.news_behind([ticket.id for ticket in listed]):
        told.setdefault(row.ticket_id, []).append(_dated_news(told_outside(row._mapping)))
    return told


def _dated_news(row: dict) -> str:
    """«Kam 26 Nov, 07.05, Kabar Etam: Pompa berhenti, https://…»."""
    return f"{clock.short(row['published_at'])}, {news_line(row)}"


def news_line(row: dict) -> str:
    """«Kabar Etam: Pompa berhenti, https://…»."""
    said = f"{row['media'] or row['source']}: {row['title']}"
    return f"{said}, {row['url']}" if row["url"] else said


def sections(text: str) -> tuple[Section, ...]:
    """An answer as it is set on paper."""
    return tuple(Section(heading, paragraphs(words)) for heading, words in parts(text))


def _press_opening(kind: PaperKind, medium: str) -> str:
    basis = f", berdasarkan {LEGAL_BASIS[kind]}" if LEGAL_BASIS[kind] else ""
    where = medium or "media Saudara"
    return f"Sehubungan dengan pemberitaan {where} di bawah ini, kami menyampaikan {kind.label.lower()}{basis}."
