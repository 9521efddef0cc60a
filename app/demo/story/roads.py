"""Roads, drains and a bridge."""

from app.demo.stage import NEXT_YEAR, Item, Story, brings, does, gathers, levels, merges, opens, says
from app.demo.story.people import AGUS, BAMBANG, LINA, NURAINI, RATNA, RIZKY, TAUFIK

KOTA_BANGUN = Story(
    "jalan-kota-bangun",
    (
        Item(5, "06.20", "Suara Hulu", "Jalan rusak di poros Kota Bangun, truk sayur terguling",
             "Jalan rusak dan jalan berlubang di poros Kota Bangun membuat satu truk sayur terguling. Tidak ada korban jiwa."),
        Item(5, "06.44", "Akun warga", "jalan poros Kota Bangun KM 12 lubangnya sudah kayak kolam",
             "Tiap hujan makin dalam. Tolong ditandai dulu sebelum ada korban lagi.", social=True),
        Item(4, "19.30", "Kaltim Siang", "Sopir angkutan Kota Bangun minta lubang ditimbun sementara",
             "Sopir angkutan meminta jalan rusak di poros Kota Bangun ditimbun lebih dulu."),
    ),
    (
        opens(5, "07.58", RATNA, 0, 1, title="Jalan poros Kota Bangun KM 12 berlubang dalam", level="sangat_segera",
              opd="DPU", note="Satu truk terguling semalam. Mohon tanda pengaman hari ini juga."),
        does(5, "08.30", TAUFIK, "take_on"),
        does(5, "11.05", TAUFIK, "answer", answer_kind="first_statement",
             answer="Tanda pengaman dan lampu kedip sudah dipasang di KM 12 pukul 10.15. Lubang ditimbun batu pecah mulai siang "
                    "ini; alat berat berangkat dari Tenggarong pukul 13.00."),
        does(5, "11.20", RATNA, "proceed"),
        merges(3, "07.50", RIZKY, 2),
        says(3, "08.05", RATNA, "Pak Taufik, media menanyakan kapan pengaspalan. Bila belum pasti, sebut tahapnya saja."),
        says(3, "16.10", AGUS, "Penimbunan 60 meter selesai. Pengaspalan menunggu aspal dingin dari gudang Tenggarong."),
        gathers(2, "09.10", RATNA, "Jalan poros Kota Bangun rusak"),
        brings(2, "15.40", AGUS, "road", "KM 12 sesudah ditimbun.jpg"),
        says(2, "15.55", AGUS, "Anggaran pemeliharaan rutin masih cukup untuk KM 12, tidak perlu menunggu perubahan.", "internal"),
    ),
)  # fmt: skip

BRIDGE = Story(
    "jembatan-kota-bangun",
    (
        Item(10, "06.05", "Kaltim Siang", "Jembatan Kota Bangun ditutup malam hari, warga bertanya jadwalnya",
             "Penutupan jembatan di Kota Bangun pada malam hari belum diumumkan dengan jelas.", "Netral"),
    ),
    (
        opens(10, "08.15", RIZKY, title="Jadwal penutupan malam Jembatan Kota Bangun", ticket_class="informasi", opd="DPU"),
        does(10, "09.40", AGUS, "take_on"),
        does(9, "10.10", TAUFIK, "answer",
             answer="Jembatan ditutup pukul 22.00 sampai 04.00 selama sepuluh malam untuk pemeliharaan lantai. Ambulans tetap "
                    "dilayani. Jadwal dipasang di kedua ujung jembatan dan di kantor kecamatan."),
        does(9, "13.30", RATNA, "resolve", outcome="informasi_diberikan", channel="Laman Pemkab",
             url="https://kukarkab.example/jembatan-malam", spokesperson="Taufik Hidayanto"),
        does(2, "08.00", RATNA, "close", note="Penutupan malam selesai sesuai jadwal."),
    ),
)  # fmt: skip

LANDSLIDE = Story(
    "jalan-marang-kayu",
    (
        Item(10, "06.32", "Radar Pesut", "Jalan longsor di Marang Kayu, separuh badan jalan hilang",
             "Jalan longsor di Marang Kayu tinggal separuh badan jalan. Warga memasang bambu sebagai tanda."),
    ),
    (
        opens(10, "08.25", RATNA, title="Badan jalan longsor di Marang Kayu", level="segera", opd="DPU"),
        does(10, "10.50", AGUS, "take_on"),
        brings(8, "14.05", AGUS, "road", "Longsoran Marang Kayu.jpg"),
        does(7, "09.20", TAUFIK, "answer",
             answer="Longsoran sepanjang 18 meter perlu turap beton dan tidak bisa ditangani pemeliharaan rutin. Jalur "
                    "dipersempit satu arah sejak tanggal peninjauan, petugas berjaga siang hari. Turap diusulkan ke anggaran "
                    "tahun depan dengan perkiraan 120 hari kerja."),
        does(6, "10.00", RATNA, "await_budget", year=NEXT_YEAR, kind="murni", note="Jalur satu arah dan petugas jaga tetap "
             "dipertahankan sampai turap dibangun."),
    ),
)  # fmt: skip

