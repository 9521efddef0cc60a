"""Health: a queue at the hospital, an empty shelf, mosquitoes."""

from app.demo.stage import Item, Story, assigns, brings, does, levels, merges, opens, says
from app.demo.story.people import ANDI, RATNA, RINA, RIZKY, YULIANA, YULIANA_APPROVING

QUEUE = Story(
    "antrean-poli-anak",
    (
        Item(2, "05.58", "Akun warga", "Antrean pasien poli anak RSUD sampai lima jam, orang tua mengeluh",
             "Antrean pasien di poli anak RSUD Aji Muhammad Parikesit sejak pukul 05.00. Kursi penuh.", social=True),
        Item(2, "06.50", "Radar Pesut", "Antre lima jam di poli anak, Dinkes diminta tambah dokter",
             "Antrean pasien poli anak rumah sakit di Tenggarong mengular sejak dua pekan."),
        Item(0, "05.35", "Akun warga", "poli anak RSUD hari ini masih antre panjang, nomor 80 sudah habis",
             "Nomor habis pukul enam pagi.", social=True),
    ),
    (
        opens(2, "08.00", RATNA, 0, 1, title="Antrean poli anak RSUD A.M. Parikesit sampai lima jam", level="segera",
              opd="DINKES"),
        does(2, "09.20", RINA, "take_on"),
        does(2, "11.00", RATNA, "reroute", opd="RSUD-AMP", reason="Pengaturan poli dipegang RSUD; Dinkes setuju lewat telepon."),
        does(2, "13.05", YULIANA, "take_on"),
        assigns(2, "13.06", YULIANA, YULIANA),
        says(1, "10.25", YULIANA, "Dokter kedua praktik mulai besok. Pendaftaran daring dibuka dari rumah supaya tidak antre dini "
             "hari."),
        brings(1, "14.30", YULIANA, "queue", "Ruang tunggu poli anak.jpg"),
        merges(0, "07.44", RATNA, 2),
        does(0, "09.10", YULIANA_APPROVING, "answer", answer_kind="first_statement",
             answer="Mulai hari ini dua dokter melayani poli anak pukul 08.00–14.00, dan 40 nomor dibuka lewat pendaftaran daring "
                    "pukul 19.00 malam sebelumnya. Kami hitung waktu tunggu setiap hari sampai {hari -3}."),
    ),
)  # fmt: skip

MEDICINE = Story(
    "obat-muara-kaman",
    (
        Item(10, "06.37", "Suara Hulu", "Obat kosong di puskesmas Muara Kaman, pasien membeli di luar",
             "Obat hipertensi kosong di puskesmas Muara Kaman selama sepekan."),
    ),
    (
        opens(10, "08.33", RIZKY, title="Obat kosong di Puskesmas Muara Kaman", ticket_class="aduan", level="segera",
              opd="DINKES"),
        does(10, "09.55", RINA, "take_on"),
        does(8, "11.20", RINA, "submit", answer="Obat hipertensi dikirim ke Puskesmas Muara Kaman dan tersedia sejak kemarin. "
             "Persediaan diperiksa tiap Senin; bila kurang dari sepuluh hari, puskesmas terdekat meminjamkan."),
        does(8, "13.00", ANDI, "approve"),
        does(7, "09.00", RATNA, "resolve", outcome="perbaikan_lapangan"),
        does(3, "08.30", RATNA, "close"),
    ),
)  # fmt: skip

DENGUE = Story(
    "dbd-anggana",
    (
        Item(0, "06.02", "Kabar Etam", "Kasus DBD naik di Anggana, warga minta pengasapan",
             "Demam berdarah dilaporkan naik di dua RT di Anggana. Warga meminta pengasapan."),
        Item(0, "06.25", "Tenggarong Kini", "Warga Anggana minta fogging setelah kasus demam berdarah bertambah",
             "Puskesmas menyatakan jadwal pengasapan sedang disusun."),
    ),
    (
        opens(0, "07.50", RIZKY, 0, 1, title="Kasus DBD naik di dua RT di Anggana", level="segera", opd="DINKES",
              note="Mohon jadwal pengasapan dan pemeriksaan jentik."),
        levels(0, "08.12", RIZKY, "krisis"),
        says(0, "08.13", RIZKY, "Pak Bambang, dua anak dirawat menurut puskesmas. Saya usulkan Krisis, mohon keputusan.",
             "internal"),
    ),
)  # fmt: skip

VACCINE = Story(
    "vaksin-kedaluwarsa",
    (
        Item(1, "06.20", "Akun warga", "katanya vaksin di puskesmas Loa Kulu kedaluwarsa, benar tidak?",
             "Beredar foto botol vaksin dengan tanggal yang tampak sudah lewat di puskesmas Loa Kulu.", social=True),
        Item(1, "07.05", "Kaltim Siang", "Foto vaksin kedaluwarsa beredar, Dinkes Kukar diminta menjelaskan",
             "Orang tua di Loa Kulu bertanya sesudah foto botol vaksin beredar di grup percakapan."),
    ),
    (
        opens(1, "07.58", RATNA, 0, 1, title="Foto vaksin kedaluwarsa di Loa Kulu", level="segera", opd="DINKES",
              note="Mohon dicek ke puskesmas hari ini; warga menunggu penjelasan."),
        does(1, "08.20", RINA, "take_on", note="Petugas farmasi berangkat ke Loa Kulu."),
        does(1, "10.30", ANDI, "answer", answer_kind="first_statement",
             answer="Petugas farmasi memeriksa persediaan vaksin di Puskesmas Loa Kulu pagi ini. Vaksinasi hari ini memakai "
                    "persediaan yang baru datang {hari 2}."),
        does(1, "10.50", RATNA, "proceed"),
        does(0, "08.40", RINA, "submit", response="clarification", ask_head="1",
             answer="Yang beredar: foto botol vaksin yang tampak kedaluwarsa di Puskesmas Loa Kulu.\n\n"
                    "Yang benar: botol di foto adalah botol kosong untuk latihan; vaksin yang dipakai berlaku sampai tahun depan.\n\n"
                    "Dasar: berita acara pemeriksaan petugas farmasi dan dokter puskesmas, kemarin pukul 13.00."),
    ),
)  # fmt: skip

STORIES = (QUEUE, MEDICINE, DENGUE, VACCINE)
