"""Hostile files end as one refusal with a reason; nothing else happens."""

import io
import os
import resource
import time
import zipfile
from datetime import UTC, datetime

import psutil
import pytest

from app.monitoring.readers import Refused, feed, guarded
from app.monitoring.rules.records import Record
from tests.monitoring.workbooks import SHEET, altered, bomb, sheet_xml, workbook

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'


def items(path):
    return [item for batch in guarded.read(path, NOW) for item in batch.items]


def children() -> set[psutil.Process]:
    return set(psutil.Process().children())


@pytest.fixture
def refused(tmp_path):
    """`refused(bytes or path)`: the reason, after checking that refusing was quick and left no child."""

    def reason(content):
        path = content
        if isinstance(content, bytes):
            path = tmp_path / "hostile"
            path.write_bytes(content)
        started, before = time.monotonic(), children()
        with pytest.raises(Refused) as caught:
            items(path)
        assert time.monotonic() - started < 30
        assert children() <= before
        return caught.value.reason

    return reason


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        '<row r="300000"><c r="A300000"><v>1</v></c></row>',
        '<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>',
        '<row r="200000"><c r="CV200000"><v>1</v></c></row>',
        '<row r="99999999"></row>',
    ],
)
def test_a_cell_far_away(refused, tmp_path, rows):
    path = altered(workbook(tmp_path / "a.xlsx", []), {SHEET: sheet_xml(rows)})
    assert "sel di luar" in refused(path)


def test_a_lying_dimension_loses_no_row(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["24/11/2026", f"Judul {n}"] for n in range(30)])
    xml = zipfile.ZipFile(path).read(SHEET)
    altered(path, {SHEET: xml.replace(b'ref="A1:F31"', b'ref="A1:B2"')})
    assert len(items(path)) == 30


@pytest.mark.parametrize(
    "rows", ['<row r="x"/>', '<row r="1"><c r="1A"/></row>', "<row", '<row r="-5"><c r="A-5"/></row>']
)
def test_a_damaged_sheet(refused, tmp_path, rows):
    assert refused(altered(workbook(tmp_path / "a.xlsx", []), {SHEET: sheet_xml(rows)}))


def test_an_entity_bomb_in_a_workbook(refused, tmp_path):
    path = workbook(tmp_path / "a.xlsx", [])
    assert "rusak" in refused(altered(path, {SHEET: sheet_xml('<row r="1"/>', before=ENTITIES)}))


def test_a_zip_bomb(refused):
    assert "256 MB" in refused(bomb(300))


def test_a_zip_that_lies_about_its_sizes(refused, tmp_path):
    body = bytearray(bomb(300))
    at = body.rindex(b"PK\x01\x02")
    body[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refused(bytes(body))


def test_other_archives_are_no_workbooks(refused):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert "bukan berkas Excel" in refused(out.getvalue())


def test_too_many_members(refused, tmp_path):
    path = altered(workbook(tmp_path / "a.xlsx", []), {}, {f"xl/media/{n}.bin": b"" for n in range(600)})
    assert "bagian" in refused(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 5000,
        b"PK\x03\x04 broken",
        b"PK\x03\x04" + b"\0" * 500,
        b"\xd0\xcf\x11\xe0" + b"\0" * 512,
        b"%PDF-1.7",
        b"\x89PNG",
        b"\x1f\x8b\x08",
        b"<!doctype html><html><body>x",
        b"<html>",
        b"<?xml version='1.0'?><opml/>",
        b"{}",
        b"[1,2",
        b'{"items": [1]}',
        b'{"version": "https://jsonfeed.org/version/1", "items": 5}',
        b"[" * 100_000,
        b"/etc/passwd",
        b"file:///etc/passwd",
        b"https://kabaretam.example/feed",
        b"\xff\xfe\x00",
        b"judul saja\nsatu\n",
        b",,,,\n,,,\n",
        b"a" * 300_000,
        b"<rss",
    ],
)
def test_what_is_neither_feed_nor_sheet(refused, content):
    assert refused(content)


