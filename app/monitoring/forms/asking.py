"""What a browser may send about the columns of a sheet that is asked about."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from app.core.words import one_line
from app.monitoring.rules.asking import Question, Wish
from app.monitoring.rules.columns import PRIVATE, folded
from app.monitoring.rules.kinds import Channel, Tone
from app.monitoring.rules.mapping import (
    FURTHEST_HEADER,
    MOST_WORDS,
    TARGET_LABELS,
    TARGETS,
    Column,
    Mapping,
    Transform,
    usual,
)
from app.monitoring.rules.values import channel_of, tone_of
from app.web.forms import Form, Line, Pick

NOT_USED = ""
LOOK_FIRST = "Lembar atau baris judulnya diganti: tekan «Baca ulang» dulu."
NO_DATE = "Pilih kolom tanggal terbit."
NO_WORDS = "Pilih kolom judul, atau kolom isi."
UNKNOWN_WORD = "Baris «{}» belum jelas. Tulis satu per baris, seperti: {}."
EXAMPLES = {"tone": "Merah = Negatif", "channel": "Portal = Berita"}
MEANINGS: dict[str, Callable[[object], Tone | Channel | None]] = {"tone": tone_of, "channel": channel_of}
ORDERS = [SelectChoice("", "Hari dahulu (26/07/2022)"), SelectChoice("mdy", "Bulan dahulu (07/26/2022)")]
ZONES = [SelectChoice("", "WITA"), SelectChoice("WIB", "WIB"), SelectChoice("WIT", "WIT")]
HTML = [
    SelectChoice(Transform.STRIP_HTML.value, "Buang"),
    SelectChoice(Transform.TRIM.value, "Biarkan"),
]
SIGNS = [SelectChoice("", "Kenali sendiri"), SelectChoice(",", "1.234,5"), SelectChoice(".", "1,234.5")]
NO_ONE = SelectChoice("", "Biarkan kosong")


class Answer(StrEnum):
    """The buttons."""

    LOOK = "lihat"
    TRY = "coba"
    SAVE = "simpan"
    CANCEL = "batal"


class AskForm(Form):
    """A column per target of the header that was shown, and how some are read. A column is named by its place."""

    do = StringField("Tombol")
    sheet = Pick("Lembar")
    header_row = IntegerField("Baris nama kolom", [InputRequired("Isi nomor."), NumberRange(1, FURTHEST_HEADER)])
    name = Line("Nama susunan", longest=120)
    date_order = Pick("Urutan tanggal", choices=ORDERS)
    date_zone = Pick("Jam ditulis dalam", choices=ZONES)
    title_how = Pick("Kode HTML di judul", choices=HTML)
    text_how = Pick("Kode HTML di isi", choices=HTML)
    reach_sign = Pick("Angka ditulis", choices=SIGNS)
    tone_words = TextAreaField("Kata tone sumber", [Length(max=5000)])
    channel_words = TextAreaField("Kata kanal sumber", [Length(max=5000)])
    media_else = Line("Media bila kosong", longest=120)
    author_else = Line("Penulis bila kosong", longest=120)
    tone_else = Pick("Tone bila kosong", choices=[NO_ONE, *(SelectChoice(tone.value, tone.label) for tone in Tone)])
    channel_else = Pick("Kanal bila kosong", choices=[NO_ONE, *(SelectChoice(one.value, one.label) for one in Channel)])

    def __init__(self, question: Question, name: str, **kwargs: Any) -> None:
        self.seen, self.shown = question.seen, question.mapping
        super().__init__(of=question, data=_told(self.seen, self.shown) | {"name": name}, **kwargs)
        self.sheet.choices = [SelectChoice(one, one_line(one)) for one in self.seen["sheets"] or [""]]
        choices = [SelectChoice(NOT_USED, "tidak dipakai"), *_columns(self.seen)]
        for target in TARGETS:
            self[f"col_{target}"].choices = choices
        self.col_published_at.flags.required = self.name.flags.required = True

    def validate(self, extra_validators: Any = None) -> bool:
        """What a button needs: «Batalkan» only itself, «Baca ulang» what it looks at, the others all of it."""
        right = super().validate(extra_validators)
        if self.do.data not in list(Answer):
            self.form_errors.append("Pilih salah satu tombol di halaman ini.")
            return False
        return right and (self.do.data in (Answer.LOOK, Answer.CANCEL) or self._complete())

    def validate_tone_words(self, field: TextAreaField) -> None:
        _pairs("tone", field.data or "")

    def validate_channel_words(self, field: TextAreaField) -> None:
        _pairs("channel", field.data or "")

    @property
    def moved(self) -> bool:
        """Whether another sheet or header row was chosen than the one shown."""
        return (self.sheet.data, self.header_row.data) != (self._sheet, self.seen["header_row"] + 1)

    @property
    def _sheet(self) -> str:
        return self.seen["sheet"] if self.seen["sheets"] else ""

    def _complete(self) -> bool:
        if self.moved:
            self.refuse({"header_row": LOOK_FIRST})
        if not self.col_published_at.data:
            self.refuse({"col_published_at": NO_DATE})
        if not self.col_title.data and not self.col_text.data:
            self.refuse({"col_title": NO_WORDS})
        if self.do.data == Answer.SAVE and not self.name.data:
            self.refuse({"name": "Beri nama, misalnya nama sumbernya."})
        return not self.errors

    def wish(self) -> Wish:
        """What is looked at next. Only after `validate`."""
        row = self.header_row.data - 1
        if self.moved:
            return Wish(self.sheet.data, row)
        return Wish(self.sheet.data, row, self.mapping().to_dict(), trial=self.do.data == Answer.TRY)

    def mapping(self) -> Mapping:
        """The columns as chosen. Only after `validate`."""
        headers = self.shown.headers
        chosen = {target: self[f"col_{target}"].data for target in TARGETS}
        columns = [self._column(target, headers[int(place)] if place else "") for target, place in chosen.items()]
        return Mapping(self.seen["sheet"], self.seen["header_row"], headers, tuple(filter(None, columns)))

    def _column(self, target: str, header: str) -> Column | None:
        instead = self[f"{target}_else"].data if f"{target}_else" in self else ""
        if not header and not instead:
            return None
        transform, argument = self._transform(target)
        own = (header,) if header else ()
        return Column(target, own, transform, argument, required=target == "published_at", default=instead or "")

    def _transform(self, target: str) -> tuple[Transform, dict[str, str] | str]:
        if target == "published_at":
            told = {"order": self.date_order.data, "zone": self.date_zone.data}
            return Transform.DATE, {key: value for key, value in told.items() if value}
        if target in MEANINGS:
            return Transform.VALUE_MAP, _pairs(target, self[f"{target}_words"].data or "")
        if target == "reach":
            return Transform.DECIMAL, self.reach_sign.data
        if target in ("title", "text"):
            return Transform(self[f"{target}_how"].data), ""
        return usual(target), ""


for _target in TARGETS:
    setattr(AskForm, f"col_{_target}", Pick(TARGET_LABELS[_target]))


def _told(seen: dict[str, Any], mapping: Mapping) -> dict[str, Any]:
    """What the form shows of a mapping."""
    told: dict[str, Any] = {"sheet": seen["sheet"] if seen["sheets"] else "", "header_row": seen["header_row"] + 1}
    places = {folded(header): str(place) for place, header in reversed(list(enumerate(mapping.headers)))}
    for column in mapping.columns:
        told[f"col_{column.target}"] = places[folded(column.headers[0])] if column.headers else NOT_USED
        told[f"{column.target}_else"] = column.default
        told |= _argument(column)
    return told


def _argument(column: Column) -> dict[str, str]:
    target, argument = column.target, column.argument
    if column.transform is Transform.DATE and isinstance(argument, dict):
        return {"date_order": argument.get("order", ""), "date_zone": argument.get("zone", "")}
    if column.transform is Transform.VALUE_MAP and isinstance(argument, dict):
        return {f"{target}_words": "\n".join(f"{word} = {_label(target, ours)}" for word, ours in argument.items())}
    if column.transform is Transform.DECIMAL:
        return {"reach_sign": str(argument)}
    return {f"{target}_how": column.transform.value}


def _label(target: str, word: str) -> str:
    meant = MEANINGS[target](word) if target in MEANINGS else None
    return meant.label if meant else word


def _columns(seen: dict[str, Any]) -> list[SelectChoice]:
    """The named columns with the first words that stand below; what names a citizen is not offered."""
    choices, known = [], set()
    for place, header in enumerate(seen["headers"]):
        name = folded(header)
        if name and name not in known and name not in PRIVATE:
            cells = (one_line(row["cells"].get(header, "")) for row in seen["rows"])
            sample = next(filter(None, cells), "")
            choices.append(SelectChoice(str(place), one_line(header) + (f" · {sample[:40]}" if sample else "")))
        known.add(name)
    return choices


def _pairs(target: str, text: str) -> dict[str, str]:
    """«Merah = Negatif», one a line, as the source's word and ours. Raises ValidationError."""
    pairs = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        word, _, meaning = (part.strip() for part in line.rpartition("="))
        meant = MEANINGS[target](meaning) or MEANINGS[target](_LABELS.get(meaning.casefold(), ""))
        if not word or meant is None:
            raise ValidationError(UNKNOWN_WORD.format(line[:60], EXAMPLES[target]))
        pairs[word[:200]] = meant.value
    if len(pairs) > MOST_WORDS:
        raise ValidationError(f"Paling banyak {MOST_WORDS} kata.")
    return pairs


_LABELS = {one.label.casefold(): one.value for one in (*Tone, *Channel)}
