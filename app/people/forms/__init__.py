"""What a browser may send about people."""

from collections.abc import Sequence

from flask import current_app
from wtforms import BooleanField, DateField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from app.core import clock
from app.people.models import Opd, Seat
from app.people.policy import roles_for
from app.people.rules import (
    HEAD_FIELDS,
    LONGEST_ACTING_NAME,
    LONGEST_PASSWORD,
    OPD_FIELDS,
    OPD_KINDS,
    PERSON_FIELDS,
    SEAT_FIELDS,
    HeadApproves,
    Role,
    SeatKind,
    clean_email,
    is_email,
    words_of,
    wrong_password,
)
from app.web.forms import Form, Line, Pick

LONGEST_LIST = 4000


def _email(text: str | None) -> str:
    return clean_email(text or "")


def email_field(label: str = "Email", *more) -> StringField:
    """An address, in the one spelling under which we know it."""
    needed = InputRequired("Isi alamat emailnya.")
    return StringField(label, [needed, *more], filters=[_email], render_kw={"type": "email", "maxlength": 254})


def _reachable(_form, field) -> None:
    if not is_email(field.data):
        raise ValidationError("Tulis alamat email lengkap, misalnya nama@kukarkab.go.id.")


def password_field(label: str, sentence: str) -> PasswordField:
    return PasswordField(label, [InputRequired(sentence), Length(max=LONGEST_PASSWORD)])


class SignInForm(Form):
    """No word about which of the two was wrong, nor whether the address is anybody's."""

    email = email_field()
    password = password_field("Kata sandi", "Isi kata sandi Anda.")


class ForgottenForm(Form):
    email = email_field()


