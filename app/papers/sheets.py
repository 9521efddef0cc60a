"""A ticket on paper: what its page shows this reader, without the internal notes of anybody."""

from app.core import clock
from app.papers import queries
from app.papers.rules.shapes import Answered, TicketSheet, Told
from app.papers.shaping import news_line, sections
from app.people.models import Seat
from app.tickets.models import Answer, Ticket
from app.tickets.routes.reading import Reading
from app.tickets.rules import Audience

MOST_NEWS = 40
MOST_WORDS = 600
"""Of what was said with one event; the whole stands on the page."""


def ticket_sheet(ticket: Ticket, seat: Seat) -> TicketSheet:
    """The ticket as `seat` reads it; `Reading` is what the page itself asks."""
    reading = Reading(ticket, seat)
    answers = [each for each in reading.answers if each.approved_at and not each.returned_at]
    return TicketSheet(
        office=f"Permintaan tindak lanjut nomor {ticket.number}",
        number=ticket.number,
        title=ticket.shown_title,
        marks=tuple(_marks(ticket)),
        facts=tuple(_facts(reading)),
        due_sum=tuple(reading.box.sums[0].lines) if ticket.received_at and ticket.due_at and not reading.proof else (),
        matter_age=f"Perkara ini: hari kerja ke-{reading.box.matter_day} sejak {clock.long(ticket.opened_at)}.",
        answers=tuple(_answered(answer) for answer in answers),
        publications=tuple(_publications(reading)),
        evidence=tuple(_evidence(reading)),
        news=tuple(_news(reading)),
        story=tuple(_story(reading)),
        printed=f"Dicetak {clock.long(clock.now())} oleh {seat.signature}. Tanpa catatan internal.",
    )


def _marks(ticket: Ticket):
    yield ticket.ticket_class.label
    if ticket.sensitive:
        yield "Judul aman"
    if ticket.restricted:
        yield "Terbatas"


def _facts(reading: Reading):
    ticket = reading.ticket
    yield "Status", ticket.state.label
    yield "OPD pengampu", ticket.lead.name if ticket.lead else "belum ada"
    yield "Tingkat", reading.level.label
    yield "Dibuka", clock.long(ticket.opened_at)
    if reading.proof:
        yield "Bukti baca", f"{reading.seat.opd.short} memegang tiket ini sampai {clock.long(reading.proof.until)}"
        return
    if ticket.received_at:
        yield "Diterima OPD", clock.long(ticket.received_at)
    yield "Tenggat", clock.long(ticket.due_at) if ticket.due_at else "belum ada"
    if ticket.ended_at:
        yield "Berakhir", clock.long(ticket.ended_at)


def _answered(answer: Answer) -> Answered:
    how = f"disetujui {answer.approved_by}, {clock.long(answer.approved_at)}" if answer.approved_at else ""
    return Answered(answer.kind.label, how, sections(answer.public_text))


def _publications(reading: Reading):
    if not reading.reads_original:
        return
    for row in queries.publications(reading.ticket):
        if reading.proof and row.created_at > reading.proof.until:
            continue
        where = ", ".join(part for part in (row.channel, row.spokesperson, row.url) if part)
        yield clock.short(row.published_at), where


def _evidence(reading: Reading):
    for row in reading.evidence:
        if row.Evidence.audience is not Audience.INTERNAL:
            yield clock.short(row.Evidence.created_at), f"{reading.name_of(row.Evidence)}, {row.opd}"


def _news(reading: Reading):
    for row in reading.alerts[:MOST_NEWS]:
        told = vars(row) if hasattr(row, "__dict__") and not hasattr(row, "_mapping") else dict(row._mapping)
        title = told["safe_title"] if told["sensitive"] else told["title"]
        shown = told | {"title": title, "url": "" if told["sensitive"] else told["url"]}
        yield clock.short(told["published_at"]), news_line(shown)


def _story(reading: Reading):
    for entry in reading.story:
        if entry.audience is not Audience.INTERNAL:
            said = (entry.words or "")[:MOST_WORDS]
            yield Told(clock.short(entry.at), f"{entry.actor} {entry.says}", said)
