"""The child case in the media: sensitive and restricted; Disdikbud sees only its task."""

from datetime import date

import pytest

from tests.harness.chromium import PHONE
from tests.journeys.office import pasted, promoted, text_of

pytestmark = pytest.mark.browser

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)
RATNA, RIZKY, BAMBANG = "operator@diskominfo.demo", "rizky.pratama@diskominfo.demo", "kepala@diskominfo.demo"
MEGA, NURHAYATI = "admin@dp3a.demo", "narahubung@dp3a.demo"
YUNI, FAHRUL = "admin@disdikbud.demo", "narahubung@disdikbud.demo"
TELEPHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "java_script_enabled": False}
ORIGINAL = "Siswi SD di Sebulu jadi korban, keluarga minta pendampingan"
SAFE = "Perkara yang menyangkut anak di Kecamatan Sebulu"
SUMMARY = "Seorang anak didampingi UPTD PPA. Sekolah diminta menjaga anak tetap belajar."

STORY = """\
Sen 23 Nov, 08.05 Bambang Irawan, Diskominfo membuka tiket dari 1 pantauan, tingkat Segera.
Sen 23 Nov, 08.05 Bambang Irawan, Diskominfo mencatatnya sebagai perkara anak.
Sen 23 Nov, 08.05 Bambang Irawan, Diskominfo meneruskan ke DP3A.
Sen 23 Nov, 08.15 Bambang Irawan, Diskominfo menulis ringkasan aman perkara anak ini, nomor rujukan 31/UPTD-
    PPA.
Sen 23 Nov, 08.20 · internal Bambang Irawan, Diskominfo menandai tiket sensitif dan terbatas.
Sen 23 Nov, 08.20 Bambang Irawan, Diskominfo menunjuk petugas tiket terbatas ini: Bambang Irawan, Mega
    Lestari, Nurhayati Basri; pengganti Ratna Wulandari.
Sen 23 Nov, 09.00 Nurhayati Basri, narahubung DP3A menerima dan mulai menangani.
Sen 23 Nov, 09.20 Bambang Irawan, Diskominfo membuka tugas 1 untuk Disdikbud.
Sen 23 Nov, 10.00 Yuni Astuti, admin OPD Disdikbud menerima tugas 1 (Disdikbud).
Sel 24 Nov, 13.00 Fahrul Rozi, narahubung Disdikbud mengajukan hasil tugas 1 (Disdikbud).
Sel 24 Nov, 13.30 Mega Lestari, admin OPD DP3A menerima hasil tugas 1 dari Disdikbud.
Sel 24 Nov, 14.20 Nurhayati Basri, narahubung DP3A menyetujui jawaban.
Sel 24 Nov, 15.00 Bambang Irawan, Diskominfo menyatakan selesai: tidak dipublikasikan.
Jum 27 Nov, 09.00 Bambang Irawan, Diskominfo menutup tiket."""
STORY_OF_TASK = """\
Sen 23 Nov, 09.20 Bambang Irawan, Diskominfo meminta Disdikbud mengerjakan tugas ini, tenggat Rab 25 Nov,
    12.00.
Sen 23 Nov, 10.00 Yuni Astuti, admin OPD Disdikbud menerima dan mulai mengerjakan.
Sel 24 Nov, 13.00 Fahrul Rozi, narahubung Disdikbud mengajukan dan menyetujui hasilnya.
Sel 24 Nov, 13.30 Mega Lestari, admin OPD DP3A menerima hasil tugas ini."""


def test_the_child_case_in_the_media(open_office):
    house = open_office(MONDAY)
    house.at(MONDAY, "08.05")
    bambang = house.enter(BAMBANG)
    alert = pasted(bambang, f"{ORIGINAL}\nhttps://kaltimsiang.example/sebulu")
    bambang.open(alert)
    bambang.send('form[action$="/judul-aman"]', "Beri judul aman", safe_title=SAFE)
    ticket = promoted(bambang, alert, opd="DP3A", child_case="1", level="segera")
    assert SAFE in text_of(house.letters_to(NURHAYATI)[-1])

    house.at(MONDAY, "08.15")
    bambang.open(f"{ticket}/kerahasiaan")
    bambang.send('form[action$="/anak"]', "Simpan", safe_summary=SUMMARY, case_reference="31/UPTD-PPA")
    house.at(MONDAY, "08.20")
    circle = {BAMBANG: "petugas", RATNA: "pengganti", MEGA: "petugas", NURHAYATI: "petugas"}
    bambang.open(f"{ticket}/kerahasiaan")
    places = {f"p{person}": circle[address] for address, person in house.persons(*circle).items()}
    bambang.send('form[action$="/terbatas"]', "Periksa dulu", **places)
    bambang.press(bambang.page.get_by_role("button", name="Ya, batasi"))

    house.at(MONDAY, "08.30")
    rizky = house.enter(RIZKY)
    rizky.open(ticket, expect=404)
    rizky.open("/tiket")
    assert SAFE not in rizky.words()

    house.at(MONDAY, "09.00")
    phone = house.phone()
    phone.open(house.link_for(NURHAYATI), expect=403)
    assert SAFE not in phone.words() and phone.page.get_by_role("link", name="Masuk dan buka").count()
    nurhayati = house.enter(NURHAYATI, **TELEPHONE)
    nurhayati.move(ticket, "take_on")

    house.at(MONDAY, "09.20")
    bambang.open(ticket)
    bambang.send("#tugas-baru", "Buka tugas", opd="DISDIKBUD", due_at="2026-11-25T12:00",
                 text="Pastikan anak tetap belajar; satu orang penghubung di sekolah.")  # fmt: skip

    house.at(MONDAY, "10.00")
    told = text_of(house.letters_to(YUNI)[-1])
    assert ORIGINAL not in told and "Sebulu" not in told
    yuni = house.enter(YUNI)
    yuni.open(ticket, expect=404)
    yuni.move(f"{ticket}/tugas/1", "take_on")
    assert SUMMARY in yuni.words() and ORIGINAL not in yuni.words()

    house.at(TUESDAY, "13.00")
    fahrul = house.enter(FAHRUL)
    fahrul.move(
        f"{ticket}/tugas/1",
        "submit",
        answer="Wali kelas menjadi penghubung sejak Selasa; anak belajar dari rumah dua pekan.",
    )
    house.at(TUESDAY, "13.30")
    mega = house.enter(MEGA)
    mega.move(f"{ticket}/tugas/1", "accept")
    house.at(TUESDAY, "14.00")
    mega.move(ticket, "submit", response="information", answer="Pendampingan berjalan sejak Senin 23 November oleh UPTD PPA. "
              "Sekolah menunjuk satu penghubung. Rincian tidak disampaikan ke media; juru bicara satu: DP3A.")  # fmt: skip
    house.at(TUESDAY, "14.20")
    nurhayati.move(ticket, "approve")

    house.at(TUESDAY, "15.00")
    bambang.move(ticket, "resolve", outcome="tidak_dipublikasikan",
                 note="Menyangkut anak: media diberi tahu lewat DP3A bahwa pendampingan berjalan.")  # fmt: skip
    house.at(FRIDAY, "09.00")
    bambang.move(ticket, "close")
    assert bambang.story(ticket) == STORY
    assert yuni.story(f"{ticket}/tugas/1") == STORY_OF_TASK
    yuni.open(ticket, expect=404)
    yuni.open("/cari?q=Sebulu")
    assert ORIGINAL not in yuni.words()
