"""Schools and children: a broken roof, a hoax, and a matter that is told under a judul aman only."""

from app.demo.deeper import asks_field, encloses, field_answers, marks_child
from app.demo.stage import (
    Item,
    Story,
    asks_opd,
    assigns,
    brings,
    does,
    does_task,
    finds,
    levels,
    merges,
    opens,
    opens_safely,
    redacts,
    says,
)
from app.demo.story.people import BAMBANG, CLOCK, FAHRUL, MEGA, NURHAYATI, RATNA, RIZKY, YUNI

ROOF = Story(
    "atap-sd-muara-muntai",
    (
        Item(2, "06.40", "Suara Hulu", "Atap dua ruang kelas SD di Muara Muntai ambruk, siswa belajar di teras",
             "Atap dua ruang kelas SD di Muara Muntai ambruk pada malam hari. Tidak ada yang terluka; siswa belajar di teras "
             "bergantian."),
        Item(2, "07.02", "Kabar Etam", "Bangunan sekolah rusak di Muara Muntai, orang tua minta tenda",
             "Orang tua siswa meminta tenda belajar sambil menunggu perbaikan bangunan sekolah rusak di Muara Muntai."),
        Item(1, "14.10", "Akun warga", "SD di Muara Muntai belum ada tenda juga, anak-anak kepanasan",
             "Dua hari belajar di teras. Semoga cepat ditangani.", social=True),
    ),
    (
        opens(2, "07.42", RATNA, 0, 1, title="Atap dua ruang kelas SD di Muara Muntai ambruk", level="segera",
              opd="DISDIKBUD", note="Mohon pernyataan awal pagi ini: keadaan siswa dan tempat belajar sementara."),
        levels(2, "07.44", RATNA, "krisis"),
        says(2, "07.46", RATNA, "Pak Bambang, saya usulkan Krisis: dua media besar menghubungi, menyangkut keselamatan siswa.",
             "internal"),
        levels(2, "08.05", BAMBANG, "sangat_segera"),
        says(2, "08.06", BAMBANG, "Cukup Sangat segera: tidak ada korban dan sekolah sudah memindahkan kelas.", "internal"),
        does(2, "08.12", YUNI, "take_on", note="Kepala sekolah sudah kami hubungi, tidak ada yang terluka."),
        assigns(2, "08.20", YUNI, FAHRUL),
        does(2, "10.00", FAHRUL, "answer", answer_kind="first_statement",
             answer="Atap dua ruang kelas ambruk pukul 23.00 saat sekolah kosong; tidak ada yang terluka. Siswa kelas 3 dan 4 "
                    "masuk bergantian di ruang yang aman mulai hari ini. Tim teknis berangkat siang ini dari Tenggarong."),
        does(2, "10.15", RATNA, "proceed", note="Diteruskan ke Prokom."),
        says(1, "09.30", FAHRUL, "Tim teknis menginap di Muara Muntai. Rangka kayu lapuk, enam kuda-kuda harus diganti."),
        asks_field(1, "10.05", YUNI, "Pak Rahmadi, kepala SD di Muara Muntai",
                   "Apakah tenda belajar sudah dipakai, dan berapa ruang yang aman?"),
        field_answers(1, "10.50", "benar", "Benar, tenda belum ada. Empat ruang aman; kelas 3 dan 4 masuk bergantian.", "school"),
        brings(1, "11.10", FAHRUL, "school", "Ruang kelas 3 dengan terpal.jpg"),
        merges(0, "07.38", RIZKY, 2),
        says(0, "08.15", RATNA, "Pak Fahrul, akun warga menyebut tenda belum ada. Kapan tenda dari BPBD tiba?"),
    ),
)  # fmt: skip

