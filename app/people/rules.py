"""Roles and seats, as the Bupati's decree and the mission's glossary name them; passwords and sessions."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

import email_validator

from app.core.calendar.hours import parse_spans, span_words
from app.core.words import one_line


class Role(StrEnum):
    DISKOMINFO = "diskominfo"
    ADMIN_OPD = "admin_opd"
    NARAHUBUNG = "narahubung"
    PIMPINAN = "pimpinan"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]

    @property
    def heading(self) -> str:
        """The label where it stands alone, with a capital."""
        return self.label[0].upper() + self.label[1:]

    @property
    def of_opd(self) -> bool:
        """The two roles that an agency's own people hold."""
        return self in (Role.ADMIN_OPD, Role.NARAHUBUNG)


ROLE_LABELS = {
    Role.DISKOMINFO: "Diskominfo",
    Role.ADMIN_OPD: "admin OPD",
    Role.NARAHUBUNG: "narahubung",
    Role.PIMPINAN: "pimpinan",
}


class SeatKind(StrEnum):
    DEFINITIF = "definitif"
    PLT = "plt"
    PLH = "plh"
    SEMENTARA = "sementara"

    @property
    def label(self) -> str:
        return {"definitif": "Definitif", "plt": "Plt.", "plh": "Plh.", "sementara": "Sementara"}[self.value]


class HeadApproves(StrEnum):
    """Which answers of an OPD its head must approve; a public statement by default (mission.md, Roles)."""

    NEVER = "never"
    STATEMENTS = "statements"
    ALWAYS = "always"

    @property
    def label(self) -> str:
        return {"never": "Tidak perlu", "statements": "Pernyataan publik", "always": "Setiap jawaban"}[self.value]


class HoursKind(StrEnum):
    WORK = "work"
    WATCH = "watch"

    @property
    def label(self) -> str:
        return {"work": "Jam kerja", "watch": "Jam siaga"}[self.value]


class SheetState(StrEnum):
    """How far a sheet of people is."""

    WAITING = "waiting"
    READY = "ready"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {
            "waiting": "Sedang dibaca", "ready": "Menunggu diperiksa", "applying": "Sedang diterapkan",
            "applied": "Diterapkan", "refused": "Tidak dapat dibaca",
        }[self.value]  # fmt: skip


GENERAL_HOURS = (*[[["07.30", "16.00"]]] * 4, [["07.30", "11.00"], ["13.00", "16.00"]], [], [])
WATCH_HOURS = ([["07.00", "21.00"]],) * 7
SHIFT_HOURS = ([["00.00", "24.00"]],) * 7
"""Weeks to start with, Monday first, as `WorkingHours.week` keeps them."""
HOURS_FIELDS = ("opd_id", "kind", "name", "week", "works_holidays", "starts_on", "ends_on", "basis")
HOLIDAY_KINDS = {"nasional": "Libur nasional", "cuti": "Cuti bersama", "daerah": "Hari libur daerah"}
RAMADAN_GUESS = {2027: ("2027-02-08", "2027-03-09"), 2028: ("2028-01-28", "2028-02-25")}
"""Likely days of Ramadan, by calculation; the sidang isbat decides."""
RAMADAN_BASIS = "Perkiraan, tunggu sidang isbat"
RAMADAN_HOURS = (*[[["08.00", "15.00"]]] * 4, [["08.00", "11.30"], ["12.30", "15.30"]], [], [])
UNCONFIRMED = "Isian awal, belum dikonfirmasi"


def week_of(week: Sequence[Sequence[Sequence[str]]]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """A stored week as spans in minutes."""
    return tuple(parse_spans(", ".join("-".join(span) for span in day)) for day in week)


def week_from(texts: Sequence[str]) -> list[list[list[str]]]:
    """Seven days as people type them («07.30-12.00, 13.00-16.00») as they are stored. Raises ValueError."""
    return [[span.split("-") for span in span_words(parse_spans(text)).split(", ") if span] for text in texts]


DECREE_FOLLOWS_DAYS = 14
"""A temporary appointment works at once; its decree ("SK menyusul") is due within this many days."""

ENDS_SOON_DAYS = 30
"""A seat's end is announced this many days before."""

LONGEST_ACTING_NAME = 80
NAME_YOURSELF = "Email ini dipakai bersama. Sebut nama Anda di “Anda bertindak sebagai”, lalu kirim lagi."

SAID = {
    "person.added": "menambahkan orang ini",
    "person.changed": "mengubah data diri",
    "person.activated": "mengaktifkan akun lagi",
    "person.deactivated": "menonaktifkan akun",
    "person.invited": "meminta undangan dikirim",
    "person.reset_requested": "mengirim tautan kata sandi baru atas permintaan",
    "person.password_set": "mencatat kata sandi baru",
    "seat.appointed": "menambahkan penunjukan",
    "seat.proposed": "mengusulkan penunjukan",
    "seat.confirmed": "mengonfirmasi penunjukan",
    "seat.refused": "menolak usulan penunjukan",
    "seat.changed": "mengubah penunjukan",
    "seat.ended": "mengakhiri penunjukan",
    "seat.moved_away": "menyatakan sudah pindah tugas",
    "seat.stayed": "menyatakan penunjukan tetap berlaku",
    "seat.handed_over": "menyerahterimakan penunjukan",
    "seat.followed": "menerima serah terima penunjukan",
    "seat.welcomed": "mulai bekerja setelah serah terima",
    "seat.away": "mengatur wakil selama berhalangan",
    "seat.back": "mengakhiri masa berhalangan",
}
"""What an event of a person's history says, after the actor's name."""

PERSON_FIELDS = {
    "name": "Nama", "email": "Email", "phone": "Telepon", "nip": "NIP", "rank": "Pangkat", "position": "Jabatan",
    "shared": "Email bersama",
}  # fmt: skip
SEAT_FIELDS = ("role", "kind", "basis", "starts_on", "ends_on", "is_admin")
HEAD_FIELDS = (
    *("head_name", "head_position", "head_kind", "head_nip", "head_rank", "head_email", "head_phone"),
    "head_approval",
)
OPD_FIELDS = ("name", "short", "kind", "abbreviations", "topics", "active", "address")
"""What people may change of a person, a penunjukan and an OPD."""

LISTS = ("/tiket", "/pantauan", "/isu")
"""The lists whose views can be saved."""

OFFICE = "DISKOMINFO"
"""Code of the coordinating office, whose people may be operators."""

OPD_KINDS = {
    "sekretariat": "Sekretariat", "bagian": "Bagian", "inspektorat": "Inspektorat", "dinas": "Dinas", "badan": "Badan",
    "satuan": "Satuan", "rsud": "RSUD", "bumd": "BUMD", "kecamatan": "Kecamatan", "eksternal": "Instansi luar",
}  # fmt: skip


OUTSIDE = "eksternal"
"""The kind of an outside body (instansi luar): it has no accounts and gets no letters."""


IDLE_LIMIT = timedelta(hours=12)
"""A working day: whoever signs in at eight is not asked again before the evening."""

SESSION_LIMIT = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)

