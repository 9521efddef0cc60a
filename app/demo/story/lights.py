"""Street lights and a ferry."""

from app.demo.stage import Item, Story, brings, does, levels, opens, says
from app.demo.story.people import EKO, ILHAM, RATNA, RIZKY

ANGGANA = Story(
    "lampu-anggana",
    (
        Item(8, "06.12", "Kabar Etam", "Lampu jalan padam dua pekan di Anggana, pengendara waswas",
             "Lampu jalan padam di jalan utama Anggana sejak dua pekan. Warga menyalakan lampu rumah untuk penerangan."),
        Item(8, "06.57", "Akun warga", "Anggana gelap gulita pak, lampu jalan mati semua",
             "Dari simpang tiga sampai dermaga.", social=True),
    ),
    (
        opens(8, "08.10", RIZKY, 0, 1, title="Lampu jalan padam dua pekan di Anggana", level="segera", opd="DISHUB"),
        does(8, "09.30", EKO, "take_on"),
        says(7, "10.00", EKO, "Kabel di tiga tiang dicuri. Bahan pengganti dipesan kemarin."),
        does(6, "09.00", EKO, "hold", until=(3, "09.00"), reason="Menunggu kabel pengganti dari penyedia di Samarinda."),
        does(3, "08.40", EKO, "resume", note="Kabel tiba sore kemarin, regu berangkat pagi ini."),
        brings(2, "19.20", EKO, "lamp", "Simpang tiga Anggana menyala.jpg"),
        does(1, "08.30", EKO, "submit", answer="Dua puluh enam lampu dari simpang tiga sampai dermaga Anggana menyala lagi sejak "
             "{hari 2} pukul 18.30. Tiga tiang yang kabelnya dicuri kini memakai kotak kunci."),
        does(1, "10.05", ILHAM, "approve"),
        does(1, "11.15", RATNA, "resolve", outcome="perbaikan_dan_publikasi", channel="Instagram Prokom",
             url="https://instagram.example/prokom/anggana-terang", spokesperson="Ilham Maulana"),
    ),
)  # fmt: skip

JONGKANG = Story(
    "lampu-jongkang",
    (
        Item(3, "06.47", "Tenggarong Kini", "Penerangan jalan umum Jongkang mati, tikungan gelap",
             "Penerangan jalan umum di Jongkang, Loa Kulu, mati di tikungan yang sering terjadi kecelakaan."),
    ),
    (
        opens(3, "08.15", RIZKY, title="Penerangan jalan umum Jongkang mati", opd="DISHUB"),
        levels(3, "08.16", RIZKY, "segera"),
    ),
)  # fmt: skip

FERRY = Story(
    "feri-muara-muntai",
    (
        Item(9, "06.29", "Suara Hulu", "Jadwal feri Muara Muntai berubah tanpa pemberitahuan",
             "Jadwal kapal penyeberangan feri di dermaga Muara Muntai berubah; warga menunggu dua jam."),
    ),
    (
        opens(9, "08.45", RATNA, title="Jadwal feri Muara Muntai berubah tanpa pemberitahuan", ticket_class="informasi",
              opd="DISHUB"),
        does(9, "09.15", EKO, "take_on"),
        does(8, "10.40", ILHAM, "answer", answer="Jadwal baru berlaku karena kapal kedua docking sampai akhir bulan. Jadwal "
             "dipasang di dermaga dan dikirim ke grup kecamatan; perubahan berikutnya diumumkan tiga hari sebelumnya."),
        does(8, "11.30", RATNA, "resolve", outcome="informasi_diberikan", channel="Laman Pemkab",
             url="https://kukarkab.example/jadwal-kapal", spokesperson="Ilham Maulana"),
        does(2, "08.10", RATNA, "close"),
    ),
)  # fmt: skip

TRUCKS = Story(
    "hauling-loa-kulu",
    (
        Item(2, "06.31", "Kaltim Siang", "Hauling di jalan umum Loa Kulu, debu masuk rumah",
             "Truk hauling di jalan umum Loa Kulu melintas siang hari, debu masuk ke rumah warga."),
    ),
    (
        opens(2, "08.30", RATNA, title="Truk hauling melintas di jalan umum Loa Kulu", ticket_class="aduan", level="segera",
              opd="DISHUB"),
        does(2, "10.10", EKO, "take_on"),
        says(1, "09.20", EKO, "Penjagaan bersama Satpol PP mulai sore ini di simpang Loa Kulu, dua regu."),
        does(0, "08.35", EKO, "submit", answer="Dua perusahaan diperingatkan tertulis kemarin, dan petugas berjaga pukul "
             "07.00–18.00 di simpang Loa Kulu mulai kemarin sore. Tujuh truk diputar balik pada hari pertama."),
    ),
)  # fmt: skip

STORIES = (ANGGANA, JONGKANG, FERRY, TRUCKS)
