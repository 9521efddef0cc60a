"""The form every form of the house is: Indonesian errors, and the hidden fields of design.md §7."""

from flask_login import current_user
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import HiddenField, SelectField, StringField
from wtforms.widgets import Select

from app.core.words import one_line, plain
from app.web import nonce

WORDS = {
    "This field is required.": "Isi bagian ini.",
    "Invalid input.": "Isian ini tidak dapat dipakai.",
    "Invalid Choice: could not coerce.": "Pilih salah satu dari daftar.",
    "Not a valid choice.": "Pilih salah satu dari daftar.",
    "Not a valid date value.": "Tulis tanggal lengkap, misalnya 26-11-2026.",
    "Not a valid datetime value.": "Tulis tanggal dan jam, misalnya 26-11-2026 15:20.",
    "Not a valid time value.": "Tulis jam, misalnya 15:20.",
    "Not a valid integer value.": "Tulis angka bulat.",
    "Not a valid decimal value.": "Tulis angka.",
    "Not a valid float value.": "Tulis angka.",
    "Number must be at least %(min)s.": "Paling kecil %(min)s.",
    "Number must be at most %(max)s.": "Paling besar %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Antara %(min)s dan %(max)s.",
    "Invalid email address.": "Tulis alamat email lengkap, misalnya nama@kukarkab.go.id.",
    "Invalid URL.": "Tulis alamat lengkap, mulai dengan https://.",
    "Field must be equal to %(other_name)s.": "Tidak sama dengan %(other_name)s.",
}
COUNTED = {
    "Field must be at least %(min)d character long.": "Paling sedikit %(min)d huruf.",
    "Field cannot be longer than %(max)d character.": "Terlalu panjang: paling banyak %(max)d huruf.",
    "Field must be exactly %(max)d character long.": "Harus %(max)d huruf.",
    "Field must be between %(min)d and %(max)d characters long.": "Antara %(min)d dan %(max)d huruf.",
}


class Indonesian:
    """WTForms speaks no Indonesian by itself."""

    def gettext(self, words: str) -> str:
        return WORDS.get(words, words)

    def ngettext(self, one: str, many: str, _n: int) -> str:
        return COUNTED.get(one) or COUNTED.get(many, many)


def _as_text(value):
    """What a field coerced to an enum stays one, although it is a str."""
    return plain(value) if type(value) is str else value


class Form(FlaskForm):
    """Carries the acting seat, the version it was made from, and a one-time nonce, beside the CSRF token."""

    acting = HiddenField()
    version = HiddenField()
    nonce = HiddenField()

    class Meta(FlaskForm.Meta):
        def get_translations(self, form):
            return Indonesian()

        def bind_field(self, form, unbound_field, options):
            """Whatever is typed is text: PostgreSQL takes no NUL, and no page should be turned around."""
            own = unbound_field.kwargs.get("filters", ())
            return super().bind_field(form, unbound_field, options | {"filters": [_as_text, *own]})

    def __init__(self, *args, of=None, personal=False, **kwargs):
        """`of` is the object whose version the form is made from.

        `personal`: the form of a personal link, whose token is the secret; it asks for no session at all.
        """
        super().__init__(*args, **kwargs, **({"meta": {"csrf": False}} if personal else {}))
        if personal:
            del self.acting
        else:
            self.acting.data = str(current_user.seat.id) if current_user.is_authenticated else ""
        self.nonce.data = self.nonce.data or nonce.fresh()
        if of is not None and not self.version.data:
            self.version.data = str(of.version)

    def is_stale(self, thing) -> bool:
        """Whether somebody else changed `thing` since the form was made. A form without version never is."""
        return bool(self.version.data) and self.version.data != str(thing.version)

    def refuse(self, errors: dict[str, str]) -> None:
        """Show sentences of an action beside the fields they are about, else above the form."""
        for name, sentence in errors.items():
            if name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, sentence]
            else:
                self.form_errors.append(sentence)


class Line(StringField):
    """One line of text: trimmed, without control and direction characters, never longer than `longest`."""

    def __init__(self, label=None, validators=None, longest: int = 200, **kwargs):
        super().__init__(label, validators, render_kw={"maxlength": longest} | kwargs.pop("render_kw", {}), **kwargs)
        self.longest = longest

    def process_formdata(self, valuelist):
        text = valuelist[0] if valuelist else ""
        self.data = one_line(text)[: self.longest].rstrip()


class PlainSelect(Select):
    """Options without attributes of their own: a list of eighty offices costs a tenth of what it did."""

    @classmethod
    def render_option(cls, choice):
        chosen = " selected" if choice.selected else ""
        return Markup(f'<option value="{escape(choice.value)}"{chosen}>{escape(choice.label or choice.value)}</option>')  # noqa: S704


class Pick(SelectField):
    """A select that may be long."""

    widget = PlainSelect()
