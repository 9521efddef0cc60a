"""Water: a pump without power, a doubled bill, a connection that does not come."""

from app.demo.deeper import asks_ruling, rules
from app.demo.stage import (
    Item,
    Story,
    asks_opd,
    assigns,
    brings,
    brings_for_task,
    calls,
    dates,
    does,
    does_task,
    gathers,
    levels,
    merges,
    opens,
    says,
)
from app.demo.story.people import AGUS, DEWI, HENDRA, LINA, NURAINI, RATNA, RIZKY, SITI, TAUFIK

PUMP = Story(
    "air-tenggarong-seberang",
    (
        Item(3, "06.10", "Kabar Etam", "Air PDAM tak mengalir sejak subuh, warga Tenggarong Seberang menampung hujan",
             "TENGGARONG SEBERANG. Warga Desa Bukit Raya, Kerta Buana, dan Separi mengeluhkan air PDAM yang tidak mengalir "
             "sejak subuh. Petugas menyebut pompa sadap terganggu tegangan listrik."),
        Item(3, "06.55", "Suara Hulu", "Pompa sadap Kerta Buana berhenti, tiga desa tanpa air bersih",
             "Dua pompa sadap di Kerta Buana dilaporkan berhenti. Perumda Tirta Mahakam menunggu tegangan normal."),
        Item(2, "05.40", "Akun warga", "min tolong bantu viralkan, Bukit Raya sudah dua hari kering",
             "Sudah dua hari air tidak keluar di RT 4 Bukit Raya, Tenggarong Seberang. Kapan normal?", social=True),
        Item(1, "06.20", "Tenggarong Kini", "Puluhan warga datangi kantor Perumda, minta kepastian pompa",
             "Warga Tenggarong Seberang meminta jadwal aliran air bersih yang jelas dari Perumda Tirta Mahakam."),
        Item(0, "06.10", "Kabar Etam", "Empat hari air PDAM tak mengalir, warga Tenggarong Seberang andalkan air hujan",
             "Warga Desa Bukit Raya menampung hujan untuk mandi. Perumda menyatakan genset sewa sudah di lokasi."),
    ),
    (
        opens(3, "07.50", RATNA, 0, 1, title="Air bersih Tenggarong Seberang: pompa sadap Kerta Buana", level="segera"),
        levels(3, "07.52", RATNA, "sangat_segera"),
        does(3, "07.55", RATNA, "forward", opd="TIRTAMAHAKAM",
             note="Tiga desa tanpa air sejak subuh. Mohon pernyataan awal sebelum siang: apa yang terjadi dan apa yang "
                  "sedang dikerjakan."),
        gathers(3, "08.05", RATNA, "Air bersih Tenggarong Seberang"),
        does(3, "08.09", HENDRA, "take_on", note="Tim produksi sudah di Kerta Buana sejak pukul 06.30."),
        assigns(3, "08.15", DEWI, HENDRA),
        says(3, "08.20", DEWI, "Pak Hendra, data tegangan dari operator pompa saya minta dulu supaya angkanya sama di semua "
             "jawaban.", "internal"),
        does(3, "09.40", HENDRA, "answer", answer_kind="first_statement",
             answer="Pompa sadap 1 dan 2 di Kerta Buana berhenti sejak pukul 04.50 karena tegangan listrik turun ke 310 "
                    "volt. Tim memasang pengatur tegangan pagi ini. Truk tangki Perumda melayani empat titik di Bukit Raya, "
                    "Kerta Buana, dan Separi mulai pukul 11.00 hari ini."),
        does(3, "10.02", RATNA, "proceed", note="Sudah kami teruskan ke Prokom, terbit pukul 10.05. Jawaban lengkap tetap "
             "kami tunggu."),
        asks_opd(3, "10.10", RATNA, "DISPERKIM",
                 "Siapkan tandon air dan titik pengambilan di RT 4 Bukit Raya sampai aliran normal.", (0, "15.00")),
        asks_opd(3, "10.20", HENDRA, "EXT-PLN", "Periksa tegangan gardu KB-07 dan beri jadwal penggantian trafo."),
        does_task(3, "13.15", LINA, 1, "take_on", note="Dua tandon 5.000 liter kami angkut besok pagi."),
        does_task(3, "13.30", DEWI, 2, "take_on"),
        calls(3, "13.40", DEWI, 2, "telepon", "Piket gardu PLN ULP Tenggarong",
              "Laporan 5127 (contoh) dicatat. Petugas gardu datang {hari 1} pagi."),
        does_task(3, "13.45", DEWI, 2, "hold", until=(1, "08.00"), reason="PLN memeriksa gardu {hari 1} pagi."),
        merges(2, "07.45", RIZKY, 2),
        says(2, "08.10", RATNA, "Pak Hendra, mohon jadwal aliran bergilir per desa agar bisa diumumkan pukul 11.00."),
        says(2, "09.25", HENDRA, "Jadwal bergilir: Separi pagi, Kerta Buana siang, Bukit Raya malam. Kami tempel juga di "
             "kantor desa."),
        does(2, "13.00", HENDRA, "hold", until=(1, "16.00"),
             reason="Menunggu PLN memeriksa gardu KB-07. Genset sewa dalam perjalanan dari Samarinda."),
        says(2, "15.10", DEWI, "Untuk arsip: nomor laporan PLN 5127 (contoh), petugas gardu dijadwalkan {hari 1} pagi.", "answer"),
        merges(1, "07.40", RATNA, 3),
        does(1, "08.30", RATNA, "resume", note="PLN membalas surat: trafo KB-07 diganti {hari -4}. Genset sewa sudah tiba."),
        says(1, "08.31", RATNA, "Kabar Etam naik lagi pagi ini. Bila genset mundur, minta Prokom siapkan pernyataan sebelum "
             "11.00.", "internal"),
        does_task(1, "08.10", DEWI, 2, "resume"),
        calls(1, "08.20", DEWI, 2, "jawaban", "Manajer PLN ULP Tenggarong, surat 0231/2026 (contoh)",
              "Trafo KB-07 melemah dan diganti {hari -4}; sampai itu tegangan dijaga di atas 350 volt."),
        brings_for_task(1, "11.20", LINA, 1, "pump", "Tandon RT 4 Bukit Raya.jpg"),
        does_task(1, "11.30", NURAINI, 1, "submit",
                  answer="Dua tandon 5.000 liter terpasang di RT 4 dan RT 7 Bukit Raya sejak pukul 10.00, diisi truk "
                         "tangki Perumda setiap pagi sampai aliran normal."),
        says(1, "12.54", HENDRA, "Genset sewa menyala pukul 12.10. Tekanan di Kerta Buana naik, Bukit Raya menyusul malam ini."),
        brings(1, "12.58", HENDRA, "pump", "Pompa 2 dan genset Kerta Buana.jpg"),
        merges(0, "07.42", RIZKY, 4),
        does_task(0, "08.15", DEWI, 1, "accept"),
        gathers(0, "08.50", RIZKY),
        does(0, "08.55", DEWI, "submit",
             answer="Apa yang terjadi: pompa 1 melemah lalu berhenti bersama pompa 2 karena tegangan turun ke 310 volt.\n\n"
                    "Tindakan dan tanggal: genset sewa menyala kemarin pukul 12.10, aliran bergilir tiga desa berjalan sejak "
                    "18.00. PLN mengganti trafo KB-07 {hari -4}; sesudah itu aliran kembali 24 jam.\n\n"
                    "Untuk warga: jadwal per desa ditempel di kantor desa, truk tangki tetap di empat titik setiap pagi."),
        does(0, "09.41", HENDRA, "approve"),
    ),
)  # fmt: skip

