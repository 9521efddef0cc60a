"""What a browser may send about feeds that are found or listed elsewhere."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import Field
from wtforms.validators import InputRequired, ValidationError

from app.core.words import one_line
from app.monitoring.rules import links
from app.monitoring.rules.opml import LARGEST, LONGEST_NAME, LONGEST_URL, MOST_FEEDS, Feed
from app.web.forms import Form, Line


class SiteForm(Form):
    """The address of a medium's site, as people say it: `kabaretam.example` will do."""

    site = Line("Alamat situs", [InputRequired("Tulis alamat situsnya, misalnya kabaretam.id.")], longest=LONGEST_URL)

    def validate_site(self, field: Line) -> None:
        if not links.host_of(self.address):
            raise ValidationError("Tulis alamat situs yang benar, misalnya kabaretam.id.")

    @property
    def address(self) -> str:
        """With its scheme; "" for what is no http(s) address. Without one it must at least look like a name."""
        said = self.site.data or ""
        named = "." in said.partition("/")[0] and " " not in said
        return links.showable(said if "://" in said else f"https://{said}" if named else "")


class FoundForm(Form):
    """Which of the feeds that were found is meant."""

    feed = Line("Umpan", longest=links.MAX_LENGTH)


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
