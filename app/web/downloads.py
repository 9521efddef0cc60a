"""Files on their way out: what people sent is downloaded, never run; what a list is taken along as is no formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from flask import Response, abort, request, send_file, stream_with_context
from flask_login import current_user

from app.core import events, storage
from app.core.db import serialise
from app.extensions import writing

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


TABLE_FORMS = "any(csv,xlsx)"
"""The ways in which a list can be taken along, as the last part of an address."""
MOST_IN_WORKBOOK = 2_000
"""A workbook is made in memory and at once; more rows than that go as CSV, which is sent as it is read."""
MOST_IN_CSV = 20_000
LOCK = 4077
"""What one person takes along is written down one after the other."""


def send_table(form: str, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A list as `form` (csv or xlsx), its header first; rows beyond what that form can hold are told in a last one.

    Who took which list along is written down first: names, numbers and addresses leave with it (guard.md 11).
    """
    if request.method == "GET":
        _note_taken(name.rpartition("-")[0] or name, form)
    most = MOST_IN_WORKBOOK if form == "xlsx" else MOST_IN_CSV
    lines = _at_most(most, rows)
    if form == "csv":
        return send_csv(f"{name}.csv", chain([header], lines))
    return send_made(_workbook(header, lines), WORKBOOK, f"{name}.xlsx")


def _note_taken(what: str, form: str) -> None:
    with writing():
        seat, told = current_user.seat, {"list": what, "form": form}
        serialise(LOCK)
        events.record(f"taken:{seat.id}", "list.taken", seat, after=told, audience="internal")


def _at_most(most: int, rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    for number, row in enumerate(rows):
        if number == most:
            yield [f"Hanya {most} baris pertama. Saring daftarnya, lalu unduh lagi untuk sisanya."]
            return
        yield row


def _workbook(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Texts stay texts: nothing is taken for a formula or a link."""
    import xlsxwriter

    body = io.BytesIO()
    book = xlsxwriter.Workbook(body, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Daftar")
    for column, words in enumerate(header):
        sheet.write_string(0, column, words, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell not in (None, ""):
                (sheet.write_number if isinstance(cell, int) else sheet.write_string)(line, column, cell)
    sheet.set_column(0, len(header) - 1, 18)
    book.close()
    return body.getvalue()
