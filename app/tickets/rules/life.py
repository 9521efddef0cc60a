"""The life of a ticket: states, moves, levels, and what each move needs. No Flask, no SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    NEW = "new"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    CONTESTED = "contested"
    ON_HOLD = "on_hold"
    AWAITING_APPROVAL = "awaiting_approval"
    UNDER_REVIEW = "under_review"
    NEEDS_WORK = "needs_work"
    RESOLVED = "resolved"
    CLOSED = "closed"
    OTHER_AUTHORITY = "other_authority"
    AWAITING_BUDGET = "awaiting_budget"
    ARCHIVED = "archived"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]

    @property
    def ended(self) -> bool:
        """Nothing more is expected unless it is reopened; the matter's clock stands."""
        return self in ENDED


STATE_LABELS = {
    State.NEW: "Baru",
    State.FORWARDED: "Diteruskan ke OPD",
    State.IN_PROGRESS: "Ditangani OPD",
    State.CONTESTED: "Menunggu penetapan pengampu",
    State.ON_HOLD: "Ditunda",
    State.AWAITING_APPROVAL: "Menunggu persetujuan",
    State.UNDER_REVIEW: "Menunggu telaah Diskominfo",
    State.NEEDS_WORK: "Perlu perbaikan",
    State.RESOLVED: "Selesai",
    State.CLOSED: "Ditutup",
    State.OTHER_AUTHORITY: "Kewenangan instansi lain",
    State.AWAITING_BUDGET: "Menunggu anggaran",
    State.ARCHIVED: "Diarsipkan",
}
ENDED = frozenset({State.RESOLVED, State.CLOSED, State.OTHER_AUTHORITY, State.ARCHIVED})
OPD_CLOCK_RUNS = frozenset({State.FORWARDED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.NEEDS_WORK})
LINKS_END = frozenset({State.CLOSED, State.ARCHIVED})


class Turn(StrEnum):
    """With whom the ball is (giliran)."""

    CENTRE = "centre"
    OPD = "opd"
    NOBODY = "nobody"


TURNS = {
    **dict.fromkeys((State.NEW, State.CONTESTED, State.UNDER_REVIEW), Turn.CENTRE),
    **dict.fromkeys(OPD_CLOCK_RUNS, Turn.OPD),
}


def turn_of(state: State) -> Turn:
    return TURNS.get(state, Turn.NOBODY)


class Level(StrEnum):
    BIASA = "biasa"
    SEGERA = "segera"
    SANGAT_SEGERA = "sangat_segera"
    KRISIS = "krisis"

    @property
    def label(self) -> str:
        return {
            "biasa": "Biasa",
            "segera": "Segera",
            "sangat_segera": "Sangat segera",
            "krisis": "Krisis",
        }[self]

    @property
    def outside(self) -> "Level":
        """As people outside Diskominfo read it: Krisis is a word of Diskominfo alone."""
        return Level.SANGAT_SEGERA if self is Level.KRISIS else self


class TicketClass(StrEnum):
    MEDIA = "media"
    INFORMASI = "informasi"
    ASPIRASI = "aspirasi"
    ADUAN = "aduan"
    BERKADAR = "berkadar_pengawasan"

    @property
    def label(self) -> str:
        return CLASS_LABELS[self]


CLASS_LABELS = {
    TicketClass.MEDIA: "Media",
    TicketClass.INFORMASI: "Permintaan informasi",
    TicketClass.ASPIRASI: "Aspirasi",
    TicketClass.ADUAN: "Aduan",
    TicketClass.BERKADAR: "Aduan berkadar pengawasan",
}


class Origin(StrEnum):
    """Where a matter came from; a mirrored complaint of SP4N is one too."""

    MEDIA = "media"
    SP4N = "sp4n"
    JOURNALIST = "wartawan"
    INSTRUCTION = "arahan"
    OTHER = "lain"

    @property
    def label(self) -> str:
        return {
            "media": "Pantauan media", "sp4n": "SP4N-LAPOR!", "wartawan": "Permintaan konfirmasi wartawan",
            "arahan": "Arahan pimpinan", "lain": "Lainnya",
        }[self]  # fmt: skip


class Truth(StrEnum):
    """Status kebenaran; separate from tone (mission.md, fact 11)."""

    UNVERIFIED = "unverified"
    TRUE = "true"
    PARTLY = "partly"
    FALSE = "false"
    HOAX = "hoax"

    @property
    def label(self) -> str:
        return {
            "unverified": "Belum diverifikasi", "true": "Benar", "partly": "Benar sebagian", "false": "Keliru",
            "hoax": "Hoaks",
        }[self]  # fmt: skip


class ResponseKind(StrEnum):
    """What an answer is: it decides which parts it must have and who must approve it."""

    REPAIR = "repair"
    INFORMATION = "information"
    CLARIFICATION = "clarification"
    BUDGET = "budget"
    OTHER_AUTHORITY = "other_authority"

    @property
    def label(self) -> str:
        return {
            "repair": "Perbaikan lapangan", "information": "Informasi", "clarification": "Klarifikasi",
            "budget": "Perlu anggaran", "other_authority": "Kewenangan instansi lain",
        }[self]  # fmt: skip


