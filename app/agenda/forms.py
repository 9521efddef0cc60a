"""What a browser may send about the agenda, rakor and plans."""

from collections.abc import Iterable

from wtforms import BooleanField, DateField, FileField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.agenda.models import AgendaItem
from app.agenda.rules import LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, Approval, Attendance, Instrument, PlanOrigin
from app.core import clock
from app.web.forms import Form, Line, Pick
from app.web.numbers import id_in

LONG = [Length(max=LONGEST_TEXT, message=f"Paling banyak {LONGEST_TEXT} huruf.")]
NEEDED = [InputRequired()]


def words(label: str, *, needed: bool = False) -> TextAreaField:
    return TextAreaField(label, [*(NEEDED if needed else []), *LONG])


def labels(enum) -> list[SelectChoice]:
    return [SelectChoice(each.value, each.label) for each in enum]


class Offices(SelectMultipleField):
    """Any number of OPDs, by their codes; which are offered, the page says."""

    widget = ListWidget()
    option_widget = CheckboxInput()

    def __init__(self, label=None, **kwargs):
        super().__init__(label, choices=[], validate_choice=False, **kwargs)


def offer(field, offices: Iterable, empty: str, *, outside: bool = False) -> None:
    """The OPDs of a select, after the empty choice; outside bodies only where they may be named."""
    known = [SelectChoice(row.code, row.short) for row in offices if outside or row.kind != "eksternal"]
    field.choices = [SelectChoice("", empty), *known]


class BareForm(Form):
    """A step without words."""


class MatterForm(Form):
    """What is said of a matter."""

    title = Line("Judul", [InputRequired("Isi judul perkaranya.")], longest=LONGEST_TITLE)
    question = words("Yang diminta dari rakor")
    why = Line("Mengapa dibawa ke rakor", longest=LONGEST_LINE)
    lead = Pick("OPD pengampu", validate_choice=False)
    background = words("Latar")
    cause = words("Akar masalah")
    instrument = Pick("Instrumen", choices=labels(Instrument))
    period = Line("Periode", longest=80)
    target = Line("Target", longest=LONGEST_LINE)
    indicator = Line("Indikator", longest=LONGEST_LINE)
    narrative = words("Narasi")
    spokesperson = Line("Juru bicara", longest=LONGEST_LINE)
    review_on = DateField("Tanggal tinjau", [Optional()])

    WORDS = (
        *("title", "question", "why", "lead", "background", "cause", "instrument", "period", "target", "indicator"),
        *("narrative", "spokesperson", "review_on"),
    )

    def values(self) -> dict:
        return {name: self[name].data for name in self.WORDS if name in self}


class ProposalForm(Form):
    """A proposal: few words, the rest is written while the rakor is prepared."""

    title = Line("Judul", [InputRequired("Isi judul perkaranya.")], longest=LONGEST_TITLE)
    question = words("Yang diminta dari rakor")
    why = Line("Mengapa dibawa ke rakor", longest=LONGEST_LINE)
    lead = Pick("OPD pengampu", validate_choice=False)

    def values(self) -> dict:
        return {name: self[name].data or "" for name in ("title", "question", "why", "lead")}


class AgreementForm(ProposalForm):
    """A kesepakatan from a group, with its day."""

    note = words("Kesepakatan", needed=True)
    noted_on = DateField("Tanggal kesepakatan", [InputRequired("Isi tanggal kesepakatannya.")])


class MoveForm(Form):
    """A step of the table; what it needs is asked by the action."""

    move = StringField("Langkah")
    note = words("Alasan atau hasil tinjauan")
    approval_kind = Pick("Bentuk persetujuan", choices=labels(Approval), validate_choice=False)
    approval_number = Line("Nomor", longest=120)
    approval_on = DateField("Tanggal", [Optional()])
    file = FileField("Berkas persetujuan (PDF)")

    def values(self) -> dict:
        return {name: self[name].data for name in ("note", "approval_kind", "approval_number", "approval_on")}


