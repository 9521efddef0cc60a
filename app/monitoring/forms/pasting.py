"""What a browser may send of «Tempel dari WhatsApp»."""

from collections.abc import Sequence
from datetime import datetime

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from app.monitoring.rules.kinds import Origin
from app.monitoring.rules.pasting import LONGEST_PASTE, LONGEST_TITLE, MOST_ITEMS, Cover, captured, items, pieces
from app.monitoring.rules.records import Record, Rejected
from app.web.forms import Form, Line

EMPTY = "Tempel tautan atau teksnya di sini."
MOST_FILES = 5
ONE_MATTER = "Satu hal saja bersama berkasnya: satu tautan atau satu paragraf. Tempel sisanya terpisah."
CAPTURES = "image/jpeg,image/png,image/webp,video/mp4,video/quicktime,video/3gpp,video/webm"
TOO_LONG = "Terlalu panjang: paling banyak 100.000 huruf. Tempel sebagian dahulu."


class CoverForm(Form):
    """Where something came from. `now` is the time missing dates become."""

    origin = RadioField(
        "Asal",
        [InputRequired("Pilih asalnya.")],
        choices=[SelectChoice(origin.value, origin.label) for origin in Origin],
        default=Origin.CITIZEN.value,
    )
    media = Line("Media yang bertanya", longest=120)
    deadline = Line("Tenggat dari wartawan", longest=120)

    def __init__(self, now: datetime, **kwargs) -> None:
        super().__init__(**kwargs)
        self.now = now

    def validate_media(self, field: Line) -> None:
        if self.origin.data == Origin.PRESS and not field.data:
            raise ValidationError("Sebut media yang meminta konfirmasi.")

    def cover(self) -> Cover:
        """What is said about all of it. Only after `validate`."""
        return Cover(Origin(self.origin.data), self.media.data or "", self.deadline.data or "")


class PasteForm(CoverForm):
    """One text of many items."""

    text = TextAreaField("Tautan atau teks", [InputRequired(EMPTY), Length(max=LONGEST_PASTE, message=TOO_LONG)])

    def validate_text(self, field: TextAreaField) -> None:
        many = len(pieces(field.data or "", self.now))
        if not many:
            raise ValidationError(EMPTY)
        if many > MOST_ITEMS:
            raise ValidationError(f"Paling banyak {MOST_ITEMS} hal sekali tempel; ini {many}. Tempel sebagian dahulu.")

    def items(self) -> list[Record | Rejected]:
        """What the text makes, in order. Only after `validate`."""
        return items(pieces(self.text.data or "", self.now), self.cover(), self.now)


class FilesForm(Form):
    """Screenshots and phone videos for an alert that is there."""

    file = MultipleFileField("Tangkapan layar atau video", render_kw={"accept": CAPTURES})

    def validate_file(self, _field: MultipleFileField) -> None:
        if not self.chosen():
            raise ValidationError("Pilih atau tempel gambarnya dulu.")
        if len(self.chosen()) > MOST_FILES:
            raise ValidationError(f"Paling banyak {MOST_FILES} berkas sekali kirim.")

    def chosen(self) -> Sequence[FileStorage]:
        return [file for file in self.file.data or () if isinstance(file, FileStorage) and file.filename]


class CaptureForm(FilesForm, CoverForm):
    """A screenshot or video that becomes an alert: one matter, with a link, some words, or a title of its own."""

    title = Line("Judul", longest=LONGEST_TITLE)
    text = TextAreaField("Tautan atau keterangan", [Length(max=LONGEST_PASTE, message=TOO_LONG)])

    def validate_text(self, field: TextAreaField) -> None:
        if len(pieces(field.data or "", self.now)) > 1:
            raise ValidationError(ONE_MATTER)

    def validate_title(self, field: Line) -> None:
        if not field.data and not pieces(self.text.data or "", self.now):
            raise ValidationError("Beri judul: tentang apa gambarnya.")

    def items(self) -> list[Record | Rejected]:
        """The one item. Only after `validate`."""
        return items([captured(self.title.data or "", self.text.data or "", self.now)], self.cover(), self.now)