LINK_DAYS = {"invite": 14, "reset": 1, "ticket": 14, "field": 14}
"""How long a personal link of each purpose lives."""

LONGEST_PASSWORD = 200
GUESSED_FIRST = re.compile(
    "password|passw0rd|passwd|katasandi|sandi|rahasia|admin(istrator)?|operator|welcome|selamatdatang|letmein|login|masuk"
    "|qwert(y(uiop)?)?|asdf(ghjkl?)?|zxcv(bnm?)?|qazwsx(edc)?|abcd?(efghijkl)?|indonesia|merdeka|pancasila|garuda|bismillah"
    "|iloveyou|akucinta(kamu)?|sayang(ku|kamu)?|kutaikartanegara|kutai|kartanegara|kukar(idaman)?|tenggarong|samarinda"
    "|kalimantan|kaltim|timur|diskominfo|kominfo|tanggap|pemkab|bupati|narahubung|dinas|kantor"
)
"""What is tried first: a password of nothing but these, digits and signs is no password."""

# Offices use names that the public Internet does not know (kantor.local, surat.test): a refused address would
# keep a real colleague out, and a mail that cannot arrive is seen on the page of outgoing letters.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()


def clean_email(text: str) -> str:
    """The one spelling under which an address is kept and looked up."""
    return one_line(unicodedata.normalize("NFKC", text)).lower()[:254]


def is_email(text: str) -> bool:
    """Whether letters could be sent there; nobody is asked over the network."""
    try:
        email_validator.validate_email(text, check_deliverability=False)
    except email_validator.EmailNotValidError:
        return False
    return True


BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def device(agent: str) -> str:
    """«Chrome di Windows», from what a browser says of itself."""
    browser = next(
        (name for mark, name in BROWSERS.items() if mark in agent), "Safari" if "Safari" in agent else "Peramban"
    )
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    return f"{browser} di {system}" if system else browser


def words_of(text: str) -> list[str]:
    """A list as people type it (commas, semicolons, bars, lines): each word once, in order."""
    words = (one_line(part) for part in re.split(r"[,;|\n]", text))
    return list(dict.fromkeys(word for word in words if word))


def wrong_password(password: str, about: tuple[str, ...] = (), shortest: int = 12) -> str | None:
    """Why `password` cannot be taken, as a sentence; None when it can. `about` are the person's name and address."""
    if len(password) < shortest:
        return f"Pakai {shortest} huruf atau lebih; empat kata yang tidak berhubungan mudah diingat."
    if len(password) > LONGEST_PASSWORD:
        return f"Terlalu panjang: paling banyak {LONGEST_PASSWORD} huruf."
    if len(_unguessed(password, about)) < 3 and not _is_long_number(password):
        return "Kata sandi ini mudah ditebak. Pilih yang lain, misalnya empat kata yang tidak berhubungan."
    return None


def _unguessed(password: str, about: tuple[str, ...]) -> set[str]:
    """The different letters that are left when everything easily guessed is taken out."""
    rest = password.lower()
    for word in sorted(about, key=len, reverse=True):
        rest = rest.replace(word.lower(), "") if word else rest
    return set(GUESSED_FIRST.sub("", re.sub(r"[\W\d_]+", "", rest)))


def _is_long_number(text: str) -> bool:
    """Digits alone can do when they are many and do not run in a row."""
    digits = re.sub(r"\D", "", text)
    steps = {(int(b) - int(a)) % 10 for a, b in zip(digits, digits[1:], strict=False)}
    return len(digits) >= 14 and len(steps) > 4
