"""Workbooks for tests, honest and hostile."""

import io
import zipfile
from pathlib import Path

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADER = ["Tanggal", "Judul", "Isi", "Media", "URL", "Sentimen"]


def workbook(path: Path, rows: list[list], header_at: int = 0, header=HEADER, **options) -> Path:
    """A sheet with `header` in row `header_at` and `rows` below it."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, **options})
    sheet = book.add_worksheet("Data")
    for number in range(header_at):
        sheet.write(number, 0, f"Keterangan {number}")
    for number, row in enumerate([header, *rows]):
        sheet.write_row(header_at + number, 0, row)
    book.close()
    return path


def altered(path: Path, replace: dict[str, bytes], add: dict[str, bytes] | None = None) -> Path:
    """The same workbook with some members' bytes replaced."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in (members | replace | (add or {})).items():
            archive.writestr(name, body)
    return path


def sheet_xml(rows: str, before: str = "") -> bytes:
    sheet = f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>'
    return f'<?xml version="1.0"?>{before}{sheet}'.encode()


def bomb(megabytes: int) -> bytes:
    """An archive whose one member inflates to that much."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/styles.xml", "w", force_zip64=True) as member:
            for _ in range(megabytes):
                member.write(b" " * 1024 * 1024)
    return out.getvalue()
