"""What a browser may send about people."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.people.rules import LONGEST_PASSWORD, clean_email
from app.web.forms import Form


def _email(text: str | None) -> str:
    return clean_email(text or "")


def email_field(label: str = "Email", **more) -> StringField:
    """An address, in the one spelling under which we know it."""
    needed = InputRequired("Isi alamat emailnya.")
    return StringField(label, [needed], filters=[_email], render_kw={"type": "email", "maxlength": 254}, **more)


class SignInForm(Form):
    """No word about which of the two was wrong, nor whether the address is anybody's."""

    email = email_field()
    password = PasswordField("Kata sandi", [InputRequired("Isi kata sandi Anda."), Length(max=LONGEST_PASSWORD)])


class ForgottenForm(Form):
    email = email_field()
