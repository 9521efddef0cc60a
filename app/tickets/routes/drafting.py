"""What a seat was writing about a ticket or a task and is offered again, and the text modules it can insert."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from app.core import clock
from app.people.models import Seat
from app.tickets.models import Task, Ticket
from app.tickets.queries.speaking import Desk, HalfWritten, desk_of
from app.web.forms import Form

DRAFTED = {
    "status": ("answer", "note", "reason"),
    "catatan": ("text",),
    "sunting": ("text", "note"),
    "kontak": ("text",),
    "tugas": ("text",),
    "putusan": ("question",),
    "kebenaran": ("basis",),
    "opd": ("reason",),
    "tenggat": ("reason",),
}
"""Block → the fields whose half-written texts are kept."""


class Drafting:
    """Beside a view of `thing`, a ticket or a task, which knows whether its texts are kept: `keeps`."""

    thing: Any
    ticket: Ticket
    seat: Seat
    keeps: bool
    title: str
    forms: dict[str, Form]
    quick = copied = False
    keeps_open = ""
    paragraphs: Sequence[Task] = ()
    """What supporting OPDs have submitted, to be copied into one answer."""

    @cached_property
    def _desk(self) -> Desk:
        """Half-written texts of this seat alone, and the texts it can insert."""
        return desk_of(self.seat, self.thing.stream) if self.keeps and not self.quick else Desk({}, [])

    @property
    def modules(self) -> list[tuple[int, str]]:
        return self._desk.modules

    def drafts(self, block: str) -> bool:
        """Whether the page sends what is half written in that block."""
        return self.keeps and block in DRAFTED

    def draft_of(self, block: str, name: str) -> HalfWritten | None:
        """The text to offer again: not one that was begun before the version which waits now was written."""
        draft = self._desk.drafts.get(f"{block}-{name}")
        newer = self.written_before if draft and name == "answer" else None
        return None if draft and newer and draft.saved_at < newer else draft

    @property
    def written_before(self) -> datetime | None:
        """When the words were written that the answer field begins with."""
        return None

    def kept_words(self, block: str) -> str:
        """«Naskah Anda …»: when the newest text of a block was kept."""
        found = [draft.saved_at for name in DRAFTED.get(block, ()) if (draft := self.draft_of(block, name))]
        return f"Naskah Anda yang belum terkirim, tersimpan {clock.short(max(found))}." if found else ""

    def take_drafts(self, block: str) -> None:
        """What this seat was writing comes back where it was."""
        for name in DRAFTED.get(block, ()):
            if draft := self.draft_of(block, name):
                self.forms[block][name].data = draft.text

    @property
    def places(self) -> Mapping[str, str]:
        """What the places of a text module stand for here."""
        ticket, due_at = self.ticket, self.thing.due_at
        return {
            "nomor": ticket.number,
            "judul": self.title,
            "opd": self.seat.opd.short,
            "pengampu": ticket.lead.short if ticket.lead else "",
            "tanggal": clock.long_day(clock.today()),
            "tenggat": clock.long(due_at) if due_at else "",
            "nama": self.seat.person.name,
        }
