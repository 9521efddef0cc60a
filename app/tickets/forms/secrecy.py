"""What a browser may send about who may know of a ticket, and by which words."""

from collections.abc import Iterable, Mapping

from wtforms import TextAreaField
from wtforms.validators import InputRequired

from app.core.numbers import whole
from app.people.models import Seat
from app.tickets.rules.secrecy import LONGEST_REASON, LONGEST_REFERENCE, LONGEST_SUMMARY
from app.web.forms import Form, Line

NEEDED = [InputRequired()]
PLACES = (("", "Tidak"), ("petugas", "Petugas"), ("pengganti", "Pengganti"))
"""What one person is to a restricted ticket."""


class JudulAmanForm(Form):
    """The only title that is shown from then on."""

    safe_title = Line("Judul aman", NEEDED, longest=300)


class ChildForm(Form):
    """A child case: by which words it goes, two sentences at most, and DP3A's number."""

    safe_title = Line("Judul aman", NEEDED, longest=300)
    safe_summary = TextAreaField("Ringkasan aman", render_kw={"rows": 3, "maxlength": LONGEST_SUMMARY})
    case_reference = Line("Nomor rujukan DP3A", longest=LONGEST_REFERENCE)


class ReasonForm(Form):
    reason = TextAreaField("Alasan", NEEDED, render_kw={"rows": 2, "maxlength": LONGEST_REASON})


class EmergencyForm(ReasonForm):
    """The number of a restricted ticket, and why it cannot wait for those who are named on it."""

    number = Line("Nomor tiket", NEEDED, longest=12)

    @property
    def ticket_id(self) -> int | None:
        return whole((self.number.data or "").strip().lstrip("#").strip())


class CircleForm(Form):
    """For each person who may be named: nothing, officer or deputy, in a field of the name `p<person>`."""

    def __init__(self, *args, chosen: Mapping[int, str] | None = None, sent: Mapping[str, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sent = sent or {}
        self.chosen = dict(chosen or {})

    def place_of(self, seat: Seat) -> str:
        return self.sent.get(f"p{seat.person_id}", "") if self.sent else self.chosen.get(seat.person_id, "")

    def circle(self, seats: Iterable[Seat]) -> tuple[list[int], list[int]]:
        """(officers, deputies) as they were sent, of those who may be named."""
        places = [(seat.person_id, self.sent.get(f"p{seat.person_id}", "")) for seat in seats]
        return [who for who, place in places if place == "petugas"], [
            who for who, place in places if place == "pengganti"
        ]

    @property
    def sure(self) -> bool:
        """Whether the summary of who loses sight was read."""
        return self.sent.get("sure") == "1"
