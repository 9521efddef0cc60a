"""What a browser may send about a dispute over authority, and about going up to a superior."""

from collections.abc import Iterable

from wtforms import FileField, StringField, TextAreaField

from app.core import clock
from app.people.models import Opd
from app.tickets.forms.fields import FILE_KINDS, NEEDED, offices
from app.web.forms import Form, Line, Pick


class AskRulingForm(Form):
    """«Minta putusan»: of whom, and the question."""

    asked_of = Line("Kepada (nama dan jabatan)", NEEDED, render_kw={"list": "yang-diminta", "autocomplete": "off"})
    question = TextAreaField("Yang dimintakan putusan", NEEDED, render_kw={"rows": 5, "maxlength": 1000})


class RulingForm(Form):
    """«Catat putusan»: it forwards the matter at once."""

    opd = Pick("OPD yang ditetapkan", NEEDED, choices=[], validate_choice=False)
    ruled_by = Line("Diputuskan oleh (nama dan jabatan)", NEEDED)
    ruled_on = StringField("Tanggal putusan", NEEDED, render_kw={"type": "date"})
    basis = Line("Dasar", NEEDED, longest=250)
    file = FileField("Berkas putusan", render_kw={"accept": FILE_KINDS})

    def offer(self, opds: Iterable[Opd], first: list[tuple[str, str]]) -> None:
        self.opd.choices = offices(opds, "Pilih OPD…", self.opd.data, first)
        self.ruled_on.render_kw = {"type": "date", "max": clock.today().isoformat()}


class SentForm(Form):
    """«Tandai sudah dikirim»: the words as they were sent, and to whom."""

    words = TextAreaField("Teks", NEEDED, render_kw={"rows": 9, "maxlength": 5000})
    sent_to = Line("Disampaikan kepada", NEEDED)


class AsideForm(Form):
    """«Kesampingkan»."""

    reason = Line("Alasan dikesampingkan", NEEDED, longest=300)
