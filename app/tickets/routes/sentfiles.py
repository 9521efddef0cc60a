"""Files that come with a form: which were chosen, and what is said when one cannot be kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from app.core import storage
from app.core.refused import Refused
from app.core.uploads import NotAllowedFile
from app.extensions import db
from app.web.errors import DiskFull

MOST_FILES = 10


def chosen_files() -> list:
    """The chosen files; a phone's form has one field for the camera and one for the gallery."""
    return [sent for sent in request.files.getlist("file") if sent.filename][:MOST_FILES]


@contextmanager
def file_troubles_told() -> Iterator[None]:
    """A file that is not allowed is refused beside its field; a full disk undoes all and has a page of its own."""
    try:
        yield
    except NotAllowedFile as reason:
        raise Refused({"file": str(reason)}) from reason
    except storage.DiskFull:
        db.session.rollback()
        raise DiskFull from None