class MergeForm(Form):
    """Which proposal goes into this matter."""

    other = Pick("Usulan yang disatukan ke sini", NEEDED, validate_choice=False)

    @classmethod
    def among(cls, items: Iterable[AgendaItem], **kwargs) -> "MergeForm":
        form = cls(**kwargs)
        known = [SelectChoice(str(item.id), f"{item.id} · {item.title}") for item in items]
        form.other.choices = [SelectChoice("", "Pilih usulan"), *known]
        return form


class RakorForm(Form):
    """When, where, who presides, who is invited."""

    topic = Line("Topik", [InputRequired("Isi topik rakornya.")], longest=LONGEST_LINE)
    starts_at = StringField("Tanggal dan jam", NEEDED, render_kw={"type": "datetime-local"})
    place = Line("Tempat", longest=LONGEST_LINE)
    chair = Line("Pimpinan rapat", longest=LONGEST_LINE)
    secretary = Line("Sekretaris", longest=LONGEST_LINE)
    note_taker = Line("Notulis", longest=LONGEST_LINE)
    guests = Offices("OPD yang diundang")

    def values(self) -> dict:
        lines = {name: self[name].data or "" for name in ("topic", "place", "chair", "secretary", "note_taker")}
        return lines | {"starts_at": self._starts(), "guests": self.guests.data or []}

    def _starts(self):
        try:
            return clock.parse_local(self.starts_at.data or "")
        except ValueError:
            return None


class TakeUpForm(Form):
    """Which matters come to the end of the agenda of a rakor."""

    items = SelectMultipleField("Perkara", coerce=id_in, validate_choice=False)


class CancelForm(Form):
    reason = Line("Alasan pembatalan", [InputRequired("Tulis mengapa rakor dibatalkan.")], longest=LONGEST_LINE)


class DecisionForm(Form):
    """What was said and decided of one matter."""

    discussion = words("Pembahasan")
    outcome = words("Keputusan")
    agreed = BooleanField("Disepakati sebagai agenda prioritas")


class PlanForm(Form):
    """A plan of a matter that a rakor takes up."""

    text = words("Tindak lanjut", needed=True)
    opd = Pick("OPD pengampu", NEEDED, validate_choice=False)
    due_on = DateField("Target waktu", [InputRequired("Isi target waktunya.")])
    supports = Offices("OPD pendukung")
    indicator = Line("Indikator atau bukti", longest=LONGEST_LINE)
    instrument = Pick("Instrumen", choices=labels(Instrument))
    spokesperson = Line("Juru bicara", longest=LONGEST_LINE)

    NAMES: tuple[str, ...] = ("text", "opd", "due_on", "supports", "indicator", "instrument", "spokesperson")

    def values(self) -> dict:
        return {name: self[name].data for name in self.NAMES}


class InstructionForm(PlanForm):
    """An instruction of a leader, or a promise made elsewhere: whose, by what way, on which day."""

    origin = Pick("Asal", choices=[each for each in labels(PlanOrigin) if each.value != PlanOrigin.RAKOR])
    given_by = Line("Dari siapa", longest=LONGEST_LINE)
    way = Line("Lewat apa", longest=LONGEST_LINE)
    given_on = DateField("Tanggal", [InputRequired("Isi tanggalnya.")])

    NAMES = (*PlanForm.NAMES, "origin", "given_by", "way", "given_on")


class ProgressForm(Form):
    """How far a plan is."""

    progress = IntegerField("Kemajuan (%)", [InputRequired("Isi kemajuannya, 0 sampai 100."), NumberRange(0, 100)])
    note = words("Apa yang sudah dikerjakan", needed=True)


class EndForm(Form):
    """A plan was kept, or is dropped with a reason."""

    note = words("Catatan")


ATTENDANCES = [(each.value, each.label) for each in Attendance]
