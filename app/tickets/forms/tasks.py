"""What a browser may send about tasks: one form per block. Actions check the values and say what is wrong."""

from collections.abc import Iterable, Sequence

from wtforms import FileField, RadioField, StringField, TextAreaField

from app.people.models import Seat
from app.people.rules import OUTSIDE
from app.tickets.forms.fields import FILE_KINDS, NEEDED, moment, offices, options, pick, text
from app.tickets.rules import LONGEST_TEXT, PROPOSED_OUTSIDE, PROPOSED_UNKNOWN, Audience
from app.tickets.rules.tasks import WAYS, TaskMove
from app.web.forms import Form, Line


class TaskForm(Form):
    """Ask an OPD, or an outside body, for something: whom, what, by when."""

    opd = pick("OPD pendukung atau instansi luar")
    text = text("Yang diminta", 2)
    due_at = StringField("Tenggat tugas", [], render_kw={"type": "datetime-local"})

    def offer(self, opds: Iterable) -> None:
        self.opd.choices = offices(opds, "Pilih OPD atau instansi…", self.opd.data)


class TaskStatusForm(Form):
    """A move of the tasks' table with what it needs."""

    move = RadioField("Langkah", validate_choice=False)
    answer = text("Hasil tugas", 5)
    approver = Line("Disetujui oleh", NEEDED)
    basis = Line("Dasar persetujuan", NEEDED, longest=500)
    opd = pick("OPD yang mengerjakan")
    proposed = pick("OPD yang Anda usulkan")
    reason = text("Alasan", 2)
    until = moment("Sampai kapan")
    note = text("Catatan", 2, needed=False)

    def offer(self, moves: Iterable[TaskMove], opds: Sequence) -> None:
        """Choices as policy gives them."""
        self.move.choices = options((move.name, move.label) for move in moves)
        self.opd.choices = offices(opds, "Pilih OPD…", self.opd.data)
        own = [(PROPOSED_OUTSIDE, "Instansi luar"), (PROPOSED_UNKNOWN, "Tidak tahu")]
        inner = [opd for opd in opds if opd.kind != OUTSIDE]
        self.proposed.choices = offices(inner, "Pilih OPD atau instansi…", self.proposed.data, own)

    def values(self) -> dict:
        """What was sent, by name, without what is not a value of a move."""
        apart = {"csrf_token", "acting", "version", "nonce", "move"}
        return {name: value or "" for name, value in self.data.items() if name not in apart}


class TaskAssignForm(Form):
    """Who of the OPD holds the task; of an outside body's task also which OPD is its contact."""

    seat = pick("Pemegang")
    contact = pick("Kontak dalam")

    def offer(self, seats: Iterable[Seat], held_by: int | None, opds: Iterable, contact: str) -> None:
        people = [(str(seat.id), f"{seat.person.name}, {seat.role.label}") for seat in seats]
        self.seat.choices = options([("", "Belum ditunjuk"), *people])
        self.contact.choices = offices(opds, "Pilih OPD…", self.contact.data)
        if self.seat.data is None:
            self.seat.data = str(held_by or "")
        if self.contact.data is None:
            self.contact.data = contact


class TaskDueForm(Form):
    due_at = moment("Tenggat baru")
    reason = text("Alasan", 2)


class TaskNoteForm(Form):
    audience = RadioField(
        "Siapa yang membaca",
        choices=options((each.value, each.label) for each in (Audience.INTERNAL, Audience.SHARED)),
        validate_choice=False,
    )
    text = text("Catatan")


class TaskFileForm(Form):
    file = FileField("Berkas", NEEDED, render_kw={"accept": FILE_KINDS})


class ContactForm(Form):
    """A letter, a call or an answer of an outside body."""

    way = pick("Lewat", [("", "Pilih…"), *WAYS.items()])
    whom = Line("Dengan siapa", NEEDED, longest=120)
    at = StringField("Kapan", [], render_kw={"type": "datetime-local"})
    text = TextAreaField("Isi singkat", NEEDED, render_kw={"rows": 2, "maxlength": LONGEST_TEXT})
    file = FileField("Berkas", [], render_kw={"accept": FILE_KINDS})


TASK_FORMS: dict[str, type[Form]] = {
    "status": TaskStatusForm,
    "penugasan": TaskAssignForm,
    "tenggat": TaskDueForm,
    "catatan": TaskNoteForm,
    "berkas": TaskFileForm,
    "kontak": ContactForm,
}
"""Block name = DOM id part = URL segment = form (design.md §5)."""
