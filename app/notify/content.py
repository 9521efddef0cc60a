"""What a letter says, once, for its HTML and its text part. Pure words: nothing is asked of the database here."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.core import clock
from app.core.words import one_line
from app.notify.models import Letter
from app.notify.queries import Facts
from app.notify.rules import SECRET_ASK, STEPS, TITLE_IN_SUBJECT, WORDINGS, Ask, Kind, Wording, shortened
from app.people.models import Seat
from app.people.rules import SeatKind
from app.tickets.models import Ticket
from app.tickets.rules import Level, TicketClass

LONGEST_NOTE = 1500
OPENING = "Membuka halaman ini tidak mengubah apa pun."


@dataclass(frozen=True)
class Item:
    """One of several matters that a letter tells of: which, what is asked, until when, and its own link."""

    kicker: str
    title: str
    verb: str
    rest: str
    when: str
    button: str
    url: str


@dataclass(frozen=True)
class Content:
    """A letter in reading order. Empty fields are left out by both templates."""

    subject: str
    opening: str
    title: str
    greeting: str
    paragraphs: tuple[str, ...]
    button: str
    url: str
    calm: str
    foot: str
    kicker: str = ""
    own_words: bool = False
    steps: tuple[tuple[str, str, str], ...] = ()
    note_label: str = ""
    note: str = ""
    ask_heading: str = ""
    asks: tuple[tuple[str, str, str], ...] = ()
    items: tuple[Item, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, str, str], ...] = ()
    cut: str = ""


def about_ticket(letter: Letter, facts: Facts, url: str, until: datetime) -> Content:
    """A request for follow-up. A sensitive one goes by its judul aman, a restricted one tells nothing of its matter."""
    ticket, seat, wording = letter.ticket, letter.seat, WORDINGS[Kind(letter.kind)]
    assert ticket is not None and seat is not None
    opd = seat.opd.short
    told = Content(
        subject=_subject(ticket, wording),
        opening=_opening(ticket, opd, wording),
        kicker=f"Permintaan tindak lanjut nomor {ticket.number}",
        title=ticket.shown_title,
        own_words=ticket.sensitive,
        steps=_steps(ticket, facts, opd),
        greeting=f"Yth. Bapak/Ibu {seat.signature},",
        paragraphs=(*_why(ticket, facts, wording, opd), *_as_deputy(facts)),
        note_label=wording.says,
        note="" if ticket.sensitive else shortened(facts.note.strip(), LONGEST_NOTE),
        ask_heading=f"Yang diminta dari {opd}",
        asks=tuple(_asked(ask, ticket) for ask in wording.asks if not ask.media_only or _is_media(ticket)),
        button="Buka permintaan ini",
        url=url,
        calm=f"{OPENING} Tautan hanya untuk Anda, berlaku sampai {clock.long_day(clock.local(until).date())}; "
        "mohon tidak diteruskan ke grup.",
        pairs=_pairs(ticket, facts, letter.person_id),
        others=_others(wording, url),
        cut=f"Membalas? Tulis di atas garis ini. Nomor {ticket.number}.",
        foot=because(seat),
    )
    return _untold(told, ticket, facts, wording) if ticket.restricted else told


def _untold(told: Content, ticket: Ticket, facts: Facts, wording: Wording) -> Content:
    """The same letter with the matter taken out: only that there is one, until when, and whom to ask."""
    ask = replace(SECRET_ASK, by=wording.by)
    return replace(
        told,
        opening="Satu permintaan terbatas menunggu Anda. Halamannya meminta Anda masuk dulu.",
        title="",
        steps=(),
        paragraphs=(
            "Permintaan ini terbatas untuk orang tertentu, termasuk Anda. Halamannya meminta Anda masuk dulu.",
            *_as_deputy(facts),
        ),
        note="",
        asks=(_asked(ask, ticket),),
        pairs=tuple((label, words) for label, words in told.pairs if label == "Bertanya ke"),
        others=told.others[-1:],
    )


def _why(ticket: Ticket, facts: Facts, wording: Wording, opd: str) -> tuple[str, ...]:
    """Why it comes to this OPD: as pengampu sementara until it takes the matter on, or by a ruling, on its basis."""
    lead = "pengampu sementara" if ticket.provisional else "pengampu"
    ruled = f"Dasar penetapan: {facts.basis}." if facts.basis and not ticket.sensitive else ""
    return tuple(words for words in (wording.why.format(opd=opd, lead=lead), ruled) if words)


def _as_deputy(facts: Facts) -> tuple[str, ...]:
    """For whom the reader stands in these days."""
    return tuple(
        f"Anda juga menerimanya sebagai wakil {seat.signature}, yang berhalangan sampai "
        f"{clock.long_day(seat.away_until)}."
        for seat in facts.stands_in_for
        if seat.away_until
    )


def _subject(ticket: Ticket, wording: Wording) -> str:
    about = f"Permintaan tindak lanjut nomor {ticket.number}"
    if ticket.sensitive or ticket.restricted:
        return f"{about}, mohon dibuka{_before(ticket, wording.by)}"
    title = shortened(one_line(ticket.title), TITLE_IN_SUBJECT)
    return f"{about}: {title}, {wording.please}{_before(ticket, wording.by)}"


def _before(ticket: Ticket, by: str) -> str:
    """« sebelum Jum 20 Nov 10.20»; nothing once that time has passed, for no letter speaks of lateness."""
    instant = getattr(ticket, by)
    return f" sebelum {clock.short(instant).replace(',', '')}" if instant and instant > clock.now() else ""


def _opening(ticket: Ticket, opd: str, wording: Wording) -> str:
    """The line that mail programs show beside the subject."""
    return f"Diminta dari {opd}: {wording.asks[0].verb.lower()}{_before(ticket, wording.by)}."


def _is_media(ticket: Ticket) -> bool:
    return ticket.ticket_class is TicketClass.MEDIA


def _asked(ask: Ask, ticket: Ticket) -> tuple[str, str, str]:
    instant = getattr(ticket, ask.by)
    return ask.verb, ask.rest, clock.long(instant) if instant else ""


def _steps(ticket: Ticket, facts: Facts, opd: str) -> tuple[tuple[str, str, str], ...]:
    """The request's way: (station, what happens there, done, here or nothing)."""
    said = ("oleh Diskominfo", f"di {opd}", "disetujui narahubung", "telaah Diskominfo")
    here = next((at for at, (_, states) in enumerate(STEPS) if ticket.state in states), 0)
    return tuple(
        (name, clock.short(facts.at) if at == here else words, "here" if at == here else "done" if at < here else "")
        for at, ((name, _), words) in enumerate(zip(STEPS, said, strict=True))
    )


