"""Builds the Word templates of this folder anew: `python -m app.papers.render.build`.

The templates are ordinary Word files with Jinja tags, and an office may change them in Word. `d` is the shape
(rules/shapes.py, rules/meetings.py). New papers begin in parts.py, so that heads, tables and signatures look alike.
"""

import io
from pathlib import Path

from app.papers.render import HERE, _timeless, meetings
from app.papers.render.parts import (
    CENTRE,
    cell,
    closed,
    copies,
    grid,
    letter_head,
    letterhead,
    new_page,
    prose,
    signature,
    table_of,
    write,
)  # fmt: skip


def request():
    page = new_page()
    letterhead(page, "d.letter.letterhead")
    letter_head(page)
    prose(page, "d.opening")
    sources = ("{%p for each in m.sources %}", "{{ each }}", "{%p endfor %}")
    table_of(
        page, (11, 16, 76, 23, 34), "d.matters",
        ("No.", "Tiket", "Perkara dan sumber", "Tingkat", "Jawaban paling lambat"),
        (
            "{{ loop.index }}.", "{{ m.number }}",
            [("{{ m.title }}", {"bold": True}), *((text, {"size": 8.5, "muted": True}) for text in sources)],
            "{{ m.level }}", "{{ m.due }}",
        ), 9.5,
    )  # fmt: skip
    write(page, "", size=6)
    closed(page, "d.closing", "d.letter.signature")
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
    closed(page, "d.closing", "d.letter.signature")
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
    signature(page)
    return page


TEMPLATES = {"permintaan": request, "pers": press, "disposisi": disposition, **meetings.TEMPLATES}


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
