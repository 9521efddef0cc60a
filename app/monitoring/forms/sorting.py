"""What a browser may send about sorting an alert without a ticket."""

from wtforms import StringField
from wtforms.validators import InputRequired

from app.monitoring.rules.kinds import IGNORE_REASONS
from app.web.forms import Form, Line


class IgnoreForm(Form):
    """Each reason is a button; `actions.ignore` checks it against the list."""

    reason = StringField("Alasan")
    choices = tuple(IGNORE_REASONS.items())


class SafeTitleForm(Form):
    safe_title = Line("Judul aman", [InputRequired("Tulis judul aman.")], longest=300)


class ToneForm(Form):
    tone = StringField("Tone")


class UnmaskForm(Form):
    reason = Line("Alasan", [InputRequired("Tulis untuk apa data pribadi ini dibuka.")], longest=300)


class PlaceForm(Form):
    """Each place that is meant is a button; `actions.sorting.set_place` checks it against the text."""

    place = StringField("Tempat")


class BareForm(Form):
    """A button alone: undo, open the original."""
