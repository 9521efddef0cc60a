"""What a browser may send about days off, office hours and the roster (piket)."""

from wtforms import BooleanField, DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core import clock
from app.core.calendar import parse_spans
from app.people.models import Opd, Seat, WorkingHours
from app.people.rules import HOLIDAY_KINDS, HoursKind, week_from
from app.web.forms import Form, Line, Pick

MOST_DUTY_DAYS = 31
MOST_YEARS_AWAY = 20
"""As far as the pages of days off and of the roster go."""
SEVEN_DAYS = ("first", "first", "first", "first", "friday", "saturday", "sunday")


def _near(_form, field) -> None:
    if field.data and abs(field.data.year - clock.today().year) > MOST_YEARS_AWAY:
        raise ValidationError("Periksa tahunnya.")


class HolidayForm(Form):
    day = DateField("Tanggal", [InputRequired("Isi tanggalnya."), _near])
    name = Line("Nama hari libur", [InputRequired("Isi namanya.")])
    kind = SelectField("Jenis", choices=[SelectChoice(*kind) for kind in HOLIDAY_KINDS.items()])
    basis = Line("Dasar")


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
    first = DateField("Dari tanggal", [InputRequired("Isi tanggalnya."), _near])
    last = DateField("Sampai tanggal", [InputRequired("Isi tanggalnya."), _near])

    def __init__(self, seats: list[Seat], **kwargs):
        super().__init__(**kwargs)
        self.seat.choices = [SelectChoice(str(seat.id), seat.person.name) for seat in seats]

    def validate_last(self, field) -> None:
        if self.first.data and field.data and not 0 <= (field.data - self.first.data).days <= MOST_DUTY_DAYS:
            raise ValidationError(f"Isi tanggal akhir, paling lama {MOST_DUTY_DAYS} hari sesudah yang pertama.")
