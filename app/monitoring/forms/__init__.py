"""What a browser may send about alerts, sources and imports."""

from app.monitoring.forms.asking import AskForm
from app.monitoring.forms.feeds import FeedsForm, FoundForm, OpmlForm, SiteForm
from app.monitoring.forms.pasting import CaptureForm, FilesForm, PasteForm
from app.monitoring.forms.rejected import CellsForm, form_of
from app.monitoring.forms.sorting import BareForm, IgnoreForm, PlaceForm, SafeTitleForm, ToneForm, UnmaskForm
from app.monitoring.forms.sources import NEW, ImportForm, NewSourceForm, SourceForm

__all__ = [
    "AskForm", "BareForm", "CaptureForm", "CellsForm", "FeedsForm", "FilesForm", "form_of", "FoundForm", "IgnoreForm",
    "ImportForm", "NEW", "NewSourceForm", "OpmlForm", "PasteForm", "PlaceForm", "SafeTitleForm",
    "SiteForm", "SourceForm", "ToneForm", "UnmaskForm",
]  # fmt: skip
