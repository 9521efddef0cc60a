"""Which event causes which letter to whom, and what each kind of letter asks for. No Flask, no SQL."""

from dataclasses import dataclass
from enum import StrEnum

from app.people.rules import Role
from app.tickets.rules import State
from app.tickets.rules.letters import LEAD, MAILED, NARAHUBUNG, NEW_LEAD


class Kind(StrEnum):
    FORWARD = "forward"
    REROUTE = "reroute"
    REOPEN = "reopen"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    REWORK = "rework"
    HANDOVER = "handover"
    TASK_OPEN = "task_open"
    TASK_HAND = "task_hand"
    TASK_REWORK = "task_rework"
    TASK_REOPEN = "task_reopen"
    TASK_HANDOVER = "task_handover"
    REMINDER = "reminder"
    EMERGENCY = "emergency"
    FIELD = "field"
    INVITE = "invite"
    RESET = "reset"
    HEAD = "ask_head"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.FORWARD: "Permintaan diteruskan",
    Kind.REROUTE: "Permintaan dialihkan",
    Kind.REOPEN: "Permintaan dibuka kembali",
    Kind.SUBMIT: "Mohon persetujuan jawaban",
    Kind.SEND_BACK: "Draf dikembalikan",
    Kind.REWORK: "Jawaban perlu perbaikan",
    Kind.HANDOVER: "Serah terima",
    Kind.TASK_OPEN: "Tugas baru",
    Kind.TASK_HAND: "Tugas diserahkan",
    Kind.TASK_REWORK: "Tugas perlu perbaikan",
    Kind.TASK_REOPEN: "Tugas dibuka kembali",
    Kind.TASK_HANDOVER: "Serah terima tugas",
    Kind.REMINDER: "Pengingat",
    Kind.EMERGENCY: "Tiket terbatas dibuka darurat",
    Kind.FIELD: "Pertanyaan ke lapangan",
    Kind.INVITE: "Undangan masuk",
    Kind.RESET: "Kata sandi baru",
    Kind.HEAD: "Mohon persetujuan kepala",
}


CALLED = "ticket.called"
"""The event of a telephone call about a letter that nobody opened; `ref_id` is the letter."""

SENDING = "letter.send"
"""The kind of work that sends one letter."""


@dataclass(frozen=True)
class Occasion:
    """What an event causes: a kind of letter to the lead OPD's seats of these roles, or to the person it is about."""

    kind: Kind
    roles: frozenset[Role] = frozenset()


BOTH = frozenset({Role.ADMIN_OPD, Role.NARAHUBUNG})
READERS = {NEW_LEAD: BOTH, LEAD: BOTH, NARAHUBUNG: frozenset({Role.NARAHUBUNG})}
OCCASIONS = {f"ticket.{move}": Occasion(Kind(move), READERS[whom]) for move, whom in MAILED.items()} | {
    "ticket.handover": Occasion(Kind.HANDOVER),
    "task.open": Occasion(Kind.TASK_OPEN, BOTH),
    "task.rule": Occasion(Kind.TASK_HAND, BOTH),
    "task.reroute": Occasion(Kind.TASK_HAND, BOTH),
    "task.rework": Occasion(Kind.TASK_REWORK, BOTH),
    "task.reopen": Occasion(Kind.TASK_REOPEN, BOTH),
    "task.handover": Occasion(Kind.TASK_HANDOVER),
    "ticket.emergency": Occasion(Kind.EMERGENCY),
    "ticket.field_asked": Occasion(Kind.FIELD),
    "task.field_asked": Occasion(Kind.FIELD),
    "person.invited": Occasion(Kind.INVITE),
    "person.reset_requested": Occasion(Kind.RESET),
    "ticket.ask_head": Occasion(Kind.HEAD),
}
"""The moves whose form says who is mailed, and what happens to accounts. An event that is not here writes to nobody."""

REMINDED = Occasion(Kind.REMINDER, BOTH)
"""The clock's own occasion: no event of one matter causes it, a letter bundles what a person is reminded of."""

ASKED_IN = {
    Kind.SUBMIT: State.AWAITING_APPROVAL,
    Kind.SEND_BACK: State.NEEDS_WORK,
    Kind.REWORK: State.NEEDS_WORK,
}
"""The state in which a letter still asks for something; a late one is dropped when the matter has moved on."""


