"""Letters that ask nothing of a lead OPD's seats: to a kepala OPD, those named, the field, and about accounts.

Pure words: nothing is asked of the database here.
"""

from datetime import datetime

from app.core import clock
from app.notify.content import OPENING, Content, because
from app.notify.models import Letter
from app.notify.queries import Facts
from app.notify.rules import Kind
from app.people.models import Seat
from app.tickets.models import FieldRequest, HeadApproval
from app.tickets.rules.field import Asked


def about_head(letter: Letter, asked: HeadApproval, url: str) -> Content:
    """A kepala OPD is asked to approve an answer. No word of due dates: heads are not told about lateness."""
    ticket = letter.ticket
    assert ticket is not None
    number = f"Permintaan tindak lanjut nomor {ticket.number}"
    why = f"Petugas OPD Anda memohon persetujuan atas jawaban untuk permintaan nomor {ticket.number}."
    return Content(
        subject=f"{number}: mohon persetujuan jawaban",
        opening="Baca jawabannya, lalu setujui atau kembalikan.",
        kicker=number,
        title=ticket.shown_title,
        own_words=ticket.sensitive,
        greeting=f"Yth. {asked.name}, {asked.position}," if asked.position not in asked.name else f"Yth. {asked.name},",
        paragraphs=(f"{why} Halamannya menampilkan jawaban itu seutuhnya.",),
        pairs=(("Dimohon oleh", letter.person.name),),
        button="Baca dan putuskan",
        url=url,
        calm=f"{OPENING} Tautan hanya untuk Anda, sekali pakai, berlaku sampai "
        f"{clock.long_day(clock.local(asked.expires_at).date())}; mohon tidak diteruskan ke grup.",
        foot="Anda menerima email ini sebagai kepala OPD. Bukan Anda? Balas email ini; kami perbaiki datanya.",
    )


def about_emergency(letter: Letter, facts: Facts, url: str) -> Content:
    """A notice to those named on a restricted ticket: who opened it. Neither the matter nor the reason is in a mail."""
    ticket, seat = letter.ticket, letter.seat
    assert ticket is not None and seat is not None
    opener = facts.asker.signature if facts.asker else "Seseorang"
    told = f"{opener} membuka tiket terbatas nomor {ticket.number} dalam keadaan darurat, {clock.long(facts.at)}."
    return Content(
        subject=f"Tiket terbatas nomor {ticket.number} dibuka dalam keadaan darurat",
        opening="Anda diberi tahu karena ditunjuk pada tiket ini.",
        title="Pemberitahuan",
        own_words=True,
        greeting=f"Yth. Bapak/Ibu {seat.signature},",
        paragraphs=(
            told,
            "Akses itu berakhir sendiri sesudah 24 jam. Alasannya tertulis di tiket; masuklah untuk membacanya.",
        ),
        button="Masuk dan buka",
        url=url,
        calm=f"{OPENING} Tidak ada yang harus Anda kerjakan.",
        foot=because(seat),
    )


def about_field(letter: Letter, asked: FieldRequest, url: str) -> Content:
    """A question to somebody in the field who has no account: what is wanted, who asks, and until when."""
    check = asked.kind == Asked.CHECK
    wanted = "cek lapangan" if check else "bukti"
    opd = asked.opd.short
    return Content(
        subject=f"{opd} mohon {wanted} dari {asked.to_name}",
        opening=f"Cukup dibuka di ponsel: {'jawab benar atau tidak, lalu foto' if check else 'foto atau berkas'}.",
        title=f"{opd} mohon {wanted}",
        own_words=True,
        greeting=f"Yth. Bapak/Ibu {asked.to_name},",
        paragraphs=(asked.question, f"Ditanyakan oleh {asked.asked_by.signature}."),
        button="Buka dan jawab",
        url=url,
        calm=f"{OPENING} Tautan ini hanya untuk menjawab pertanyaan di atas, berlaku sampai "
        f"{clock.long_day(clock.local(asked.expires_at).date())}; mohon tidak diteruskan.",
        foot=f"Bukan untuk Anda? Buka tautannya dan pilih «Salah alamat», atau hubungi {opd}.",
    )


def about_account(letter: Letter, seat: Seat | None, url: str, until: datetime) -> Content:
    """An invitation, or a link to set a new password."""
    invited = letter.kind == Kind.INVITE
    office = f" sebagai {seat.office}" if seat else ""
    why = (
        f"Anda didaftarkan di Tanggap{office}. Tetapkan kata sandi Anda, lalu masuk dengan alamat email ini."
        if invited
        else "Seseorang meminta kata sandi baru untuk akun Tanggap dengan alamat email ini."
    )
    return Content(
        subject=f"Undangan masuk ke Tanggap{office}" if invited else "Kata sandi baru untuk akun Tanggap Anda",
        opening="Tetapkan kata sandi Anda untuk masuk." if invited else "Tautan untuk menetapkan kata sandi baru.",
        title="Undangan masuk ke Tanggap" if invited else "Kata sandi baru",
        own_words=True,
        greeting=f"Yth. Bapak/Ibu {letter.person.name},",
        paragraphs=(why, *([] if invited else [NOT_YOU])),
        button="Tetapkan kata sandi",
        url=url,
        calm=f"{OPENING} Tautan hanya untuk Anda, sekali pakai, berlaku sampai {clock.long(until)}.",
        foot="Bukan Anda, atau Anda sudah pindah tugas? Balas email ini; kami perbaiki datanya.",
    )


NOT_YOU = "Bila bukan Anda yang meminta, abaikan email ini: kata sandi lama tetap berlaku."
