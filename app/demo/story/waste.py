"""Waste and the river."""

from app.demo.stage import Item, Story, brings, does, merges, opens, says
from app.demo.story.people import NORMA, RATNA, RIZKY, SLAMET

LOA_JANAN = Story(
    "sampah-loa-janan",
    (
        Item(4, "17.44", "Kabar Etam", "Sampah menumpuk di pinggir jalan poros Loa Janan, bau sampai permukiman",
             "Sampah menumpuk di pinggir jalan poros Loa Janan. Bau sampah sampai ke permukiman; ketiga kalinya dalam sebulan."),
        Item(3, "06.05", "Akun warga", "sampah Loa Janan kapan diangkut, sudah seminggu",
             "Tolong DLHK, anak-anak lewat situ ke sekolah.", social=True),
    ),
    (
        opens(3, "08.35", RIZKY, 0, 1, title="Sampah menumpuk di jalan poros Loa Janan", ticket_class="aduan", level="segera",
              opd="DLHK", note="Ketiga kalinya dalam 30 hari. Mohon sekaligus rencana supaya tidak berulang."),
        does(3, "09.50", SLAMET, "take_on"),
        brings(2, "10.15", SLAMET, "waste", "Pinggir jalan Loa Janan sesudah dibersihkan.jpg"),
        does(2, "10.30", NORMA, "answer", answer="Empat truk sampah diangkut dari pinggir jalan poros Loa Janan kemarin, lokasi "
             "sudah bersih dan dipasang papan larangan."),
        does(1, "09.10", RATNA, "rework", note="Terima kasih, sudah bersih. Yang ditanyakan warga: apa yang membuatnya tidak "
             "berulang, dan kapan bak sampahnya datang."),
        says(1, "13.40", SLAMET, "Bak 6 m³ dipindah dari Bakungan, menunggu truk pengangkat besok."),
    ),
)  # fmt: skip

FISH = Story(
    "ikan-mati-muara-kaman",
    (
        Item(6, "06.08", "Radar Pesut", "Ikan mati mengapung di Muara Kaman, nelayan menduga limbah",
             "Ikan mati mengapung di anak sungai Muara Kaman. Nelayan menduga limbah kebun."),
        Item(5, "06.39", "Suara Hulu", "Nelayan Muara Kaman minta air sungai diperiksa",
             "Nelayan keramba Muara Kaman meminta hasil uji air dibuka."),
    ),
    (
        opens(6, "08.22", RATNA, title="Ikan mati mengapung di Muara Kaman", ticket_class="aduan", level="segera", opd="DLHK"),
        does(6, "09.40", SLAMET, "take_on", note="Petugas laboratorium berangkat siang ini."),
        merges(5, "07.55", RATNA, 1),
        says(4, "11.00", SLAMET, "Contoh air dari lima titik dikirim ke laboratorium, hasil tujuh hari kerja."),
        does(2, "15.10", SLAMET, "submit", answer="Air diuji di lima titik. Oksigen terlarut turun akibat air pasang dari rawa "
             "(bangar), bukan limbah; hasil laboratorium terlampir pekan ini. Nelayan diminta memindah keramba ke alur utama "
             "sampai akhir bulan, dan petugas mengukur lagi setiap tiga hari."),
        does(1, "08.20", NORMA, "approve"),
    ),
)  # fmt: skip

MARKET = Story(
    "tps-tenggarong",
    (
        Item(10, "06.50", "Warta Mahakam", "TPS di Tenggarong meluber setiap Senin, pedagang menutup hidung",
             "TPS dekat pasar di Tenggarong meluber setiap Senin pagi."),
    ),
    (
        opens(10, "09.15", RIZKY, title="TPS di Tenggarong meluber setiap Senin", opd="DLHK"),
        does(10, "10.30", SLAMET, "take_on"),
        does(7, "14.00", NORMA, "answer", answer="Pengangkutan Minggu sore ditambah satu ritase sejak pekan ini, jadi TPS kosong "
             "pada Senin pagi. Petugas pasar mencatat jam angkutnya."),
        does(6, "08.55", RATNA, "resolve", outcome="perbaikan_lapangan"),
        does(1, "08.05", RATNA, "close"),
    ),
)  # fmt: skip

STORIES = (LOA_JANAN, FISH, MARKET)
