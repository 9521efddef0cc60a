"""Papers of a rakor as a reader meets them: every page of both forms, the Word file set by LibreOffice."""

import re

import pytest

from app.papers import render
from app.papers.rules.meetings import MATRIX_HEAD
from app.papers.rules.shapes import as_data
from tests.harness import office
from tests.papers import meetings, samples
from tests.papers.test_render import bare, every_text, text_of_pdf

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]

MANY = 30
LONG = "Penanggungjawabmempertanggungjawabkan" * 4
CASES = {"banyak": (None, MANY), "panjang": (LONG, 3), "kosong": (None, 0)}
TOLD = [(case, template) for case in CASES for template in meetings.SHAPES]
PLANS = ("No.", "Tindak lanjut", "OPD pengampu", "Target", "Status")
HEADS = {
    "bahan": PLANS, "laporan-rakor": PLANS, "notula": PLANS, "matriks": MATRIX_HEAD,
    "hadir": ("No.", "OPD", "Nama dan jabatan", "Kehadiran", "Tanda tangan"),
    "berita-acara": ("No.", "OPD", "Nama dan jabatan", "Tanda tangan"),
    "register": (
        "No.", "Tema dan latar", "Akar masalah", "OPD pengampu dan pendukung", "Tindakan dan instrumen",
        "Narasi dan juru bicara", "Target dan indikator", "Rakor, status, keputusan", "Tanggal tinjau",
    ),
}  # fmt: skip
SECTIONS = ("Isu yang dibahas", "Rencana tindak lanjut", "Hasil", "Peserta", "Pembahasan dan keputusan", "Bukti")
NEAREST = 8
"""Millimetres that stay white at every edge."""


def data_of(case: str, template: str) -> dict:
    word, many = CASES[case]
    make = meetings.SHAPES[template]
    return as_data(make(word, many) if word else make(many=many))


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """(case, template) → the PDF of either form."""
    in_word = {f"{case}-{name}": render.docx(name, data_of(case, name)) for case, name in TOLD}
    in_word |= {f"surat-{name}": render.docx(name, as_data(samples.SHAPES[name]())) for name in samples.WITH_DOCX}
    from_word = office.converted(in_word, tmp_path_factory.mktemp("office"))
    own = {f"{case}-{name}": render.pdf(name, data_of(case, name)) for case, name in TOLD}
    return {"word": from_word, "pdf": own}


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page without what stands below it."""
    told = text_of_pdf(pdf).split("\f")[:-1]
    return [re.sub(r"(Draf.*|halaman \d+ dari \d+)\n", "", page) for page in told]


@pytest.mark.parametrize("form", ["word", "pdf"])
@pytest.mark.parametrize(("case", "template"), TOLD)
def test_every_page_stays_within_its_edges(printed, form, case, template):
    for number, page in enumerate(office.pictures(printed[form][f"{case}-{template}"]), 1):
        assert not office.ink_outside(page, NEAREST), f"page {number}"


@pytest.mark.parametrize("form", ["word", "pdf"])
@pytest.mark.parametrize("template", meetings.SHAPES)
def test_no_page_ends_with_a_head_and_none_is_empty(printed, form, template):
    head = bare("".join(HEADS.get(template, ("DAFTAR UNDANGAN",))))
    for number, page in enumerate(pages_of(printed[form][f"banyak-{template}"]), 1):
        told = bare(page)
        assert told.removeprefix("draf"), f"page {number} is empty"
        assert not told.endswith(head), f"page {number} ends with the head of a table"
        assert not page.strip().endswith(SECTIONS), f"page {number} ends with a heading"


@pytest.mark.parametrize("form", ["word", "pdf"])
@pytest.mark.parametrize("template", ["matriks", "register", "hadir"])
def test_a_table_over_pages_repeats_its_head(printed, form, template):
    pages = pages_of(printed[form][f"banyak-{template}"])
    assert len(pages) > 1
    head = bare("".join(HEADS[template]))
    rows = [page for page in pages if re.search(r"^\d+\.? ", page, re.MULTILINE)]
    assert len(rows) > 1 and all(head in bare(page) for page in rows)


@pytest.mark.parametrize("template", meetings.SHAPES)
def test_both_forms_say_the_same_of_thirty_matters(printed, template):
    in_word, own = (bare(text_of_pdf(printed[form][f"banyak-{template}"])) for form in ("word", "pdf"))
    for words in every_text(data_of("banyak", template)):
        if len(words) < 60:  # a longer one may cross a page
            assert bare(words) in in_word and bare(words) in own, words


@pytest.mark.parametrize("template", samples.WITH_DOCX)
def test_a_letter_fills_one_page(printed, template):
    pages = office.pictures(printed["word"][f"surat-{template}"])
    assert len(pages) == 1 and not office.ink_outside(pages[0], NEAREST)
