"""The water video on a Friday at 20.00: Perumda leads and objects first, Disperkim has a task, PLN is an outside body,
and in the end the matter waits for its budget."""

from datetime import date

import pytest

from tests.journeys.office import pasted, promoted, text_of

pytestmark = pytest.mark.browser

FRIDAY, SATURDAY, MONDAY, TUESDAY = (
    date(2026, 11, 27),
    date(2026, 11, 28),
    date(2026, 11, 30),
    date(2026, 12, 1),
)
RATNA = "operator@diskominfo.demo"
DEWI, HENDRA = "admin@tirtamahakam.demo", "narahubung@tirtamahakam.demo"
LINA, NURAINI = "admin@disperkim.demo", "narahubung@disperkim.demo"
VIDEO = "https://www.tiktok.com/@wargarempanga/video/7440000000000000001"
TITLE = "Video air keruh berlumpur di Desa Rempanga"
FIRST = (
    "Pompa Rempanga berhenti sejak Jumat 27 November pukul 17.40 karena tegangan listrik turun. Jaringan dikuras malam ini, "
    "dan dua truk tangki melayani balai desa mulai pukul 22.00."
)
FULL = (
    "Kebutuhan: mengganti 1,2 km pipa AC Rempanga yang rapuh, Rp1,8 miliar, diusulkan Perumda bersama Disperkim.\n\n"
    "Tahun anggaran: APBD murni 2027.\n\n"
    "Sementara ini: jaringan dikuras tiap Senin malam dan truk tangki tetap di balai desa."
)

STORY = """\
Jum 27 Nov, 20.04 Ratna Wulandari, Diskominfo membuka tiket dari 1 pantauan, tingkat Sangat segera.
Jum 27 Nov, 20.04 Ratna Wulandari, Diskominfo meneruskan ke Perumda Tirta Mahakam.
Jum 27 Nov, 20.16 Hendra Saputra, narahubung Perumda Tirta Mahakam menyampaikan bukan kewenangannya,
    mengusulkan Disperkim.
Jum 27 Nov, 20.16 · internal Sistem mengusulkan perkara ini dinaikkan ke atasan. 1 keberatan: OPD menyampaikan
    bukan kewenangannya.
Jum 27 Nov, 20.25 Ratna Wulandari, Diskominfo meminta putusan Ir. H. Sunardi, Asisten II tentang OPD pengampu.
Jum 27 Nov, 20.28 · internal Ratna Wulandari, Diskominfo menyampaikan usulan kepada Ir. H. Sunardi, Asisten
    II, lewat WhatsApp.
Jum 27 Nov, 20.47 Ratna Wulandari, Diskominfo meneruskan ke Perumda Tirta Mahakam. Dasar penetapan: putusan
    Ir. H. Sunardi, Asisten II, Jum 27 Nov: WhatsApp pukul 20.41.
Jum 27 Nov, 20.55 Hendra Saputra, narahubung Perumda Tirta Mahakam menerima dan mulai menangani.
Jum 27 Nov, 21.20 Hendra Saputra, narahubung Perumda Tirta Mahakam mengajukan dan menyetujui pernyataan awal.
Jum 27 Nov, 21.30 Ratna Wulandari, Diskominfo menerima pernyataan awal; jawaban lengkap masih ditunggu.
Jum 27 Nov, 21.36 Ratna Wulandari, Diskominfo mencatat publikasi di Instagram Prokom, juru bicara Hendra
    Saputra.
Jum 27 Nov, 21.40 Ratna Wulandari, Diskominfo membuka tugas 1 untuk Disperkim.
Sab 28 Nov, 08.10 Dewi Anjani, admin OPD Perumda Tirta Mahakam membuka tugas 2 untuk PLN.
Sab 28 Nov, 08.15 Dewi Anjani, admin OPD Perumda Tirta Mahakam menerima tugas 2 (PLN).
Sab 28 Nov, 08.30 Dewi Anjani, admin OPD Perumda Tirta Mahakam menunda tugas 2 (PLN) sampai Sen 30 Nov, 10.00.
Sab 28 Nov, 09.30 Lina Karlina, admin OPD Disperkim menerima tugas 1 (Disperkim).
Sen 30 Nov, 13.30 Nuraini Aziz, narahubung Disperkim mengajukan hasil tugas 1 (Disperkim).
Sen 30 Nov, 14.00 Dewi Anjani, admin OPD Perumda Tirta Mahakam menerima hasil tugas 1 dari Disperkim.
Sel 1 Des, 09.20 Hendra Saputra, narahubung Perumda Tirta Mahakam menyetujui jawaban.
Sel 1 Des, 10.00 Ratna Wulandari, Diskominfo melepas tugas 2 (PLN).
Sel 1 Des, 10.00 Ratna Wulandari, Diskominfo menandai perkara ini menunggu anggaran 2027 (APBD murni)."""
STORY_OF_PLN = """\
Sab 28 Nov, 08.10 Dewi Anjani, admin OPD Perumda Tirta Mahakam meminta PLN mengerjakan tugas ini, tenggat Sen
    7 Des, 07.30.
Sab 28 Nov, 08.15 Dewi Anjani, admin OPD Perumda Tirta Mahakam menerima dan mulai mengerjakan.
Sab 28 Nov, 08.25 Dewi Anjani, admin OPD Perumda Tirta Mahakam mencatat telepon dengan Piket gardu PLN
    Tenggarong, Sab 28 Nov, 08.25.
Sab 28 Nov, 08.30 Dewi Anjani, admin OPD Perumda Tirta Mahakam menunda sampai Sen 30 Nov, 10.00.
Sen 30 Nov, 11.00 Dewi Anjani, admin OPD Perumda Tirta Mahakam mencatat jawaban dari Manajer PLN ULP
    Tenggarong, surat 0231/2026, Sen 30 Nov, 11.00.
Sel 1 Des, 10.00 Ratna Wulandari, Diskominfo melepas tugas ini."""


