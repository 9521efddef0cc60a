"""What people send as files: told by content, pictures encoded anew, and kept under a harmless name (guard.md 15)."""

import io
from dataclasses import dataclass
from typing import BinaryIO

import filetype
from PIL import Image, ImageOps

from app.core import storage

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
"""A JPEG is made smaller while it is decoded; of the others every pixel lies in memory first, of WebP thrice."""

LONGEST_SIDE = 2000
PAPER_SIDE = 1400
"""Sharp on fifteen centimetres of paper."""
PICTURES = ("image/jpeg", "image/png", "image/webp")
DOCUMENTS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
LARGEST_VIDEO = 64 * 1024 * 1024
VIDEOS = {
    "video/mp4": "mp4",
    "video/x-m4v": "m4v",
    "video/quicktime": "mov",
    "video/3gpp": "3gp",
    "video/webm": "webm",
}
HEAD = 8192
NO_CAPTURE = "Jenis berkas ini tidak bisa diterima. Kirim gambar (JPG, PNG, WebP) atau video (MP4, MOV, 3GP, WebM)."
NO_DOCUMENT = "Jenis berkas ini tidak bisa diterima. Kirim foto (JPG, PNG, WebP), PDF, DOCX, atau XLSX."


class NotAllowedFile(Exception):
    """The file cannot be taken; the message says why and what to send instead."""


@dataclass(frozen=True)
class KeptFile:
    """A file that is stored; what remains is a row that says whose it is."""

    key: str
    name: str
    media_type: str
    size: int


def keep_document(file: BinaryIO, name: str) -> KeptFile:
    """Keep a picture or a document. Raises NotAllowedFile, storage.DiskFull."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise NotAllowedFile("Berkas lebih besar dari 15 MB. Kecilkan dulu, atau kirim beberapa bagian.")
    if not content:
        raise NotAllowedFile("Berkas kosong. Pilih berkas lain.")
    kind = filetype.guess_mime(content)
    if kind in PICTURES:
        return _kept(_reencoded(content), name, "image/jpeg", "jpg")
    if kind in DOCUMENTS:
        return _kept(content, name, kind, DOCUMENTS[kind])
    raise NotAllowedFile(NO_DOCUMENT)


def photo_for_paper(file: BinaryIO) -> bytes:
    """A photo as a small JPEG of our own making, kept nowhere. Raises NotAllowedFile."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise NotAllowedFile("Foto lebih besar dari 15 MB. Kecilkan dulu.")
    if filetype.guess_mime(content) not in PICTURES:
        raise NotAllowedFile("Ini bukan foto. Kirim JPG, PNG, atau WebP.")
    return _reencoded(content, PAPER_SIDE)


def keep_capture(file: BinaryIO, name: str) -> KeptFile:
    """Keep a screenshot, or a phone's video, which nobody plays here. Raises NotAllowedFile, storage.DiskFull."""
    kind = _kind_of_capture(file.read(HEAD))
    file.seek(0)
    if kind in VIDEOS:
        return _kept_video(file, name, kind)
    if kind in PICTURES:
        return keep_document(file, name)
    raise NotAllowedFile(NO_CAPTURE)


def keep_attachment(content: bytes, name: str) -> KeptFile:
    """Keep what came with a letter: a picture, a video or a PDF. Raises NotAllowedFile, storage.DiskFull."""
    if filetype.guess_mime(content[:HEAD]) == "application/pdf":
        return keep_document(io.BytesIO(content), name)
    return keep_capture(io.BytesIO(content), name)


def neutral_name(number: int, name: str) -> str:
    """«bukti-17.jpg»: what a file of a sensitive matter is called, for names tell whom it is about."""
    return f"bukti-{number}.{name.rpartition('.')[2]}"


def plain_name(name: str, ending: str) -> str:
    """The sender's name for the file as harmless text, with the ending of what it really is."""
    base = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "berkas"
    words = "".join(letter if letter.isprintable() and letter not in '<>:"/|?*' else "_" for letter in base)
    return f"{words.strip()[:150] or 'berkas'}.{ending}"


def _kind_of_capture(head: bytes) -> str | None:
    """`filetype` looks for 3GP's mark at the first byte; in real files it is the fifth."""
    return "video/3gpp" if head[4:10] == b"ftyp3g" else filetype.guess_mime(head)


def _kept_video(file: BinaryIO, name: str, kind: str) -> KeptFile:
    """As it came; its bytes never lie in memory at once."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > LARGEST_VIDEO:
        raise NotAllowedFile("Video lebih besar dari 64 MB. Potong dulu, atau kirim beberapa bagian.")
    return KeptFile(storage.put(file), plain_name(name, VIDEOS[kind]), kind, size)


def _kept(content: bytes, name: str, media_type: str, ending: str) -> KeptFile:
    return KeptFile(storage.put(content), plain_name(name, ending), media_type, len(content))


def _reencoded(content: bytes, side: int = LONGEST_SIDE) -> bytes:
    """The picture alone: EXIF and GPS are gone, no side is longer than that many pixels."""
    try:
        upright = _small_and_upright(Image.open(io.BytesIO(content), formats=tuple(MOST_PIXELS)), side)
    except NotAllowedFile:
        raise
    except Exception as error:  # a damaged picture makes its decoder stumble over anything, `struct.error` too
        raise NotAllowedFile(
            "Gambar ini rusak dan tidak bisa dibuka. Ambil foto ulang atau kirim berkas lain."
        ) from error
    clean = io.BytesIO()
    upright.save(clean, "JPEG", quality=82)
    return clean.getvalue()


def _small_and_upright(picture: Image.Image, side: int) -> Image.Image:
    """Made small first, for every further step is a copy."""
    if picture.width * picture.height > MOST_PIXELS[picture.format or ""]:
        raise NotAllowedFile("Gambar terlalu besar. Kirim JPG di bawah 50, atau PNG dan WebP di bawah 25 megapiksel.")
    picture.draft("RGB", (side, side))
    small = picture if picture.mode in ("RGB", "RGBA", "L") else picture.convert("RGB")
    small.thumbnail((side, side))
    return ImageOps.exif_transpose(small).convert("RGB")