METER = Story(
    "meteran-loa-kulu",
    (
        Item(6, "06.30", "Tenggarong Kini", "Tagihan air di Loa Kulu melonjak dua kali lipat, pelanggan bertanya",
             "Pelanggan Perumda Tirta Mahakam di Loa Kulu menerima tagihan air dua kali lipat bulan ini. Meteran air "
             "disebut tidak dibaca sejak September."),
        Item(6, "06.48", "Akun warga", "tagihan air Loa Kulu kok bisa dobel ya, pemakaian biasa saja",
             "Ada yang sama? Meteran air tidak pernah dibaca petugas.", social=True),
    ),
    (
        opens(6, "08.05", RIZKY, 0, 1, title="Tagihan air di Loa Kulu dua kali lipat", level="segera", opd="TIRTAMAHAKAM",
              note="Mohon penjelasan dan cara pelanggan meminta koreksi."),
        does(6, "10.30", DEWI, "take_on"),
        does(4, "14.10", DEWI, "submit",
             answer="Meteran di 214 rumah di Loa Kulu tidak terbaca bulan lalu karena petugas berganti, jadi pemakaian dua "
                    "bulan masuk dalam satu tagihan. Pelanggan tidak membayar lebih dari pemakaian."),
        does(4, "15.45", HENDRA, "approve", answer="Meteran di 214 rumah di Loa Kulu tidak terbaca bulan lalu karena petugas "
             "berganti, jadi pemakaian dua bulan masuk dalam satu tagihan. Tagihan akan dikoreksi dan bisa dicicil tanpa denda "
             "di loket Loa Kulu."),
        does(3, "11.15", RIZKY, "rework", note="Tanggal koreksi tagihan belum disebut, dan sampai kapan loket melayani cicilan. "
             "Dua hal itu yang ditanyakan warga."),
        says(2, "09.05", DEWI, "Bagian hubungan langganan menghitung ulang per rumah, daftar selesai besok.", "internal"),
    ),
)  # fmt: skip