NATIONAL = Story(
    "jalan-samboja",
    (
        Item(8, "06.18", "Kabar Etam", "Jalan nasional di Samboja bergelombang, dua motor jatuh dalam sepekan",
             "Jalan nasional di Samboja bergelombang di beberapa titik."),
    ),
    (
        opens(8, "08.35", RIZKY, title="Jalan bergelombang di Samboja", opd="DPU"),
        does(8, "10.15", TAUFIK, "object", proposed="luar", reason="Ruas itu jalan nasional, kewenangan balai jalan nasional."),
        does(7, "11.10", RATNA, "refer", body="BBPJN Kalimantan Timur", reference="Aduan balai nomor 2026/0117 (contoh)",
             note="Foto dan titik koordinat sudah kami kirim ke balai."),
    ),
)  # fmt: skip

DRAIN = Story(
    "drainase-timbau",
    (
        Item(10, "06.41", "Tenggarong Kini", "Drainase Timbau mampet, air masuk halaman sekolah",
             "Drainase di Kelurahan Timbau, Tenggarong, mampet sehingga air masuk ke halaman sekolah."),
        Item(1, "18.20", "Tenggarong Kini", "Timbau tergenang lagi, padahal drainase baru dibersihkan",
             "Genangan kembali terjadi di Kelurahan Timbau, Tenggarong, setelah hujan satu jam."),
    ),
    (
        opens(10, "09.00", RATNA, title="Drainase Timbau mampet, air masuk halaman sekolah", opd="DPU"),
        does(10, "10.10", AGUS, "take_on"),
        does(8, "15.00", TAUFIK, "answer", answer="Sedimen di 80 meter drainase Timbau diangkat dua hari ini dengan 14 petugas. "
             "Air mengalir lancar saat hujan kemarin."),
        does(7, "09.05", RATNA, "resolve", outcome="perbaikan_lapangan"),
        merges(0, "07.48", RIZKY, 1),
        does(0, "07.55", RATNA, "reopen", reason="Tergenang lagi setelah hujan satu jam. Mohon diperiksa apakah hilirnya juga "
             "tersumbat."),
    ),
)  # fmt: skip

SKETCH = Story(
    "jalan-sebulu",
    (
        Item(1, "06.58", "Suara Hulu", "Jembatan kayu di Sebulu lapuk, kendaraan diminta bergantian",
             "Jembatan kayu di Sebulu lapuk di dua bentang. Warga memasang papan peringatan."),
    ),
    (
        opens(0, "07.40", RATNA, title="Jembatan kayu di Sebulu lapuk di dua bentang", level="segera", opd="DPU",
              note="Mohon peninjauan hari ini dan batas beban sementara."),
    ),
)  # fmt: skip

HOUSES = Story(
    "rumah-muara-wis",
    (
        Item(9, "06.55", "Warta Mahakam", "Belasan rumah tidak layak huni di Muara Wis menunggu giliran",
             "Belasan rumah tidak layak huni di Muara Wis belum masuk daftar bedah rumah tahun ini.", "Netral"),
    ),
    (
        opens(9, "09.10", RIZKY, title="Rumah tidak layak huni di Muara Wis", ticket_class="aspirasi", opd="DISPERKIM"),
        does(8, "09.30", LINA, "take_on"),
        does(5, "11.00", NURAINI, "answer", answer="Tim memeriksa 16 rumah; 11 memenuhi syarat. Empat masuk perubahan tahun ini, "
             "tujuh tahun depan. Daftar nama dipasang di kantor desa mulai {hari 3}."),
        does(4, "09.00", BAMBANG, "await_budget", year=NEXT_YEAR, kind="murni"),
    ),
)  # fmt: skip

VILLAGE_ROAD = Story(
    "jalan-lingkungan-loa-ipuh",
    (
        Item(4, "06.28", "Tenggarong Kini", "Jalan lingkungan di Loa Ipuh becek, anak sekolah memutar jauh",
             "Jalan lingkungan di Kelurahan Loa Ipuh, Tenggarong, becek dan belum disemen."),
    ),
    (
        opens(4, "09.20", RATNA, title="Jalan lingkungan di Loa Ipuh becek", ticket_class="aspirasi", opd="DPU"),
        levels(4, "09.22", RATNA, "segera"),
        does(3, "09.00", RATNA, "reroute", opd="DISPERKIM", reason="Jalan lingkungan permukiman, bukan ruas jalan kabupaten."),
        does(3, "13.40", LINA, "take_on", note="Masuk paket semenisasi kelurahan, kami periksa panjangnya besok."),
        says(2, "14.30", NURAINI, "Panjang 140 meter, lebar 2 meter. Bahan tersedia, tinggal jadwal tukang."),
    ),
)  # fmt: skip

STORIES = (KOTA_BANGUN, BRIDGE, LANDSLIDE, NATIONAL, DRAIN, SKETCH, HOUSES, VILLAGE_ROAD)
