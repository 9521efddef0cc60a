"""Papers as bytes: the same data gives the same bytes, both forms say the same, and no text is more than text."""

import io
import os
import re
import shutil
import subprocess
import time
import zipfile

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.papers import render
from app.papers.render import build
from app.papers.rules.shapes import as_data, paragraphs
from app.papers.rules.signing import BLANK, Official, Signing, signature
from tests.papers import samples

HOSTILE = (
    '#import "@preview/evil:1.0.0": *', '#read("/etc/passwd")', "{{ 7 * 7 }}", "{% for x in y %}", "]]>", "<w:p/>",
    "&lt;&amp;", "*tebal* _miring_ = judul", "$x^2$", "`raw`", "@rujukan <label>", "\\u{1F600} \\", "😀👩‍👩‍👧", "مرحبا بالعالم",
    "\u202emembalik", "a\x00b\x07c", "\ufffe\uffff", "\ud7ff", "https://" + "x" * 300, "\t\n\n", '"); #panic("',
)  # fmt: skip


def text_of_pdf(content: bytes) -> str:
    found = shutil.which("pdftotext")
    if found is None:
        assert "poppler" not in os.environ.get("TANGGAP_TEST_REQUIRE", ""), "pdftotext is required and was not found"
        pytest.skip("pdftotext was not found")
    told = subprocess.run([found, "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return told.stdout.decode()


def text_of_docx(content: bytes) -> str:
    page = Document(io.BytesIO(content))
    words = [node.text or "" for node in page.element.body.iter() if node.tag.endswith("}t")]
    return " ".join(words)


def bare(text: str) -> str:
    """Letters and digits alone: where lines break, and how blanks are drawn, is each form's own business."""
    return re.sub(r"[\W_]", "", text.casefold())


@pytest.mark.parametrize("template", samples.SHAPES)
def test_the_same_data_gives_the_same_bytes(template):
    data = as_data(samples.SHAPES[template]())
    assert render.pdf(template, data) == render.pdf(template, data)
    if template in samples.WITH_DOCX:
        assert render.docx(template, data) == render.docx(template, data)


def every_text(value) -> list[str]:
    if isinstance(value, dict):
        return [each for part in value.values() for each in every_text(part)]
    if isinstance(value, list):
        return [each for part in value for each in every_text(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("template", samples.WITH_DOCX)
def test_word_and_pdf_say_the_same(template):
    data = as_data(samples.SHAPES[template]("Jembatan Loa Kulu"))
    in_word, in_pdf = bare(text_of_docx(render.docx(template, data))), bare(text_of_pdf(render.pdf(template, data)))
    for words in every_text(data):
        assert bare(words) in in_word, words
        assert bare(words) in in_pdf, words
    assert sorted(in_word.replace("x", "")) == sorted(in_pdf.replace("x", ""))  # a ticked box is an X in one of them


@pytest.mark.parametrize("template", samples.SHAPES)
def test_hostile_words_stay_words(template):
    """All of them in every field at once; what is plain ASCII is found again as it was typed."""
    data = as_data(samples.SHAPES[template](" ".join(HOSTILE)))
    told = bare(text_of_pdf(render.pdf(template, data)))
    in_word = bare(text_of_docx(render.docx(template, data))) if template in samples.WITH_DOCX else told
    for words in HOSTILE:
        if words.isascii() and words.isprintable():
            assert bare(words) in told and bare(words) in in_word, words


@pytest.mark.parametrize("template", samples.SHAPES)
def test_ten_thousand_letters_without_a_space_are_printed(template):
    make = samples.SHAPES[template]
    data = as_data(make("A" * 10_000, many=1) if template in ("permintaan", "tiket") else make("A" * 10_000))
    assert render.pdf(template, data).startswith(b"%PDF-")
    if template in samples.WITH_DOCX:
        assert "A" * 10_000 in text_of_docx(render.docx(template, data))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(min_size=1, max_size=80))
def test_any_text_becomes_a_paper(words):
    data = as_data(samples.request(words, many=2))
    assert render.pdf("permintaan", data).startswith(b"%PDF-")
    assert zipfile.is_zipfile(io.BytesIO(render.docx("permintaan", data)))


def test_a_long_word_stays_within_the_page():
    data = as_data(samples.request("A" * 400, many=1))
    found = shutil.which("pdftotext") or pytest.skip("pdftotext was not found")
    boxes = subprocess.run([found, "-bbox", "-", "-"], input=render.pdf("permintaan", data), capture_output=True).stdout
    rights = [float(right) for right in re.findall(rb'xMax="([\d.]+)"', boxes)]
    assert max(rights) < 595 - 50


def test_a_table_over_pages_repeats_its_head_and_says_how_many_pages():
    told = text_of_pdf(render.pdf("permintaan", as_data(samples.request(many=50))))
    pages = told.split("\f")[:-1]
    assert len(pages) > 1
    assert all("Perkara dan sumber" in page for page in pages if re.search(r"^\d+\. \d{4}", page, re.MULTILINE))
    assert f"halaman 1 dari {len(pages)}" in pages[0]


@pytest.mark.parametrize(("template", "many"), [("permintaan", 50), ("tiket", 200)])
def test_the_longest_paper_is_made_while_one_waits(template, many):
    """So no paper needs a worker; the bar has room for a busy machine."""
    data = as_data(samples.SHAPES[template]("Warga mengeluh jalan rusak parah " * 5, many))
    render.pdf(template, as_data(samples.SHAPES[template]()))
    since = time.process_time()
    render.pdf(template, data)
    assert time.process_time() - since < 0.8


def test_the_templates_are_what_the_builder_builds(tmp_path):
    build.main(tmp_path)
    for name in build.TEMPLATES:
        assert (tmp_path / f"{name}.docx").read_bytes() == (render.HERE / "docx" / f"{name}.docx").read_bytes()


def test_paragraphs_are_what_somebody_typed():
    assert paragraphs(" satu\r\n\n  dua ") == ("satu", "dua")


HEAD = Official("Dr. Bambang Irawan, S.Sos., M.Si.", "Kepala Dinas Kominfo", "Pembina Utama Muda", "1970", "Plt.")
DEPUTY = Official("Ratna, S.Kom.", "Sekretaris", "Pembina", "1980")


def test_who_signs():
    assert signature(HEAD).lines == ("Plt. Kepala Dinas Kominfo,",)
    assert signature(HEAD, Signing.ON_BEHALF, DEPUTY).lines == ("a.n. Plt. Kepala Dinas Kominfo", "Sekretaris,")
    below = signature(HEAD, Signing.FOR_THE_HOLDER, DEPUTY, "Sekretaris Daerah")
    assert below.lines == ("a.n. Sekretaris Daerah", "Plt. Kepala Dinas Kominfo", "u.b.", "Sekretaris,")
    assert (below.name, below.rank, below.nip) == ("Ratna, S.Kom.", "Pembina", "1980")


def test_a_bupati_has_no_nip_and_an_unknown_head_signs_on_dots():
    bupati = signature(Official("Drs. X", "Bupati Kutai Kartanegara", "tak ada", "123"))
    assert (bupati.rank, bupati.nip) == ("", "")
    unknown = signature(Official())
    assert (unknown.lines, unknown.name) == ((BLANK,), BLANK)
