"""A genuine .xls, as old Excel writes it, reads like the .xlsx of the same rows."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from app.core import clock
from app.monitoring.readers import guarded
from app.monitoring.rules.mapping import Mapping, with_columns
from app.monitoring.rules.records import Rejected

HEADER = ["Tanggal", "Jam", "Judul", "Isi", "Media", "URL", "Sentimen", "Jangkauan", "ID Berita"]
ROWS = [
    [date(2026, 11, 23), time(7, 12), "Jalan Loa Janan rusak", "Isi – «pertama»", "Kaltim Post", "https://a.example/1",
     "Negatif", 12500, 4711000001],
    [datetime(2026, 11, 22, 18, 30), "", "Banjir di Muara Kaman", "", "Kabar Etam", "", "Positif", 1.5, "NAS-00000002"],
    ["21/11/2026 09.05", "", "Tanggal tertulis", "", "", "", 0, "1.250", ""],
    ["kemarin", "", "Tanggal tidak terbaca", "", "", "", "", "", ""],
    ["", "", "", "", "", "", "", "", ""],
    [46346.5, "", "Tanggal sebagai angka", "", "", "", "", "", ""],
]  # fmt: skip
FORMATS = {date: "dd/mm/yyyy", datetime: "dd/mm/yyyy hh:mm", time: "hh:mm"}


def old(path: Path, header_at: int = 2, *, since_1904: bool = False) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = since_1904
    book.add_sheet("Sampul").write(0, 0, "Ringkasan")
    sheet = book.add_sheet("Data Media")
    sheet.write(0, 0, "Laporan harian")
    for number, row in enumerate([HEADER, *ROWS]):
        for column, cell in enumerate(row):
            style = xlwt.easyxf(num_format_str=FORMATS.get(type(cell), "General"))
            sheet.write(header_at + number, column, cell, style)
    book.save(str(path))
    assert path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    return path


def new(path: Path, header_at: int = 2) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
    book.add_worksheet("Sampul").write(0, 0, "Ringkasan")
    sheet = book.add_worksheet("Data Media")
    sheet.write(0, 0, "Laporan harian")
    for number, row in enumerate([HEADER, *ROWS]):
        for column, cell in enumerate(row):
            known = FORMATS.get(type(cell))
            sheet.write(header_at + number, column, cell, *([book.add_format({"num_format": known})] if known else []))
    book.close()
    return path


def read(path: Path, mapping: Mapping | None = None):
    return [item for batch in guarded.read(path, clock.now(), mapping=mapping) for item in batch.items]


@pytest.fixture
def both(tmp_path):
    return old(tmp_path / "lama.xls"), new(tmp_path / "baru.xlsx")


def test_by_synonyms_it_reads_like_the_xlsx(both):
    was, now = map(read, both)
    assert was == now
    assert [item.published_at.isoformat() for item in was if not isinstance(item, Rejected)] == [
        "2026-11-22T23:12:00+00:00",
        "2026-11-22T10:30:00+00:00",
        "2026-11-21T01:05:00+00:00",
        "2026-11-20T04:00:00+00:00",
    ]
    assert [item.line for item in was] == [4, 5, 6, 7, 9]
    assert [item.reason for item in was if isinstance(item, Rejected)] == [
        "Tanggal 'kemarin' tidak terbaca. Tulis seperti 26/07/2022 14.05 atau 26 Juli 2022."
    ]
    first = was[0]
    assert (first.reach, first.external_id, first.tone, first.text) == (
        12500, "4711000001", "negative", "Isi – «pertama»"
    )  # fmt: skip


def test_by_a_mapping_too(both):
    seen = guarded.peek(both[0], clock.now())
    assert (seen.kind, seen.sheets, seen.sheet, seen.header_row) == ("table", ["Sampul", "Data Media"], "Data Media", 2)
    mapping = with_columns(Mapping.from_dict(seen.mapping), {"title": "Media", "media": "Judul"})
    was, now = (read(path, mapping) for path in both)
    assert was == now and was[0].title == "Kaltim Post" and was[0].media == "Jalan Loa Janan rusak"


def test_the_preview_that_a_person_confirms_is_the_same(both):
    assert guarded.peek(both[0], clock.now()) == guarded.peek(both[1], clock.now())


def test_a_workbook_that_counts_days_since_1904(tmp_path):
    records = [item for item in read(old(tmp_path / "mac.xls", since_1904=True)) if not isinstance(item, Rejected)]
    assert records[0].published_at.isoformat() == "2026-11-22T23:12:00+00:00"
