"""The school hoax whose narahubung moved yesterday: a temporary seat, a field check by link, a verbal approval that is
recorded, a first statement, a publication."""

from datetime import date

import pytest

from tests.journeys.office import LINK, pasted, picture, promoted, text_of

pytestmark = pytest.mark.browser

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)
RATNA, BAMBANG = "operator@diskominfo.demo", "kepala@diskominfo.demo"
YUNI, FAHRUL, WIDYA = "admin@disdikbud.demo", "narahubung@disdikbud.demo", "widya.ningsih@disdikbud.demo"
MESSAGE = "HATI-HATI, penculikan anak di depan SDN 014 Tenggarong pagi ini, sebarkan ke semua grup!!"
TITLE = "Kabar penculikan anak di depan SDN 014 Tenggarong"
FIRST = (
    "Kepala SDN 014 Tenggarong memeriksa pagi ini pukul 07.30: semua siswa hadir dan tidak ada kejadian di depan sekolah. "
    "Orang tua diminta tidak meneruskan pesan itu."
)
FULL = (
    "Yang beredar: pesan berantai tentang penculikan anak di depan SDN 014 Tenggarong.\n\n"
    "Yang benar: tidak ada penculikan. Semua siswa hadir Selasa 1 Desember, dan fotonya dari kota lain tahun 2019.\n\n"
    "Dasar: cek lapangan kepala sekolah 1 Desember pukul 07.30 dan keterangan Polsek Tenggarong pukul 09.00."
)

STORY = """\
Sel 1 Des, 07.10 Ratna Wulandari, Diskominfo membuka tiket dari 1 pantauan, tingkat Sangat segera.
Sel 1 Des, 07.10 Ratna Wulandari, Diskominfo meneruskan ke Disdikbud.
Sel 1 Des, 07.15 Yuni Astuti, admin OPD Disdikbud menerima dan mulai menangani.
Sel 1 Des, 07.20 Yuni Astuti, admin OPD Disdikbud meminta cek lapangan kepada Bu Tuti, kepala SDN 014
    Tenggarong.
Sel 1 Des, 07.30 Bu Tuti, kepala SDN 014 Tenggarong, lewat tautan Disdikbud menjawab cek lapangan: tidak
    benar, dengan 1 berkas.
Sel 1 Des, 07.40 · internal Yuni Astuti, admin OPD Disdikbud mengajukan pernyataan awal untuk disetujui.
Sel 1 Des, 07.55 · internal Yuni Astuti, admin OPD Disdikbud melampirkan wa-kepala.jpg.
Sel 1 Des, 07.55 Yuni Astuti, admin OPD Disdikbud mencatat persetujuan Dr. Hj. Salmiah, M.Pd., Kepala
    Disdikbud (dasar: lisan lewat telepon, Selasa 1 Desember pukul 07.50).
Sel 1 Des, 08.05 Ratna Wulandari, Diskominfo menerima pernyataan awal; jawaban lengkap masih ditunggu.
Sel 1 Des, 08.10 Ratna Wulandari, Diskominfo mencatat publikasi di Instagram Prokom, juru bicara Bambang
    Irawan.
Sel 1 Des, 08.15 Ratna Wulandari, Diskominfo menetapkan status kebenaran: hoaks.
Rab 2 Des, 09.10 · internal Yuni Astuti, admin OPD Disdikbud mengajukan jawaban untuk disetujui.
Rab 2 Des, 09.10 · internal Yuni Astuti, admin OPD Disdikbud meminta persetujuan Dr. Hj. Salmiah, M.Pd.,
    Kepala Dinas Pendidikan dan Kebudayaan lewat tautan.
Rab 2 Des, 09.20 · internal Dr. Hj. Salmiah, M.Pd., Kepala Dinas Pendidikan dan Kebudayaan menyetujui jawaban
    lewat tautan.
Rab 2 Des, 09.30 Widya Ningsih, narahubung Disdikbud menyetujui jawaban.
Rab 2 Des, 10.00 Ratna Wulandari, Diskominfo mencatat publikasi di Laman Pemkab, juru bicara Bambang Irawan.
Rab 2 Des, 10.05 Ratna Wulandari, Diskominfo menyatakan selesai: klarifikasi terbit."""


