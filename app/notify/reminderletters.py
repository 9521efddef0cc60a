"""What a reminder says: everything a person is reminded of in one letter, each with its own link. Pure words.

It goes to those who do the work, says what is wanted and until when, and blames nobody.
"""

from datetime import datetime

from app.core import clock
from app.core.words import one_line
from app.notify.content import OPENING, Content, Item, because
from app.notify.models import Letter, LetterItem
from app.notify.rules import SECRET_ASK, TITLE_IN_SUBJECT, shortened
from app.people.models import Seat
from app.people.rules import Role
from app.tickets.models import Task, Ticket
from app.tickets.rules import State, Who
from app.tickets.rules.asks import ask_of
from app.tickets.rules.reminding import CALLED, TASK_CALLED
from app.tickets.rules.steps import ALL, RunningClock
from app.tickets.rules.sums import REACT
from app.tickets.rules.tasks import TaskWho, task_ask

STANDS = {
    Role.NARAHUBUNG: frozenset({Who.LEAD_NARAHUBUNG}),
    Role.ADMIN_OPD: frozenset({Who.LEAD_ADMIN}),
    Role.DISKOMINFO: frozenset({Who.LEAD_ADMIN, Who.LEAD_NARAHUBUNG}),
}
WAITS = "Draf menunggu persetujuan narahubung; mohon diingatkan"
USED_UP = "waktunya sudah terpakai; mohon kabar hari ini, atau minta tambahan waktu kepada Diskominfo."
REACT_NOW = "waktunya sudah terpakai; mohon diterima hari ini, atau sampaikan kepada Diskominfo apa yang menghalangi."
WHY = "Surat ini pengingat dari jam tenggat. Hanya admin OPD dan narahubung yang menerimanya."


def about_reminders(
    letter: Letter, told: list[tuple[LetterItem, RunningClock]], urls: list[str], until: datetime
) -> Content:
    """One letter with all that is `told`, the nearest due first, each with its link in `urls`."""
    items = tuple(_item(item, running, url) for (item, running), url in zip(told, urls, strict=True))
    seats = list({item.seat.id: item.seat for item, _running in told}.values())
    offices = " dan ".join(dict.fromkeys(seat.opd.short for seat in seats))
    count = len(items)
    matters = f"{count} hal" if count > 1 else "Satu hal"
    return Content(
        subject=_subject(told, offices),
        opening=f"{matters} menunggu {offices}{_before(told)}.",
        title=f"{matters} menunggu {offices}",
        own_words=True,
        greeting=f"Yth. Bapak/Ibu {seats[0].signature},",
        paragraphs=(WHY,),
        items=items,
        button="",
        url="",
        calm=f"{OPENING} Tautan hanya untuk Anda, berlaku sampai {clock.long_day(clock.local(until).date())}; "
        "mohon tidak diteruskan ke grup.",
        others=(("Saya sudah pindah tugas", f"{urls[0]}#pindah", "Tidak perlu menjawab. Kami hubungi OPD."),),
        cut=f"Membalas? Tulis di atas garis ini. {_numbers(told)}",
        foot=" ".join(because(seat) for seat in seats),
    )


def _item(item: LetterItem, running: RunningClock, url: str) -> Item:
    ticket, task = item.ticket, item.task
    verb, rest = _asked(item)
    about = f"Tugas {task.number} pada permintaan" if task else "Permintaan"
    return Item(
        kicker=f"{about} tindak lanjut nomor {ticket.number}",
        title="Permintaan terbatas" if ticket.restricted else ticket.shown_title,
        verb=verb,
        rest=rest,
        when=_when(item, running),
        button="Buka tugas ini" if task else "Buka permintaan ini",
        url=url,
    )


def _asked(item: LetterItem) -> tuple[str, str]:
    """What is to be done next: (the verb, the rest of the sentence). Of a restricted matter only to open it."""
    if item.ticket.restricted:
        return SECRET_ASK.verb, SECRET_ASK.rest
    words = _words(item.thing, item.seat)
    verb, comma, rest = words.partition(",")
    return verb[0].upper() + verb[1:], f"{comma}{rest}"


def _words(thing: Ticket | Task, seat: Seat) -> str:
    of_task = isinstance(thing, Task)
    ask = task_ask(thing.state, {TaskWho.ADMIN}) if of_task else ask_of(thing.state, STANDS[seat.role])
    if ask is None and thing.state is State.AWAITING_APPROVAL:
        return WAITS
    return ask.words if ask else "periksa keadaannya"


def _when(item: LetterItem, running: RunningClock) -> str:
    """«Jawaban lengkap sebelum Kamis, 26 November 2026, 15.20 WITA»; once that is over, what helps now."""
    called = TASK_CALLED if item.task else CALLED[running.what]
    named = called[0].upper() + called[1:]
    if item.step >= ALL or running.due_at <= clock.now():
        return f"{named}: {REACT_NOW if running.what == REACT else USED_UP}"
    return f"{named} sebelum {clock.long(running.due_at)}"


def _subject(told: list[tuple[LetterItem, RunningClock]], offices: str) -> str:
    if len(told) > 1:
        return f"Pengingat: {len(told)} hal menunggu {offices}{_before(told)}"
    item = told[0][0]
    about = f"tugas {item.task.number}, permintaan nomor" if item.task else "permintaan nomor"
    secret = item.ticket.restricted or item.ticket.sensitive
    title = "" if secret else f": {shortened(one_line(item.ticket.title), TITLE_IN_SUBJECT)}"
    return f"Pengingat {about} {item.ticket.number}{title}{', mohon dibuka' if secret else ''}{_before(told)}"


def _before(told: list[tuple[LetterItem, RunningClock]]) -> str:
    """« sebelum Jum 20 Nov 10.20», the nearest that lies ahead; nothing where none does."""
    ahead = [running.due_at for _item, running in told if running.due_at > clock.now()]
    nearest = " paling dekat" if len(told) > 1 else ""
    return f",{nearest} sebelum {clock.short(min(ahead)).replace(',', '')}" if ahead else ""


def _numbers(told: list[tuple[LetterItem, RunningClock]]) -> str:
    names = [
        f"nomor {item.ticket.number}{f' tugas {item.task.number}' if item.task else ''}" for item, _running in told
    ]
    return f"{', '.join(names)[0].upper()}{', '.join(names)[1:]}."
