"""Data in, bytes out: DOCX by docxtpl, PDF by typst, each from its template of the same name. No Flask, no SQL.

Text of people never becomes markup: typst reads it as JSON, docxtpl escapes it. The same data gives the same bytes.
"""

import functools
import io
import json
import re
import zipfile
from pathlib import Path

from docx.opc.exceptions import PackageNotFoundError

HERE = Path(__file__).parent
WHEN = (2000, 1, 1, 0, 0, 0)
"""The time that members of a DOCX bear: its content alone makes its bytes."""
LONGEST_WORD = 28
NARROW = {"matriks": 18, "register": 18}
"""Papers of many columns: the longest word that a line of theirs holds."""
PHOTO = (150, 92)
"""At most this wide and high, in millimetres, in both forms."""
LOGO_HEIGHT = 20
"""In millimetres, in both forms."""

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NoPaper(Exception):
    """The renderer could not make it; the message is for the log."""


def pdf(template: str, data: dict) -> bytes:
    """The paper as a tagged PDF. Fonts come with typst, nothing is fetched. Raises NoPaper."""
    import typst

    told = json.dumps(
        _breakable(data, NARROW.get(template, LONGEST_WORD)), ensure_ascii=False, sort_keys=True, default=list
    )
    try:
        return typst.compile(
            HERE / "typst" / f"{template}.typ",
            root=HERE / "typst",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": told},
            timestamp=0,
        )
    except Exception as error:
        raise NoPaper(f"{template}: {error}") from error


def docx(template: str, data: dict) -> bytes:
    """The paper as a Word file. Raises NoPaper."""
    from docxtpl import DocxTemplate

    paper = io.BytesIO()
    try:
        made = DocxTemplate(HERE / "docx" / f"{template}.docx")
        made.render({"d": data, "logo": _logo(made, data), "photos": _photos(made, data)}, autoescape=True)
        _fill(made.docx)
        made.save(paper)
    except (PackageNotFoundError, ValueError, KeyError) as error:
        raise NoPaper(f"{template}: {error}") from error
    return _timeless(paper)


def _fill(page) -> None:
    """A cell whose loop had nothing to say gets an empty line: Word calls a file damaged that has a cell without."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in page.element.body.iter(qn("w:tc")):
        if cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))


def _logo(made, data: dict):
    """The picture of the letterhead, as the template places it."""
    from docx.shared import Mm
    from docxtpl import InlineImage

    around = data.get("letter") or data.get("sheet") or data
    kop = around.get("letterhead", {})
    return InlineImage(made, io.BytesIO(kop["logo"]), height=Mm(LOGO_HEIGHT)) if kop.get("logo") else ""


def _photos(made, data: dict) -> list:
    """The pictures of the annex, with their captions."""
    from docx.shared import Mm
    from docxtpl import InlineImage

    photos = []
    for each in data.get("pictures", []):
        width, height = _size(each["content"])
        side = {"width": Mm(PHOTO[0])} if width * PHOTO[1] > height * PHOTO[0] else {"height": Mm(PHOTO[1])}
        photos.append((InlineImage(made, io.BytesIO(each["content"]), **side), each["caption"]))
    return photos


def _size(content: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return picture.size


@functools.cache
def _fonts():
    """Those inside the wheel, so that every machine sets the same lines."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def _breakable(value, longest: int):
    """Typst breaks lines between words only: places to break inside very long ones, in addresses after their signs."""
    if isinstance(value, str):
        return re.sub(rf"\S{{{longest + 1},}}", lambda word: _divided(word.group(), longest), value)
    if isinstance(value, dict):
        return {key: _breakable(each, longest) for key, each in value.items()}
    return [_breakable(each, longest) for each in value] if isinstance(value, list | tuple) else value


def _divided(word: str, longest: int) -> str:
    parts = re.sub(r"(?<=[./_?&=-])(?=\w)", "\u200b", word)
    return re.sub(rf"[^\u200b]{{{longest}}}(?=[^\u200b])", "\\g<0>\u200b", parts)


def _timeless(paper: io.BytesIO) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(paper) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as same:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            same.writestr(zipfile.ZipInfo(name, WHEN), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
