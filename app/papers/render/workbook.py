"""The matriks as a workbook, so that an office can filter it and go on in it. The same data gives the same bytes."""

import io
from datetime import UTC, datetime

WIDTHS = (5, 28, 34, 16, 20, 22, 42, 18, 24, 16, 9, 22)
ORDER = ("isu", "sources", "place", "lead", "supporting", "action", "due", "indicator", "state", "progress", "note")
LONGEST_FOOT = 200
"""A footer of a workbook holds 255 signs, its page numbers among them."""


def matrix(data: dict) -> bytes:
    """Landscape on A4, its head on every page. Texts stay texts: nothing is taken for a formula or a link."""
    import xlsxwriter

    body = io.BytesIO()
    book = xlsxwriter.Workbook(body, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    page = book.add_worksheet("Matriks")
    first = _above(page, data["sheet"], book)
    _table(page, data, first, book)
    page.freeze_panes(first + 1, 0)
    page.repeat_rows(first)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.fit_to_pages(1, 0)
    _around(page, data["sheet"])
    book.close()
    return body.getvalue()


def _above(page, sheet: dict, book) -> int:
    """Office, title and facts; the row after them."""
    strong, last = book.add_format({"bold": True, "font_size": 13}), 2
    page.write_string(0, 0, sheet["letterhead"]["office"])
    page.write_string(1, 0, sheet["title"], strong)
    for last, (what, told) in enumerate(sheet["facts"], 2):
        page.write_string(last, 0, f"{what}: {told}")
    return last + 2


def _table(page, data: dict, first: int, book) -> None:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#8A8F98"}
    plain, head = book.add_format(cell), book.add_format(cell | {"bold": True, "bg_color": "#EEF1F5"})
    for column, (words, width) in enumerate(zip(data["head"], WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(first, column, words, head)
    row = first
    for row, told in enumerate(data["rows"], first + 1):
        page.write_number(row, 0, row - first, plain)
        for column, name in enumerate(ORDER, 1):
            _write(page, row, column, told[name], plain)
    page.write_string(row + 2, 0, data["summary"])


def _write(page, row: int, column: int, told, look) -> None:
    if isinstance(told, list):
        told = "\n".join(told)
    if told.isascii() and told.isdigit() and ORDER[column - 1] == "progress":
        page.write_number(row, column, int(told), look)
    else:
        page.write_string(row, column, told, look)


def _around(page, sheet: dict) -> None:
    mark, foot = (sheet[name].replace("&", "&&") for name in ("mark", "foot"))
    page.set_header(f"&R&B{mark}" if mark else "")
    page.set_footer(f"&L&8{foot[:LONGEST_FOOT]}&R&8halaman &P dari &N")
