"""What a browser may send about people."""

from flask import current_app
from wtforms import BooleanField, DateField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from app.core import clock
from app.core.calendar import parse_spans
from app.people.models import Opd, Seat, WorkingHours
from app.people.policy import roles_for
from app.people.rules import (
    HOLIDAY_KINDS,
    LONGEST_PASSWORD,
    OPD_FIELDS,
    OPD_KINDS,
    SEAT_FIELDS,
    HoursKind,
    Role,
    SeatKind,
    clean_email,
    is_email,
    week_from,
    words_of,
    wrong_password,
)
from app.web.forms import Form, Line, Pick

LONGEST_LIST = 4000
MOST_DUTY_DAYS = 31


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


class PersonForm(Form):
    name = Line("Nama lengkap", [InputRequired("Isi namanya.")])
    email = email_field("Email", _reachable)
    phone = Line("Telepon atau WhatsApp", longest=40)
    nip = Line("NIP", longest=40)


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
        del self.is_admin, self.nip
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
    checked_name = BooleanField("Nama resmi sudah diperiksa")
    checked_abbreviations = BooleanField("Singkatan sudah diperiksa")
    checked_topics = BooleanField("Kata topik sudah diperiksa")

    def values(self) -> dict:
        return {name: self[name].data for name in OPD_FIELDS}

    def checked(self) -> set[str]:
        return {name for name in ("name", "abbreviations", "topics") if self[f"checked_{name}"].data}


class NewOpdForm(OpdForm):
    code = Line(
        "Kode",
        [InputRequired("Isi kodenya."), Regexp(r"^[A-Z0-9][A-Z0-9-]{1,31}$", message="Huruf besar, angka, dan garis.")],
        longest=32,
    )


class HolidayForm(Form):
    day = DateField("Tanggal", [InputRequired("Isi tanggalnya.")])
    name = Line("Nama hari libur", [InputRequired("Isi namanya.")])
    kind = SelectField("Jenis", choices=[SelectChoice(*kind) for kind in HOLIDAY_KINDS.items()])
    basis = Line("Dasar")


SEVEN_DAYS = ("first", "first", "first", "first", "friday", "saturday", "sunday")


class HoursForm(Form):
    """A week of hours from a day on; Monday to Thursday are alike."""

    opd = Pick("Untuk")
    kind = SelectField("Jenis", choices=[SelectChoice(kind.value, kind.label) for kind in HoursKind])
    name = Line("Nama", [InputRequired("Beri nama, misalnya Jam Ramadan.")], longest=120)
    first = Line("Senin–Kamis", longest=80)
    friday = Line("Jumat", longest=80)
    saturday = Line("Sabtu", longest=80)
    sunday = Line("Minggu", longest=80)
    works_holidays = BooleanField("Tetap bekerja pada hari libur (sif)")
    starts_on = DateField("Berlaku mulai", [InputRequired("Isi tanggal mulai.")])
    ends_on = DateField("Sampai", [Optional()])
    basis = Line("Dasar")

    def __init__(self, opds: list[Opd], **kwargs):
        super().__init__(**kwargs)
        self.opd.choices = [SelectChoice("", "Semua OPD"), *(SelectChoice(opd.code, opd.short) for opd in opds)]
        self.opds = {opd.code: opd for opd in opds}

    def fill(self, hours: WorkingHours) -> "HoursForm":
        """Show what is stored."""
        code = next((code for code, opd in self.opds.items() if opd.id == hours.opd_id), "")
        self.opd.data, self.kind.data = code, hours.kind.value
        for name in ("name", "works_holidays", "starts_on", "ends_on", "basis"):
            self[name].data = getattr(hours, name)
        return self.show_week(hours.week)

    def show_week(self, week) -> "HoursForm":
        """Show a week as people type it."""
        for name, day in zip(SEVEN_DAYS, week, strict=True):
            self[name].data = ", ".join("-".join(span) for span in day)
        return self

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        for name in dict.fromkeys(SEVEN_DAYS):
            try:
                parse_spans(self[name].data or "")
            except ValueError as error:
                self.refuse({name: str(error)})
                well = False
        if well and not any(self.week()):
            self.refuse({"first": "Isi jam paling sedikit satu hari."})
            well = False
        if self.starts_on.data and self.ends_on.data and self.ends_on.data < self.starts_on.data:
            self.refuse({"ends_on": "Tanggal akhir harus sesudah tanggal mulai."})
            well = False
        return well

    def week(self) -> list:
        return week_from([self[name].data or "" for name in SEVEN_DAYS])

    def chosen_opd(self) -> Opd | None:
        return self.opds.get(self.opd.data or "")

    def values(self) -> dict:
        kept = {name: self[name].data for name in ("name", "works_holidays", "starts_on", "ends_on")}
        return kept | {"kind": HoursKind(self.kind.data), "week": self.week(), "basis": self.basis.data or ""}


class DutyForm(Form):
    seat = Pick("Petugas", [InputRequired("Pilih petugasnya.")])
    first = DateField("Dari tanggal", [InputRequired("Isi tanggalnya.")])
    last = DateField("Sampai tanggal", [InputRequired("Isi tanggalnya.")])

    def __init__(self, seats: list[Seat], **kwargs):
        super().__init__(**kwargs)
        self.seat.choices = [SelectChoice(str(seat.id), seat.person.name) for seat in seats]

    def validate_last(self, field) -> None:
        if self.first.data and field.data and not 0 <= (field.data - self.first.data).days <= MOST_DUTY_DAYS:
            raise ValidationError(f"Isi tanggal akhir, paling lama {MOST_DUTY_DAYS} hari sesudah yang pertama.")
