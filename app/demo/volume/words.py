"""Sentences of which volume data is made. None of it tells about real people or events."""

TITLES = (
    "Warga {place} mengeluhkan {topic}",
    "{topic} di {place}, warga minta kejelasan",
    "Sudah dua pekan, {topic} di {place} belum tertangani",
    "{topic}: warga {place} menunggu jadwal perbaikan",
    "Keluhan {topic} kembali muncul di {place}",
    "Ketua RT di {place} sampaikan soal {topic}",
    "{place} dan {topic}, apa kata dinas?",
    "Video {topic} di {place} ramai dibagikan",
)
ROUTINE = (
    "Kegiatan {topic} di {place} berjalan lancar",
    "Sosialisasi {topic} digelar di {place}",
    "{topic} jadi bahasan dalam pertemuan warga {place}",
    "Jadwal {topic} bulan ini di {place}",
)
LEADS = (
    "Warga menyampaikan keadaan itu kepada wartawan, {day} lalu. Mereka berharap ada jadwal yang jelas.",
    "Menurut ketua RT setempat, keadaan ini sudah berlangsung {number} hari dan sudah dilaporkan ke kantor desa.",
    "Petugas disebut sudah meninjau lokasi, tetapi perbaikan belum dimulai sampai {day}.",
    "Unggahan tentang hal ini ditanggapi {number} komentar, sebagian meminta pemerintah turun tangan.",
)
MEDIA = (
    *("Kabar Etam", "Suara Hulu", "Tenggarong Kini", "Radar Pesut", "Warta Mahakam", "Kaltim Siang"),
    *("Lensa Kutai", "Portal Sanga-Sanga"),
)
NOTES = (
    "Tim sudah ke lokasi pagi ini, foto menyusul.",
    "Mohon nomor kontak ketua RT setempat agar peninjauan bisa dijadwalkan.",
    "Sudah kami hubungi kantor desa; mereka membenarkan keadaannya.",
    "Bahan sudah dipesan, diperkirakan tiba {day}.",
    "Pekerjaan mundur satu hari karena hujan.",
    "Mohon jadwal per RT agar bisa diumumkan.",
    "Alat berat baru tersedia {day}; sementara dipasang tanda pengaman.",
    "Sebagian lokasi di tanah warga, perlu persetujuan tertulis dulu.",
    "Media menanyakan perkembangan, kami jawab sesuai catatan ini.",
    "Sudah dibahas di bidang, petugas ditunjuk {number} orang.",
)
ANSWERS = (
    "Kami meninjau lokasi bersama kantor desa pada {day}. Kerusakan dibenarkan. Perbaikan dikerjakan {number} hari dan "
    "selesai; warga sudah diberi tahu lewat ketua RT.",
    "Penyebabnya sudah diketahui dan diperbaiki pada {day}. Petugas memeriksa ulang {number} titik dan semuanya baik.",
    "Pekerjaan dimulai {day} oleh {number} petugas dan selesai pada hari yang sama. Foto sebelum dan sesudah terlampir.",
)
REASONS = (
    "Lokasi bukan ruas yang kami kelola.",
    "Menunggu bahan dari penyedia.",
    "Menunggu keterangan kantor desa.",
    "Tidak ada bukti kejadian di lokasi yang disebut.",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")
BODIES = ("Pemerintah Provinsi Kalimantan Timur", "PT PLN (Persero)", "BBPJN Kalimantan Timur")

TASKS = (
    "Periksa lokasi dan kirim foto keadaannya.",
    "Hitung kebutuhan bahan dan sebut tanggal pengerjaannya.",
    "Siapkan truk tangki sampai aliran normal.",
    "Atur lalu lintas selama perbaikan berjalan.",
    "Beri keterangan untuk warga melalui kantor desa.",
)
