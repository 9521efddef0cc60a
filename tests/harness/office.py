"""LibreOffice as the reader of our Word files: all of them in one call, pages as text and as pictures."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

PATIENCE = 240
DOTS = 40
"""Per inch: enough to see ink where none belongs."""


def required() -> bool:
    return "office" in os.environ.get("TANGGAP_TEST_REQUIRE", "").split(",")


def converted(papers: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Name → DOCX becomes name → PDF, as LibreOffice sets it."""
    program = shutil.which("soffice")
    if program is None:
        assert not required(), "LibreOffice is required and was not found"
        pytest.skip("LibreOffice was not found")
    for name, body in papers.items():
        (folder / f"{name}.docx").write_bytes(body)
    files = [str(folder / f"{name}.docx") for name in papers]
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [program, "--headless", home, "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in papers}


def pictures(pdf: bytes) -> list[Image.Image]:
    """Each page, in greys."""
    command = ["pdftoppm", "-gray", "-r", str(DOTS), "-"]
    told = io.BytesIO(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout)
    found = []
    assert told.getbuffer(), "no page"
    while told.tell() < len(told.getbuffer()):
        found.append(_next(told))
    return found


def _next(told: io.BytesIO) -> Image.Image:
    """One of the pictures that pdftoppm writes one behind the other."""
    assert told.readline() == b"P5\n"
    width, height = map(int, told.readline().split())
    told.readline()
    return Image.frombytes("L", (width, height), told.read(width * height))


def ink_outside(page: Image.Image, millimetres: float) -> bool:
    """Whether anything is drawn nearer to an edge than that."""
    near = round(millimetres * DOTS / 25.4)
    drawn = page.point(lambda grey: 255 if grey < 200 else 0).getbbox()
    return drawn is not None and (
        min(drawn[:2]) < near or drawn[2] > page.width - near or drawn[3] > page.height - near
    )
