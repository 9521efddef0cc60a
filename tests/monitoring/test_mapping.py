"""A column mapping: suggested, told, read back, compared."""

import json

import pytest

from app.monitoring.rules import mapping
from app.monitoring.rules.columns import SYNONYMS, layout_of
from app.monitoring.rules.mapping import Column, Mapping, Transform, compare

HEADERS = ("No", "Tanggal", "Judul Berita", "", "Media", "No HP")


@pytest.fixture
def known():
    return mapping.suggested(layout_of([["Laporan"], HEADERS]), "Data")


def test_the_synonyms_suggest_what_is_read(known):
    assert (known.sheet, known.header_row, known.headers, known.complete) == ("Data", 1, HEADERS, True)
    assert {column.target: column.headers for column in known.columns} == {
        "published_at": ("Tanggal",),
        "title": ("Judul Berita",),
        "media": ("Media",),
    }


def test_a_mapping_survives_its_telling(known):
    assert Mapping.from_dict(json.loads(json.dumps(known.to_dict()))) == known


def test_every_target_has_a_label_and_a_transform():
    assert set(mapping.TARGET_LABELS) == set(mapping.TRANSFORMS) == set(SYNONYMS)
    assert all(transform.label for transform in Transform)


@pytest.mark.parametrize(
    "change",
    [
        {"sheet": 5},
        {"header_row": -1},
        {"header_row": True},
        {"header_row": 10_000},
        {"headers": "Tanggal"},
        {"headers": ["x" * 501]},
        {"columns": {}},
        {"more": 1},
        {"columns": [{"target": "title"}]},
    ],
)
def test_what_is_no_mapping_is_refused(known, change):
    with pytest.raises(ValueError):
        Mapping.from_dict(known.to_dict() | change)


@pytest.mark.parametrize(
    "change",
    [
        {"target": "nik"},
        {"transform": "eval"},
        {"transform": "decimal"},
        {"headers": ["Kolom lain"]},
        {"headers": ["No HP"]},
        {"argument": {"pola": ".*"}},
        {"argument": ["x"]},
        {"required": "ya"},
        {"default": None},
    ],
)
def test_what_is_no_column_is_refused(known, change):
    title = next(column for column in known.columns if column.target == "title").to_dict()
    with pytest.raises(ValueError):
        Mapping.from_dict(known.to_dict() | {"columns": [title | change]})


@pytest.mark.parametrize(
    "target, transform, argument",
    [
        ("published_at", "date", {"order": "mdy", "zone": "WIB"}),
        ("published_at", "constant", "24/11/2026"),
        ("tone", "value_map", {"Merah": "negative"}),
        ("reach", "decimal", ","),
        ("url", "url", "canonical"),
        ("media", "constant", "Kabar Etam"),
    ],
)
def test_arguments_of_transforms(target, transform, argument):
    column = Column(target, (), Transform(transform), argument)
    assert Column.from_dict(column.to_dict()) == column


def test_without_a_date_it_is_not_complete(known):
    assert not Mapping("", 0, HEADERS, tuple(c for c in known.columns if c.target != "published_at")).complete
    assert not Mapping("", 0, HEADERS, tuple(c for c in known.columns if c.target != "title")).complete


def test_the_signature_sees_through_case_and_empty_columns(known):
    other = Mapping("Lain", 7, ("NO", "", "tanggal ", "Judul-Berita", "MEDIA", "no hp"), ())
    assert other.signature == known.signature and compare(known, other.headers).same
    assert Mapping("", 0, ("Tanggal", "No", "Judul Berita", "Media", "No HP"), ()).signature != known.signature


def test_a_comparison_says_what_changed(known):
    now = ("Tanggal", "No", "Judul", "Media", "No HP")
    found = compare(known, now)
    assert (found.missing, found.added, found.used) == (("Judul Berita",), ("Judul",), ("Judul Berita",))
    assert found.moved == ("No", "Tanggal")
    assert "hilang: Judul Berita" in found.sentence and "susunan baru" in found.sentence


def test_a_header_twice_is_counted_twice():
    twice = Mapping("", 0, ("Tanggal", "Judul", "Judul"), ())
    assert compare(twice, ("Tanggal", "Judul")).missing == ("Judul",)
    assert compare(twice, ("Tanggal", "Judul", "Judul")).same


def test_headings_of_a_clipping_office_are_known():
    names = ["NO", "HARI/TANGGAL", "NAMA MEDIA", "JUDUL PEMBERITAAN", "ISI SINGKAT", "LINK PEMBERITAAN", "SENTIMEN"]
    columns = layout_of([["REKAP MEDIA"], names]).columns
    assert columns == {"published_at": 1, "media": 2, "title": 3, "text": 4, "url": 5, "tone": 6}
