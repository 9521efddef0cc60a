"""What a browser may send to make tickets of alerts."""

from collections.abc import Iterable, Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from app.core.numbers import whole
from app.monitoring.models import Alert
from app.monitoring.readers import Refused as ReadingRefused
from app.monitoring.readers import sniff
from app.monitoring.rules.isu import LONGEST_TITLE
from app.monitoring.rules.kinds import Channel
from app.people.models import Opd
from app.tickets.rules import LONGEST_TEXT, Level, TicketClass
from app.web.forms import Form, Line, Pick

NO_SUCH_TICKET = "Tiket dengan nomor itu tidak ada. Periksa nomornya, misalnya 0412."


class LastGiven:
    """A suggestion is a button of the field's own name below it: the last value that says something counts."""

    def process_formdata(self, valuelist):
        given = [value for value in valuelist if value.strip()]
        self.raw_data = given[-1:] or valuelist[:1]  # what validators look at
        super().process_formdata(self.raw_data)  # type: ignore[misc]


class ChosenField(LastGiven, Pick):
    """A select with suggestions below it."""


class NumberField(LastGiven, StringField):
    """A ticket's number as people write it: 412, 0412, #0412."""

    @property
    def ticket_id(self) -> int | None:
        return whole((self.data or "").strip().lstrip("#").strip())


class TicketForm(Form):
    """«Jadikan tiket»; with an OPD it is forwarded in the same breath."""

    opd = ChosenField("OPD pengampu")
    title = Line("Judul tiket", longest=300)
    ticket_class = SelectField("Jenis", choices=[SelectChoice(kind, kind.label) for kind in TicketClass])
    level = SelectField("Tingkat", choices=[SelectChoice(level, level.label) for level in Level])
    note = TextAreaField("Catatan untuk OPD", [Length(max=LONGEST_TEXT)])
    child_case = BooleanField("Perkara anak")

    @classmethod
    def about(cls, alerts: Sequence[Alert], opds: Sequence[Opd], *, chosen: str = "", **kwargs) -> "TicketForm":
        """The form for these alerts, filled with what is likeliest."""
        first = alerts[0]
        kind = TicketClass.ADUAN if first.channel is Channel.COMPLAINT else TicketClass.MEDIA
        likely = {
            "title": first.shown_title[:300],
            "ticket_class": kind.value,
            "level": Level.BIASA.value,
            "opd": chosen,
        }
        form = cls(of=first if len(alerts) == 1 else None, data=likely, **kwargs)
        form.ticket_class.flags.required = form.level.flags.required = True  # they always have a value
        form.opd.choices = [SelectChoice("", "Belum ditentukan"), *(SelectChoice(opd.code, opd.name) for opd in opds)]
        return form

    @property
    def values(self) -> dict[str, str]:
        told = {name: (self[name].data or "") for name in ("opd", "title", "ticket_class", "level", "note")}
        return told | ({"child_case": "1"} if self.child_case.data else {})


class MergeForm(Form):
    """«Gabungkan ke tiket»."""

    ticket = NumberField("Nomor tiket", [InputRequired(NO_SUCH_TICKET), Length(max=40)])


class IsuForm(Form):
    """«Satukan isu»: into one of the recent ones, or into a new one of this title."""

    isu = Pick("Isu", coerce=str)
    title = Line("Judul isu baru", longest=LONGEST_TITLE)

    @classmethod
    def among(cls, recent: Iterable, **kwargs) -> "IsuForm":
        form = cls(**kwargs)
        form.isu.choices = [SelectChoice("", "Isu baru"), *_isu_choices(recent)]
        return form


class IsuTitleForm(Form):
    title = Line("Judul isu", [InputRequired("Tulis judul isu 5–300 huruf.")], longest=LONGEST_TITLE)


class IsuMergeForm(Form):
    """«Satukan ke isu lain»."""

    into = Pick("Isu tujuan", [InputRequired("Pilih isu dari daftar.")], coerce=str)

    @classmethod
    def among(cls, recent: Iterable, **kwargs) -> "IsuMergeForm":
        form = cls(**kwargs)
        form.into.choices = [SelectChoice("", "Pilih isu"), *_isu_choices(recent)]
        return form


def _isu_choices(recent: Iterable) -> list[SelectChoice]:
    return [SelectChoice(str(isu.id), f"{isu.title} (isu {isu.id})") for isu in recent]


class PeopleSheetForm(Form):
    """A sheet of people."""

    file = FileField("Berkas", [FileRequired("Pilih berkasnya.")])

    def validate_file(self, field: FileField) -> None:
        """Only the first bytes are looked at here; reading is a worker's business."""
        head = field.data.stream.read(sniff.HEAD)
        field.data.stream.seek(0)
        try:
            kind = sniff.kind_of(head)
        except ReadingRefused as refused:
            raise ValidationError(refused.reason) from refused
        if kind == "feed":
            raise ValidationError("Ini bukan lembar kerja. Pakai berkas .xlsx, .ods, atau .csv.")


class ApplyForm(Form):
    """«Terapkan»: the preview that is agreed to, by its print. Answers about rows come beside it."""

    seen = HiddenField()
    invites = BooleanField("Kirim undangan kepada orang baru")


class ShiftForm(Form):
    """Catatan giliran: for whoever comes next."""

    text = TextAreaField("Pesan", [InputRequired("Tulis pesannya.")], render_kw={"rows": 2, "maxlength": 2000})
