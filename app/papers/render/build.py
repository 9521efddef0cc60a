"""Builds the Word templates of this folder anew: `python -m app.papers.render.build`.

The templates are ordinary Word files with Jinja tags, and an office may change them in Word. `d` is the shape
(rules/shapes.py). New papers begin here, so that heads, tables and signatures look alike.
"""

import io
from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.papers.render import HERE, _timeless

FONT = "Arial"
"""What tata naskah dinas asks for; so are the margins below."""
CENTRE, RIGHT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


def new_page():
    """An empty A4 page with the margins of a letter."""
    page = Document()
    part = page.sections[0]
    part.page_width, part.page_height = Mm(210), Mm(297)
    part.top_margin, part.bottom_margin, part.left_margin, part.right_margin = Mm(20), Mm(25), Mm(30), Mm(20)
    style = page.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(0), Pt(0)
    return page


def write(place, text, *, size=None, bold=False, align=None, before=0, after=0, indent=None, together=False):
    """One paragraph in a page or a cell."""
    row = place.add_paragraph()
    run = row.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    form = row.paragraph_format
    form.alignment, form.space_before, form.space_after = align, Pt(before), Pt(after)
    form.keep_with_next = together or None
    if indent:
        form.first_line_indent = Mm(indent)
    return row


def cell(place, text, **look):
    """Put text into a table's cell, in its first paragraph."""
    row = write(place, text, **look)
    first = place.paragraphs[0]
    if first is not row and not first.text:
        first._element.getparent().remove(first._element)
    return row


def letterhead(page, kop="d.letterhead"):
    """The logo beside the words where there is one; the words stand in the middle either way."""
    write(page, "{%p if logo %}")
    left, middle, _right = grid(page, (25, 110, 25), lines=False).rows[0].cells
    cell(left, "{{ logo }}")
    _office(middle, kop)
    _ruled(write(page, "", size=2, after=8))
    write(page, "{%p else %}")
    _ruled(_office(page, kop, after=8))
    write(page, "{%p endif %}")


def _office(place, kop, after=0):
    cell(place, f"{{{{ {kop}.government|upper }}}}", size=13, align=CENTRE)
    write(place, f"{{{{ {kop}.office|upper }}}}", size=16, bold=True, align=CENTRE)
    return write(place, f"{{{{ {kop}.address }}}}", size=9.5, align=CENTRE, after=after)