class NewPasswordForm(Form):
    """A password for the person `about` whom it is."""

    password = password_field("Kata sandi baru", "Tulis kata sandi baru.")

    def __init__(self, person, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.about = (person.name, person.email, *person.name.split())

    def validate_password(self, field) -> None:
        if sentence := wrong_password(field.data, self.about, current_app.config["PASSWORD_LENGTH"]):
            raise ValidationError(sentence)


class ChangePasswordForm(NewPasswordForm):
    current = password_field("Kata sandi sekarang", "Isi kata sandi Anda yang sekarang.")


class MovedForm(Form):
    """«Saya sudah pindah tugas», and who follows, if known."""

    replacement = Line("Siapa pengganti Anda?", longest=300)


class Named(Line):
    """Names used before are buttons of the same field: what was typed counts before the button that Enter presses."""

    def process_formdata(self, valuelist):
        super().process_formdata([value for value in valuelist if value.strip()][-1:])


class ActingNameForm(Form):
    """Who acts through the shared mailbox just now."""

    name = Named("Anda bertindak sebagai", [InputRequired("Tulis nama Anda.")], longest=LONGEST_ACTING_NAME)


class AwayForm(Form):
    """From when to when the holder is away, and who gets the letters too."""

    deputy = Pick("Wakil", [InputRequired("Pilih wakilnya.")], validate_choice=False)
    since = DateField("Hari pertama berhalangan", [InputRequired("Isi hari pertamanya.")])
    until = DateField("Hari terakhir berhalangan", [InputRequired("Isi hari terakhirnya.")])

    def __init__(self, seat: Seat, deputies: Sequence[Seat], **kwargs):
        super().__init__(of=seat, **kwargs)
        people = [SelectChoice(str(one.id), f"{one.person.name}, {one.role.label}") for one in deputies]
        self.deputy.choices = [SelectChoice("", "Pilih wakil"), *people]
        if not self.since.raw_data:
            self.since.data, self.until.data = seat.away_from or clock.today(), seat.away_until
            self.deputy.data = str(seat.deputy_id or "")


class PersonForm(Form):
    name = Line("Nama lengkap", [InputRequired("Isi namanya.")])
    email = email_field("Email", _reachable)
    phone = Line("Telepon atau WhatsApp", longest=40)
    nip = Line("NIP", longest=40)
    rank = Line("Pangkat", longest=80)
    position = Line("Jabatan", longest=200)
    shared = BooleanField("Email ini dipakai bersama: setiap kali bertindak, orangnya menyebut nama")

    def person_values(self) -> dict:
        """Every field of a person, as the forms of system admins send them."""
        return {name: self[name].data or type(self[name].data)() for name in PERSON_FIELDS}


def _roles(roles: list[Role]) -> list[SelectChoice]:
    return [SelectChoice(role, role.heading) for role in roles]


class SeatForm(Form):
    """A penunjukan in an office: only the roles that exist there can be chosen."""

    role = SelectField("Peran", [InputRequired("Pilih perannya.")], coerce=Role)
    kind = SelectField(
        "Jenis", [InputRequired()], coerce=SeatKind, choices=[SelectChoice(kind, kind.label) for kind in SeatKind]
    )
    basis = Line("Dasar penunjukan")
    starts_on = DateField("Hari pertama", [InputRequired("Isi hari pertamanya.")])
    ends_on = DateField("Hari terakhir", [Optional()])
    is_admin = BooleanField("Admin sistem: boleh mengatur OPD, orang, dan hari libur")

    def __init__(self, opd: Opd | None = None, seat: Seat | None = None, **kwargs):
        super().__init__(of=seat, obj=seat, **kwargs)
        roles = roles_for(opd) if opd else list(Role)
        self.role.choices = _roles(roles)
        if Role.DISKOMINFO not in roles:
            del self.is_admin
        self.seat_id = seat.id if seat else None
        if seat is None and not self.starts_on.raw_data:
            self.starts_on.data, self.role.data = clock.today(), Role.NARAHUBUNG

    def values(self) -> dict:
        return {name: self[name].data for name in SEAT_FIELDS if name in self}


class PlacedSeatForm(SeatForm):
    """A penunjukan whose office is still to be chosen."""

    opd = SelectField("OPD", [InputRequired("Pilih OPD-nya.")])

    def __init__(self, opds: list[Opd], **kwargs):
        super().__init__(**kwargs)
        offices = [SelectChoice(opd.code, f"{opd.short} · {opd.name}") for opd in opds]
        self.opd.choices = [SelectChoice("", "Pilih OPD"), *offices]


class NewPersonForm(PlacedSeatForm, PersonForm):
    """A person, the first penunjukan, and the invitation in one go."""

    invite = BooleanField("Kirim undangan untuk membuat kata sandi", default=True)


class ProposalForm(SeatForm, PersonForm):
    """An admin OPD names somebody of the own office."""

    def __init__(self, opd: Opd, **kwargs):
        super().__init__(opd, **kwargs)
        del self.is_admin, self.nip, self.rank, self.position, self.shared
        self.role.choices = _roles([Role.NARAHUBUNG, Role.ADMIN_OPD])

    def values(self) -> dict:
        return super().values() | {"name": self.name.data, "email": self.email.data, "phone": self.phone.data}


class WordsField(TextAreaField):
    """A list of words, separated by commas or lines."""

    def _value(self) -> str:
        return ", ".join(self.data) if isinstance(self.data, list) else (self.data or "")

    def process_formdata(self, valuelist) -> None:
        self.data = words_of(valuelist[0][:LONGEST_LIST]) if valuelist else []


class OpdForm(Form):
    name = Line("Nama resmi", [InputRequired("Isi namanya.")])
    short = Line("Nama pendek", [InputRequired("Isi nama pendeknya.")], longest=80)
    kind = SelectField("Jenis", [InputRequired()], choices=[SelectChoice(*kind) for kind in OPD_KINDS.items()])
    abbreviations = WordsField("Singkatan dan sebutan lain")
    topics = WordsField("Kata topik")
    active = BooleanField("Dipakai: tiket dapat diteruskan ke sini", default=True)
    address = Line("Alamat untuk kop surat", longest=300)
    checked_name = BooleanField("Nama resmi sudah diperiksa")
    checked_abbreviations = BooleanField("Singkatan sudah diperiksa")
    checked_topics = BooleanField("Kata topik sudah diperiksa")

    def values(self) -> dict:
        return {name: self[name].data for name in OPD_FIELDS}

    def checked(self) -> set[str]:
        return {name for name in ("name", "abbreviations", "topics") if self[f"checked_{name}"].data}


def _nothing_or_reachable(_form, field) -> None:
    if field.data and not is_email(field.data):
        raise ValidationError("Tulis alamat email lengkap, misalnya nama@kukarkab.go.id.")


class OfficeHeadForm(Form):
    """Who heads an OPD, and which answers need the head's approval."""

    head_name = Line("Nama lengkap")
    head_position = Line("Jabatan")
    head_kind = SelectField("Jenis", coerce=SeatKind, choices=[SelectChoice(kind, kind.label) for kind in SeatKind])
    head_nip = Line("NIP", longest=40)
    head_rank = Line("Pangkat", longest=80)
    head_email = StringField(
        "Email", [_nothing_or_reachable], filters=[_email], render_kw={"type": "email", "maxlength": 254}
    )
    head_phone = Line("Telepon atau WhatsApp", longest=40)
    head_approval = SelectField(
        "Persetujuan kepala", coerce=HeadApproves, choices=[SelectChoice(rule, rule.label) for rule in HeadApproves]
    )

    def values(self) -> dict:
        return {name: self[name].data for name in HEAD_FIELDS}


class NewOpdForm(OpdForm):
    code = Line(
        "Kode",
        [InputRequired("Isi kodenya."), Regexp(r"^[A-Z0-9][A-Z0-9-]{1,31}$", message="Huruf besar, angka, dan garis.")],
        longest=32,
    )


class ViewForm(Form):
    """A list's address under a name."""

    name = Line("Nama tampilan", longest=80)
    path = Line("Daftar", longest=40)
    query = Line("Saringan", longest=1000)
    whom = Line("Untuk siapa", longest=8)