class TaskState(StrEnum):
    """Of a tugas OPD pendukung (design.md §4)."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    CONTESTED = "contested"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {
            "open": "Belum ditangani", "in_progress": "Ditangani", "contested": "Menunggu penetapan",
            "submitted": "Menunggu pengampu", "accepted": "Diterima pengampu", "dropped": "Dilepas",
        }[self]  # fmt: skip

    @property
    def ended(self) -> bool:
        """Accepted or dropped: nothing more is expected."""
        return self in (TaskState.ACCEPTED, TaskState.DROPPED)


CLOSE_AFTER_DAYS = 14
"""Days after which the clock closes what is resolved."""


class Who(StrEnum):
    """In what capacity somebody stands before a ticket."""

    DISKOMINFO = "diskominfo"
    LEAD_ADMIN = "lead_admin"
    LEAD_NARAHUBUNG = "lead_narahubung"
    SUPPORTING = "supporting"
    CLOCK = "clock"


LEAD = frozenset({Who.LEAD_ADMIN, Who.LEAD_NARAHUBUNG})
CENTRE = frozenset({Who.DISKOMINFO})


class AnswerKind(StrEnum):
    FIRST_STATEMENT = "first_statement"
    FULL = "full"

    @property
    def label(self) -> str:
        return {"first_statement": "Pernyataan awal", "full": "Jawaban lengkap"}[self]


class Audience(StrEnum):
    INTERNAL = "internal"
    SHARED = "shared"
    ANSWER = "answer"

    @property
    def label(self) -> str:
        return {
            "internal": "Catatan internal",
            "shared": "Catatan bersama",
            "answer": "Jawaban ke Diskominfo",
        }[self]


OUTCOMES = {
    "perbaikan_lapangan": "Perbaikan lapangan",
    "perbaikan_dan_publikasi": "Perbaikan lapangan dan publikasi",
    "klarifikasi_terbit": "Klarifikasi terbit",
    "informasi_diberikan": "Informasi diberikan",
    "tidak_dipublikasikan": "Tidak dipublikasikan (sebut alasannya)",
}
BUDGET_KINDS = {
    "perubahan": "APBD Perubahan",
    "murni": "APBD murni",
    "lain": "Sumber lain",
}
PROPOSED_OUTSIDE, PROPOSED_UNKNOWN = "luar", "tidak_tahu"


@dataclass(frozen=True)
class Move:
    """A verb of the table: from which states, to which, by whom, and what it needs beside a note."""

    name: str
    label: str
    sources: frozenset[State]
    target: State
    who: frozenset[Who]
    needs: tuple[str, ...] = ()
    hint: str = ""


def _table(*rows: tuple) -> dict[str, Move]:
    return {
        name: Move(name, label, frozenset(sources), target, frozenset(who), tuple(needs), hint)
        for name, label, sources, target, who, needs, hint in rows
    }


S, W = State, Who
MOVES = _table(
    ("forward", "Teruskan", {S.NEW, S.CONTESTED, S.OTHER_AUTHORITY}, S.FORWARDED, CENTRE,
     ("opd",), "Pilih OPD pengampu. Admin OPD dan narahubungnya menerima surat."),
    ("reroute", "Alihkan", {S.FORWARDED, S.IN_PROGRESS, S.ON_HOLD, S.NEEDS_WORK, S.AWAITING_APPROVAL}, S.FORWARDED,
     CENTRE, ("opd", "reason"), "Pilih OPD baru dan sebut alasannya. Tautan OPD lama berakhir."),
    ("take_on", "Terima & tangani", {S.FORWARDED, S.CONTESTED}, S.IN_PROGRESS, LEAD,
     (), "OPD Anda menjadi pengampu dan mulai menangani."),
    ("object", "Bukan kewenangan kami", {S.FORWARDED, S.IN_PROGRESS}, S.CONTESTED, LEAD,
     ("reason", "proposed"), "Sebut alasan dan OPD yang Anda usulkan. Keberatan tidak dicatat sebagai kekurangan."),
    ("hold", "Tunda", {S.IN_PROGRESS, S.NEEDS_WORK}, S.ON_HOLD, LEAD | CENTRE,
     ("reason", "until"), "Sebut alasan dan sampai kapan. Jam OPD berhenti."),
    ("resume", "Lanjutkan", {S.ON_HOLD, S.AWAITING_BUDGET}, S.IN_PROGRESS, LEAD | CENTRE | {W.CLOCK},
     (), "Jam OPD berjalan lagi."),
    ("submit", "Ajukan jawaban", {S.IN_PROGRESS, S.NEEDS_WORK}, S.AWAITING_APPROVAL, {W.LEAD_ADMIN},
     ("answer",), "Narahubung menerima surat untuk menyetujui."),
    ("approve", "Setujui", {S.AWAITING_APPROVAL}, S.UNDER_REVIEW, LEAD | CENTRE,
     (), "Jawaban diteruskan ke Diskominfo untuk ditelaah."),
    ("send_back", "Kembalikan draf", {S.AWAITING_APPROVAL}, S.NEEDS_WORK, LEAD,
     ("note",), "Sebut apa yang perlu diperbaiki."),
    ("answer", "Ajukan & setujui jawaban", {S.IN_PROGRESS, S.NEEDS_WORK}, S.UNDER_REVIEW, {W.LEAD_NARAHUBUNG},
     ("answer",), "Jawaban Anda langsung ditelaah Diskominfo."),
    ("rework", "Perlu perbaikan", {S.UNDER_REVIEW}, S.NEEDS_WORK, CENTRE,
     ("note",), "Sebut apa yang kurang. Jam OPD berjalan lagi."),
    ("proceed", "Terima, lanjut tangani", {S.UNDER_REVIEW}, S.IN_PROGRESS, CENTRE,
     (), "Pernyataan awal diterima; jawaban lengkap masih ditunggu."),
    ("resolve", "Selesai", {S.UNDER_REVIEW}, S.RESOLVED, CENTRE,
     ("outcome",), "Pilih hasil: perbaikan lapangan, publikasi, atau alasan tidak dipublikasikan."),
    ("await_budget", "Menunggu anggaran", {S.UNDER_REVIEW}, S.AWAITING_BUDGET, CENTRE,
     ("year", "kind"), "Sebut tahun dan jenis anggaran."),
    ("refer", "Kewenangan instansi lain", {S.NEW, S.CONTESTED, S.FORWARDED, S.IN_PROGRESS, S.UNDER_REVIEW},
     S.OTHER_AUTHORITY, CENTRE, ("body", "reference"), "Sebut instansi dan nomor surat atau aduannya."),
    ("close", "Tutup", {S.RESOLVED, S.OTHER_AUTHORITY, S.AWAITING_BUDGET}, S.CLOSED, CENTRE | {W.CLOCK},
     (), "Tautan pribadi berakhir."),
    ("archive", "Arsipkan", {S.NEW, S.FORWARDED, S.CONTESTED, S.ON_HOLD}, S.ARCHIVED, CENTRE,
     ("reason",), "Sebut alasannya. Tautan pribadi berakhir."),
    ("reopen", "Buka kembali", {S.RESOLVED, S.CLOSED, S.OTHER_AUTHORITY, S.ARCHIVED}, S.IN_PROGRESS, CENTRE | LEAD,
     ("reason",), "Sebut alasannya. Jam perkara berjalan lagi."),
)  # fmt: skip
"""design.md §4. `reopen` leads to `new` where the lead never took the matter on or has objected since."""


def moves_from(state: State, capacities: Iterable[Who]) -> list[Move]:
    """The moves the table allows in `state` to somebody of these capacities, in the table's order."""
    mine = frozenset(capacities)
    return [
        move for move in MOVES.values() if state in move.sources and mine & move.who and _special(move, state, mine)
    ]