def test_what_looks_like_a_path_is_never_opened(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_text("<rss><channel><item><title>rahasia</title></item></channel></rss>")
    with pytest.raises(Refused):
        list(feed.read(str(secret).encode()))
    with pytest.raises(Refused):
        list(feed.read(b"http://127.0.0.1:1/feed"))


RSS = b'<rss version="2.0"><channel><item><title>%s</title><description>%s</description></item></channel></rss>'


@pytest.mark.parametrize(
    "title, text",
    [
        (b"x", b"&lt;div&gt;" * 30_000),
        (b"<![CDATA[" + b"<b>" * 20_000 + b"]]>", b"x"),
        (b"&#0;&#8;&#x202e;evil", b"x"),
        (b"x" * 100_000, b"y" * 3_000_000),
        (b"&unknown; &amp;amp;lt;script&amp;amp;gt;", b"<script>alert(1)</script>"),
    ],
)
def test_hostile_entries_become_plain_text(tmp_path, title, text):
    path = tmp_path / "f"
    path.write_bytes(RSS % (title, text))
    for item in items(path):
        if isinstance(item, Record):
            assert "\x00" not in item.title and len(item.title) <= 300 and len(item.text) <= 50_000
            assert "<script" not in item.title.lower() + item.text.lower()


def test_entity_bombs_in_feeds_are_not_expanded(tmp_path):
    path = tmp_path / "f"
    path.write_bytes(ENTITIES.encode() + RSS % (b"&a9;", b"x"))
    assert all(len(getattr(item, "title", "")) <= 300 for item in items(path))


def test_external_entities_are_not_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary-5519")
    path = tmp_path / "f"
    path.write_bytes(f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode() + RSS % (b"a &e; b", b"&e;"))
    assert "canary" not in repr(items(path))


def test_a_child_that_thinks_forever_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(guarded, "SECONDS", 1)
    monkeypatch.setattr(guarded, "_items", lambda *_: (item for item in iter(lambda: 0, 1) if item))
    path = tmp_path / "f"
    path.write_text("x")
    with pytest.raises(Refused, match="waktu wajar"):
        items(path)


def test_a_child_that_eats_memory_is_ended(tmp_path, monkeypatch):
    def eat(*_):
        return [bytearray(64 << 20) for _ in range(100)]

    monkeypatch.setattr(guarded, "_items", eat)
    path = tmp_path / "f"
    path.write_text("x")
    with pytest.raises(Refused, match="memori"):
        items(path)


def test_a_child_that_aborts_is_one_refusal(tmp_path, monkeypatch):
    monkeypatch.setattr(guarded, "_items", lambda *_: os.abort())
    path = tmp_path / "f"
    path.write_text("x")
    with pytest.raises(Refused, match="mendadak"):
        items(path)


def test_the_parent_keeps_its_own_limits(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    path = tmp_path / "f"
    path.write_bytes(RSS % (b"a", b"b"))
    assert len(items(path)) == 1
    assert (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)) == before


def test_who_stops_reading_leaves_no_child(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["24/11/2026", f"Judul {n}"] for n in range(3000)])
    batches, before = guarded.read(path, NOW), children()
    next(batches)
    batches.close()
    assert children() <= before


def test_a_child_that_thinks_lets_its_parent_breathe(tmp_path, monkeypatch):
    def think(*_):
        time.sleep(0.5)
        return iter([Record(line=1, title="Selesai juga")])

    monkeypatch.setattr(guarded, "BREATH", 0.1)
    monkeypatch.setattr(guarded, "_items", think)
    path = tmp_path / "f"
    path.write_text("x")
    batches = list(guarded.read(path, NOW))
    assert len(batches) > 3 and [len(batch.items) for batch in batches[-1:]] == [1]


def test_a_child_that_says_nothing_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(guarded, "BREATH", 0.1)
    monkeypatch.setattr(guarded, "SILENCE", 0.5)
    monkeypatch.setattr(guarded, "_items", lambda *_: time.sleep(30))
    path = tmp_path / "f"
    path.write_text("x")
    with pytest.raises(Refused, match="waktu wajar"):
        items(path)
