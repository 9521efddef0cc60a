"""What a browser may send about feeds that are found or listed elsewhere."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import Field

from app.core.words import one_line
from app.monitoring.rules.opml import LARGEST, LONGEST_NAME, MOST_FEEDS, Feed
from app.web.forms import Form


class OpmlForm(Form):
    """A list of feeds that another reader wrote."""

    file = FileField("Berkas OPML", [FileRequired("Pilih berkasnya.")])

    def body(self) -> bytes:
        """The bytes, at most one more than are taken."""
        return self.file.data.stream.read(LARGEST + 1)


class Ticked(Field):
    """Feeds that were ticked: each value is an address, a space and a name."""

    def process_formdata(self, valuelist: list[str]) -> None:
        parted = (one_line(value).partition(" ") for value in valuelist[:MOST_FEEDS])
        self.data = [Feed(name[:LONGEST_NAME] or url[:LONGEST_NAME], url) for url, _, name in parted if url]


class FeedsForm(Form):
    """The chosen ones of a list. What may be taken of it is judged anew."""

    feed = Ticked("Umpan")
