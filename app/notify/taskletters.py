"""What a letter about a task says. Pure words: nothing is asked of the database here."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.core import clock
from app.core.words import one_line
from app.notify.content import LONGEST_NOTE, OPENING, Content, because, whom_to_ask
from app.notify.models import Letter
from app.notify.queries import Facts
from app.notify.rules import TITLE_IN_SUBJECT, Kind, shortened
from app.tickets.models import Task


@dataclass(frozen=True)
class TaskWording:
    """The words of one kind of letter. `{opd}` works on it, `{lead}` compiles the answer."""

    please: str
    why: str
    verb: str
    says: str


TASK_WORDINGS = {
    Kind.TASK_OPEN: TaskWording(
        "mohon dikerjakan", "{opd} diminta mengerjakan satu tugas. Jawabannya disusun {lead} sebagai pengampu.",
        "Terima & tangani", "Yang diminta",
    ),
    Kind.TASK_HAND: TaskWording(
        "mohon dikerjakan", "Tugas ini diserahkan kepada {opd}. Waktu {opd} dihitung sejak hari ini.",
        "Terima & tangani", "Yang diminta",
    ),
    Kind.TASK_REWORK: TaskWording(
        "mohon diperbaiki", "{lead} sudah membaca hasil tugas {opd} dan meminta perbaikan.",
        "Perbaiki hasilnya", "Yang perlu diperbaiki",
    ),
    Kind.TASK_HANDOVER: TaskWording(
        "mohon dilanjutkan", "Tugas {opd} ini belum selesai, dan menjadi tugas Anda sejak serah terima penunjukan.",
        "Lanjutkan", "Catatan serah terima",
    ),
    Kind.TASK_REOPEN: TaskWording(
        "mohon dilanjutkan", "Tugas ini dibuka kembali untuk {opd}.", "Lanjutkan", "Alasan dibuka kembali",
    ),
}  # fmt: skip


def about_task(letter: Letter, facts: Facts, url: str, until: datetime) -> Content:
    """A request to a supporting OPD. Behind a judul aman or a restricted ticket it tells nothing of the matter."""
    task, seat, wording = letter.task, letter.seat, TASK_WORDINGS[Kind(letter.kind)]
    assert task is not None and seat is not None
    ticket, opd = task.ticket, seat.opd.short
    lead = ticket.lead.short if ticket.lead else "Diskominfo"
    body = f" (untuk {task.opd.short})" if task.outside else ""
    told = Content(
        subject=_subject(task, wording),
        opening=f"Diminta dari {opd}: {wording.verb.lower()}{_before(task)}.",
        kicker=f"Tugas {task.number} pada permintaan tindak lanjut nomor {ticket.number}",
        title=ticket.shown_title,
        own_words=ticket.sensitive,
        greeting=f"Yth. Bapak/Ibu {seat.signature},",
        paragraphs=(wording.why.format(opd=f"{opd}{body}", lead=lead),),
        note_label=wording.says,
        note="" if ticket.sensitive else shortened(_said(letter, facts).strip(), LONGEST_NOTE),
        ask_heading=f"Yang diminta dari {opd}",
        asks=_asks(task, wording),
        button="Buka tugas ini",
        url=url,
        calm=f"{OPENING} Tautan hanya untuk Anda, berlaku sampai {clock.long_day(clock.local(until).date())}; "
        "mohon tidak diteruskan ke grup.",
        pairs=_pairs(task, facts, lead, letter.person_id),
        others=(("Saya sudah pindah tugas", f"{url}#pindah", "Tidak perlu menjawab. Kami hubungi OPD."),),
        cut=f"Membalas? Tulis di atas garis ini. Nomor {ticket.number}, tugas {task.number}.",
        foot=because(seat),
    )  # fmt: skip
    return _untold(told, task) if ticket.restricted else told


def _said(letter: Letter, facts: Facts) -> str:
    """What is asked, where the task is new to its reader; else what was written with the step."""
    new = letter.kind in (Kind.TASK_OPEN, Kind.TASK_HAND)
    return letter.task.text if new and letter.task else facts.note


def _asks(task: Task, wording: TaskWording) -> tuple[tuple[str, str, str], ...]:
    rest = ", atau sampaikan bila bukan kewenangan" if wording.verb == "Terima & tangani" else ""
    due = clock.long(task.due_at) if task.due_at else ""
    return (wording.verb, rest, ""), ("Ajukan hasilnya", ": tindakan dan tanggalnya", due)


def _untold(told: Content, task: Task) -> Content:
    """The same letter with the matter taken out: only that there is a task, until when, and whom to ask."""
    return replace(
        told,
        opening="Satu tugas terbatas menunggu Anda. Halamannya meminta Anda masuk dulu.",
        title="",
        paragraphs=("Tugas ini bagian dari permintaan terbatas. Halamannya meminta Anda masuk dulu.",),
        note="",
        asks=(("Buka dan baca tugas ini", ", lalu pilih langkahnya di sana", told.asks[-1][2]),),
        pairs=tuple((label, words) for label, words in told.pairs if label == "Bertanya ke"),
    )


def _subject(task: Task, wording: TaskWording) -> str:
    about = f"Tugas {task.number}, permintaan nomor {task.ticket.number}"
    if task.ticket.sensitive or task.ticket.restricted:
        return f"{about}, mohon dibuka{_before(task)}"
    title = shortened(one_line(task.ticket.title), TITLE_IN_SUBJECT)
    return f"{about}: {title}, {wording.please}{_before(task)}"


def _before(task: Task) -> str:
    """« sebelum Jum 20 Nov 10.20»; nothing once that time has passed, for no letter speaks of lateness."""
    due = task.due_at
    return f" sebelum {clock.short(due).replace(',', '')}" if due and due > clock.now() else ""


def _pairs(task: Task, facts: Facts, lead: str, reader_id: int) -> tuple[tuple[str, str], ...]:
    found = [
        ("Pengampu", lead),
        ("Juga dikirim ke", "; ".join(facts.fellows)),
        ("Bertanya ke", whom_to_ask(facts.asker, reader_id)),
    ]
    return tuple((label, words) for label, words in found if words)
