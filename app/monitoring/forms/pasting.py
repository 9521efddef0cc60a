"""What a browser may send of «Tempel dari WhatsApp»."""

from datetime import datetime

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from app.monitoring.rules.kinds import Origin
from app.monitoring.rules.pasting import LONGEST_PASTE, MOST_ITEMS, Cover, items, pieces
from app.monitoring.rules.records import Record, Rejected
from app.web.forms import Form, Line

EMPTY = "Tempel tautan atau teksnya di sini."
TOO_LONG = "Terlalu panjang: paling banyak 100.000 huruf. Tempel sebagian dahulu."


class PasteForm(Form):
    """One text of many items, and where they came from. `now` is the time missing dates become."""

    text = TextAreaField("Tautan atau teks", [InputRequired(EMPTY), Length(max=LONGEST_PASTE, message=TOO_LONG)])
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

    def validate_text(self, field: TextAreaField) -> None:
        many = len(pieces(field.data or "", self.now))
        if not many:
            raise ValidationError(EMPTY)
        if many > MOST_ITEMS:
            raise ValidationError(f"Paling banyak {MOST_ITEMS} hal sekali tempel; ini {many}. Tempel sebagian dahulu.")

    def validate_media(self, field: Line) -> None:
        if self.origin.data == Origin.PRESS and not field.data:
            raise ValidationError("Sebut media yang meminta konfirmasi.")

    def items(self) -> list[Record | Rejected]:
        """What the text makes, in order. Only after `validate`."""
        return items(pieces(self.text.data or "", self.now), self.cover(), self.now)

    def cover(self) -> Cover:
        """What is said about all of it. Only after `validate`."""
        return Cover(Origin(self.origin.data), self.media.data or "", self.deadline.data or "")
