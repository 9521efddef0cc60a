import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.monitoring.rules import cleaning

HARMLESS = [
    ("Air keruh <script>alert(1)</script>di Anggana", "Air keruh di Anggana"),
    ("<b>Jalan</b> rusak &amp; gelap", "Jalan rusak & gelap"),
    ("Jalan\x00 ru\x08sak\x9b", "Jalan rusak"),
    ("ru\u200bsak\u200d \ufeffparah", "rusak parah"),
    ("\u202eterbalik\u202c", "terbalik"),
    ("5 < 7 dan 3 > 2", "5 < 7 dan 3 > 2"),
    ("cinta <3", "cinta <3"),
    ("<style>p{}</style><iframe src=x></iframe>isi", "isi"),
    ("<img src=x onerror=alert(1)>gambar", "gambar"),
    ("<svg><script>alert(1)</script></svg>ok", "ok"),
    ("a\u2028b\r\nc", "a b c"),
    ("é", "é"),
    (None, ""),
    (12, "12"),
]


@pytest.mark.parametrize("foreign, shown", HARMLESS)
def test_foreign_text_becomes_one_harmless_line(foreign, shown):
    assert cleaning.line(foreign) == shown


def test_paragraphs_stay_apart():
    assert cleaning.plain("<p>Satu</p><p>Dua<br>Tiga</p>") == "Satu\nDua\nTiga"


@given(st.text())
def test_nothing_invisible_or_controlling_survives(text):
    cleaned = cleaning.plain(text)
    assert not any(ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160 for c in cleaned)
    assert not set(cleaned) & set("\u200b\u200e\u202a\u202e\u2066\ufeff")


@given(st.text(alphabet="ab<>/&;x!-\u0301é \n", max_size=60))
def test_a_cleaned_text_is_clean(text):
    once = cleaning.tidy(text)
    assert cleaning.tidy(once) == once


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 20_000, "<b><i>" * 30_000, "<" * 200_000, "&" * 200_000, "<a <" * 50_000, "<" + "a" * 190_000,
        '<div a="<">' * 18_000, "<div></x>" * 20_000, "<li><dd>" * 20_000, "a" + "\u0300" * 40_000 + "\u0327" * 40_000,
    ],
)  # fmt: skip
def test_hostile_markup_costs_little(hostile):
    started = time.process_time()
    cleaning.plain(hostile + "isi")
    assert time.process_time() - started < 1.5


def test_absurdly_many_tags_are_stripped_and_paragraphs_stay_apart():
    assert cleaning.plain("<p>Satu</p>" + "<b></b>" * cleaning.MAX_TAGS + "<p>Dua</p>") == "Satu\nDua"


def test_accents_pile_up_to_thirty_and_signs_are_as_many_as_they_were():
    assert cleaning.plain("a" + "\u0327" * 100) == "a" + "\u0327" * 30
    assert cleaning.plain("🔥" * 100) == "🔥" * 100


def test_bytes_are_capped_between_characters():
    assert len(cleaning.capped("é" * 200_000).encode()) <= cleaning.MAX_BYTES


def test_a_cut_shows():
    assert cleaning.line("x" * 400).endswith("…") and len(cleaning.line("x" * 400)) == 300
