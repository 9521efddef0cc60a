"""What people add to a ticket without changing its state: notes and files."""

import io
from typing import BinaryIO

import filetype
from PIL import Image, ImageOps, UnidentifiedImageError

from app.core import events, storage
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Seat
from app.tickets import policy
from app.tickets.models import Evidence, Ticket
from app.tickets.rules import LONGEST_TEXT, Audience, State

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2000
DOCUMENTS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
ANSWERED = frozenset({State.UNDER_REVIEW, State.RESOLVED, State.CLOSED, State.AWAITING_BUDGET})
PICTURES = ("image/jpeg", "image/png", "image/webp")


class NotAllowedFile(Exception):
    """The file cannot be taken; the message says why and what to send instead."""


def note(ticket: Ticket, seat: Seat, text: str, audience: str) -> events.Event:
    """Write into the conversation for one of the three audiences. Raises Refused."""
    allowed = policy.audiences(ticket, seat)
    if audience not in allowed:
        raise Refused({"audience": "Pilih kepada siapa catatan ini ditujukan."})
    if not text.strip():
        raise Refused({"text": "Tulis catatannya dulu."})
    if len(text) > LONGEST_TEXT:
        raise Refused({"text": f"Catatan paling banyak {LONGEST_TEXT} huruf. Lampirkan sisanya sebagai berkas."})
    return events.record(ticket.stream, "ticket.note", seat, text=text.strip(), audience=audience)


def attach(ticket: Ticket, seat: Seat, file: BinaryIO, name: str) -> Evidence:
    """Keep a file as evidence. An OPD's stays internal until its answer is approved. Raises NotAllowedFile, Refused.

    Pictures are re-encoded: EXIF and GPS are gone, the longest side is at most 2000 pixels.
    """
    if not policy.takes_part(ticket, seat):
        raise Refused({"file": "Anda hanya dapat membaca tiket ini."})
    content, media_type = _safe_content(file.read(LARGEST_FILE + 1))
    evidence = Evidence(
        ticket_id=ticket.id,
        opd_id=seat.opd_id,
        seat_id=seat.id,
        audience=file_audience(ticket, seat),
        key=storage.put(content),
        name=_plain_name(name, media_type),
        media_type=media_type,
        size=len(content),
    )
    db.session.add(evidence)
    db.session.flush()
    kept = {"file": evidence.name, "size": evidence.size}
    events.record(ticket.stream, "ticket.file", seat, after=kept, audience=evidence.audience, ref_id=evidence.id)
    return evidence


def file_audience(ticket: Ticket, seat: Seat) -> Audience:
    """An OPD's file stays inside until an answer is approved; beside an approved one all may see it at once."""
    answered = ticket.state in ANSWERED
    return Audience.INTERNAL if seat.role.of_opd and not answered else Audience.SHARED


def open_original(ticket: Ticket, seat: Seat) -> events.Event:
    """«Buka judul asli»: history keeps who opened it. The caller shows it only to `policy.may_open_original`."""
    return events.record(ticket.stream, "ticket.original_opened", seat, audience=Audience.SHARED)


def _safe_content(content: bytes) -> tuple[bytes, str]:
    if len(content) > LARGEST_FILE:
        raise NotAllowedFile("Berkas lebih besar dari 15 MB. Kecilkan dulu, atau kirim beberapa bagian.")
    if not content:
        raise NotAllowedFile("Berkas kosong. Pilih berkas lain.")
    kind = filetype.guess_mime(content)
    if kind in PICTURES:
        return _reencoded(content), "image/jpeg"
    if kind in DOCUMENTS:
        return content, kind
    raise NotAllowedFile("Jenis berkas ini tidak bisa diterima. Kirim foto (JPG, PNG, WebP), PDF, DOCX, atau XLSX.")


def _reencoded(content: bytes) -> bytes:
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


def _plain_name(name: str, media_type: str) -> str:
    """The sender's name for the file as harmless text, with the ending of what it really is."""
    base = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "berkas"
    words = "".join(letter if letter.isprintable() and letter not in '<>:"/|?*' else "_" for letter in base)
    ending = "jpg" if media_type == "image/jpeg" else DOCUMENTS[media_type]
    return f"{words.strip()[:150] or 'berkas'}.{ending}"
