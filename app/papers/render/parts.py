"""What the Word templates share: page, letterhead, heads of letters, tables, signatures (see build.py)."""

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Arial"
"""What tata naskah dinas asks for; so are the margins below."""
CENTRE, RIGHT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
HEAD_GROUND, LINE = "EEF1F5", "8A8F98"
MUTED = RGBColor(0x55, 0x5B, 0x66)


def new_page(wide=False):
    """An empty A4 page with the margins of a letter; `wide` for tables that need the long side."""
    page = Document()
    part = page.sections[0]
    part.page_width, part.page_height = Mm(297 if wide else 210), Mm(210 if wide else 297)
    part.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    sides = (18, 18, 15, 12) if wide else (20, 25, 30, 20)
    part.top_margin, part.bottom_margin, part.left_margin, part.right_margin = map(Mm, sides)
    style = page.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(0), Pt(0)
    return page


def write(
    place, text, *, size=None, bold=False, muted=False, align=None, before=0, after=0, indent=None, left=None,
    together=False,
):  # fmt: skip
    """One paragraph in a page or a cell."""
    row = place.add_paragraph()
    run = row.add_run(text)
    run.bold = bold or None
    if muted:
        run.font.color.rgb = MUTED
    if size:
        run.font.size = Pt(size)
    if size and not text:
        _high(row, size)
    form = row.paragraph_format
    form.alignment, form.space_before, form.space_after = align, Pt(before), Pt(after)
    form.keep_with_next = together or None
    if indent:
        form.first_line_indent = Mm(indent)
    if left:
        form.left_indent = Mm(left)
    return row


def _high(row, size):
    """An empty line as high as letters of that size would be."""
    mark = OxmlElement("w:rPr")
    mark.append(_made("w:sz", val=str(size * 2)))
    row._element.get_or_add_pPr().append(mark)


def cell(place, text, **look):
    """Put text into a table's cell, in its first paragraph."""
    row = write(place, text, **look)
    first = place.paragraphs[0]
    if first is not row and not first.text:
        first._element.getparent().remove(first._element)
    return row


def letterhead(page, kop="d.letterhead", middle=110):
    """The logo beside the words where there is one; the words stand in the middle either way."""
    write(page, "{%p if logo %}")
    left, middle, _right = grid(page, (25, middle, 25), lines=False).rows[0].cells
    cell(left, "{{ logo }}")
    _office(middle, kop)
    write(page, "{%p else %}")
    _office(page, kop)
    write(page, "{%p endif %}")
    _ruled(write(page, "", size=2, after=8))


def _office(place, kop):
    cell(place, f"{{{{ {kop}.government|upper }}}}", size=13, align=CENTRE)
    write(place, f"{{{{ {kop}.office|upper }}}}", size=16, bold=True, align=CENTRE)
    write(place, f"{{%p if {kop}.address %}}")
    write(place, f"{{{{ {kop}.address }}}}", size=9.5, align=CENTRE)
    write(place, "{%p endif %}")


def _ruled(row):
    """A double line below the paragraph."""
    border = OxmlElement("w:pBdr")
    border.append(_made("w:bottom", val="thinThickSmallGap", sz="18", space="4", color="000000"))
    _into(row, border)


def framed(row):
    """A paragraph that is meant to be seen: a bar at its left, on a grey ground."""
    border = OxmlElement("w:pBdr")
    border.append(_made("w:left", val="single", sz="18", space="6", color="000000"))
    _into(row, border)
    _into(row, _made("w:shd", val="clear", color="auto", fill=HEAD_GROUND))


def hanging(row, left=8, by=8):
    """A paragraph whose number or point stands before it."""
    row.paragraph_format.left_indent, row.paragraph_format.first_line_indent = Mm(left), Mm(-by)
    row.paragraph_format.tab_stops.add_tab_stop(Mm(left))
    return row


def indented(table, left=10):
    """A table that begins further right."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblInd")):
        properties.remove(old)
    following = next(each for each in properties if each.tag in (qn("w:tblBorders"), qn("w:tblLayout")))
    following.addprevious(_made("w:tblInd", w=str(Mm(left).twips), type="dxa"))
    return table


def tight(table):
    """Little room beside the words, for tables of many columns."""
    for side in table._tbl.tblPr.find(qn("w:tblCellMar")):
        if side.tag in (qn("w:left"), qn("w:right")):
            side.set(qn("w:w"), "45")
    table._tbl.tblPr.find(qn("w:tblInd")).set(qn("w:w"), "45")


def middle(table):
    """Words in the middle of the rows' height, where rows are high enough to be signed in."""
    for place in table.rows[2].cells:
        place.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _made(name, **values):
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _into(row, what):
    """Where the schema wants it: Word is strict about the order inside a paragraph's properties."""
    after = ("w:shd",) * (what.tag == qn("w:pBdr")) + ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    row._element.get_or_add_pPr().insert_element_before(what, *after)


def grid(page, widths, rows=1, lines=True):
    """A table with fixed widths in millimetres."""
    table = page.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid" if lines else "Normal Table"
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)  # LibreOffice reads the widths here, Word in the cells
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


def margins(page, foot, mark):
    """Above each page the mark of a draft; below it how old its facts are, and which page it is."""
    part = page.sections[0]
    head, below = part.header.paragraphs[0], part.footer.paragraphs[0]
    head.style = below.style = page.styles["Normal"]
    head.alignment = RIGHT
    _small(head, mark, size=9, bold=True)
    across = part.page_width - part.left_margin - part.right_margin
    below.paragraph_format.tab_stops.add_tab_stop(across, WD_TAB_ALIGNMENT.RIGHT)
    _small(below, f"{foot}\thalaman ")
    _counted(below, "PAGE")
    _small(below, " dari ")
    _counted(below, "NUMPAGES")


