"""The Word templates of a rakor's papers, from the shapes of rules/meetings.py (see build.py)."""

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm

from app.papers.render.parts import (
    CENTRE,
    cell,
    closed,
    copies,
    framed,
    grid,
    hanging,
    indented,
    letter_head,
    letterhead,
    margins,
    middle,
    new_page,
    otherwise,
    pairs,
    prose,
    signature,
    signer,
    table_of,
    tight,
    write,
)  # fmt: skip
from app.papers.rules.meetings import MATRIX_HEAD

PORTRAIT, LANDSCAPE = 160, 270
"""Millimetres between the margins."""
SMALL = {"size": 8, "muted": True}


def sheet(wide=False):
    """A page with letterhead, title and number, as every rakor's paper begins."""
    page = new_page(wide)
    margins(page, "{{ d.sheet.foot }}", "{{ d.sheet.mark }}")
    letterhead(page, "d.sheet.letterhead", (LANDSCAPE if wide else PORTRAIT) - 50)
    write(page, "{{ d.sheet.title|upper }}", size=13, bold=True, align=CENTRE, before=2, together=True)
    write(page, "{%p if d.sheet.number %}")
    write(page, "Nomor: {{ d.sheet.number }}", align=CENTRE, together=True)
    write(page, "{%p endif %}")
    write(page, "", size=8)
    return page


def invitation():
    page = new_page()
    margins(page, "{{ d.foot }}", "{{ d.mark }}")
    letterhead(page, "d.letter.letterhead")
    letter_head(page, "d.guests and not d.annexed and d.guests")
    prose(page, "d.opening")
    indented(pairs(page, "d.facts", (32, 114)))
    closed(page, "d.closing", "d.letter.signature")
    copies(page)
    write(page, "{%p if d.annexed %}")
    write(page, "").paragraph_format.page_break_before = True
    indented(pairs(page, "d.annex", (22, 56)), 78)
    write(page, "DAFTAR UNDANGAN", size=12, bold=True, align=CENTRE, before=6, after=8, together=True)
    write(page, "{%p for each in d.guests %}")
    hanging(write(page, "{{ loop.index }}.\t{{ each }}", after=4))
    write(page, "{%p endfor %}")
    write(page, "{%p endif %}")
    return page


def material():
    page = sheet()
    pairs(page, "d.sheet.facts", (34, 122))
    section(page, "Gambaran umum")
    prose(page, "d.overview")
    section(page, "Rencana tindak lanjut dari rakor sebelumnya")
    plans(page, "d.plans")
    otherwise(page, "d.plans", "Tidak ada rencana yang masih terbuka.")
    section(page, "Isu yang dibahas")
    otherwise(page, "d.matters", "Belum ada isu yang dijadwalkan.")
    write(page, "{%p for n in d.matters %}")
    matter(page, "n.title")
    indented(pairs(page, "n.facts", (34, 114), together=True), 8)
    lines(page, "n.background")
    write(page, "{%p if n.evidence %}")
    small_head(page, "Bukti")
    write(page, "{%p for each in n.evidence %}")
    hanging(write(page, "•\t{{ each }}", size=9.5, after=2), 12, 4)
    write(page, "{%p endfor %}")
    write(page, "{%p endif %}")
    write(page, "{%p if n.question %}")
    asked = write(page, "Yang diminta: ", bold=True, before=6, after=6, left=8)
    asked.add_run("{{ n.question }}")
    asked.paragraph_format.keep_together = True
    framed(asked)
    write(page, "{%p endif %}")
    write(page, "{%p endfor %}")
    return page


def attendance():
    page = sheet()
    pairs(page, "d.sheet.facts", (34, 122))
    table = table_of(
        page, (9, 49, 42, 26, 34), "d.guests",
        ("No.", "OPD", "Nama dan jabatan", "Kehadiran", "Tanda tangan"),
        (
            "{{ loop.index }}.", "{{ m.office }}", "{{ m.person }}",
            [
                ("{%p for what, on in m.ticks %}", {}), ("{{ '☒' if on else '☐' }} {{ what }}", {"size": 8.5}),
                ("{%p endfor %}", {}),
            ],
            "{{ loop.index if loop.index is odd else '            ' ~ loop.index }}",
        ), 9.5,
    )  # fmt: skip
    middle(table)
    otherwise(page, "d.guests", "Belum ada OPD yang diundang.")
    summary(page)
    signature(page)
    return page