TOILETS = Story(
    "wc-sekolah-sebulu",
    (
        Item(9, "06.48", "Warta Mahakam", "WC sekolah rusak di Sebulu, siswa ke rumah warga",
             "WC sekolah di SMP Sebulu rusak sejak awal semester."),
    ),
    (
        opens(9, "08.40", RIZKY, title="WC sekolah rusak di Sebulu", opd="DISDIKBUD"),
        does(9, "11.10", YUNI, "take_on"),
        does(6, "10.20", YUNI, "submit", answer="Dua dari empat WC sekolah diperbaiki dengan dana BOS dan dipakai lagi. Dua yang "
             "lain diganti baru pekan depan; bahan sudah di sekolah."),
        does(6, "13.05", FAHRUL, "approve"),
        does(5, "09.00", RATNA, "rework", note="Sebut tanggal selesainya dua WC yang lain."),
        does(3, "15.30", FAHRUL, "answer", answer="Keempat WC sekolah sudah berfungsi sejak kemarin. Penjaga sekolah memeriksa "
             "keran dan air setiap pagi."),
        does(2, "08.50", RATNA, "resolve", outcome="perbaikan_lapangan"),
    ),
)  # fmt: skip

TEACHERS = Story(
    "guru-tabang",
    (
        Item(5, "06.52", "Kaltim Siang", "Kekurangan guru di Tabang, satu guru memegang tiga kelas",
             "Kekurangan guru membuat satu guru di Tabang mengajar tiga kelas sekaligus."),
    ),
    (
        opens(5, "08.20", RIZKY, title="Kekurangan guru SD di Tabang", opd="DISDIKBUD"),
        does(4, "09.05", YUNI, "take_on"),
        does(2, "14.00", YUNI, "submit", answer="Tiga guru PPPK ditempatkan di Tabang mulai semester depan. Sementara itu guru "
             "dari sekolah terdekat membantu."),
        does(1, "09.45", FAHRUL, "send_back", note="Bu Yuni, tambahkan nama sekolah yang membantu dan mulai tanggal berapa."),
    ),
)  # fmt: skip

HOAX = Story(
    "kabar-penculikan",
    (
        Item(8, "05.50", "Akun warga", "HATI-HATI penculikan anak di SD Tenggarong, sebarkan!!",
             "Pesan berantai menyebut penculikan di depan SD di Tenggarong. Foto ternyata dari kota lain.", social=True),
        Item(8, "06.35", "Radar Pesut", "Pesan berantai penculikan resahkan orang tua di Tenggarong",
             "Polres belum menerima laporan. Sekolah meminta orang tua tidak menyebarkan hoaks.", "Netral"),
    ),
    (
        opens(8, "07.48", RATNA, 0, 1, title="Hoaks penculikan siswa SD di Tenggarong", level="sangat_segera"),
        does(8, "07.50", RATNA, "forward", opd="DISKOMINFO", note="Kita pegang sendiri; Disdikbud membantu data sekolah."),
        does(8, "07.55", RIZKY, "take_on"),
        says(8, "08.30", RIZKY, "Foto berasal dari berita kota lain tahun 2019. Polres dan kepala sekolah sudah dihubungi: tidak "
             "ada kejadian."),
        does(8, "09.50", RIZKY, "answer", answer="Kabar penculikan siswa di Tenggarong tidak benar: Polres tidak menerima laporan, "
             "sekolah menyatakan semua siswa hadir, dan fotonya diambil dari berita kota lain tahun 2019. Klarifikasi dengan "
             "sumbernya terbit pukul 10.15 di laman Pemkab dan tujuh akun kecamatan."),
        redacts(8, "10.12", RATNA, "fotonya diambil dari berita kota lain", "foto itu dari kota lain,",
                "Dipendekkan agar muat di gambar klarifikasi."),
        finds(8, "10.15", RATNA, "hoax", "Keterangan Polres dan kepala sekolah; foto asal ditemukan di berita tahun 2019."),
        does(8, "10.20", RATNA, "resolve", outcome="klarifikasi_terbit", channel="Laman Pemkab",
             url="https://kukarkab.example/klarifikasi-penculikan", spokesperson="Bambang Irawan"),
        does(1, "08.00", RATNA, "close", note="Tidak muncul lagi dalam sepekan."),
    ),
)  # fmt: skip

