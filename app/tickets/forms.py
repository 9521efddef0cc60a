"""What a browser may send about a ticket: one form per block. Actions check the values and say what is wrong."""

from collections.abc import Iterable, Sequence

from wtforms import DateField, FileField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.core.calendar import Unit
from app.people.models import Opd, Seat
from app.tickets.rules import (
    BUDGET_KINDS,
    LONGEST_TEXT,
    OUTCOMES,
    PROPOSED_OUTSIDE,
    PROPOSED_UNKNOWN,
    AnswerKind,
    Audience,
    Level,
    Move,
    Origin,
    TicketClass,
)
from app.tickets.rules.terms import What
from app.web.forms import Form, Line, Pick

FILE_KINDS = "image/*,application/pdf,.docx,.xlsx"
NEEDED = [InputRequired()]
"""Only says that the label needs no «(boleh kosong)»; what is missing is told by the action, move by move."""


def _moment(label: str) -> StringField:
    return StringField(label, NEEDED, render_kw={"type": "datetime-local"})


def _text(label: str, rows: int = 3, needed: bool = True) -> TextAreaField:
    return TextAreaField(label, NEEDED if needed else [], render_kw={"rows": rows, "maxlength": LONGEST_TEXT})


def _pick(label: str, choices: Iterable[tuple[str, str]] = ()) -> Pick:
    return Pick(label, NEEDED, choices=_options(choices), validate_choice=False)


def _options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _labels(enum) -> list[SelectChoice]:
    return _options((member.value, member.label) for member in enum)


class StatusForm(Form):
    """A move of the table with what it needs (`file` is the proof of a recorded approval)."""

    move = RadioField("Langkah", validate_choice=False)
    opd = _pick("OPD pengampu")
    basis = Line("Dasar penetapan", NEEDED, longest=500)
    proposed = _pick("OPD yang Anda usulkan")
    reason = _text("Alasan", 2)
    until = _moment("Sampai kapan")
    answer = _text("Jawaban", 7)
    answer_kind = RadioField("Jenis jawaban", choices=_labels(AnswerKind), default="full", validate_choice=False)
    outcome = _pick("Hasil", [("", "Pilih hasil…"), *OUTCOMES.items()])
    year = StringField("Tahun anggaran", NEEDED, render_kw={"type": "number", "inputmode": "numeric"})
    kind = _pick("Jenis anggaran", [("", "Pilih jenis…"), *BUDGET_KINDS.items()])
    body = Line("Instansi", NEEDED)
    reference = Line("Nomor surat atau aduan", NEEDED)
    approver = Line("Disetujui oleh", NEEDED)
    file = FileField("Bukti persetujuan", NEEDED, render_kw={"accept": FILE_KINDS})
    note = _text("Catatan", 2, needed=False)

    def offer(self, moves: Iterable[Move], opds: Iterable[Opd]) -> None:
        """Choices as policy gives them; without OPDs the selects are filled when they come into view."""
        self.move.choices = _options((move.name, move.label) for move in moves)
        self.opd.choices = offices(opds, "Pilih OPD…", self.opd.data)
        own = [(PROPOSED_OUTSIDE, "Instansi luar"), (PROPOSED_UNKNOWN, "Tidak tahu")]
        self.proposed.choices = offices(opds, "Pilih OPD atau instansi…", self.proposed.data, own)

    def values(self) -> dict:
        """What was sent, by name, without what is not a value of a move."""
        apart = {"csrf_token", "acting", "version", "nonce", "move", "file"}
        return {name: value or "" for name, value in self.data.items() if name not in apart}


class OpdForm(Form):
    """Forward or reroute, whichever the state allows."""

    opd = _pick("OPD pengampu")
    reason = _text("Alasan", 2)

    def offer(self, opds: Iterable[Opd]) -> None:
        self.opd.choices = offices(opds, "Pilih OPD…", self.opd.data)


class AssignForm(Form):
    """Who of the lead OPD holds the matter."""

    seat = _pick("Pemegang")

    def offer(self, seats: Iterable[Seat], held_by: int | None) -> None:
        people = [(str(seat.id), f"{seat.person.name}, {seat.role.label}") for seat in seats]
        self.seat.choices = _options([("", "Belum ditunjuk"), *people])
        if self.seat.data is None:
            self.seat.data = str(held_by or "")


class LevelForm(Form):
    level = RadioField("Tingkat", choices=_labels(Level), validate_choice=False)


class DueForm(Form):
    due_at = _moment("Tenggat baru")
    reason = _text("Alasan", 2)


class NoteForm(Form):
    """A note for one of the audiences this seat may write to."""

    audience = RadioField("Siapa yang membaca", choices=_labels(Audience), validate_choice=False)
    text = _text("Catatan")


class FileForm(Form):
    file = FileField("Berkas", NEEDED, render_kw={"accept": FILE_KINDS})


class MovedForm(Form):
    """«Saya sudah pindah tugas», with the successor when known."""

    replacement = Line("Pengganti, bila tahu")


FORMS: dict[str, type[Form]] = {
    "status": StatusForm,
    "opd": OpdForm,
    "penugasan": AssignForm,
    "tingkat": LevelForm,
    "tenggat": DueForm,
    "catatan": NoteForm,
    "berkas": FileForm,
}
"""Block name = DOM id part = URL segment = form (design.md §5)."""


def offices(
    opds: Iterable[Opd], empty: str, chosen: str | None, more: Sequence[tuple[str, str]] = ()
) -> list[SelectChoice]:
    """Options of a select of OPDs: code and name, after the empty one and those that are no OPD."""
    known = [(opd.code, f"{opd.short} · {opd.name}" if opd.short != opd.name else opd.name) for opd in opds]
    if not known and chosen and chosen not in dict(more):
        known = [(chosen, chosen)]
    return _options([("", empty), *more, *known])


class TermForm(Form):
    """A term: how much of what, for which matters, from which day on."""

    what = Pick("Untuk apa", choices=[SelectChoice(what.value, f"{what.label} ({what.whose})") for what in What])
    ticket_class = Pick(
        "Jenis tiket", choices=_options([("", "Semua jenis"), *((c.value, c.label) for c in TicketClass)])
    )
    level = Pick("Tingkat", choices=_options([("", "Semua tingkat"), *((level.value, level.label) for level in Level)]))
    origin = Pick("Asal", choices=_options([("", "Semua asal"), *((origin.value, origin.label) for origin in Origin)]))
    amount = IntegerField(
        "Lama", [InputRequired("Isi lamanya."), NumberRange(1, 400)], render_kw={"inputmode": "numeric"}
    )
    unit = Pick("Satuan", choices=_labels(Unit))
    effective_on = DateField("Berlaku mulai", [InputRequired("Isi tanggalnya.")])
    basis = Line("Dasar", [InputRequired("Sebut dasarnya, misalnya nomor peraturan atau surat.")])

    def values(self) -> dict:
        """What a ClockPolicy keeps; an empty choice holds for all."""
        return {
            "what": self.what.data, "amount": self.amount.data, "unit": self.unit.data,
            "ticket_class": TicketClass(self.ticket_class.data) if self.ticket_class.data else None,
            "level": Level(self.level.data) if self.level.data else None,
            "origin": Origin(self.origin.data) if self.origin.data else None,
            "effective_on": self.effective_on.data, "basis": self.basis.data,
        }  # fmt: skip