def _special(move: Move, state: State, mine: frozenset[Who]) -> bool:
    """What one row of the table cannot say: who may reopen, and that only `resolved` closes by itself."""
    if move.name == "reopen" and W.DISKOMINFO not in mine:
        return state is S.RESOLVED
    if move.name == "close" and W.DISKOMINFO not in mine:
        return state is S.RESOLVED
    return True


LONGEST_TEXT = 10_000
REQUIRED = {
    "opd": "Pilih OPD pengampu.",
    "reason": "Sebut alasannya dalam satu kalimat.",
    "proposed": "Pilih OPD yang Anda usulkan, 'instansi luar', atau 'tidak tahu'.",
    "until": "Pilih tanggal kapan dilanjutkan.",
    "answer": "Tulis jawabannya: apa yang terjadi, tindakan, dan tanggalnya.",
    "note": "Tulis apa yang perlu diperbaiki.",
    "outcome": "Pilih hasilnya.",
    "year": "Isi tahun anggaran, misalnya 2027.",
    "kind": "Pilih jenis anggaran.",
    "body": "Sebut instansinya.",
    "reference": "Isi nomor surat atau aduannya.",
    "basis": "Sebut dasar penetapan: siapa yang memutuskan, kapan, lewat apa.",
    "approver": "Sebut siapa yang menyetujui.",
    "evidence": "Lampirkan bukti persetujuan (foto, tangkapan layar, atau PDF).",
}


def missing(needs: Iterable[str], values: dict) -> dict[str, str]:
    """What is still to be said, per field, in words that tell the next step."""
    return {need: REQUIRED[need] for need in needs if not values.get(need)} | _wrong(values)


def _wrong(values: dict) -> dict[str, str]:
    """Values that are there but cannot be right."""
    errors = {}
    if values.get("outcome") == "tidak_dipublikasikan" and not values.get("note"):
        errors["note"] = "Sebut mengapa tidak dipublikasikan."
    for name in ("note", "reason", "answer", "basis"):
        if len(values.get(name) or "") > LONGEST_TEXT:
            errors[name] = f"Terlalu panjang: paling banyak {LONGEST_TEXT} huruf. Lampirkan sisanya sebagai berkas."
    return errors