CONNECTION = Story(
    "sambungan-mangkuraja",
    (
        Item(3, "07.05", "Warta Mahakam", "Sambungan baru air di Jalan Mangkuraja belum dipasang sejak September",
             "Sebelas rumah di Jalan Mangkuraja, Tenggarong, sudah membayar sambungan baru air PDAM dua bulan lalu."),
    ),
    (
        opens(3, "08.25", RATNA, title="Sambungan baru belum dipasang sejak September, Jalan Mangkuraja",
              opd="TIRTAMAHAKAM", note="Sebelas rumah sudah membayar. Mohon jadwal pemasangan."),
        does(2, "11.05", DEWI, "take_on", note="Daftar antrean sambungan kami cocokkan dulu dengan gudang pipa."),
        says(2, "11.20", RATNA, "Terima kasih, Bu Dewi. Media menunggu jadwalnya; sebut per minggu saja sudah cukup."),
    ),
)  # fmt: skip

LEAK = Story(
    "pipa-timbau",
    (
        Item(4, "06.40", "Tenggarong Kini", "Pipa bocor di depan SMP Kelurahan Timbau, air menggenangi jalan",
             "Pipa bocor di depan sekolah di Kelurahan Timbau, Tenggarong, sudah tiga hari belum diperbaiki."),
    ),
    (
        opens(4, "08.00", RATNA, title="Pipa bocor depan SMP, Kelurahan Timbau", opd="TIRTAMAHAKAM"),
        does(4, "08.40", DEWI, "take_on"),
        brings(1, "13.50", DEWI, "road", "Galian pipa Timbau.jpg"),
        does(1, "14.20", DEWI, "submit", note="Bu Siti, mohon diperiksa; foto galian sudah dilampirkan.",
             answer="Pipa 6 dim di depan SMP Timbau pecah di sambungan dan diganti kemarin pukul 13.00. Jalan bekas galian "
                    "ditutup sementara dengan batu pecah; pengaspalan dijadwalkan {hari -2} bersama Dinas Pekerjaan Umum."),
        assigns(0, "08.40", DEWI, SITI),
    ),
)  # fmt: skip

DITCH = Story(
    "parit-mangkuraja",
    (
        Item(1, "06.35", "Radar Pesut", "Air meluap di Jalan Mangkuraja setiap hujan, warga menunjuk pipa PDAM",
             "Warga Jalan Mangkuraja, Tenggarong, menduga pipa air bersih bocor. Parit di tepi jalan penuh lumpur."),
    ),
    (
        opens(1, "08.10", RIZKY, title="Air parit meluap di Jalan Mangkuraja", opd="TIRTAMAHAKAM"),
        does(1, "10.20", HENDRA, "object", proposed="DPU",
             reason="Parit di tepi jalan kabupaten, bukan jaringan pipa kami. Pipa terdekat 60 meter dari genangan dan tidak "
                    "bocor."),
        asks_ruling(1, "10.45", RIZKY, "Asisten II Setda",
                    "Parit di tepi Jalan Mangkuraja: Dinas PU yang memelihara jalannya, atau Perumda yang pipanya paling dekat?"),
    ),
)  # fmt: skip