def _pairs(ticket: Ticket, facts: Facts, reader_id: int) -> tuple[tuple[str, str], ...]:
    found = [
        ("Tingkat", "" if ticket.level is Level.BIASA else ticket.level.outside.label),
        ("Mengapa kini", "" if ticket.sensitive else _why_now(ticket, facts)),
        ("Juga dikirim ke", "; ".join(facts.fellows)),
        ("Bertanya ke", whom_to_ask(facts.asker, reader_id)),
    ]
    return tuple((label, words) for label, words in found if words)


def _why_now(ticket: Ticket, facts: Facts) -> str:
    if not ticket.alerts:
        return ""
    since = f" sejak {clock.short(facts.alerts_since)}" if facts.alerts_since else ""
    return f"{ticket.alerts} pantauan media{since}"


def whom_to_ask(asker: Seat | None, reader_id: int) -> str:
    if asker is None or asker.person_id == reader_id:
        return ""
    return f"{asker.signature}, {asker.person.phone}" if asker.person.phone else asker.signature


def _others(wording: Wording, url: str) -> tuple[tuple[str, str, str], ...]:
    """Ways out, each on the same page: opening it still changes nothing."""
    object_to = (
        "Bukan kewenangan kami",
        f"{url}#keberatan",
        "Sebut OPD yang Anda usulkan. Penetapan pengampu diputus Asisten atau Sekda.",
    )
    moved = (
        "Saya sudah pindah tugas",
        f"{url}#pindah",
        "Tidak perlu menjawab. Kami hubungi OPD untuk penunjukan baru.",
    )
    return (object_to, moved) if wording.may_object else (moved,)


def because(seat: Seat) -> str:
    """Why somebody gets letters: in what seat, of what kind, on what basis and until when."""
    follows = "SK menyusul" if seat.decree_follows else ""
    known = [seat.basis or follows, f"berlaku sampai {clock.long_day(seat.ends_on)}" if seat.ends_on else ""]
    basis = ", ".join(words for words in known if words)
    return f"Anda menerima email ini karena ditunjuk {_as_what(seat)}{f' ({basis})' if basis else ''}."


def _as_what(seat: Seat) -> str:
    """«sebagai Plt. narahubung Disdikbud», «sementara sebagai admin OPD Disdikbud»."""
    if seat.kind is SeatKind.SEMENTARA:
        return f"sementara sebagai {seat.office}"
    return f"sebagai {'' if seat.kind is SeatKind.DEFINITIF else seat.kind.label + ' '}{seat.office}"
