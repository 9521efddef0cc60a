"""Files on their way out: what people sent is downloaded, never run; what a list is taken along as is no formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response, abort, send_file, stream_with_context

from app.core import storage

SANDBOX = "default-src 'none'; sandbox"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, full-width forms too (guard.md 11)."""


def send_made(body: bytes, media_type: str, name: str) -> Response:
    """Something written for this one answer, as a file."""
    return _leaving(Response(body, content_type=media_type), name)


def send_kept(key: str, media_type: str, name: str) -> Response:
    """The stored file, or 404. Only pictures that we encoded ourselves are shown in place."""
    if not storage.exists(key):
        abort(404)
    response = send_file(
        storage.path(key),
        mimetype=media_type,
        as_attachment=media_type != "image/jpeg",
        download_name=name,
        conditional=False,
        max_age=None,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def send_csv(name: str, rows: Iterable[Sequence[object]]) -> Response:
    """Rows as a CSV that an Indonesian spreadsheet opens with a double click; they are sent as they are read."""
    return _leaving(Response(stream_with_context(_lines(rows)), mimetype="text/csv"), name)


def harmless(cell: object) -> object:
    """A text that a spreadsheet would calculate stays a text, behind an apostrophe; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _leaving(response: Response, name: str) -> Response:
    """Saved under `name`, a plain one of our own making, and kept by no browser's cache."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    line = io.StringIO("\ufeff", newline="")
    line.seek(1)
    writer = csv.writer(line, delimiter=";")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