PRESSURE = Story(
    "tekanan-jahab",
    (
        Item(8, "06.50", "Kabar Etam", "Tekanan air lemah di perumahan Jahab, keluar hanya tengah malam",
             "Warga perumahan di Kelurahan Jahab, Tenggarong, mengeluhkan air tidak mengalir pada siang hari."),
    ),
    (
        opens(8, "08.20", RATNA, title="Tekanan air lemah di perumahan Jahab", opd="TIRTAMAHAKAM"),
        does(8, "13.15", DEWI, "take_on"),
        says(6, "10.00", DEWI, "Perlu pipa penguat 400 meter melintasi jalan kabupaten, kami ajukan izin galian ke DPU."),
        does(4, "09.10", DEWI, "hold", until=(-4, "09.00"), reason="Menunggu izin galian dari DPU untuk pipa penguat 400 meter."),
    ),
)  # fmt: skip

TARIFF = Story(
    "tarif-air",
    (
        Item(9, "06.15", "Kaltim Siang", "Tarif air naik, pelanggan minta penjelasan Perumda",
             "Kenaikan tarif air Perumda Tirta Mahakam dipertanyakan pelanggan di Tenggarong dan Loa Kulu."),
    ),
    (
        opens(9, "08.30", RATNA, title="Tarif air naik, pelanggan minta penjelasan", ticket_class="informasi",
              opd="TIRTAMAHAKAM"),
        does(9, "10.05", HENDRA, "take_on"),
        dates(8, "09.00", RATNA, (3, "10.00"), "Disamakan dengan jadwal siaran pers Perumda."),
        does(5, "10.12", HENDRA, "answer",
             answer="Penyesuaian tarif berlaku sejak awal bulan untuk golongan niaga dan rumah mewah saja. Golongan sosial dan "
                    "rumah sederhana tetap. Tabel tarif dan contoh hitungan sudah dipasang di laman Perumda dan di loket."),
        does(4, "10.40", RATNA, "resolve", outcome="klarifikasi_terbit", note="Terbit di laman Pemkab dan dua media.",
             channel="Laman Pemkab", url="https://kukarkab.example/tarif-air", spokesperson="Hendra Saputra"),
    ),
)  # fmt: skip

RULED = Story(
    "gorong-gorong-maluhu",
    (
        Item(7, "06.25", "Suara Hulu", "Genangan di Maluhu tak surut, gorong-gorong tersumbat pipa",
             "Genangan di Kelurahan Maluhu, Tenggarong, tidak surut dua hari. Gorong-gorong tersumbat di bawah pipa air."),
    ),
    (
        opens(7, "08.00", RIZKY, title="Genangan di Maluhu, gorong-gorong tersumbat", opd="TIRTAMAHAKAM"),
        does(7, "11.30", DEWI, "object", proposed="DPU", reason="Gorong-gorong di jalan kabupaten; pipa kami melintas di atasnya."),
        asks_ruling(7, "13.30", RIZKY, "Asisten II Setda",
                    "Gorong-gorong Maluhu tersumbat di bawah pipa Perumda: Dinas PU atau Perumda yang mengeruknya?"),
        rules(6, "14.00", RIZKY, "DPU", "Asisten II Setda", "Disposisi pada nota Diskominfo"),
        does(5, "08.45", AGUS, "take_on"),
        says(4, "15.20", TAUFIK, "Pengerukan 35 meter selesai, tinggal mengganti dua pelat beton."),
        brings(3, "10.10", TAUFIK, "road", "Pengerukan gorong-gorong Maluhu.jpg"),
        does(3, "10.30", TAUFIK, "answer",
             answer="Gorong-gorong di Maluhu sepanjang 35 meter dikeruk dan dua pelat beton diganti. Air surut sejak kemarin "
                    "sore. Petugas memeriksa lagi setelah hujan berikutnya."),
        does(2, "09.15", RATNA, "resolve", outcome="perbaikan_lapangan"),
    ),
)  # fmt: skip

STORIES = (PUMP, METER, CONNECTION, LEAK, DITCH, PRESSURE, TARIFF, RULED)
