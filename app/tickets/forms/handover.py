"""What a browser may send to hand a seat over."""

from collections.abc import Sequence

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core import clock
from app.people.models import Seat
from app.people.rules import SeatKind, clean_email, is_email
from app.tickets.actions import Newcomer
from app.web.forms import Form, Line, Pick

NEW = "baru"


class HandoverForm(Form):
    """The successor: somebody who sits here already, or a new person in the same form."""

    successor = Pick("Pengganti", [InputRequired("Pilih penggantinya.")], validate_choice=False)
    name = Line("Nama lengkap dengan gelar")
    email = StringField("Email", render_kw={"type": "email", "maxlength": 254})
    phone = Line("Telepon atau WhatsApp", longest=40)
    kind = SelectField(
        "Jenis penunjukan", coerce=SeatKind, choices=[SelectChoice(kind, kind.label) for kind in SeatKind]
    )
    basis = Line("Dasar penunjukan")
    ends_on = DateField("Hari terakhir pengganti", [Optional()])
    last_day = DateField("Hari terakhir pemegang lama", [InputRequired("Isi hari terakhirnya.")])
    note = TextAreaField("Catatan untuk pengganti", render_kw={"rows": 3, "maxlength": 1000})

    def __init__(self, seat: Seat, successors: Sequence[Seat], **kwargs):
        super().__init__(of=seat, **kwargs)
        known = [
            SelectChoice(str(one.id), f"{one.person.name}, sejak {clock.short_day(one.starts_on)}")
            for one in successors
        ]
        self.successor.choices = [SelectChoice("", "Pilih pengganti"), *known, SelectChoice(NEW, "Orang baru")]
        for needed in (self.name, self.email, self.kind):
            needed.flags.required = True  # of whoever is new; checked below
        if not self.last_day.raw_data:
            self.last_day.data, self.kind.data = clock.today(), SeatKind.SEMENTARA
            self.successor.data = "" if known else NEW

    def validate_name(self, field: Line) -> None:
        if self.successor.data == NEW and not field.data:
            raise ValidationError("Isi nama penggantinya.")

    def validate_email(self, field: StringField) -> None:
        field.data = clean_email(field.data or "")
        if self.successor.data == NEW and not is_email(field.data):
            raise ValidationError("Tulis alamat email lengkap, misalnya nama@kukarkab.go.id.")

    def to(self) -> str | Newcomer:
        """What the action is given: a seat's id, or the person to appoint."""
        if self.successor.data != NEW:
            return self.successor.data or ""
        person = {"name": self.name.data or "", "email": self.email.data or "", "phone": self.phone.data or ""}
        return Newcomer(**person, kind=self.kind.data, basis=self.basis.data or "", ends_on=self.ends_on.data)
