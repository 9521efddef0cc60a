"""Papers of a rakor: both forms and the workbook say the same, whatever was typed, and thirty matters are quick."""

import io
import re
import time
import zipfile
from dataclasses import is_dataclass, replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from app.papers import render
from app.papers.render import workbook
from app.papers.rules import spelled
from app.papers.rules.meetings import MATRIX_HEAD
from app.papers.rules.shapes import as_data
from tests.papers import meetings
from tests.papers.test_render import HOSTILE, bare, every_text, text_of_docx, text_of_pdf

MANY = 30
SECONDS = 3
"""What an operator waits for after «Rakor selesai»."""


def unmarked(shape):
    """Without what stands in the margins, which each form repeats on pages of its own."""
    if hasattr(shape, "sheet"):
        return replace(shape, sheet=replace(shape.sheet, mark="", foot=""))
    return replace(shape, mark="", foot="")


def margins_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if re.search(r"word/(header|footer)\d*\.xml", name)]
        return "".join(parts.read(name).decode() for name in names)


@pytest.mark.parametrize("template", meetings.SHAPES)
def test_the_same_data_gives_the_same_bytes(template):
    data = as_data(meetings.SHAPES[template]())
    assert render.pdf(template, data) == render.pdf(template, data)
    assert render.docx(template, data) == render.docx(template, data)


@pytest.mark.parametrize("many", [0, 1])
@pytest.mark.parametrize("template", meetings.SHAPES)
def test_word_and_pdf_say_the_same(template, many):
    data = as_data(unmarked(meetings.SHAPES[template]("Jembatan Loa Kulu", many)))
    in_word, in_pdf = bare(text_of_docx(render.docx(template, data))), text_of_pdf(render.pdf(template, data))
    in_pdf = bare(re.sub(r"halaman \d+ dari \d+", "", in_pdf))
    for words in every_text(data):
        assert bare(words) in in_word, words
        assert bare(words) in in_pdf, words
    assert sorted(in_word.replace("x", "")) == sorted(in_pdf.replace("x", ""))  # a ticked box is an X in one of them


@pytest.mark.parametrize("template", meetings.SHAPES)
def test_a_draft_says_so_on_every_page(template):
    data = as_data(meetings.SHAPES[template](many=MANY))
    pages = text_of_pdf(render.pdf(template, data)).split("\f")[:-1]
    assert all("D R A F" in page or "DRAF" in page for page in pages)
    assert "DRAF" in margins_of(render.docx(template, data))


@pytest.mark.parametrize("template", meetings.SHAPES)
def test_hostile_words_stay_words(template):
    data = as_data(meetings.SHAPES[template](" ".join(HOSTILE), 1))
    told = bare(text_of_pdf(render.pdf(template, data)))
    in_word = bare(text_of_docx(render.docx(template, data)))
    for words in HOSTILE:
        if words.isascii() and words.isprintable():
            assert bare(words) in told and bare(words) in in_word, words


@pytest.mark.parametrize("template", meetings.SHAPES)
def test_ten_thousand_letters_without_a_space_are_printed(template):
    data = as_data(meetings.SHAPES[template]("A" * 10_000, 1))
    assert render.pdf(template, data).startswith(b"%PDF-")
    assert "A" * 10_000 in text_of_docx(render.docx(template, data))


def test_thirty_matters_are_made_while_one_waits():
    since = time.process_time()
    for template in ("notula", "matriks", "register"):
        data = as_data(meetings.SHAPES[template]("Warga mengeluh jalan rusak parah", MANY))
        render.pdf(template, data)
        render.docx(template, data)
    assert time.process_time() - since < SECONDS


def test_the_workbook_says_what_the_matriks_says():
    data = as_data(meetings.matrix(many=MANY))
    body = workbook.matrix(data)
    assert body == workbook.matrix(data)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    told = bare(" ".join(str(cell) for row in rows for cell in row))
    first = next(n for n, row in enumerate(rows) if tuple(row) == MATRIX_HEAD)
    assert [row[0] for row in rows[first + 1 : first + 1 + MANY]] == list(range(1, MANY + 1))
    assert rows[first + 1][10] == int(data["rows"][0]["progress"])
    for words in every_text({"rows": data["rows"], "summary": data["summary"]}):
        assert bare(words) in told, words


def test_the_workbook_calculates_nothing():
    body = workbook.matrix(as_data(meetings.matrix('=HYPERLINK("https://jahat.example")', 2)))
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page and "hyperlink" not in page


def test_a_day_is_written_out():
    said = "Selasa, tanggal dua puluh enam, bulan Juli, tahun dua ribu dua puluh dua"
    assert spelled.day(date(2022, 7, 26)) == said


@pytest.mark.parametrize(("n", "said"), [
    (0, "nol"), (11, "sebelas"), (19, "sembilan belas"), (20, "dua puluh"), (100, "seratus"), (111, "seratus sebelas"),
    (1000, "seribu"), (1945, "seribu sembilan ratus empat puluh lima"), (2026, "dua ribu dua puluh enam"),
    (10_000, "sepuluh ribu"),
])  # fmt: skip
def test_numbers_in_words(n, said):
    assert spelled.number(n) == said


def empty(value):
    """The same shape with nothing in it that may be left out, but the rows of its tables."""
    if is_dataclass(value):
        return replace(value, **{name: empty(part) for name, part in vars(value).items()})
    if isinstance(value, str):
        return ""
    rows = isinstance(value, tuple) and value and is_dataclass(value[0])
    return tuple(empty(each) for each in value) if rows else () if isinstance(value, tuple) else value


@pytest.mark.parametrize("template", meetings.SHAPES)
def test_word_finds_a_paragraph_in_every_cell_and_a_row_in_every_table(template):
    """It calls a file damaged that has a cell or a table without."""
    made = empty(meetings.SHAPES[template](many=2))
    shape = replace(made, head=MATRIX_HEAD) if template == "matriks" else made
    page = Document(io.BytesIO(render.docx(template, as_data(shape)))).element.body
    assert [cell for cell in page.iter(qn("w:tc")) if cell[-1].tag != qn("w:p")] == []
    assert [table for table in page.iter(qn("w:tbl")) if table.find(qn("w:tr")) is None] == []
    assert render.pdf(template, as_data(shape)).startswith(b"%PDF-")