def minutes():
    page = sheet()
    pairs(page, "d.sheet.facts", (34, 122))
    section(page, "Peserta")
    otherwise(page, "d.participants", "Belum dicatat.")
    write(page, "{%p if d.participants %}")
    table = grid(page, (8, 76, 76), rows=3, lines=False)
    cell(table.rows[0].cells[0], "{%tr for m in d.participants %}")
    for place, text in zip(table.rows[1].cells, ("{{ loop.index }}.", "{{ m[0] }}", "{{ m[1] }}"), strict=True):
        cell(place, text, after=2)
    cell(table.rows[2].cells[0], "{%tr endfor %}")
    write(page, "{%p endif %}")
    section(page, "Pembahasan dan keputusan")
    otherwise(page, "d.matters", "Belum ada yang dibahas.")
    write(page, "{%p for n in d.matters %}")
    matter(page, "n.title")
    write(page, "{%p if n.discussion %}")
    small_head(page, "Pembahasan")
    lines(page, "n.discussion")
    write(page, "{%p endif %}")
    small_head(page, "Keputusan")
    lines(page, "n.outcome")
    otherwise(page, "n.outcome", "Belum diputuskan.", {"left": 8})
    plans(page, "n.plans", left=8)
    write(page, "{%p endfor %}")
    prose(page, "d.closing", together=True)
    write(page, "", size=6, together=True)
    both = grid(page, (80, 80), lines=False).rows[0].cells
    for place, who in zip(both, ("d.signatures[0]", "d.signatures[1]"), strict=True):
        signer(place, who)
    write(page, "{%p if photos %}")
    head = write(page, "DOKUMENTASI", size=12, bold=True, align=CENTRE, together=True)
    head.paragraph_format.page_break_before = True
    write(page, "{%p for picture, caption in photos %}")
    write(page, "{{ picture }}", align=CENTRE, before=12, after=4, together=True)
    write(page, "Foto {{ loop.index }}. {{ caption }}", size=9.5, align=CENTRE)
    write(page, "{%p endfor %}")
    write(page, "{%p endif %}")
    return page


def agreement():
    page = sheet()
    pairs(page, "d.sheet.facts", (34, 122))
    prose(page, "d.opening")
    points(page, "d.points", "Belum ada kesepakatan yang dicatat.")
    write(page, "{%p if d.parties %}")
    write(page, "Yang bersepakat:", before=8, after=4, together=True)
    table = table_of(
        page, (9, 55, 58, 38), "d.parties", ("No.", "OPD", "Nama dan jabatan", "Tanda tangan"),
        ("{{ loop.index }}.", "{{ m[0] }}", "{{ m[1] }}", ""), 9.5,
    )  # fmt: skip
    table.rows[2].height, table.rows[2].height_rule = Mm(11), WD_ROW_HEIGHT_RULE.AT_LEAST
    middle(table)
    write(page, "{%p endif %}")
    write(page, "", size=6, together=True)
    closed(page, "d.closing")
    return page


def report():
    page = sheet()
    pairs(page, "d.sheet.facts", (24, 132))
    prose(page, "d.opening")
    indented(pairs(page, "d.held", (32, 114)))
    section(page, "Hasil")
    points(page, "d.results", "Belum ada keputusan yang dicatat.")
    section(page, "Rencana tindak lanjut")
    plans(page, "d.plans")
    otherwise(page, "d.plans", "Belum ada rencana yang dicatat.")
    write(page, "", size=6)
    closed(page, "d.closing")
    copies(page, "d.copies")
    return page


def matrix():
    page = sheet(wide=True)
    pairs(page, "d.sheet.facts", (34, 232))
    body = (
        "{{ loop.index }}.", [("{{ m.isu }}", {"bold": True})],
        [("{%p for each in m.sources %}", {}), ("{{ each }}", {}), ("{%p endfor %}", {})],
        *(f"{{{{ m.{name} }}}}" for name in (
            "place", "lead", "supporting", "action", "due", "indicator", "state", "progress", "note",
        )),
    )  # fmt: skip
    table = table_of(page, (8, 32, 32, 21, 22, 22, 38, 20, 24, 17, 14, 20), "d.rows", MATRIX_HEAD, body, 7.5)
    tight(table)
    otherwise(page, "d.rows", "Belum ada rencana tindak lanjut.")
    summary(page)
    write(page, "", size=6, together=True)
    wide_signature(page)
    return page


