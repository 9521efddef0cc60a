"""What a browser may send about letters."""

from app.notify.actions import LONGEST_CALL
from app.web.forms import Form, Line


class CallForm(Form):
    """What was said on the telephone about a letter that nobody opened."""

    note = Line("Catatan", longest=LONGEST_CALL)
