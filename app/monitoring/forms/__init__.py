"""What a browser may send about alerts, sources and imports."""

from app.monitoring.forms.pasting import PasteForm
from app.monitoring.forms.sorting import BareForm, IgnoreForm, SafeTitleForm, ToneForm
from app.monitoring.forms.sources import NEW, ImportForm, NewSourceForm, SourceForm

__all__ = [
    "NEW", "BareForm", "IgnoreForm", "ImportForm", "NewSourceForm", "PasteForm", "SafeTitleForm", "SourceForm",
    "ToneForm",
]  # fmt: skip
