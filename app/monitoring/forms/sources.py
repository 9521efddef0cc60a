"""What a browser may send about sources and imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError

from app.monitoring.models import Source
from app.monitoring.readers import Refused, sniff
from app.monitoring.rules import links
from app.monitoring.rules.health import LONGEST_INTERVAL, SHORTEST_INTERVAL
from app.monitoring.rules.kinds import SOURCE_FIELDS, Channel, SourceKind
from app.web.forms import Form, Line

CHANNELS = [SelectChoice(channel, channel.label) for channel in Channel]
KEPT_HERE = (SourceKind.RSS, SourceKind.SHEET, SourceKind.WEBHOOK, SourceKind.SP4N)
NEW = "baru"
NO_CHOICE = "Pilih salah satu dari daftar."


class SourceForm(Form):
    """A source as system admins keep it. The kind is chosen once."""

    name = Line("Nama", [InputRequired("Beri nama, misalnya nama medianya.")], longest=120)
    url = Line("Alamat umpan", longest=1000)
    channel = SelectField("Saluran", [InputRequired(NO_CHOICE)], coerce=Channel, choices=CHANNELS)
    every_minutes = IntegerField(
        "Diambil setiap (menit)",
        [InputRequired("Isi jarak ambilnya."), NumberRange(SHORTEST_INTERVAL, LONGEST_INTERVAL)],
        default=15,
    )
    government = BooleanField("Situs pemerintah")

    def __init__(self, kind: SourceKind, of: Source | None = None, **kwargs: Any) -> None:
        super().__init__(of=of, obj=of, **kwargs)
        self._kept = of.url if of else ""
        if kind is not SourceKind.RSS:
            del self.url, self.every_minutes

    def validate_url(self, field: Line) -> None:
        kept = bool(field.data) and field.data == self._kept
        if not kept and not links.showable(field.data):
            raise ValidationError("Tulis alamat lengkap, mulai dengan https://.")

    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in SOURCE_FIELDS if name in self}


class NewSourceForm(SourceForm):
    kind = SelectField(
        "Jenis",
        [InputRequired(NO_CHOICE)],
        coerce=SourceKind,
        choices=[SelectChoice(kind, kind.label) for kind in KEPT_HERE],
        default=SourceKind.RSS,
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(SourceKind.RSS, **kwargs)

    def validate_url(self, field: Line) -> None:
        if self.kind.data is SourceKind.RSS:
            super().validate_url(field)

    def values(self) -> dict[str, Any]:
        return super().values() | {"kind": self.kind.data}


class ImportForm(Form):
    """A sheet or a saved feed, and whose it is."""

    source = SelectField("Sumber", [InputRequired(NO_CHOICE)])
    name = Line("Nama sumber baru", longest=120)
    channel = SelectField("Saluran sumber baru", [InputRequired(NO_CHOICE)], coerce=Channel, choices=CHANNELS)
    file = FileField("Berkas", [FileRequired("Pilih berkasnya.")])

    def __init__(self, sources: Sequence[Source], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = [SelectChoice(str(source.id), source.name) for source in sources]
        self.source.choices = [*known, SelectChoice(NEW, "Sumber baru")]
        self.chosen = {str(source.id): source for source in sources}

    def validate_name(self, field: Line) -> None:
        if self.source.data == NEW and not field.data:
            raise ValidationError("Beri nama sumbernya, misalnya IMA.")

    def validate_file(self, field: FileField) -> None:
        """Only the first bytes are looked at here; reading is a worker's business."""
        head = field.data.stream.read(sniff.HEAD)
        field.data.stream.seek(0)
        try:
            sniff.kind_of(head)
        except Refused as refused:
            raise ValidationError(refused.reason) from refused
