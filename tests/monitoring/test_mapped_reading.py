"""Sheets of every format read by a mapping, looked at before, and corrected row by row."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.monitoring.readers import Refused, guarded, sheet
from app.monitoring.rules.kinds import Channel, Tone
from app.monitoring.rules.mapping import Column, Mapping, Transform
from app.monitoring.rules.records import Record, Rejected
from tests.monitoring.workbooks import ods, ods_row, workbook

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
HEADERS = ("Kapan", "Pukul", "Kepala", "Rasa", "Jumlah", "No HP")
OWN = Mapping(
    "",
    2,
    HEADERS,
    (
        Column("published_at", ("Kapan", "Pukul"), Transform.DATE, {"order": "mdy", "zone": "WIB"}, required=True),
        Column("title", ("Kepala",), Transform.STRIP_HTML),
        Column("media", (), Transform.CONSTANT, "Kabar Etam"),
        Column("tone", ("Rasa",), Transform.VALUE_MAP, {"Merah": "negative"}, required=True),
        Column("reach", ("Jumlah",), Transform.DECIMAL, ","),
    ),
)
CSV = "Laporan\nPer November\nKapan;Pukul;Kepala;Rasa;Jumlah;No HP\n11/23/2026;07.12;Air mati;Merah;1.234,5;0811\n"


def items(path, mapping=None):
    return [item for batch in guarded.read(path, NOW, mapping=mapping) for item in batch.items]


@pytest.fixture
def file(tmp_path):
    def written(content, name="x"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def test_a_sheet_of_unknown_words_is_read_by_its_profile(file):
    (record,) = items(file(CSV), OWN)
    assert str(record.published_at) == "2026-11-23 00:12:00+00:00"
    assert (record.title, record.media, record.tone, record.reach) == ("Air mati", "Kabar Etam", Tone.NEGATIVE, 1234)
    assert "No HP" not in record.raw and "0811" not in repr(record)
    with pytest.raises(Refused):
        items(file(CSV))


def test_a_header_further_down_is_the_same_header(file):
    assert len(items(file("Satu baris lagi\n" + CSV), OWN)) == 1


def test_a_changed_layout_is_refused_with_what_changed(file):
    with pytest.raises(Refused, match="hilang: Rasa") as refused:
        items(file(CSV.replace(";Rasa", ";Warna")), OWN)
    assert "Warna" in refused.value.headers and "baru: Warna" in refused.value.reason


def test_a_required_word_that_says_nothing_rejects_its_row(file):
    (rejected,) = items(file(CSV.replace(";Merah;", ";Jingga;")), OWN)
    assert isinstance(rejected, Rejected) and "Jingga" in rejected.reason


def test_the_default_stands_in_for_an_empty_cell(file):
    columns = tuple(replace(c, default="merah") if c.target == "tone" else c for c in OWN.columns)
    (record,) = items(file(CSV.replace(";Merah;", ";;")), replace(OWN, columns=columns))
    assert record.tone is Tone.NEGATIVE


def test_a_corrected_row_is_read_like_the_file(file):
    (rejected,) = items(file(CSV.replace("11/23/2026", "kemarin")), OWN)
    assert "kemarin" in rejected.reason
    again = sheet.read_row(rejected.line, rejected.raw | {"Kapan": "11/23/2026"}, OWN)
    assert isinstance(again, Record) and again.line == 4 and again.title == "Air mati" and again.reach == 1234
    assert isinstance(sheet.read_row(1, {}, OWN), Rejected)


def test_a_look_shows_what_would_be_taken_and_what_is_wrong(file):
    rows = "".join(f"24/11/2026;Judul {n};Media {n};0811\n" for n in range(40))
    seen = guarded.peek(file("Laporan\nTanggal;Judul;Sentimen;No HP\nkemarin;Satu;Jingga;0811\n" + rows), NOW)
    told = json.loads(json.dumps(seen.to_dict()))
    assert (told["kind"], told["header_row"], len(told["rows"])) == ("table", 1, 20)
    first = told["rows"][0]
    assert set(first["errors"]) == {"published_at", "tone"} and first["taken"]["title"] == "Satu" and first["line"] == 3
    assert told["rows"][1]["taken"]["published_at"] == "24/11/2026 00.00 WITA"
    assert "0811" not in repr(told["rows"]) and Mapping.from_dict(told["mapping"]).complete


def test_a_look_at_another_header_row_and_by_a_mapping(file):
    path = file(CSV)
    assert guarded.peek(path, NOW, header_row=2).headers == list(HEADERS)
    seen = guarded.peek(path, NOW, mapping=OWN)
    assert seen.mapping == OWN.to_dict() and seen.rows[0]["errors"] == {}
    assert guarded.peek(path, NOW, header_row=90).headers == []


def test_a_look_at_one_of_several_sheets(tmp_path):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name in ("Ringkasan", "Berita", "Medsos"):
        book.add_worksheet(name).write_row(0, 0, ["Tanggal", "Judul", name])
    book.close()
    seen = guarded.peek(tmp_path / "a.xlsx", NOW, sheet="Medsos")
    assert (seen.sheets, seen.sheet, seen.headers[2]) == (["Ringkasan", "Berita", "Medsos"], "Medsos", "Medsos")


def test_a_feed_asks_nothing(file):
    assert guarded.peek(file("<rss><channel><item><title>a</title></item></channel></rss>"), NOW).kind == "feed"


def test_a_look_at_what_cannot_be_read_says_why(file):
    with pytest.raises(Refused, match="kosong"):
        guarded.peek(file(b""), NOW)


def test_ods(tmp_path):
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    rows = "".join(map(ods_row, [["Laporan"], ["Tanggal", "Judul"], ["24/11/2026", "Satu"], ["24/11/2026", "Dua"]]))
    path = ods(tmp_path / "a", rows + empty)
    assert [item.title for item in items(path)] == ["Satu", "Dua"]
    assert guarded.peek(path, NOW).sheets == ["Data"]


def test_a_locked_workbook_says_so(file):
    with pytest.raises(Refused, match="kata sandi"):
        items(file(b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)))


ROWS = [
    {"tanggal": "2026-11-23 10:00", "judul": "Satu", "media": {"nama": "A", "tipe": "berita"}, "sentiment": -1},
    {"tanggal": "2026-11-23", "judul": "Dua", "tags": ["a", "b"], "kosong": None},
]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        json.dumps({"meta": {"x": [1]}, "total": 2, "data": ROWS, "lain": []}, indent=2),
        "\n".join(map(json.dumps, ROWS)),
        "\ufeff" + "\r\n".join(map(json.dumps, ROWS)) + "\r\n",
    ],
)
def test_json(file, content):
    first, second = items(file(content))
    assert (first.title, first.tone, first.raw["media.tipe"]) == ("Satu", Tone.NEGATIVE, "berita")
    assert second.raw["tags"] == "a, b" and second.line == 2


def test_a_broken_line_of_json_lines_is_one_rejected_row(file):
    first, broken, last = items(file("\n".join([json.dumps(ROWS[0]), '{"tanggal": ', json.dumps(ROWS[1])])))
    assert isinstance(broken, Rejected) and broken.line == 2 and last.title == "Dua"


def test_a_json_feed_stays_a_feed_when_its_version_comes_last(file):
    feed = {"items": [{"id": str(n), "title": f"Judul {n}" * 50} for n in range(20)]}
    path = file(json.dumps(feed | {"version": "https://jsonfeed.org/version/1.1"}))
    assert guarded.peek(path, NOW).kind == "feed" and len(items(path)) == 20


def test_xlsx_by_the_mapping_of_its_look(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["24/11/2026", f"Judul {n}"] for n in range(5)], header_at=3)
    seen = guarded.peek(path, NOW)
    assert items(path, Mapping.from_dict(seen.mapping)) == items(path)


def test_channels_by_our_own_words(file):
    own = Mapping("", 0, ("Tgl", "J", "K"), (
        Column("published_at", ("Tgl",), Transform.DATE),
        Column("title", ("J",), Transform.TRIM),
        Column("channel", ("K",), Transform.VALUE_MAP, {"kanal 1": "medsos"}),
    ))  # fmt: skip
    (record,) = items(file("Tgl,J,K\n24/11/2026,Satu,Kanal 1\n"), own)
    assert record.channel is Channel.SOCIAL