def register():
    page = sheet(wide=True)
    pairs(page, "d.sheet.facts", (34, 232))
    head = (
        "No.", "Tema dan latar", "Akar masalah", "OPD pengampu dan pendukung", "Tindakan dan instrumen",
        "Narasi dan juru bicara", "Target dan indikator", "Rakor, status, keputusan", "Tanggal tinjau",
    )  # fmt: skip
    body = (
        "{{ loop.index }}.",
        [("{{ m.title }}", {"bold": True}), *also("Periode", "period"), *each_of("background")],
        "{{ m.cause }}",
        [("{{ m.lead }}", {}), *also("Pendukung", "supporting")],
        [*each_of("actions"), *also("Instrumen", "instrument")],
        [("{{ m.narrative }}", {}), *also("Juru bicara", "spokesperson")],
        [("{{ m.target }}", {}), *also("Indikator", "indicator")],
        [("{{ m.state }}", {"bold": True}), *also("Rakor", "rakor"), *also("Keputusan", "approval")],
        "{{ m.review }}",
    )
    tight(table_of(page, (8, 44, 30, 28, 42, 34, 32, 32, 20), "d.rows", head, body, 7.5))
    otherwise(page, "d.rows", "Belum ada agenda prioritas pada periode ini.")
    summary(page)
    write(page, "", size=6, together=True)
    wide_signature(page)
    return page


def section(page, words):
    write(page, words, size=11.5, bold=True, before=10, after=5, together=True)


def matter(page, title):
    hanging(
        write(
            page, f"{{{{ loop.index }}}}.\t{{{{ {title} }}}}", size=11.5, bold=True, before=10, after=4, together=True
        )
    )


def points(page, over, empty):
    """Numbered headings with their paragraphs."""
    otherwise(page, over, empty)
    write(page, f"{{%p for n in {over} %}}")
    matter(page, "n.heading")
    lines(page, "n.paragraphs")
    write(page, "{%p endfor %}")


def small_head(page, words):
    write(page, words, size=10, muted=True, before=4, after=2, left=8, together=True)


def lines(page, over):
    write(page, f"{{%p for line in {over} %}}")
    write(page, "{{ line }}", after=4, left=8)
    write(page, "{%p endfor %}")


def plans(page, over, left=0):
    """Who does what until when, and where it stands; nothing without plans."""
    write(page, f"{{%p if {over} %}}")
    table = table_of(
        page, (9, 62 - left, 40, 25, 24), over, ("No.", "Tindak lanjut", "OPD pengampu", "Target", "Status"),
        (
            "{{ loop.index }}.",
            [("{{ m.text }}", {}), *((text, SMALL) for text in each_line("m.details"))],
            [
                ("{{ m.lead }}", {}), ("{%p if m.supporting %}", {}), ("Pendukung: {{ m.supporting }}", SMALL),
                ("{%p endif %}", {}),
            ],
            "{{ m.due }}", "{{ m.state }}",
        ),
    )  # fmt: skip
    if left:
        indented(table, left)
    write(page, "", size=6)
    write(page, "{%p endif %}")


def each_line(over):
    return f"{{%p for each in {over} %}}", "{{ each }}", "{%p endfor %}"


def each_of(name):
    return [(text, {}) for text in each_line(f"m.{name}")]


def also(what, name):
    """A second fact in the same cell, where there is one."""
    return [(f"{{%p if m.{name} %}}", {}), (f"{what}: {{{{ m.{name} }}}}", {}), ("{%p endif %}", {})]


def summary(page):
    """What the table adds up to; it goes with the signature."""
    write(page, "{{ d.summary }}", size=9.5, before=6, together=True)


def wide_signature(page):
    signer(grid(page, (186, 84), lines=False).rows[0].cells[1], "d.signature")


TEMPLATES = {
    "undangan": invitation, "bahan": material, "hadir": attendance, "notula": minutes, "berita-acara": agreement,
    "laporan-rakor": report, "matriks": matrix, "register": register,
}  # fmt: skip