def _ruled(row):
    """A double line below the paragraph."""
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "thinThickSmallGap"), ("sz", "18"), ("space", "4"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    row._element.get_or_add_pPr().append(border)


def grid(page, widths, rows=1, lines=True):
    """A table with fixed widths in millimetres."""
    table = page.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid" if lines else "Normal Table"
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    for row in table.rows:
        whole(row)
        for each, width in zip(row.cells, widths, strict=True):
            each.width = Mm(width)
    return table


def whole(row):
    """A row that no page break divides."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeats(row):
    """The head of a table, on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def looped(table, over, head, body):
    """A head, and one row for each of `over`; three rows carry the loop."""
    for each, text in zip(table.rows[0].cells, head, strict=True):
        cell(each, text, bold=True, size=9.5)
    repeats(table.rows[0])
    cell(table.rows[1].cells[0], f"{{%tr for m in {over} %}}")
    for each, text in zip(table.rows[2].cells, body, strict=True):
        cell(each, text, size=9.5)
    cell(table.rows[3].cells[0], "{%tr endfor %}")


def letter_head(page):
    """Nomor, sifat, lampiran, hal beside place and date; then to whom."""
    table = grid(page, (22, 4, 78, 56), rows=4, lines=False)
    rows = (
        ("Nomor", "{{ d.letter.number or '…………………………' }}"), ("Sifat", "{{ d.letter.nature }}"),
        ("Lampiran", "{{ d.letter.attachment }}"), ("Hal", "{{ d.letter.subject }}"),
    )  # fmt: skip
    for row, (what, value) in zip(table.rows, rows, strict=True):
        cell(row.cells[0], what)
        cell(row.cells[1], ":")
        cell(row.cells[2], value, bold=what == "Hal")
    cell(table.rows[0].cells[3], "{{ d.letter.place_and_date }}", align=RIGHT)
    write(page, "Yth. {{ d.letter.to }}", before=12)
    write(page, "{%p if d.letter.to_place %}")
    write(page, "di")
    write(page, "    {{ d.letter.to_place }}")
    write(page, "{%p endif %}")
    write(page, "", size=6)


def prose(page, over, name="line"):
    write(page, f"{{%p for {name} in {over} %}}")
    write(page, f"{{{{ {name} }}}}", align=BOTH, indent=10, after=6)
    write(page, "{%p endfor %}")


def signature(page, who="d.signature"):
    table = grid(page, (76, 84), lines=False)
    right = table.rows[0].cells[1]
    cell(right, f"{{%p for line in {who}.lines %}}")
    write(right, "{{ line }}", align=CENTRE, together=True)
    write(right, "{%p endfor %}")
    write(right, "", before=54, together=True)
    write(right, f"{{{{ {who}.name }}}}", bold=True, align=CENTRE, together=True)
    for name, words in (("rank", ""), ("nip", "NIP. ")):
        write(right, f"{{%p if {who}.{name} %}}")
        write(right, f"{words}{{{{ {who}.{name} }}}}", align=CENTRE)
        write(right, "{%p endif %}")


def copies(page):
    write(page, "{%p if d.letter.copies %}")
    write(page, "Tembusan:", size=10, before=14, together=True)
    write(page, "{%p for each in d.letter.copies %}")
    write(page, "{{ loop.index }}. {{ each }}", size=10)
    write(page, "{%p endfor %}")
    write(page, "{%p endif %}")


def request():
    page = new_page()
    letterhead(page, "d.letter.letterhead")
    letter_head(page)
    prose(page, "d.opening")
    matters = grid(page, (11, 16, 76, 23, 34), rows=4)
    looped(
        matters,
        "d.matters",
        ("No.", "Tiket", "Perkara dan sumber", "Tingkat", "Jawaban paling lambat"),
        ("{{ loop.index }}.", "{{ m.number }}", "{{ m.title }}", "{{ m.level }}", "{{ m.due }}"),
    )
    sources = matters.rows[2].cells[2]
    sources.paragraphs[0].runs[0].bold = True
    write(sources, "{%p for each in m.sources %}")
    write(sources, "{{ each }}", size=8.5)
    write(sources, "{%p endfor %}")
    write(page, "", size=6)
    prose(page, "d.closing")
    write(page, "", before=6)
    signature(page, "d.letter.signature")
    copies(page)
    return page


def press():
    page = new_page()
    letterhead(page, "d.letter.letterhead")
    letter_head(page)
    prose(page, "d.opening")
    table = grid(page, (30, 130), rows=3, lines=False)
    cell(table.rows[0].cells[0], "{%tr for m in d.about %}")
    cell(table.rows[1].cells[0], "{{ m[0] }}")
    cell(table.rows[1].cells[1], "{{ m[1] }}")
    cell(table.rows[2].cells[0], "{%tr endfor %}")
    write(page, "{{ d.title|upper }}", size=12, bold=True, align=CENTRE, before=12, after=8, together=True)
    write(page, "{%p for part in d.body %}")
    write(page, "{%p if part.heading %}")
    write(page, "{{ part.heading }}", bold=True, before=4, after=4, together=True)
    write(page, "{%p endif %}")
    prose(page, "part.paragraphs")
    write(page, "{%p endfor %}")
    write(page, "", size=6)
    prose(page, "d.closing")
    write(page, "", before=6)
    signature(page, "d.letter.signature")
    copies(page)
    return page


def disposition():
    page = new_page()
    letterhead(page)
    write(page, "LEMBAR DISPOSISI", size=13, bold=True, align=CENTRE, after=6)
    dots = "……………………………………"
    table = grid(page, (80, 80), rows=4)
    left, right = table.rows[0].cells
    for what, name in (("Surat dari", "sender"), ("Nomor", "number"), ("Tanggal", "dated")):
        cell(left, f"{what}: {{{{ d.{name} or '{dots}' }}}}", after=3)
    for what, name in (("Diterima", "received"), ("Nomor agenda", "agenda_number")):
        cell(right, f"{what}: {{{{ d.{name} or '{dots}' }}}}", after=3)
    write(right, "Sifat:")
    write(right, "{%p for what, on in d.nature %}")
    write(right, "{{ '☒' if on else '☐' }} {{ what }}")
    write(right, "{%p endfor %}")
    about = table.rows[1].cells[0].merge(table.rows[1].cells[1])
    cell(about, "Hal: {{ d.subject }}", bold=True, after=3)
    write(about, "{%p for what, is in d.matter %}")
    write(about, "{{ what }}: {{ is }}")
    write(about, "{%p endfor %}")
    left, right = table.rows[2].cells
    cell(left, "Diteruskan kepada:", after=4)
    for n in range(1, 6):
        write(left, f"{n}. {dots}", after=4)
    cell(right, "Dengan hormat harap:", after=4)
    write(right, "{%p for each in d.wishes %}")
    write(right, "☐ {{ each }}", after=4)
    write(right, "{%p endfor %}")
    write(right, f"☐ {dots}")
    note = table.rows[3].cells[0].merge(table.rows[3].cells[1])
    cell(note, "Catatan:", after=120)
    write(page, "", before=6)
    signature(page)
    return page


TEMPLATES = {"permintaan": request, "pers": press, "disposisi": disposition}


def main(folder: Path = HERE / "docx") -> None:
    for name, build in TEMPLATES.items():
        page = build()
        page.core_properties.author = page.core_properties.comments = ""
        page.core_properties.title = name
        made = io.BytesIO()
        page.save(made)
        (folder / f"{name}.docx").write_bytes(_timeless(made))


if __name__ == "__main__":
    main()
