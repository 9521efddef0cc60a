"""What people send as files: told by content, pictures encoded anew, and kept under a harmless name (guard.md 15)."""

import io
from dataclasses import dataclass
from typing import BinaryIO

import filetype
from PIL import Image, ImageOps, UnidentifiedImageError

from app.core import storage

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2000
PICTURES = ("image/jpeg", "image/png", "image/webp")
DOCUMENTS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
NO_DOCUMENT = "Jenis berkas ini tidak bisa diterima. Kirim foto (JPG, PNG, WebP), PDF, DOCX, atau XLSX."


class NotAllowedFile(Exception):
    """The file cannot be taken; the message says why and what to send instead."""


@dataclass(frozen=True)
class Kept:
    """A file that is stored; what remains is a row that says whose it is."""

    key: str
    name: str
    media_type: str
    size: int


def keep_document(file: BinaryIO, name: str) -> Kept:
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


def _kept(content: bytes, name: str, media_type: str, ending: str) -> Kept:
    return Kept(storage.put(content), plain_name(name, ending), media_type, len(content))


def _reencoded(content: bytes) -> bytes:
    """The picture alone: EXIF and GPS are gone, the longest side is at most 2000 pixels."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
        if picture.width * picture.height > MOST_PIXELS:
            raise NotAllowedFile("Gambar terlalu besar. Kirim foto di bawah 50 megapiksel.")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAllowedFile(
            "Gambar ini rusak dan tidak bisa dibuka. Ambil foto ulang atau kirim berkas lain."
        ) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = io.BytesIO()
    upright.save(clean, "JPEG", quality=82)
    return clean.getvalue()


def plain_name(name: str, ending: str) -> str:
    """The sender's name for the file as harmless text, with the ending of what it really is."""
    base = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "berkas"
    words = "".join(letter if letter.isprintable() and letter not in '<>:"/|?*' else "_" for letter in base)
    return f"{words.strip()[:150] or 'berkas'}.{ending}"
