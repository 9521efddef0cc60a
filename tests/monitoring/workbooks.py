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


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def ods_xml(rows: str, before: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="Data">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return f'<?xml version="1.0"?>{before}<office:document-content {spaces}>{body}</office:document-content>'.encode()


def ods(path: Path, rows: list[list[str]] | str, before: str = "") -> Path:
    """An OpenDocument sheet of text cells, or of the XML of its rows."""
    xml = rows if isinstance(rows, str) else "".join(map(ods_row, rows))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0"/>')
        archive.writestr("content.xml", ods_xml(xml, before), zipfile.ZIP_DEFLATED)
    return path


def ods_row(cells: list[str], repeated: str = "") -> str:
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row {repeated}>{inner}</table:table-row>"
