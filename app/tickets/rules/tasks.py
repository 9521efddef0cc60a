"""The life of a task (tugas OPD pendukung): its table of moves, and what a ticket that ends asks about open ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.tickets.rules.asks import Ask
from app.tickets.rules.life import REQUIRED, State, TaskState, missing


class TaskWho(StrEnum):
    """In what capacity somebody stands before a task. `admin` and `narahubung` are those of the OPD that works on it:
    the one asked, or the inner contact of an outside body."""

    DISKOMINFO = "diskominfo"
    LEAD = "lead"
    ADMIN = "admin"
    NARAHUBUNG = "narahubung"
    CLOCK = "clock"


ASKED = frozenset({TaskWho.ADMIN, TaskWho.NARAHUBUNG})
GIVES = frozenset({TaskWho.DISKOMINFO, TaskWho.LEAD})
"""Who may open tasks, set their due date and hand them to another OPD."""


@dataclass(frozen=True)
class TaskMove:
    """A verb of the table: from which states, to which, by whom, and what it needs beside a note."""

    name: str
    label: str
    sources: frozenset[TaskState]
    target: TaskState
    who: frozenset[TaskWho]
    needs: tuple[str, ...] = ()
    hint: str = ""


def _table(*rows: tuple) -> dict[str, TaskMove]:
    return {
        name: TaskMove(name, label, frozenset(sources), target, frozenset(who), needs, hint)
        for name, label, sources, target, who, needs, hint in rows
    }


S, W = TaskState, TaskWho
LEAD = frozenset({W.LEAD})
TASK_MOVES = _table(
    ("take_on", "Terima & tangani", {S.OPEN}, S.IN_PROGRESS, ASKED,
     (), "OPD Anda mulai mengerjakan tugas ini."),
    ("submit", "Ajukan ke pengampu", {S.IN_PROGRESS}, S.SUBMITTED, ASKED,
     ("answer",), "Paragraf ini dipakai pengampu untuk menyusun satu jawaban."),
    ("hold", "Tunda", {S.IN_PROGRESS}, S.IN_PROGRESS, ASKED,
     ("reason", "until"), "Sebut alasan dan sampai kapan. Jam tugas berhenti."),
    ("resume", "Lanjutkan", {S.IN_PROGRESS}, S.IN_PROGRESS, ASKED | {W.CLOCK},
     (), "Jam tugas berjalan lagi."),
    ("accept", "Terima tugas", {S.SUBMITTED}, S.ACCEPTED, LEAD,
     (), "Tugas selesai; paragrafnya siap disalin ke jawaban."),
    ("rework", "Minta perbaikan", {S.SUBMITTED}, S.IN_PROGRESS, LEAD,
     ("note",), "Sebut apa yang kurang. Jam tugas berjalan lagi."),
    ("rule", "Tetapkan", {S.CONTESTED}, S.OPEN, {W.DISKOMINFO},
     ("opd",), "Tetapkan OPD yang mengerjakan; boleh OPD yang sama."),
    ("reroute", "Alihkan ke OPD lain", {S.OPEN, S.IN_PROGRESS, S.SUBMITTED}, S.OPEN, GIVES,
     ("opd", "reason"), "Pilih OPD baru dan sebut alasannya. OPD lama tetap bisa membaca bagiannya."),
    ("object", "Bukan kewenangan kami", {S.OPEN, S.IN_PROGRESS}, S.CONTESTED, ASKED,
     ("reason", "proposed"), "Sebut alasan dan OPD yang Anda usulkan. Keberatan tidak dicatat sebagai kekurangan."),
    ("drop", "Lepas", {S.OPEN, S.IN_PROGRESS, S.CONTESTED, S.SUBMITTED}, S.DROPPED, GIVES,
     ("reason",), "Tugas tidak diperlukan lagi. Sebut alasannya."),
    ("reopen", "Buka kembali", {S.ACCEPTED, S.DROPPED}, S.IN_PROGRESS, LEAD,
     ("reason",), "Sebut apa yang masih diperlukan."),
)  # fmt: skip
"""design.md §4, with a pause of the task's own and a way to hand it to another OPD. `submit` is approved within the OPD
that works on it: its narahubung by submitting, its admin with a recorded approval."""

CLOSED_MATTER = "Perkara terbatas"
"""How a restricted ticket without a judul aman is called before the OPD that only knows its task."""
TASK_CLOCK_RUNS = frozenset({S.OPEN, S.IN_PROGRESS})
TASKLESS = frozenset({State.CLOSED, State.ARCHIVED})
"""In these states of a ticket its tasks rest."""


def task_moves_from(state: TaskState, capacities: Iterable[TaskWho], *, on_hold: bool) -> list[TaskMove]:
    """The moves the table allows in `state` to somebody of these capacities, in the table's order.

    `on_hold`: the task was put off, so that it can be resumed and not put off again.
    """
    mine = frozenset(capacities)
    hidden = "hold" if on_hold else "resume"
    return [move for move in TASK_MOVES.values() if state in move.sources and mine & move.who and move.name != hidden]


ASKS: dict[TaskWho, dict[TaskState, Ask]] = {
    W.NARAHUBUNG: {
        S.OPEN: Ask("take_on", "Terima & tangani", "terima & tangani tugas ini, atau sampaikan bila bukan kewenangan"),
        S.IN_PROGRESS: Ask("submit", "Ajukan", "kerjakan, lalu ajukan hasilnya ke pengampu"),
    },
    W.LEAD: {S.SUBMITTED: Ask("accept", "Periksa", "terima hasil tugas, atau minta perbaikan")},
    W.DISKOMINFO: {S.CONTESTED: Ask("rule", "Tetapkan", "tetapkan OPD yang mengerjakan tugas ini")},
}
ASKS[W.ADMIN] = ASKS[W.NARAHUBUNG]


def task_ask(state: TaskState, capacities: Iterable[TaskWho]) -> Ask | None:
    """What `state` asks of somebody in these capacities; None: it is not their turn."""
    mine = set(capacities)
    return next((asks[state] for who, asks in ASKS.items() if who in mine and state in asks), None)


TASK_MAILED = frozenset({"open", "rule", "reroute", "rework", "reopen"})
"""What admin and narahubung of the OPD that works on a task are written about; all else is told in the app."""

TASK_REQUIRED = {
    "answer": "Tulis hasilnya: apa yang dikerjakan dan kapan.",
    "opd": "Pilih OPD yang mengerjakan.",
}
WAYS = {
    "surat": "Surat",
    "telepon": "Telepon",
    "wa": "WhatsApp",
    "email": "Email",
    "tatap_muka": "Tatap muka",
    "jawaban": "Jawaban instansi",
}
"""How an outside body was reached, or how it answered."""


def task_missing(needs: Iterable[str], values: dict) -> dict[str, str]:
    """What is still to be said, per field, in words that tell the next step."""
    errors = missing(needs, values)
    return {name: TASK_REQUIRED[name] if words == REQUIRED.get(name) and name in TASK_REQUIRED else words
            for name, words in errors.items()}  # fmt: skip


WAIT, DROP, HAND = "tunggu", "lepas", "alih"
SETTLING = {
    WAIT: "Tunggu dulu: batalkan langkah ini",
    DROP: "Lepas, dengan alasan",
    HAND: "Serahkan ke OPD lain, tetap berjalan",
}
"""What a ticket that ends asks about each of its open tasks."""

ASKS_TASKS = frozenset({"resolve", "await_budget", "refer", "close", "archive"})
"""The moves of a ticket that end it, or let it rest: its open tasks are asked about first."""

LAST = frozenset({"close", "archive"})
"""After these nothing of a ticket goes on: no task can be handed to somebody else."""


@dataclass(frozen=True)
class Settled:
    """What was said about one open task: `how` is WAIT, DROP or HAND."""

    how: str
    reason: str = ""
    opd: str = ""


def settled(move: str, numbers: Iterable[int], values: dict) -> tuple[dict[int, Settled], dict[int, str]]:
    """(answers, faults) about the open tasks of these numbers, from `task_<n>`, `task_<n>_reason`, `task_<n>_opd`."""
    answers, faults = {}, {}
    for number in numbers:
        field = f"task_{number}"
        said = Settled(*(str(values.get(name) or "").strip() for name in (field, f"{field}_reason", f"{field}_opd")))
        fault = _fault(move, said)
        if fault:
            faults[number] = fault
        else:
            answers[number] = said
    return answers, faults


def _fault(move: str, said: Settled) -> str:
    if said.how not in SETTLING:
        return "masih terbuka. Pilih: tunggu, lepas dengan alasan, atau serahkan ke OPD lain."
    if said.how == DROP and not said.reason:
        return "dilepas: sebut alasannya dalam satu kalimat."
    if said.how == HAND and move in LAST:
        return "tidak bisa berjalan terus di tiket yang ditutup. Tunggu hasilnya, atau lepas dengan alasan."
    if said.how == HAND and not said.opd:
        return "diserahkan: pilih OPD yang melanjutkan."
    return ""
