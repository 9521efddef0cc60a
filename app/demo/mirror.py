"""The mirror in the story: two exports of SP4N-LAPOR!, the later with a changed status, one complaint a ticket."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from sqlalchemy import select

from app.core import clock
from app.demo.sheets import upload
from app.demo.stage import Calendar
from app.extensions import db
from app.monitoring import actions
from app.monitoring.models import Alert
from app.monitoring.queries import source_named
from app.monitoring.rules.kinds import SourceKind
from app.people.models import Seat
from app.tickets import actions as tickets

NAME = "SP4N-LAPOR! Kukar"
HEAD = (
    "Tracking ID", "Tanggal Laporan Masuk", "Waktu Laporan Masuk", "Nama Pelapor", "Klasifikasi Laporan", "Kategori",
    "Judul Laporan", "Isi Laporan Awal", "Tipe Laporan (Anonim/Rahasia)", "Instansi Terdisposisi", "Status Laporan",
)  # fmt: skip
STUCK = "9100214"
"""The complaint that crosses offices and becomes a ticket."""
ROWS = (
    (STUCK, 8, "07.40", "", "Pengaduan", "Lingkungan", "Drainase Jalan Danau Semayang tersumbat sampah dan tiang kabel",
     "Air meluap ke rumah setiap hujan. Sampah menyangkut di tiang kabel yang roboh ke parit.", "Anonim",
     "Dinas Lingkungan Hidup dan Kehutanan", "Belum Ditindaklanjuti"),
    ("9100231", 6, "20.15", "Warga Contoh", "Permintaan Informasi", "Kependudukan",
     "Jadwal perekaman KTP keliling di Kenohan", "Mohon jadwal perekaman keliling bulan depan.", "",
     "Dinas Kependudukan dan Pencatatan Sipil", "Sedang Diproses"),
    ("9100240", 5, "09.05", "", "Pengaduan", "Perhubungan", "Truk besar parkir menutup bahu jalan di Loa Kulu",
     "Setiap malam truk parkir dan pengendara motor harus ke tengah jalan.", "Rahasia", "Dinas Perhubungan",
     "Belum Terverifikasi"),
    ("9100252", 4, "13.30", "Warga Contoh", "Aspirasi", "Pariwisata", "Usul tempat duduk di tepian Kota Bangun",
     "Banyak orang tua berjalan pagi di tepian dan tidak ada tempat duduk.", "", "Dinas Pariwisata", "Laporan Selesai"),
)  # fmt: skip


def moments(days: Calendar, operator: Seat) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Two uploads and what the operator made of one complaint."""
    yield days.instant(3, "08.20"), partial(_bring, days, operator, days.instant(3, "08.10"), {})
    yield days.instant(3, "08.50"), partial(_promote, operator)
    later = {"9100240": "Sedang Diproses"}
    yield days.instant(1, "08.20"), partial(_bring, days, operator, days.instant(1, "08.10"), later)


def _bring(days: Calendar, operator: Seat, told_at: datetime, changed: dict[str, str]) -> None:
    """The operator uploads an export; it is read at once, as a worker would."""
    source = source_named(NAME) or actions.add_source({"name": NAME, "kind": SourceKind.SP4N}, None)
    upload(source, _export(days, told_at, changed), "laporan-sp4n.csv", operator)


def _promote(operator: Seat) -> None:
    alert = db.session.scalars(select(Alert).where(Alert.external_id == STUCK)).one()
    tickets.promote([alert], operator, {"opd": "DLHK", "ticket_class": "aduan"})


def _export(days: Calendar, told_at: datetime, changed: dict[str, str]) -> bytes:
    """As it is downloaded: an information block, the header, the rows, a footer."""
    out = io.StringIO()
    told = f"{clock.local(told_at):%d/%m/%Y %H.%M}"
    lines: list[tuple[str, ...]] = [
        ("Laporan SP4N-LAPOR!",),
        ("Instansi", "Kabupaten Kutai Kartanegara"),
        ("Tanggal unduh", told),
        HEAD,
    ]
    for number, day, at, *facts, state in ROWS:
        come = clock.local(days.instant(day, at))
        date = f"{come.day} {clock.MONTHS[come.month - 1][:3]} {come.year}"
        lines.append((number, date, f"{come:%H:%M}", *facts, changed.get(number, state)))
    csv.writer(out, delimiter=";").writerows([*lines, ("Total laporan", str(len(ROWS)))])
    return out.getvalue().encode("utf-8-sig")