CHILD = Story(
    "perkara-sebulu",
    (
        Item(4, "06.15", "Kaltim Siang", "Peristiwa menimpa anak di Sebulu, keluarga minta pendampingan",
             "Keluarga meminta pendampingan. Rincian tidak diberitakan."),
    ),
    (
        opens_safely(4, "07.35", BAMBANG, "Peristiwa yang menyangkut anak di Kecamatan Sebulu", level="segera", opd="DP3A",
                     note="Cukup status penanganan dan nomor rujukan; rinciannya tetap di sistem kasus DP3A."),
        marks_child(4, "07.38", BAMBANG, "Peristiwa yang menyangkut anak di Kecamatan Sebulu",
                    "Seorang anak didampingi UPTD PPA. Sekolah diminta menjaga anak tetap belajar.", "31/UPTD (contoh)"),
        encloses(4, "07.40", BAMBANG, (BAMBANG, MEGA, NURHAYATI), (RATNA,)),
        does(4, "08.05", MEGA, "take_on"),
        asks_opd(4, "08.30", BAMBANG, "DISDIKBUD", "Pastikan anak tetap belajar; tunjuk satu penghubung di sekolah."),
        does_task(4, "09.15", YUNI, 1, "take_on"),
        does_task(3, "09.40", FAHRUL, 1, "submit",
                  answer="Wali kelas menjadi penghubung sejak {hari 4}; anak belajar dari rumah sampai {hari -3}."),
        does_task(3, "09.55", MEGA, 1, "accept"),
        does(3, "10.10", NURHAYATI, "answer", answer_kind="first_statement",
             answer="Pendampingan berjalan sejak hari pertama oleh UPTD PPA. Nomor rujukan 31/UPTD (contoh). Tidak ada rincian "
                    "yang bisa disampaikan ke media."),
        does(3, "10.30", BAMBANG, "proceed", note="Juru bicara tetap satu: DP3A."),
        says(1, "15.00", MEGA, "Status: pendampingan berlanjut, pemeriksaan kesehatan selesai."),
    ),
)  # fmt: skip

LEVY = Story(
    "pungutan-terbatas",
    (
        Item(3, "06.33", "Kaltim Siang", "Orang tua murid mengadu soal pungutan, nama sekolah disamarkan",
             "Aduan tentang pungutan di sebuah sekolah disampaikan kepada wartawan."),
    ),
    (
        opens(3, "09.00", BAMBANG, title="Aduan pungutan di sekolah, pelapor dirahasiakan", ticket_class="berkadar_pengawasan"),
        encloses(3, "09.01", BAMBANG, (BAMBANG, RATNA)),
        does(3, "09.05", BAMBANG, "forward", opd="DISDIKBUD", note="Hanya untuk petugas yang ditunjuk pada tiket ini."),
        encloses(3, "09.06", BAMBANG, (BAMBANG, FAHRUL), (RATNA,)),
    ),
)  # fmt: skip

SEATS = Story(
    "meubelair-anggana",
    (
        Item(12, "06.22", "Tenggarong Kini", "Meubelair sekolah di Anggana kurang, siswa berbagi kursi",
             "Satu kursi dipakai berdua di SD Anggana; meubelair baru belum dikirim."),
    ),
    (
        opens(12, "08.50", RATNA, title="Meubelair sekolah di Anggana kurang", opd="DISDIKBUD"),
        does(12, "13.10", YUNI, "take_on"),
        does(11, "15.20", FAHRUL, "answer", answer="Tujuh puluh set kursi dan meja dari pengadaan tahun ini tiba di Anggana dan "
             "langsung dipakai. Kursi lama yang baik dipindah ke ruang kelas 1."),
        does(10, "09.10", RATNA, "resolve", outcome="perbaikan_lapangan"),
        does(0, "09.15", CLOCK, "close"),
    ),
)  # fmt: skip

STORIES = (ROOF, TOILETS, TEACHERS, HOAX, CHILD, LEVY, SEATS)
