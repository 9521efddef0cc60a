"""Shapes of a rakor's papers for tests: one word everywhere, or thirty matters as they come."""

import io

from PIL import Image, ImageDraw

from app.papers.rules.meetings import (
    MATRIX_HEAD,
    AgendaEntry,
    AgendaRegister,
    Agreement,
    Attendance,
    Brought,
    Discussed,
    FollowUp,
    FollowUpMatrix,
    GuestLine,
    Invitation,
    MeetingMaterial,
    MeetingReport,
    Minutes,
    Picture,
    PlanLine,
    Sheet,
)
from app.papers.rules.shapes import Section
from app.papers.rules.signing import Signature
from tests.papers import samples

TICKS = ("Hadir", "Diwakili", "Tidak hadir")
PROSE = (
    "Warga RT 04 sampai RT 09 mengeluhkan air tidak mengalir sejak tiga hari dan membeli air tangki "
    "Rp 120.000 sekali isi; pompa sadap bergantian padam karena tegangan listrik turun pada malam hari."
)
OFFICES = (
    "Dinas Perumahan dan Kawasan Permukiman", "Perumda Tirta Mahakam", "Dinas Pekerjaan Umum", "Dinas Perhubungan",
    "Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "Dinas Lingkungan Hidup dan Kehutanan",
)  # fmt: skip


def sheet(title, word="Ruang Serbaguna", number=""):
    told = (("Topik", word), ("Hari, tanggal", "Selasa, 26 Juli 2022"), ("Waktu", "09.00 WITA"), ("Tempat", word))
    return Sheet(samples.kop(), title, number, told, "DRAF", "Draf, data per Selasa, 26 Juli 2022, 08.12 WITA")


def sign(word="Kepala Dinas"):
    return Signature(("Tenggarong, 26 Juli 2022", f"{word},"), f"Dr. {word}, M.Si.", "Pembina", "19700101 199503 1 001")


def plan(word, n=1):
    return PlanLine(
        f"Rencana {word} {n}", (f"Indikator: {word}", f"Juru bicara: {word}"), OFFICES[n % 6], OFFICES[(n + 1) % 6],
        "Jumat, 30 September 2022", f"Berjalan {n} %",
    )  # fmt: skip


def invitation(word="Bahan", many=3):
    few = many <= 6
    guests = tuple(f"Kepala {OFFICES[n % 6]} {n}" for n in range(many))
    annex = (("Lampiran", f"Surat {word}"), ("Nomor", word), ("Tanggal", "26 Juli 2022"))
    facts = (("Hari, tanggal", "Selasa, 26 Juli 2022"), ("Waktu", "09.00 WITA"), ("Tempat", word), ("Acara", word))
    made = samples.letter(word)
    told = dict(vars(made)) | {"to": made.to if not few or not guests else ""}
    return Invitation(
        type(made)(**told), guests, not few, () if few else annex, (f"Pembuka {word}.",), facts, (f"Penutup {word}.",),
        "DRAF", "Draf",
    )  # fmt: skip


def material(word="Bahan", many=2):
    matters = tuple(
        Brought(
            f"{word} {n}", (("OPD pengampu", OFFICES[n % 6]), ("OPD pendukung", OFFICES[(n + 2) % 6]), ("Akar masalah", word)),
            (f"{word}: {PROSE}",), (f"Tiket 0{n:03d}: {word}, Ditangani OPD", f"Berita {n}: {word}"), f"Putuskan {word}?",
        )
        for n in range(1, many + 1)
    )  # fmt: skip
    plans = tuple(plan(word, n) for n in range(1, many + 1))
    return MeetingMaterial(sheet("Bahan rapat koordinasi", word), (f"Gambaran {word}.",), plans, matters)