def _small(row, text, size=8, bold=False):
    run = row.add_run(text)
    run.font.size, run.font.color.rgb, run.bold = Pt(size), MUTED, bold or None
    return run


def _counted(row, what):
    """A number that Word counts itself."""
    field = _made("w:fldSimple", instr=what)
    field.append(_small(row, "1")._element)
    row._element.append(field)


def table_of(page, widths, over, head, body, size=9):
    """A table with one row for each of `over`, its head on every page. A cell is a text, or lines: (text, look)."""
    table = grid(page, widths, rows=4)
    _drawn(table)
    for place, words in zip(table.rows[0].cells, head, strict=True):
        cell(place, words, bold=True, size=size, together=True)
        _shaded(place)
    repeats(table.rows[0])
    cell(table.rows[1].cells[0], f"{{%tr for m in {over} %}}")
    for place, told in zip(table.rows[2].cells, body, strict=True):
        lines = [(told, {})] if isinstance(told, str) else told
        for n, (text, look) in enumerate(lines):
            (write if n else cell)(place, text, **{"size": size} | look)
    cell(table.rows[3].cells[0], "{%tr endfor %}")
    return table


def _drawn(table, beside=80):
    """Thin grey lines that end with the text's edges, and a little room around the words (twentieths of a point)."""
    lines, room = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        lines.append(_made(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    for side in ("top", "left", "bottom", "right"):
        room.append(_made(f"w:{side}", w="40" if side in ("top", "bottom") else str(beside), type="dxa"))
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(_made("w:tblInd", w=str(beside), type="dxa"))
    layout.addprevious(lines)
    layout.addnext(room)


def _shaded(place):
    place._tc.get_or_add_tcPr().append(_made("w:shd", val="clear", color="auto", fill=HEAD_GROUND))


def pairs(page, over, widths, together=False):
    """What, a colon, and what it is; without lines. Nothing at all where there are none: Word wants rows in a table."""
    write(page, f"{{%p if {over} %}}")
    table = grid(page, (widths[0], 4, widths[1]), rows=3, lines=False)
    cell(table.rows[0].cells[0], f"{{%tr for m in {over} %}}")
    for place, text in zip(table.rows[1].cells, ("{{ m[0] }}", ":", "{{ m[1] }}"), strict=True):
        cell(place, text, after=2, together=together)
    cell(table.rows[2].cells[0], "{%tr endfor %}")
    write(page, "", size=6, together=together)
    write(page, "{%p endif %}")
    return table


def otherwise(page, over, words, look=None):
    """What stands there instead of nothing."""
    write(page, f"{{%p if not {over} %}}")
    write(page, words, **(look or {}))
    write(page, "{%p endif %}")


def letter_head(page, listed=""):
    """Nomor, sifat, lampiran, hal beside place and date; then to whom, or `listed` where that names a list."""
    table = grid(page, (22, 4, 58, 76), rows=4, lines=False)
    rows = (
        ("Nomor", "{{ d.letter.number or '…………………………' }}"), ("Sifat", "{{ d.letter.nature }}"),
        ("Lampiran", "{{ d.letter.attachment }}"), ("Hal", "{{ d.letter.subject }}"),
    )  # fmt: skip
    for row, (what, value) in zip(table.rows, rows, strict=True):
        cell(row.cells[0], what)
        cell(row.cells[1], ":")
        cell(row.cells[2], value, bold=what == "Hal")
    cell(table.rows[0].cells[3], "{{ d.letter.place_and_date }}", align=RIGHT)
    if listed:
        write(page, f"{{%p if {listed} %}}")
        write(page, "Yth.", before=12)
        write(page, f"{{%p for each in {listed} %}}")
        write(page, "{{ loop.index }}. {{ each }}", left=5)
        write(page, "{%p endfor %}")
        write(page, "{%p else %}")
    write(page, "Yth. {{ d.letter.to }}", before=12)
    if listed:
        write(page, "{%p endif %}")
    write(page, "{%p if d.letter.to_place %}")
    write(page, "di")
    write(page, "    {{ d.letter.to_place }}")
    write(page, "{%p endif %}")
    write(page, "", size=6)


def prose(page, over, name="line", together=False):
    write(page, f"{{%p for {name} in {over} %}}")
    write(page, f"{{{{ {name} }}}}", align=BOTH, indent=10, after=6, together=together)
    write(page, "{%p endfor %}")


def closed(page, closing, who="d.signature"):
    """The last words and who signs them: no signature stands alone on a page."""
    prose(page, closing, together=True)
    signature(page, who)


def signature(page, who="d.signature"):
    write(page, "", size=6, together=True)
    signer(grid(page, (76, 84), lines=False).rows[0].cells[1], who)


def signer(place, who):
    cell(place, f"{{%p for line in {who}.lines %}}")
    write(place, "{{ line }}", align=CENTRE, together=True)
    write(place, "{%p endfor %}")
    write(place, "", before=54, together=True)
    write(place, f"{{{{ {who}.name }}}}", bold=True, align=CENTRE, together=True)
    for name, words in (("rank", ""), ("nip", "NIP. ")):
        write(place, f"{{%p if {who}.{name} %}}")
        write(place, f"{words}{{{{ {who}.{name} }}}}", align=CENTRE)
        write(place, "{%p endif %}")


def copies(page, over="d.letter.copies"):
    write(page, f"{{%p if {over} %}}")
    write(page, "Tembusan:", size=10, before=14, together=True)
    write(page, f"{{%p for each in {over} %}}")
    write(page, "{{ loop.index }}. {{ each }}", size=10)
    write(page, "{%p endfor %}")
    write(page, "{%p endif %}")
