"""Pasted text taken apart: links with their words, paragraphs, WhatsApp's prefixes; whatever else people paste."""

import time
from datetime import UTC, datetime

import pytest

from app.monitoring.rules.kinds import Channel, Origin
from app.monitoring.rules.pasting import Cover, items, pieces
from app.monitoring.rules.records import Record, Rejected

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""09.00 WITA."""


def made(text: str, cover: Cover = Cover()) -> list[Record | Rejected]:
    return items(pieces(text, NOW), cover, NOW)


def shape(text: str) -> list[tuple[str, str, str]]:
    return [(item.url, item.title, item.text) for item in made(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("https://a.example/x Air keruh", [("https://a.example/x", "Air keruh", "")]),
        ("Air keruh: https://www.a.example/x?utm_source=wa.", [("https://a.example/x", "Air keruh", "")]),
        (
            "Air keruh\nhttps://a.example/x\nJalan rusak\nhttps://b.example/y",
            [("https://a.example/x", "Air keruh", ""), ("https://b.example/y", "Jalan rusak", "")],
        ),
        (
            "https://a.example/x\nAir keruh\nhttps://b.example/y\nJalan rusak",
            [("https://a.example/x", "Air keruh", ""), ("https://b.example/y", "Jalan rusak", "")],
        ),
        (
            "Air keruh\nSudah tiga hari.\nhttps://a.example/x",
            [("https://a.example/x", "Air keruh", "Air keruh\nSudah tiga hari.")],
        ),
        ("Air mati.\nDi Anggana.\n\nLampu padam.", [("", "Air mati.", "Air mati.\nDi Anggana."), ("", "Lampu padam.", "")]),
        ("https://a.example/berita/1/air-pdam-keruh-lagi", [("https://a.example/berita/1/air-pdam-keruh-lagi", "Air pdam keruh lagi", "")]),
        ("Cek ini https://a.example/1/air-pdam-keruh.html", [("https://a.example/1/air-pdam-keruh.html", "Air pdam keruh", "Cek ini")]),
        ("- Rincian:\n> dua rumah >", [("", "Rincian:", "Rincian:\ndua rumah >")]),
        ("www.a.example/9", [("https://a.example/9", "Tautan a.example", "")]),
        ("(https://a.example/x) dan https://a.example/y_(z)", [("https://a.example/x", "( dan", ""), ("https://a.example/y_(z)", "Tautan a.example", "")]),
    ],
)  # fmt: skip
def test_links_take_their_words_and_paragraphs_are_one_item_each(text, expected):
    assert [(url, title, words) for url, title, words in shape(text)] == expected


@pytest.mark.parametrize(
    "prefix, at",
    [
        ("[24/11 07.10] Budi S.: ", "2026-11-23T23:10"),
        ("24/11/26 07.10 - Budi: ", "2026-11-23T23:10"),
        ("24/11/2026, 07:10 - +62 812-3456-789: ", "2026-11-23T23:10"),
        ("\u200e[07.10, 24/11/2026] ~ Budi: ", "2026-11-23T23:10"),
        ("[24/11/26, 7:10:05 PM] Budi: ", "2026-11-24T01:00"),
        ("[31/12 07.10] Budi: ", "2025-12-30T23:10"),
    ],
)
def test_a_whatsapp_prefix_gives_the_time_and_the_name_is_dropped(prefix, at):
    (item,) = made(f"{prefix}Air PDAM mati di Anggana")
    assert item.title == "Air PDAM mati di Anggana" and "Budi" not in str(item)
    assert item.published_at == datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_each_message_is_an_item_and_what_is_no_date_stays_text():
    text = "[24/11 07.10] Budi: Air mati\n[24/11 07.12] Ani: https://a.example/x Cek\n[45/13 99.99] Budi: aneh"
    first, second = made(text)
    assert (first.title, second.title) == ("Air mati", "Cek")
    assert second.text.endswith("[45/13 99.99] Budi: aneh")


def test_a_paste_without_a_date_is_marked_and_the_origin_is_kept():
    (item,) = made("Air mati", Cover(Origin.CITIZEN))
    assert item.marks == ["no_date"] and item.channel is Channel.COMPLAINT and item.media == "Warga (WhatsApp)"
    assert item.raw["asal"] == "Warga lewat WhatsApp" and item.raw["tempelan"] == "Air mati"


def test_a_journalists_question_names_media_and_deadline():
    (item,) = made("Mohon konfirmasi anggaran", Cover(Origin.PRESS, "Radar Pesut", "hari ini 15.00"))
    assert item.media == "Radar Pesut"
    assert item.text == "Permintaan konfirmasi dari Radar Pesut (tenggat hari ini 15.00)."


HOSTILE = [
    "<script>alert(1)</script> Air mati", "<img src=x onerror=alert(1)>", "javascript:alert(1) klik", "\x00\x01\x02",
    "https://", "http://[::1", "https://user:rahasia@a.example/x", "https://a.example/" + "a" * 5000, "\ud800 rusak",
    "https://a.example:99999/x Judul", "\u202egnp.exe\u202c", "https://xn--/x", "&lt;b&gt;tebal&lt;/b&gt;", "🌊" * 400,
    "'; DROP TABLE alert; --", "=HYPERLINK(\"x\")", "{{ 7 * 7 }}", "%s%n%x", "[24/11 07.10] : ", "[0/0 0.00] x: y",
    "[29/2 07.10] Budi: x", "[24/11/0000 07.10] Budi: x", "24/11/9999 07.10 - Budi: x",
    "https://1.1.1.1/x", "HTTPS://A.EXAMPLE/X besar", "https://a.example/\u200bx", "<" * 3000, "&" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_taken_as_plain_text_or_refused_with_a_reason(text):
    for item in made(text):
        if isinstance(item, Rejected):
            assert item.reason
            continue
        assert item.title and len(item.title) <= 300
        assert item.url == "" or item.url.startswith("https://")
        assert "rahasia" not in item.url and "<script" not in item.title.lower() + item.text.lower()
        assert "\x00" not in item.title + item.text + item.url and item.published_at <= NOW


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "1/1 " * 25_000, "[24/11 07.10] " + "a" * 99_000, "https://" * 12_500, "a\n\n" * 33_000, "<b>" * 33_000,
     "www." * 25_000, "x: " * 33_000],
)  # fmt: skip
def test_a_long_odd_text_is_taken_apart_quickly(text):
    started = time.perf_counter()
    found = pieces(text, NOW)
    items(found[:100], Cover(), NOW)
    assert time.perf_counter() - started < 2