def attendance(word="Hadir", many=3):
    rows = tuple(
        GuestLine(
            f"{OFFICES[n % 6]} {n}", word if n % 2 else "", tuple((name, n % 4 == at) for at, name in enumerate(TICKS))
        )
        for n in range(many)
    )
    return Attendance(sheet("Daftar hadir", word), rows, f"Jumlah {word}.", sign(word))


def minutes(word="Notula", many=2):
    matters = tuple(
        Discussed(f"{word} {n}", (f"{word}: {PROSE}",), (f"Disepakati {word}.",), (plan(word, n),))
        for n in range(1, many + 1)
    )
    people = tuple((f"{OFFICES[n % 6]} {n}", "Diwakili oleh Sekretaris" if n % 2 else "Hadir") for n in range(many))
    photos = tuple(Picture(f"{word} {n}", photo(n)) for n in range(min(many, 3)))
    return Minutes(
        sheet("Notula", word), people, matters, (f"Penutup {word}.",), (sign("Pimpinan rapat"), sign(word)), photos
    )


def agreement(word="Sepakat", many=2):
    points = tuple(
        Section(f"{word} {n}", (f"{word} {n}", f"OPD pengampu: {OFFICES[n % 6]}")) for n in range(1, many + 1)
    )
    parties = tuple((OFFICES[n % 6], f"{word} {n}") for n in range(many))
    return Agreement(
        sheet("Berita acara kesepakatan", word, word),
        (f"Pembuka {word}.",),
        points,
        (f"Penutup {word}.",),
        parties,
        sign(word),
    )


def report(word="Laporan", many=2):
    points = tuple(Section(f"{word} {n}", (f"Disepakati {word} {n}.",)) for n in range(1, many + 1))
    return MeetingReport(
        sheet("Nota dinas", word), (f"Pembuka {word}.",), (("Waktu", word), ("Tempat", word)), points,
        tuple(plan(word, n) for n in range(1, many + 1)), (f"Penutup {word}.",), sign(word), (word, "Arsip"),
    )  # fmt: skip


def matrix(word="Matriks", many=2):
    rows = tuple(
        FollowUp(
            f"{word} {n}", (f"Kabar Etam: {word}", "https://kabaretam.example/2022/07/26/air-tenggarong-seberang"), word,
            OFFICES[n % 6], OFFICES[(n + 1) % 6], f"{PROSE[: 40 + 3 * n % 90]} {word}", "30 September 2022", f"{word} {n}",
            "Berjalan, lewat target" if n % 3 else "Terlaksana", str(n * 3 % 101), word if n % 2 else "",
        )
        for n in range(1, many + 1)
    )  # fmt: skip
    return FollowUpMatrix(sheet("Matriks tindak lanjut", word), MATRIX_HEAD, rows, f"Jumlah {word}.", sign(word))


def register(word="Agenda", many=2):
    rows = tuple(
        AgendaEntry(
            f"{word} {n}", "Triwulan III 2022", (f"{word}, 12 berita (9 negatif)", f"Isu {n}"), word, OFFICES[n % 6],
            OFFICES[(n + 1) % 6], (f"{PROSE[: 30 + n]} {word}",), "Surat edaran", word, word, word, word,
            "Selasa, 26 Juli 2022", "Disetujui pimpinan", f"SK {word}", "30 September 2022",
        )
        for n in range(1, many + 1)
    )  # fmt: skip
    return AgendaRegister(sheet("Register agenda prioritas", word), rows, f"Jumlah {word}.", sign(word))


def photo(n=0):
    picture = Image.new("RGB", (900, 600) if n % 2 else (500, 800), (200, 210, 220))
    ImageDraw.Draw(picture).ellipse((100, 100, 400, 400), fill=(90, 110 + n, 130))
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=70)
    return made.getvalue()


SHAPES = {
    "undangan": invitation, "bahan": material, "hadir": attendance, "notula": minutes, "berita-acara": agreement,
    "laporan-rakor": report, "matriks": matrix, "register": register,
}  # fmt: skip
