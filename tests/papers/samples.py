"""Shapes for tests, filled with one word each or with whatever a test wants to see everywhere."""

from app.papers.rules.shapes import (
    Answered,
    Disposition,
    Letter,
    Letterhead,
    Matter,
    PressLetter,
    RequestLetter,
    Section,
    TicketSheet,
    Told,
)
from app.papers.rules.signing import Signature


def kop(word="Dinas Komunikasi dan Informatika"):
    return Letterhead("Pemerintah Kabupaten Kutai Kartanegara", word, f"Jalan {word} 1, Tenggarong 75511")


def letter(word="Permintaan tindak lanjut"):
    sign = Signature(
        ("Plt. Kepala Dinas", f"{word},"), f"Dr. {word}, S.Sos., M.Si.", f"Pembina {word}", "19700101 199503 1 001"
    )
    return Letter(
        kop(),
        "Tenggarong, 26 Juli 2022",
        word,
        "Segera",
        "-",
        word,
        f"Kepala {word}",
        "Tenggarong",
        sign,
        (word, "Arsip"),
    )


def request(word="Perkara", many=3):
    matters = tuple(
        Matter(f"{n:04d}", f"{word} {n}", (f"Kabar Etam, {word}",), "Segera", "Selasa, 26 Juli 2022, 09.00 WITA")
        for n in range(1, many + 1)
    )
    return RequestLetter(letter(word), (f"Pembuka {word}.",), matters, (f"Penutup {word}.",))


def press(word="Tanggapan"):
    body = (Section("", (word, f"Alinea {word}")), Section(f"Tindakan {word}", (word,)))
    return PressLetter(letter(word), f"Hak jawab {word}", (("Judul", word), ("Tautan", word)), (word,), body, (word,))


def disposition(word="Perkara"):
    nature = (("Biasa", False), ("Segera", True), ("Sangat segera", False))
    wishes = ("Tanggapan dan saran", "Proses lebih lanjut", "Koordinasi/konfirmasikan")
    matter = (("Tiket", word), ("Jawaban", word))
    sign = Signature(("Kepala Dinas,",), word, word, word)
    return Disposition(kop(word), word, word, word, word, "", nature, word, matter, wishes, sign)


def sheet(word="Perkara", many=3):
    return TicketSheet(
        *(word, "0412", word, ("Media", word)),
        *((("Status", word), ("Pengampu", word)), ((word, word, "mulai"), ("Jawaban", "", "5 hari kerja"))),
        f"Perkara {word}",
        (Answered("Jawaban lengkap", word, (Section("Tindakan", (word,)),)),),
        *(((word, word),), ((word, word),), ((word, word),)),
        tuple(Told("Sel 26 Jul, 09.00", f"{word} {n}", word) for n in range(many)),
        f"Dicetak {word}",
    )


SHAPES = {"permintaan": request, "pers": press, "disposisi": disposition, "tiket": sheet}
WITH_DOCX = ("permintaan", "pers", "disposisi")
