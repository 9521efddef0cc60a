"""Whose authority it is: when a matter goes up to a superior, why, and in which words a person asks. No SQL.

No machine writes to a kepala OPD, Asisten or Sekda (mission.md fact 13): what is worded here is copied and sent by
a person. None of it says that somebody is late.
"""

from enum import StrEnum

from app.tickets.rules.life import OPD_CLOCK_RUNS, Level, State, TaskState

HIGH = frozenset({Level.SANGAT_SEGERA, Level.KRISIS})
REFUSALS_BORNE = 2
"""How many objections a matter bears at ordinary levels; at high ones none."""


def goes_up(level: Level, refusals: int) -> bool:
    """Whether objections take the matter up: the first at Sangat segera and Krisis, else the third (fact 5)."""
    return refusals > (0 if level in HIGH else REFUSALS_BORNE)


class Cause(StrEnum):
    """Why it is proposed to go up to a superior (naikkan ke atasan)."""

    REFUSALS = "refusals"
    RULING = "ruling"
    TAKE_ON = "take_on"
    DUE = "due"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        return {
            "refusals": "Belum ada pengampu yang disepakati", "ruling": "Putusan ditunggu",
            "take_on": "Belum diterima OPD", "due": "Jawaban ditunggu", "nobody": "OPD tanpa penerima surat",
        }[self]  # fmt: skip

    @property
    def to_head(self) -> bool:
        """Whether the kepala OPD is asked; otherwise those who decide between OPDs."""
        return self in (Cause.TAKE_ON, Cause.DUE, Cause.NOBODY)

    def reason(self, opd: str, refusals: int, task: int = 0) -> str:
        """Why it is proposed, for Diskominfo's eyes; `task` is the number of the task that it is about."""
        about = f"Tugas {task}: " if task else ""
        said = {
            "refusals": f"{refusals} keberatan: OPD menyampaikan bukan kewenangannya.",
            "ruling": "Waktu yang disediakan untuk putusan sudah terpakai.",
            "take_on": f"{opd} belum menerima permintaan ini dalam waktu tanggapan pertama.",
            "due": f"Waktu jawaban {opd} sudah terpakai.",
            "nobody": f"{opd} belum punya admin OPD atau narahubung yang bisa disurati.",
        }[self]
        return about + said

    def request(self, opd: str, task: int = 0) -> str:
        """What is asked of the superior, in one sentence that blames nobody."""
        matter, who, start = ("tugas ini", "OPD yang mengerjakannya", "pengerjaannya") if task else (
            "perkara ini", "OPD pengampunya", "penanganannya")  # fmt: skip
        return {
            "refusals": f"OPD yang kami hubungi menyampaikan bahwa {matter} bukan kewenangannya. Mohon perkenan "
            f"Bapak/Ibu menetapkan {who}, agar {start} dapat dimulai.",
            "ruling": f"OPD pengampu {matter} belum ditetapkan. Mohon perkenan Bapak/Ibu menetapkannya, agar "
            f"{start} dapat dimulai.",
            "take_on": f"Permintaan ini kami teruskan kepada {opd} dan menunggu tanggapan pertama. Mohon bantuan "
            "Bapak/Ibu menunjuk siapa yang menanganinya.",
            "due": f"{'Hasil tugas' if task else 'Jawaban lengkap'} {opd} kami tunggu. Mohon arahan Bapak/Ibu; "
            "bila perlu waktu atau dukungan OPD lain, kami siap membantu.",
            "nobody": f"Kami belum dapat menghubungi admin OPD atau narahubung {opd}. Mohon bantuan Bapak/Ibu menunjuk "
            "petugasnya; penunjukan sementara sudah cukup (SK menyusul).",
        }[self]


STANDS_WHILE = {
    Cause.REFUSALS: frozenset({State.NEW, State.FORWARDED, State.CONTESTED}),
    Cause.RULING: frozenset({State.CONTESTED}),
    Cause.TAKE_ON: frozenset({State.FORWARDED}),
    Cause.DUE: OPD_CLOCK_RUNS,
    Cause.NOBODY: OPD_CLOCK_RUNS,
}
TASK_STANDS_WHILE = {
    Cause.REFUSALS: frozenset({TaskState.OPEN, TaskState.CONTESTED}),
    Cause.RULING: frozenset({TaskState.CONTESTED}),
    Cause.TAKE_ON: frozenset({TaskState.OPEN}),
    Cause.DUE: frozenset({TaskState.OPEN, TaskState.IN_PROGRESS}),
    Cause.NOBODY: frozenset({TaskState.OPEN, TaskState.IN_PROGRESS}),
}
"""In which states of a ticket, or of a task, there is still a reason to go up; in others nobody need decide on it."""

OF_ONE_OPD = frozenset({Cause.TAKE_ON, Cause.DUE, Cause.NOBODY})
"""Proposals that end when another OPD gets the matter."""


def standing(state: State | TaskState) -> frozenset[Cause]:
    """The causes that still hold in that state."""
    table: dict = TASK_STANDS_WHILE if isinstance(state, TaskState) else STANDS_WHILE
    return frozenset(cause for cause, states in table.items() if state in states)


UP = "Asisten atau Sekda"
"""Who decides between OPDs, until somebody is named."""


def letter_up(cause: Cause, to: str, number: str, title: str, opd: str, task: int = 0) -> str:
    """The text of a proposal, ready to be copied: `title` is the shown one, empty where the matter is restricted."""
    which = f"Permintaan tindak lanjut nomor {number}" + (f", tugas {task}" if task else "")
    about = which + (f": {title}." if title else " (terbatas).")
    return f"Yth. {to},\n\n{about}\n\n{cause.request(opd, task)}\n\nTerima kasih.\nDiskominfo"


def question_of(number: str, title: str, objections: list[tuple[str, str, str]]) -> str:
    """What a ruling is asked about, from the objections: (OPD, its reason, whom it proposes), the newest last."""
    lines = [f"Siapa OPD pengampu permintaan nomor {number}, {title}?"]
    for opd, reason, proposed in objections:
        why = f": {reason.rstrip('.')}." if reason else "."
        lines.append(f"{opd} menyampaikan bukan kewenangannya{why} Usulan: {proposed}.")
    return "\n".join(lines)


def note_asking(to: str, question: str, by: str) -> str:
    """«Salin untuk WhatsApp / nota»: what a person sends to whoever is asked for the ruling."""
    ask = "Mohon putusan Bapak/Ibu. Balasan ini sudah cukup; kami mencatat nama, tanggal, dan dasarnya."
    return f"Yth. {to},\n\n{question}\n\n{ask}\n\nTerima kasih.\n{by}"
