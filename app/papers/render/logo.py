"""A logo from whatever a person sent, as a small PNG of our own making: what is kept runs nothing and hides nothing."""

import io
import re
import subprocess
import sys

import filetype
from PIL import Image

from app.core.uploads import MOST_PIXELS, NotAllowedFile
from app.papers.render import painter

LARGEST = 2 * 1024 * 1024
LARGEST_DRAWING = 300 * 1024
LONGEST_SIDE = 600
MOST_USES = 20
"""A drawing that repeats its parts in its parts grows without end; a coat of arms repeats few."""
PATIENCE = 20
"""Seconds of the clock for a drawing; the painter itself has fewer of the processor."""

PICTURES = ("image/png", "image/jpeg", "image/webp")
WRONG = "Kirim gambar PNG, JPG, atau SVG."
COMPLICATED = "SVG ini terlalu rumit. Simpan sebagai PNG, lalu kirim lagi."
UNSAFE = (
    "SVG ini memuat bagian yang tidak kami terima (tautan, skrip, atau berkas lain). Simpan sebagai SVG polos atau PNG."
)
_DRAWN = re.compile(r"\A\s*+(?:<\?xml[^>]*\?>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<svg[\s>]", re.DOTALL)
"""Never takes a step back: hundreds of comments cost no more than one."""
_USE = re.compile(r"<(?:[\w.-]+:)?use\b")
_PLAIN_DOCTYPE = re.compile(r"<!DOCTYPE svg PUBLIC [^\[\]<>]*>")
"""What drawing programs write above; without definitions of its own it says nothing."""
_UNSAFE = re.compile(
    r"<!DOCTYPE|<!ENTITY|<\?(?!xml\s)|<[\w:]*(?:script|foreignObject|filter|image)\b|\son\w+\s*="
    r"|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)


def as_png(content: bytes) -> bytes:
    """The picture alone, at most 600 pixels on a side, on a clear ground. Raises NotAllowedFile."""
    if len(content) > LARGEST:
        raise NotAllowedFile("Logo lebih besar dari 2 MB. Kecilkan dulu.")
    picture = content if filetype.guess_mime(content) in PICTURES else _drawn(content)
    try:
        return _small(Image.open(io.BytesIO(picture), formats=tuple(MOST_PIXELS)))
    except NotAllowedFile:
        raise
    except Exception as error:  # a damaged picture makes its decoder stumble over anything
        raise NotAllowedFile("Gambar ini rusak dan tidak bisa dibuka. " + WRONG) from error


def _drawn(content: bytes) -> bytes:
    """A drawing (SVG), painted once; nothing outside of it is fetched or read."""
    try:
        words = _PLAIN_DOCTYPE.sub("", content.decode("utf-8-sig"), count=1)
    except UnicodeDecodeError:
        raise NotAllowedFile(WRONG) from None
    if len(content) > LARGEST_DRAWING or len(_USE.findall(words)) > MOST_USES:
        raise NotAllowedFile(COMPLICATED)
    if not _DRAWN.match(words):
        raise NotAllowedFile(WRONG)
    if _UNSAFE.search(words):
        raise NotAllowedFile(UNSAFE)
    return _painted(words.encode())


def _painted(drawing: bytes) -> bytes:
    """By a program of its own: masks within masks cost a thousandfold, and a page must not wait for them."""
    alone = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    try:
        painted = subprocess.run(
            [sys.executable, "-I", painter.__file__],
            input=drawing, capture_output=True, timeout=PATIENCE, check=False, env=alone,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotAllowedFile(COMPLICATED) from None
    if painted.returncode < 0:
        raise NotAllowedFile(COMPLICATED)
    if painted.returncode:
        raise NotAllowedFile("SVG ini tidak bisa dibuka. " + WRONG)
    return painted.stdout


def _small(picture: Image.Image) -> bytes:
    if picture.width * picture.height > MOST_PIXELS["PNG"]:
        raise NotAllowedFile("Gambar terlalu besar: paling banyak 25 megapiksel.")
    clear = picture.convert("RGBA")
    seen = clear.getbbox()
    if seen is None:
        raise NotAllowedFile("Gambar ini kosong. " + WRONG)
    clear = clear.crop(seen)
    clear.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    made = io.BytesIO()
    clear.save(made, "PNG", optimize=True)
    return made.getvalue()