def test_the_school_hoax(open_office):
    house = open_office(MONDAY)
    house.at(MONDAY, "15.30")
    fahrul = house.enter(FAHRUL)
    fahrul.open("/akun")
    fahrul.send('form[action="/akun/pindah"]', "Ya, saya sudah pindah")

    house.at(TUESDAY, "07.10")
    ratna, bambang, yuni = house.enter(RATNA), house.enter(BAMBANG), house.enter(YUNI)
    ticket = promoted(ratna, pasted(ratna, MESSAGE), opd="DISDIKBUD", title=TITLE, level="sangat_segera")
    assert house.letters_to(FAHRUL) == [], "whoever moved away is not written to"
    assert TITLE in text_of(house.letters_to(YUNI)[-1])

    house.at(TUESDAY, "07.15")
    yuni.move(ticket, "take_on", note="Kepala sekolah kami hubungi sekarang.")

    house.at(TUESDAY, "07.20")
    yuni.open(f"{ticket}/lapangan")
    yuni.send("main form", "Buat tautan", kind="check", to_name="Bu Tuti, kepala SDN 014 Tenggarong",
              question="Apakah ada kejadian di depan sekolah pagi ini, dan apakah semua siswa hadir?")  # fmt: skip
    copied = yuni.page.locator("#salin-lapangan").input_value()

    house.at(TUESDAY, "07.30")
    tuti = house.phone()
    tuti.open(LINK.search(copied)[0])
    tuti.send('form[action$="/lapangan"]', "Kirim ke Disdikbud", finding="tidak_benar",
              words="Semua siswa hadir. Pagar dan jalan depan sekolah aman.", file=picture("gerbang.jpg"))  # fmt: skip

    house.at(TUESDAY, "07.40")
    yuni.move(ticket, "submit", answer=FIRST, answer_kind="first_statement")
    house.at(TUESDAY, "07.55")
    yuni.move(ticket, "approve", approver="Dr. Hj. Salmiah, M.Pd., Kepala Disdikbud", file=picture("wa-kepala.jpg"),
              basis="lisan lewat telepon, Selasa 1 Desember pukul 07.50")  # fmt: skip

    house.at(TUESDAY, "08.05")
    ratna.move(ticket, "proceed", note="Dikirim ke Prokom.")
    house.at(TUESDAY, "08.10")
    ratna.open(ticket)
    ratna.send('form[action$="/publikasi"]', "Catat publikasi", channel="Instagram Prokom", spokesperson="Bambang Irawan",
               url="https://instagram.example/p/hoaks")  # fmt: skip
    house.at(TUESDAY, "08.15")
    ratna.open(ticket)
    ratna.send(
        "#ubah-kebenaran", "Simpan status kebenaran", truth="hoax", basis="Cek lapangan kepala SDN 014 Tenggarong."
    )

    house.at(TUESDAY, "08.30")
    bambang.open("/pengaturan/orang/baru?opd=DISDIKBUD")
    bambang.send('form[action="/pengaturan/orang/baru"]', "Tambah orang", name="Widya Ningsih", email=WIDYA,
                 phone="0812-0000-0499", opd="DISDIKBUD", role="narahubung", kind="sementara")  # fmt: skip

    house.at(WEDNESDAY, "09.10")
    yuni.move(ticket, "submit", answer=FULL, response="clarification", ask_head="1")
    house.at(WEDNESDAY, "09.20")
    house.phone().by_link(house.link_for("kepala@disdikbud.demo"), "Setujui")
    house.at(WEDNESDAY, "09.30")
    house.phone().by_link(house.link_for(WIDYA), "Setujui")

    house.at(WEDNESDAY, "10.00")
    ratna.open(ticket)
    ratna.send('form[action$="/publikasi"]', "Catat publikasi", channel="Laman Pemkab", spokesperson="Bambang Irawan",
               url="https://kukarkab.example/klarifikasi-sdn-014")  # fmt: skip
    house.at(WEDNESDAY, "10.05")
    ratna.move(ticket, "resolve", outcome="klarifikasi_terbit")
    assert yuni.story(ticket) == STORY
