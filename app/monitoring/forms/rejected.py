"""What a browser may send about a rejected row."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from app.monitoring.rules.correcting import Cell, changed, masks_in
from app.web.forms import Form

LONG = 80
MASKED = "Isinya memuat {}, yang bukan isi sebenarnya. Kosongkan bagian itu atau tulis yang asli dari berkasnya."


class CellsForm(Form):
    """A field per cell; see `form_of`."""

    cells: Sequence[Cell] = ()

    def typed(self) -> dict[str, str]:
        """What stands in each field, by its name."""
        return {cell.name: self[cell.name].data or "" for cell in self.cells}


def form_of(cells: Sequence[Cell], *, fresh: bool = False) -> CellsForm:
    """The form of these cells, `fresh` or with what was sent. A mask is taken only where it was left alone."""
    fields = {cell.name: _field(cell) for cell in cells}
    return type("CellsOfRow", (CellsForm,), fields | {"cells": cells})(**({"formdata": None} if fresh else {}))


def _field(cell: Cell):
    def unmasked(_form: Form, field: StringField) -> None:
        if changed(cell, field.data or "") and (masks := masks_in(field.data or "")):
            raise ValidationError(MASKED.format(masks))

    kind = TextAreaField if len(cell.shown) > LONG or "\n" in cell.shown else StringField
    return kind(cell.header, [unmasked], default=cell.shown)
