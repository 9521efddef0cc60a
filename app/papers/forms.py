"""What a browser may send about papers."""

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import DateField, FileField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.words import one_line
from app.papers.rules import LONGEST_BODY, MOST_PHOTOS, NATURES, PaperKind
from app.papers.rules.signing import Signing
from app.web.forms import Form, Line

LONG = [Length(max=LONGEST_BODY, message=f"Paling banyak {LONGEST_BODY} huruf.")]


class PaperForm(Form):
    """What every letter has. `facts` are its values but the subject and the tickets."""

    nature = SelectField("Sifat", choices=[SelectChoice(each, each) for each in NATURES])
    attachment = Line("Lampiran", longest=120)
    subject = Line("Hal", [InputRequired("Isi hal suratnya.")], longest=300)
    to = Line("Yth.", [InputRequired("Isi kepada siapa surat ini.")])
    to_place = Line("di")
    closing = TextAreaField("Penutup", LONG)
    copies = TextAreaField("Tembusan", [Length(max=2000, message="Paling banyak 2000 huruf.")])
    signing = SelectField("Yang menandatangani", choices=[SelectChoice(each.value, each.label) for each in Signing])
    superior = Line("Atas nama atasan (untuk u.b.)")
    deputy_position = Line("Jabatan penanda tangan")
    deputy_name = Line("Nama dengan gelar")
    deputy_rank = Line("Pangkat", longest=80)
    deputy_nip = Line("NIP", longest=40)

    HEAD = ("nature", "attachment", "to", "to_place")
    FOOT = ("copies",)
    SIGNER = ("signing", "superior", "deputy_position", "deputy_name", "deputy_rank", "deputy_nip")
    BODY: tuple[str, ...] = ("closing",)

    def facts(self) -> dict:
        names = (*self.HEAD, *self.BODY, *self.FOOT, *self.SIGNER)
        return {name: self[name].data or "" for name in names}

    def validate_deputy_name(self, field) -> None:
        if self.signing.data != Signing.HEAD and not (field.data and self.deputy_position.data):
            raise ValidationError("Isi nama dan jabatan yang menandatangani.")


class RequestForm(PaperForm):
    """Surat permintaan tindak lanjut: which tickets, between an opening and a closing."""

    tickets = SelectMultipleField(
        "Tiket yang diminta tindak lanjutnya", coerce=int, widget=ListWidget(), option_widget=CheckboxInput()
    )
    opening = TextAreaField("Pembuka", LONG)

    BODY = ("opening", "closing")


class PressForm(PaperForm):
    """To an editor: about which news, and what the office says."""

    medium = Line("Media", [InputRequired("Isi nama medianya.")])
    headline = Line("Judul berita", [InputRequired("Isi judul beritanya.")], longest=300)
    published = Line("Terbit")
    url = Line("Tautan berita", longest=2000)
    body = TextAreaField("Isi", [InputRequired("Tulis isinya."), *LONG])

    BODY = ("medium", "headline", "published", "url", "body", "closing")


class StageForm(Form):
    """A step without words: hand in, take back, discard."""


class NumberForm(Form):
    """Number and date of the office's register, and the signed PDF."""

    number = Line("Nomor surat", longest=120)
    dated = DateField("Tanggal surat", [Optional()])
    file = FileField("Surat bertanda tangan (PDF)")


class LogoForm(Form):
    """The logo of a letterhead."""

    file = FileField("Logo")


FORMS = {kind: PressForm if kind.to_the_press else RequestForm for kind in PaperKind}


class PhotosForm(Form):
    """Photos behind the notula, with a line of words for each. They go onto the paper and are kept nowhere."""

    photos = MultipleFileField("Foto", render_kw={"accept": "image/jpeg,image/png,image/webp"})
    captions = TextAreaField(
        "Keterangan, satu baris tiap foto", [Length(max=2000, message="Paling banyak 2000 huruf.")]
    )

    def validate_photos(self, _field: MultipleFileField) -> None:
        if not self.chosen():
            raise ValidationError("Pilih fotonya dulu.")
        if len(self.chosen()) > MOST_PHOTOS:
            raise ValidationError(f"Paling banyak {MOST_PHOTOS} foto. Kurangi, lalu unduh lagi.")

    def chosen(self) -> list[FileStorage]:
        return [file for file in self.photos.data or () if isinstance(file, FileStorage) and file.filename]

    def told(self) -> list[str]:
        """The words of each photo; those without any go by the rakor's own name."""
        return [one_line(line) for line in (self.captions.data or "").splitlines()]