@dataclass(frozen=True)
class Ask:
    """One thing asked: the verb, the rest of the sentence, and the ticket's date it is wanted by."""

    verb: str
    rest: str
    by: str
    media_only: bool = False


@dataclass(frozen=True)
class Wording:
    """The words of one kind of ticket letter. `{opd}` is the addressed agency, `{lead}` in what way it leads."""

    please: str
    by: str
    why: str
    asks: tuple[Ask, ...]
    says: str = "Catatan Diskominfo"
    may_object: bool = False


TAKE_ON = Ask("Terima & tangani", ", atau sampaikan bila bukan kewenangan", "react_by")
FIRST_STATEMENT = Ask("Pernyataan awal", ": apa yang terjadi dan apa yang dikerjakan", "react_by", media_only=True)
FULL_ANSWER = Ask("Jawaban lengkap", ": tindakan, tanggal, dan hasilnya", "due_at")

WORDINGS = {
    Kind.FORWARD: Wording(
        "mohon ditangani", "react_by",
        "Permintaan ini kami teruskan kepada {opd} sebagai {lead}.",
        (TAKE_ON, FIRST_STATEMENT, FULL_ANSWER), may_object=True,
    ),
    Kind.REROUTE: Wording(
        "mohon ditangani", "react_by",
        "Permintaan ini kami alihkan kepada {opd} sebagai {lead}. Waktu {opd} dihitung sejak hari ini.",
        (TAKE_ON, FIRST_STATEMENT, FULL_ANSWER), says="Alasan dialihkan", may_object=True,
    ),
    Kind.REOPEN: Wording(
        "mohon dilanjutkan", "due_at",
        "Permintaan ini dibuka kembali, dan {opd} tercatat sebagai pengampunya.",
        (Ask("Lanjutkan penanganan", ", sesuai alasan di atas", "due_at"), FULL_ANSWER),
        says="Alasan dibuka kembali", may_object=True,
    ),
    Kind.SUBMIT: Wording(
        "mohon disetujui", "due_at",
        "Draf jawaban {opd} menunggu persetujuan Anda. Setelah disetujui, jawaban diteruskan ke Diskominfo.",
        (Ask("Periksa draf jawaban", ": setujui, perbaiki, atau kembalikan", "due_at"),), says="Catatan pengaju",
    ),
    Kind.SEND_BACK: Wording(
        "mohon diperbaiki", "due_at",
        "Draf jawaban {opd} dikembalikan untuk diperbaiki sebelum disetujui.",
        (Ask("Perbaiki draf jawaban", ", lalu ajukan kembali", "due_at"),), says="Yang perlu diperbaiki",
    ),
    Kind.REWORK: Wording(
        "mohon diperbaiki", "due_at",
        "Diskominfo sudah menelaah jawaban {opd} dan meminta perbaikan.",
        (Ask("Perbaiki jawaban", ", lalu ajukan kembali", "due_at"),), says="Yang perlu diperbaiki",
    ),
}  # fmt: skip

WORDINGS[Kind.HANDOVER] = Wording(
    "mohon dilanjutkan", "due_at",
    "Permintaan ini belum selesai, dan kini menjadi tugas Anda: penunjukan di {opd} diserahterimakan kepada Anda.",
    (Ask("Lanjutkan dari keadaan terakhir", ": terima, tangani, atau setujui", "due_at"), FULL_ANSWER),
    says="Catatan serah terima", may_object=True,
)  # fmt: skip

SECRET_ASK = Ask("Buka dan baca permintaan ini", ", lalu pilih langkahnya di sana", "react_by")
"""All that a restricted ticket's letter asks: its matter is nobody's business in a mail box."""

STEPS = (
    ("Diteruskan", frozenset({State.NEW, State.FORWARDED, State.CONTESTED})),
    ("Ditangani", frozenset({State.IN_PROGRESS, State.ON_HOLD, State.NEEDS_WORK})),
    ("Jawaban", frozenset({State.AWAITING_APPROVAL, State.UNDER_REVIEW})),
    ("Selesai", frozenset({State.RESOLVED, State.OTHER_AUTHORITY, State.AWAITING_BUDGET})),
)
"""The stations a request passes, and the states in which it stands at each."""

TITLE_IN_SUBJECT = 90


def shortened(text: str, most: int) -> str:
    """Cut at a word, with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
