"""What a browser may send about terms (tenggat)."""

from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core.calendar import Unit
from app.tickets.forms.fields import labels, options
from app.tickets.rules import Level, Origin, TicketClass
from app.tickets.rules.terms import What
from app.web.forms import Form, Line, Pick


class TermForm(Form):
    """A term: how much of what, for which matters, from which day on."""

    what = Pick(
        "Untuk apa", [InputRequired()], choices=options((what.value, f"{what.label} ({what.whose})") for what in What)
    )
    ticket_class = Pick(
        "Jenis tiket", choices=options([("", "Semua jenis"), *((c.value, c.label) for c in TicketClass)])
    )
    level = Pick("Tingkat", choices=options([("", "Semua tingkat"), *((level.value, level.label) for level in Level)]))
    origin = Pick("Asal", choices=options([("", "Semua asal"), *((origin.value, origin.label) for origin in Origin)]))
    amount = IntegerField(
        "Lama", [InputRequired("Isi lamanya."), NumberRange(1, 400)], render_kw={"inputmode": "numeric"}
    )
    unit = Pick("Satuan", [InputRequired()], choices=labels(Unit))
    effective_on = DateField("Berlaku mulai", [InputRequired("Isi tanggalnya.")])
    basis = Line("Dasar", [InputRequired("Sebut dasarnya, misalnya nomor peraturan atau surat.")])

    def values(self) -> dict:
        """What a ClockPolicy keeps; an empty choice holds for all."""
        return {
            "what": self.what.data, "amount": self.amount.data, "unit": self.unit.data,
            "ticket_class": TicketClass(self.ticket_class.data) if self.ticket_class.data else None,
            "level": Level(self.level.data) if self.level.data else None,
            "origin": Origin(self.origin.data) if self.origin.data else None,
            "effective_on": self.effective_on.data, "basis": self.basis.data,
        }  # fmt: skip
