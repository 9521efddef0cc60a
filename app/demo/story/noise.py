"""What monitoring also brings: ceremonies, advertising, other regencies, repeats; and what waits to be sorted now."""

from app.demo.stage import Item, Story, ignores
from app.demo.story.people import RATNA, RIZKY

IGNORED = Story(
    "derau",
    (
        Item(9, "06.40", "Warta Mahakam", "Peresmian taman bacaan di Tenggarong dihadiri ratusan warga",
             "Peresmian berlangsung meriah.", "Positif"),
        Item(8, "06.45", "Kaltim Siang", "ADV: Beli motor baru di Tenggarong, cicilan ringan akhir tahun", "Advertorial.",
             "Positif"),
        Item(7, "06.20", "Radar Pesut", "Banjir rendam dua kecamatan di Berau, warga mengungsi", "Banjir terjadi di Berau."),
        Item(7, "06.51", "Kabar Etam", "Lomba perahu naga di Mahakam berlangsung meriah", "Juara dari Tenggarong.", "Positif"),
        Item(6, "06.24", "Tenggarong Kini", "Tagihan air di Loa Kulu dobel, ini kata pelanggan",
             "Pelanggan Loa Kulu mempertanyakan tagihan air bulan ini."),
        Item(6, "06.59", "Suara Hulu", "Kemacetan di Samarinda saat jam pulang kantor", "Kemacetan di pusat kota Samarinda."),
        Item(5, "06.33", "Warta Mahakam", "Petani Sebulu panen raya dengan benih bantuan kabupaten",
             "Panen raya di Sebulu.", "Positif"),
        Item(4, "06.19", "Kaltim Siang", "Tarif parkir di Balikpapan naik mulai bulan depan", "Tarif parkir Balikpapan.", "Netral"),
        Item(4, "06.58", "Akun warga", "jual rumah di Tenggarong 2 kamar, hubungi wa", "Iklan rumah.", "Netral", social=True),
        Item(3, "06.26", "Kabar Etam", "Pelatihan UMKM digelar di Tenggarong", "Pelatihan pemasaran daring.", "Positif"),
        Item(2, "06.16", "Radar Pesut", "Dua pompa sadap Kerta Buana berhenti, air bersih terganggu",
             "Pompa sadap Kerta Buana berhenti karena tegangan listrik."),
        Item(1, "06.47", "Kaltim Siang", "Pesawat tertunda di bandara Balikpapan akibat kabut", "Penerbangan tertunda.", "Netral"),
    ),
    (
        ignores(9, "08.50", RATNA, "seremonial", 0),
        ignores(8, "08.52", RATNA, "iklan", 1),
        ignores(7, "08.10", RIZKY, "bukan_kukar", 2),
        ignores(7, "08.12", RIZKY, "seremonial", 3),
        ignores(6, "08.30", RIZKY, "ganda", 4),
        ignores(6, "08.31", RIZKY, "bukan_kukar", 5),
        ignores(5, "08.33", RATNA, "seremonial", 6),
        ignores(4, "08.40", RIZKY, "bukan_kukar", 7),
        ignores(4, "08.41", RIZKY, "iklan", 8),
        ignores(3, "08.48", RATNA, "seremonial", 9),
        ignores(2, "08.42", RATNA, "ganda", 10),
        ignores(1, "08.55", RIZKY, "bukan_kukar", 11),
    ),
)  # fmt: skip

WAITING = Story(
    "pagi",
    (
        Item(0, "08.20", "Kabar Etam", "Warga Anggana keluhkan air keruh setelah hujan deras",
             "Air keruh mengalir di rumah pelanggan di Anggana sejak hujan deras kemarin malam."),
        Item(0, "08.41", "Radar Pesut", "Jalan berlubang di Loa Kulu ditanami pisang warga",
             "Warga menanam pisang di jalan berlubang di Loa Kulu sebagai protes."),
        Item(0, "08.47", "Akun warga", "pohon pisang di tengah jalan Loa Kulu, kreatif wkwk",
             "Jalan berlubang belum diperbaiki juga.", social=True),
        Item(0, "08.52", "Tenggarong Kini", "Jalan di Loa Kulu ditanami pisang, warga minta perbaikan segera",
             "Jalan berlubang di Loa Kulu ditanami pohon pisang."),
        Item(0, "09.04", "Suara Hulu", "Pohon tumbang menutup jalan di Sanga-Sanga, lalu lintas dialihkan",
             "Pohon tumbang di Sanga-Sanga menutup separuh jalan sejak subuh."),
        Item(0, "09.38", "Akun warga", "dijual cepat mobil pick up mulus, lokasi Tenggarong", "Hubungi wa.", "Netral",
             social=True),
        Item(0, "09.44", "Kaltim Siang", "Kebakaran lahan di Samboja Barat meluas, warga minta helikopter",
             "Kebakaran hutan dan lahan di Samboja Barat mendekati permukiman."),
        Item(0, "10.02", "Tenggarong Kini", "Anak di Loa Janan diduga dirundung teman sekolah, orang tua lapor",
             "Perundungan di sekolah dilaporkan orang tua. Nama sekolah tidak disebut."),
    ),
    (),
)  # fmt: skip

STORIES = (IGNORED, WAITING)
