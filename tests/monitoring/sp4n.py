"""Exports of SP4N-LAPOR! for tests: an information block, the 26 columns, footers below."""

from pathlib import Path

import xlsxwriter

HEADER = (
    "Tracking ID|Tanggal Laporan Masuk|Waktu Laporan Masuk|Nama Pelapor|Klasifikasi Laporan|ID Kategori|Kategori|"
    "Judul Laporan|Isi Laporan Awal|Isi Laporan Akhir|Tipe Laporan (Anonim/Rahasia)|Sumber Laporan|Instansi Induk|"
    "ID Instansi Terdisposisi|Instansi Terdisposisi|Status Laporan|Alasan Tunda/Arsip|Provinsi|Kota/Kabupaten|"
    "Kecamatan|Kelurahan|Nomor SK|Url SK|Url Dokumen Laporan Tahunan|"
    "Laporan yang Masuk melalui Kanal Aduan Setwapres|Rating"
).split("|")
TOLD = "23 Nov 2026 08:10"
NAME = "Kanari Pelapor Rahmat"


def complaint(tracking_id=5049672.0, status="Belum Ditindaklanjuti", **given):
    """One row of the export, by the names of its columns."""
    row = {
        "Tracking ID": tracking_id, "Tanggal Laporan Masuk": "3 Nov 2026", "Waktu Laporan Masuk": "09:15",
        "Nama Pelapor": NAME, "Klasifikasi Laporan": "Pengaduan", "Kategori": "Jalan", "Status Laporan": status,
        "Judul Laporan": "Jalan berlubang di Jalan Wolter Monginsidi Tenggarong",
        "Isi Laporan Awal": f"Saya {NAME} melaporkan jalan berlubang.", "Instansi Terdisposisi": "Dinas PU Kukar",
        "Kecamatan": "Tenggarong", "Sumber Laporan": "Aplikasi", **given,
    }  # fmt: skip
    return [row.get(name, "") for name in HEADER]


def export(path: Path, rows, told: str | None = TOLD, header=HEADER) -> Path:
    """The workbook as it is downloaded."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
    sheet = book.add_worksheet("Laporan")
    block = [
        ["Laporan SP4N-LAPOR!"],
        ["Instansi", "Kabupaten Kutai Kartanegara"],
        ["Periode", "1 Nov 2026 - 23 Nov 2026"],
    ]
    block += [["Tanggal unduh", told]] if told else []
    footers = [["Total laporan", len(rows)], ["Keterangan: data dapat berubah"]]
    for number, row in enumerate([*block, [], header, *rows, *footers]):
        sheet.write_row(number, 0, row)
    book.close()
    return path
