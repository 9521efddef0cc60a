"""Fields that several forms of tickets have in common."""

from collections.abc import Iterable, Sequence

from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.people.models import Opd
from app.tickets.rules import LONGEST_TEXT
from app.web.forms import Pick

FILE_KINDS = "image/*,application/pdf,.docx,.xlsx"
NEEDED = [InputRequired()]
"""Only says that the label needs no «(boleh kosong)»; what is missing is told by the action, move by move."""


def moment(label: str) -> StringField:
    return StringField(label, NEEDED, render_kw={"type": "datetime-local"})


def text(label: str, rows: int = 3, needed: bool = True) -> TextAreaField:
    return TextAreaField(label, NEEDED if needed else [], render_kw={"rows": rows, "maxlength": LONGEST_TEXT})


def pick(label: str, choices: Iterable[tuple[str, str]] = ()) -> Pick:
    return Pick(label, NEEDED, choices=options(choices), validate_choice=False)


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def labels(enum) -> list[SelectChoice]:
    return options((member.value, member.label) for member in enum)


def offices(
    opds: Iterable[Opd], empty: str, chosen: str | None, more: Sequence[tuple[str, str]] = ()
) -> list[SelectChoice]:
    """Options of a select of OPDs: code and name, after the empty one and those with words of their own."""
    apart = dict(more)
    known = [
        (opd.code, f"{opd.short} · {opd.name}" if opd.short != opd.name else opd.name)
        for opd in opds
        if opd.code not in apart
    ]
    if not known and chosen and chosen not in apart:
        known = [(chosen, chosen)]
    return options([("", empty), *more, *known])