def test_the_water_video(open_office):
    house = open_office(FRIDAY)
    house.at(FRIDAY, "20.04")
    ratna = house.enter(RATNA)
    alert = pasted(ratna, f"{TITLE}, sudah 40 ribu kali ditonton\n{VIDEO}")
    ticket = promoted(ratna, alert, opd="TIRTAMAHAKAM", title=TITLE, level="sangat_segera",
                      note="Mohon pernyataan awal malam ini.")  # fmt: skip

    house.at(FRIDAY, "20.16")
    assert "Sabtu, 28 November 2026, 10.04 WITA" in text_of(house.letters_to(HENDRA)[-1]), "four hours of jam siaga"
    hendra = house.phone()
    hendra.by_link(house.link_for(HENDRA), "Bukan kewenangan kami", proposed="DISPERKIM",
                   reason="Pipa Rempanga dibangun Disperkim dan belum diserahterimakan ke Perumda.")  # fmt: skip

    house.at(FRIDAY, "20.25")
    ratna.open(ticket)
    ratna.send("#minta-putusan", "Catat permintaan", asked_of="Ir. H. Sunardi, Asisten II",
               question="Siapa pengampu air keruh Rempanga: Perumda yang mengalirkan, atau Disperkim yang membangun pipanya?")  # fmt: skip
    house.at(FRIDAY, "20.28")
    ratna.open("/usulan")
    ratna.send('form[action$="/kirim"]', "Tandai sudah dikirim", sent_to="Ir. H. Sunardi, Asisten II, lewat WhatsApp")

    house.at(FRIDAY, "20.47")
    ratna.open(ticket)
    ratna.send('form[action$="/penetapan"]', "Catat putusan & teruskan", opd="TIRTAMAHAKAM",
               ruled_by="Ir. H. Sunardi, Asisten II", ruled_on="2026-11-27", basis="WhatsApp pukul 20.41")  # fmt: skip

    house.at(FRIDAY, "20.55")
    hendra.by_link(house.link_for(HENDRA), "Terima & tangani")
    house.at(FRIDAY, "21.20")
    hendra.by_link(house.link_for(HENDRA), "Ajukan & setujui jawaban", answer=FIRST, answer_kind="first_statement")

    house.at(FRIDAY, "21.30")
    ratna.move(ticket, "proceed")
    house.at(FRIDAY, "21.36")
    ratna.open(ticket)
    ratna.send('form[action$="/publikasi"]', "Catat publikasi", channel="Instagram Prokom",
               spokesperson="Hendra Saputra", url="https://instagram.example/p/rempanga")  # fmt: skip
    house.at(FRIDAY, "21.40")
    ratna.open(ticket)
    ratna.send("#tugas-baru", "Buka tugas", opd="DISPERKIM", due_at="2026-11-30T15:00",
               text="Periksa pipa AC Rempanga dan sebut panjang yang perlu diganti beserta biayanya.")  # fmt: skip

    house.at(SATURDAY, "08.10")
    dewi = house.enter(DEWI)
    dewi.open(ticket)
    dewi.send(
        "#tugas-baru", "Buka tugas", opd="EXT-PLN", text="Jaga tegangan pompa Rempanga; beri jadwal pemeriksaan gardu."
    )
    pln = f"{ticket}/tugas/2"
    house.at(SATURDAY, "08.15")
    dewi.move(pln, "take_on")
    house.at(SATURDAY, "08.25")
    dewi.open(pln)
    dewi.send('form[action$="/kontak"]', "Catat", way="telepon", whom="Piket gardu PLN Tenggarong",
              text="Laporan 5127 dicatat; gardu diperiksa Senin pagi.")  # fmt: skip
    house.at(SATURDAY, "08.30")
    dewi.move(pln, "hold", until="2026-11-30T10:00", reason="PLN memeriksa gardu Senin pagi.")

    house.at(SATURDAY, "09.30")
    lina = house.phone()
    assert "Tugas 1" in text_of(house.letters_to(LINA)[-1])
    lina.by_link(house.link_for(LINA), "Terima & tangani")

    house.at(MONDAY, "11.00")
    dewi.open(pln)
    dewi.send('form[action$="/kontak"]', "Catat", way="jawaban", whom="Manajer PLN ULP Tenggarong, surat 0231/2026",
              text="Gardu diperbaiki; tegangan dijaga di atas 350 volt.")  # fmt: skip
    house.at(MONDAY, "13.30")
    nuraini = house.phone()
    nuraini.by_link(
        house.link_for(NURAINI),
        "Ajukan ke pengampu",
        answer="Pipa AC sepanjang 1,2 km rapuh; penggantiannya Rp1,8 miliar, diperiksa Senin 30 November.",
    )
    house.at(MONDAY, "14.00")
    dewi.move(f"{ticket}/tugas/1", "accept")

    house.at(TUESDAY, "09.00")
    dewi.move(ticket, "submit", answer=FULL, response="budget")
    house.at(TUESDAY, "09.20")
    hendra.by_link(house.link_for(HENDRA), "Setujui")

    house.at(TUESDAY, "10.00")
    ratna.move(ticket, "await_budget", year="2027", kind="murni", task_2="lepas",
               task_2_reason="Jawaban PLN sudah diterima 30 November; tegangan dijaga.")  # fmt: skip
    assert ratna.story(ticket) == STORY
    assert dewi.story(pln) == STORY_OF_PLN
