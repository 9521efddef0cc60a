"""What a browser may send about a ticket: one form per block. Actions check the values and say what is wrong."""

import re
from collections.abc import Iterable, Sequence

from flask import request
from wtforms import BooleanField, FileField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from app.core.words import plain
from app.people.models import Opd, Seat
from app.tickets.forms.authority import AskRulingForm, RulingForm
from app.tickets.forms.fields import FILE_KINDS, NEEDED, offices
from app.tickets.forms.fields import labels as _labels
from app.tickets.forms.fields import moment as _moment
from app.tickets.forms.fields import options as _options
from app.tickets.forms.fields import pick as _pick
from app.tickets.forms.fields import text as _text
from app.tickets.forms.tasks import TaskForm
from app.tickets.rules import (
    BUDGET_KINDS,
    OUTCOMES,
    PROPOSED_OUTSIDE,
    PROPOSED_UNKNOWN,
    AnswerKind,
    Audience,
    Level,
    Move,
    ResponseKind,
    Truth,
)
from app.tickets.rules.answers import HINTS
from app.web.forms import Form, Line

SETTLES = re.compile(r"task_\d{1,3}(_reason|_opd)?")


def _responses() -> list[SelectChoice]:
    """Each kind of response with what it should tell."""
    return _options((kind.value, f"{kind.label}: {HINTS[kind]}") for kind in ResponseKind)


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
    response = RadioField("Isi jawaban", choices=_responses(), validate_choice=False)
    ask_head = BooleanField("Minta persetujuan kepala lewat tautan")
    channel = Line("Kanal", longest=80)
    url = Line("Alamat", longest=2000, render_kw={"type": "url", "inputmode": "url"})
    published_at = StringField("Waktu terbit", render_kw={"type": "datetime-local"})
    spokesperson = Line("Juru bicara")
    outcome = _pick("Hasil", [("", "Pilih hasil…"), *OUTCOMES.items()])
    year = StringField("Tahun anggaran", NEEDED, render_kw={"type": "number", "inputmode": "numeric"})
    kind = _pick("Jenis anggaran", [("", "Pilih jenis…"), *BUDGET_KINDS.items()])
    body = Line("Instansi", NEEDED)
    reference = Line("Nomor surat atau aduan", NEEDED)
    approver = Line("Disetujui oleh", NEEDED)
    file = FileField("Bukti persetujuan", NEEDED, render_kw={"accept": FILE_KINDS})
    note = _text("Catatan", 2, needed=False)

    def offer(self, moves: Iterable[Move], opds: Iterable[Opd], first: Sequence[tuple[str, str]] = ()) -> None:
        """Choices as policy gives them; without OPDs the selects are filled when they come into view.

        `first`: the OPDs that an objection proposes.
        """
        self.move.choices = _options((move.name, move.label) for move in moves)
        self.opd.choices = offices(opds, "Pilih OPD…", self.opd.data, first)
        own = [(PROPOSED_OUTSIDE, "Instansi luar"), (PROPOSED_UNKNOWN, "Tidak tahu")]
        self.proposed.choices = offices(opds, "Pilih OPD atau instansi…", self.proposed.data, own)

    def values(self) -> dict:
        """What was sent, by name, without what is not a value of a move."""
        apart = {"csrf_token", "acting", "version", "nonce", "move", "file"}
        return {name: value or "" for name, value in self.data.items() if name not in apart} | self.settling()

    @staticmethod
    def settling() -> dict[str, str]:
        """What was said about open tasks of a ticket that is to end: `task_<n>`, `task_<n>_reason`, `task_<n>_opd`."""
        return {name: plain(value) for name, value in request.form.items() if SETTLES.fullmatch(name)}


class OpdForm(Form):
    """Forward or reroute, whichever the state allows."""

    opd = _pick("OPD pengampu")
    reason = _text("Alasan", 2)

    def offer(self, opds: Iterable[Opd], first: Sequence[tuple[str, str]] = ()) -> None:
        self.opd.choices = offices(opds, "Pilih OPD…", self.opd.data, first)


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


class TruthForm(Form):
    """Status kebenaran, with what it rests on."""

    truth = RadioField("Status kebenaran", choices=_labels(Truth), validate_choice=False)
    basis = _text("Dasar", 2)


class RedactForm(Form):
    """Diskominfo's wording of an approved answer."""

    text = _text("Kalimat yang terbit", 7)
    note = _text("Alasan", 2, needed=False)
    substance = BooleanField("Isinya berubah: OPD menyetujui lagi")


class PublicationForm(Form):
    """Where and when an answer was published, and who spoke."""

    channel = Line("Kanal", NEEDED, longest=80)
    url = Line("Alamat", longest=2000, render_kw={"type": "url", "inputmode": "url"})
    published_at = StringField("Waktu terbit", render_kw={"type": "datetime-local"})
    spokesperson = Line("Juru bicara", NEEDED)
    publication_note = Line("Keterangan", longest=500)


class WithdrawForm(Form):
    reason = Line("Alasan dicabut", NEEDED, longest=500)


class HeadForm(Form):
    """«Minta persetujuan kepala»: nothing to fill in; the letter goes to the address on the OPD's page."""


class HeadAnswerForm(Form):
    """What a kepala OPD says to an answer."""

    words = _text("Yang perlu diperbaiki", 3, needed=False)


class ModuleForm(Form):
    """A text module with its places."""

    title = Line("Nama", NEEDED, longest=120)
    body = _text("Teks", 8)
    active = BooleanField("Dipakai", default=True)


class BulkForm(Form):
    """What one act on many tickets asks; only the fields of the act are shown."""

    opd = _pick("OPD pengampu")
    seat = _pick("Pemegang")
    level = RadioField("Tingkat", NEEDED, choices=_labels(Level), validate_choice=False)
    reason = _text("Alasan", 2)
    note = _text("Catatan", 2, needed=False)

    def offer(self, opds: Iterable[Opd], seats: Iterable[Seat]) -> None:
        self.opd.choices = offices(opds, "Pilih OPD…", self.opd.data)
        people = [(str(seat.id), f"{seat.person.name}, {seat.role.label}") for seat in seats]
        self.seat.choices = _options([("", "Belum ditunjuk"), *people])

    def values(self, names: Iterable[str]) -> dict:
        """What was sent for these fields."""
        return {name: self[name].data or "" for name in names}


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
    "tugas": TaskForm,
    "kebenaran": TruthForm,
    "sunting": RedactForm,
    "publikasi": PublicationForm,
    "kepala": HeadForm,
    "putusan": AskRulingForm,
    "penetapan": RulingForm,
}
"""Block name = DOM id part = URL segment = form (design.md §5)."""
