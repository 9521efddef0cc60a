"""What lies about an office beside its tickets: letters in the register, texts, kept views, a note for the next shift,
a handover."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from app.demo.stage import Calendar, Play
from app.demo.story.people import BAMBANG, DEWI, RATNA, RIZKY, YUNI
from app.papers import actions as papers
from app.papers.rules import PaperKind
from app.papers.rules.signing import Signing
from app.people.actions.views import save_view, start_with
from app.people.models import Seat
from app.people.rules import SeatKind
from app.tickets import actions
from app.tickets.actions.shift import finish_note, leave_note
from app.tickets.models import Ticket

Moment = tuple[datetime, Callable[[], None]]
SIGNED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)
"""Stands for the signed letter that was scanned."""
REQUEST = {
    "nature": "Segera",
    "attachment": "-",
    "to": "Kepala Dinas Pekerjaan Umum",
    "to_place": "Tenggarong",
    "opening": "Pantauan media Diskominfo memuat perkara di bawah ini. Mohon tindak lanjutnya.",
    "closing": "Atas perhatian Saudara disampaikan terima kasih.",
    "copies": "",
    "signing": Signing.HEAD.value,
}


def moments(days: Calendar, seats: dict[str, Seat], plays: Sequence[Play]) -> Iterator[Moment]:
    """Everything of this, each with its time."""
    of = {play.story.name: play for play in plays}

    def at(back: int, hour: str, act: Callable[[], object]) -> Moment:
        return days.instant(back, hour), lambda: act() and None

    ratna, rizky, dewi = seats[RATNA], seats[RIZKY], seats[DEWI]
    yield at(6, "13.10", lambda: _own_texts(seats[YUNI]))
    yield at(5, "11.30", lambda: _letter(of["gorong-gorong-maluhu"].ticket, ratna, days))
    yield at(
        4, "08.20", lambda: start_with(dewi, save_view(dewi, "Menunggu saya", "/tiket", "tampilan=giliran", "saya"))
    )
    yield at(
        4, "08.30", lambda: save_view(ratna, "Sangat segera yang terbuka", "/tiket", "tingkat=sangat_segera", "semua")
    )
    yield at(2, "15.50", lambda: _shift(rizky, ratna))
    yield at(1, "09.40", lambda: _hand_over(seats, days))
    yield at(
        0, "08.05", lambda: leave_note(ratna, "Kabar Etam menelepon lagi soal air; jadwal bergilir sudah saya kirim.")
    )


def _own_texts(seat: Seat) -> None:
    """A text module of an OPD's own."""
    words = "Kepala sekolah {nama} memeriksa {tanggal}: {hasil}. Siswa belajar {cara} sampai {tanggal_selesai}."
    actions.save_module(None, seat, "Keadaan sekolah", words, True)


def _letter(ticket: Ticket, seat: Seat, days: Calendar) -> None:
    """Surat permintaan tindak lanjut: drafted, handed in, numbered by the register, signed and uploaded again."""
    paper = papers.draft(PaperKind.REQUEST, [ticket], seat, "Permintaan tindak lanjut genangan di Maluhu", REQUEST)
    papers.hand_in(paper, seat)
    papers.number(paper, seat, "500.12/0417/DISKOMINFO (contoh)", days.day(5))
    papers.finish(paper, seat, io.BytesIO(SIGNED))


def _shift(evening: Seat, morning: Seat) -> None:
    note = leave_note(evening, "Pak Hendra mengirim jadwal aliran pukul 16.30; teruskan ke Prokom besok pagi.")
    finish_note(note, morning)


def _hand_over(seats: dict[str, Seat], days: Calendar) -> None:
    """The narahubung of Dispora goes, and a Plt. takes over at once."""
    newcomer = actions.Newcomer(
        "Gusti Rahman",
        "gusti.rahman@dispora.demo",
        "0812-0000-0455",
        SeatKind.PLT,
        "Surat Perintah Plt. (contoh)",
        days.day(-60),
    )
    actions.hand_over(
        seats["narahubung:DISPORA"],
        newcomer,
        days.day(1),
        "Berkas SK lapangan ada di lemari sekretariat.",
        seats[BAMBANG],
    )
