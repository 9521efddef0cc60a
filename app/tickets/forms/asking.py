"""What a browser may send to ask something of the field, and what somebody there may send back."""

from wtforms import MultipleFileField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.tickets.rules.field import LONGEST_QUESTION, LONGEST_WORDS, Asked, Finding
from app.web.forms import Form, Line

NEEDED = [InputRequired()]


class AskForm(Form):
    """«Minta bukti» or «Cek lapangan»: to whom, and what."""

    kind = RadioField(
        "Apa yang diminta",
        choices=[
            SelectChoice(Asked.CHECK, "Cek lapangan: benar, tidak benar, atau perlu waktu, dengan foto"),
            SelectChoice(Asked.EVIDENCE, "Bukti: foto atau berkas"),
        ],
        default=Asked.CHECK.value,
        validate_choice=False,
    )
    to_name = Line("Kepada", NEEDED)
    to_email = Line("Email", longest=254, render_kw={"type": "email"})
    question = TextAreaField("Yang perlu dijawab", NEEDED, render_kw={"rows": 3, "maxlength": LONGEST_QUESTION})


class FieldAnswerForm(Form):
    """What comes back, from a phone: a finding where a check was asked, words, photos."""

    finding = RadioField(
        "Hasil cek", choices=[SelectChoice(each, each.label) for each in Finding], validate_choice=False
    )
    needs_until = StringField("Dapat dijawab tanggal", render_kw={"type": "date"})
    words = TextAreaField("Keterangan", render_kw={"rows": 4, "maxlength": LONGEST_WORDS})
    file = MultipleFileField("Foto atau berkas")
