"""Words that only promise come back; honest answers, however short, do not. And what each kind of response asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.rules import HeadApproves
from app.tickets.rules import ResponseKind, TicketClass, Truth
from app.tickets.rules.answers import asked_for, flaw, needs_head, parts, unsaid, usual_response
from app.tickets.rules.differences import word_diff
from app.tickets.rules.modules import DEFAULTS, PLACES, filled, joined

PROMISES = [
    "Akan ditindaklanjuti.",
    "akan segera ditindaklanjuti",
    "Sudah dikoordinasikan.",
    "Sudah kami koordinasikan dengan bidang terkait.",
    "Sedang diproses.",
    "Segera kami tindaklanjuti, terima kasih.",
    "Yth. Bapak Budi Santoso, terima kasih atas laporannya. Akan segera kami tindak lanjuti. Salam, Dinas PU Kukar",
    "Terima kasih atas laporan Bapak/Ibu. Laporan Anda sudah kami terima dan akan segera kami koordinasikan dengan bidang terkait untuk ditindaklanjuti sesuai ketentuan yang berlaku.",
    "Siap, kami teruskan ke bidang terkait.",
    "Menjadi perhatian kami.",
    "Terima kasih atas masukannya, akan menjadi perhatian kami.",
    "Akan kami pelajari terlebih dahulu.",
    "Masih dalam proses.",
    "Akan dikoordinasikan dengan OPD terkait minggu depan.",
    "Sudah diteruskan ke UPT pada 23 November.",
    "Akan ditindaklanjuti Senin.",
    "Selamat pagi, mohon bersabar ya, sedang dalam penanganan.",
    "Ditampung.",
    "Oke",
    "Baik, siap.",
    "Laporan diterima, akan diproses sesuai prosedur. Hormat kami, Siti Aminah, Kepala Disdikbud.",
    "Akan kami evaluasi.",
    "Insya Allah segera ditindaklanjuti.",
    "akan ditindak lanjuti oleh tim",
    "akan kami upayakan secepatnya",
    "Mohon maaf atas ketidaknyamanannya, keluhan sudah kami sampaikan kepada pimpinan.",
    "Sudah kami tindaklanjuti dengan menambal lubang di tiga titik.",
    "Sudah dikoordinasikan dengan Diskominfo dan Dishub.",
]
ANSWERS = [
    "Lubang sudah ditambal 27 November.",
    "Lampu diganti Senin.",
    "Lampu sudah diganti.",
    "Sudah ditindaklanjuti: pipa diganti 23 November, air mengalir sejak pukul 18.00.",
    "Sudah dikoordinasikan dengan PLN; trafo diganti 27 November.",
    "Pompa 2 menyala sejak kemarin.",
    "Truk tangki melayani empat titik mulai besok pagi.",
    "Loket buka 08.00–14.00 setiap hari kerja.",
    "Akan ditambal Kamis 26 November oleh UPT Tenggarong.",
    "Sampah diangkut tadi pagi, jadwal berikutnya Rabu.",
    "Tidak benar ada pungutan. Menurut kepala sekolah, uang itu iuran komite yang disepakati orang tua 3 November.",
    "Atap sudah diperbaiki Senin 23 November; kelas dipakai lagi Rabu 25 November.",
    "Jalan itu jalan nasional, kewenangan BBPJN Kaltim; surat kami kirim 20 November.",
    "Perlu Rp 400 juta, kami usulkan di APBD 2027; sementara ini lubang ditimbun kerikil.",
    "Genset sewa menyala pukul 12.10.",
    "Tim memeriksa 16 rumah; 11 memenuhi syarat.",
    "Selokan dikeruk 24/11/2026.",
    "Fogging di RT 4 Jumat pagi.",
    "Guru pengganti mengajar mulai 1 Desember.",
    "Terima kasih laporannya. Lubang di Jl. Wolter Monginsidi kami tambal 25 November.",
    "Kami tindaklanjuti dengan memasang rambu di km 12 hari ini.",
    "Blangko habis; kiriman datang 30 November.",
    "Rp 75.000 per bulan.",
]


@pytest.mark.parametrize("text", PROMISES)
def test_a_promise_is_not_an_answer(text):
    assert "Sebut" in flaw(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_an_honest_answer_passes(text):
    assert flaw(text) == ""


@pytest.mark.parametrize("around", ["Selamat pagi. {}", "Yth. Bapak Budi Santoso, {} Terima kasih.", "{} Hormat kami."])
def test_greetings_and_names_around_it_change_nothing(around):
    assert flaw(around.format("Akan segera ditindaklanjuti."))
    assert not flaw(around.format("Lubang sudah ditambal 27 November."))


def test_it_says_what_to_add():
    assert "tindakan dan tanggalnya" in flaw("Akan ditindaklanjuti.")
    assert "Sebut tindakannya" in flaw("Akan ditindaklanjuti Senin.")
    assert "Sebut tanggalnya" in flaw("Sudah kami tindaklanjuti dengan menambal lubang.")


K = ResponseKind
WHOLE = {
    K.REPAIR: "Lubang sudah ditambal 27 November.",
    K.INFORMATION: "Loket buka 08.00-14.00.",
    K.CLARIFICATION: "Kabar itu tidak benar. Menurut kepala sekolah semua siswa hadir.",
    K.BUDGET: "Perlu Rp 400 juta, diusulkan di APBD 2027; sementara ini lubang ditimbun kerikil.",
    K.OTHER_AUTHORITY: "Jalan itu kewenangan BBPJN Kaltim karena jalan nasional.",
}
LACKS = [
    (K.REPAIR, "Lubang sudah ditambal.", ["Tanggal"]),
    (K.CLARIFICATION, "Foto itu lama dan diambil di kota lain.", ["Yang benar", "Dasar"]),
    (K.CLARIFICATION, "Berita itu tidak benar.", ["Dasar"]),
    (K.BUDGET, "Akan kami usulkan.", ["Tahun anggaran", "Sementara ini"]),
    (K.OTHER_AUTHORITY, "Kami serahkan ke pihak lain.", ["Instansi", "Alasan"]),
]


@pytest.mark.parametrize("kind", K)
def test_each_kind_has_an_answer_that_lacks_nothing(kind):
    assert asked_for(WHOLE[kind], kind) == ""


@pytest.mark.parametrize(("kind", "text", "missing"), LACKS)
def test_what_is_missing_is_asked_for_and_a_heading_settles_it(kind, text, missing):
    assert [heading for heading, _asked in unsaid(text, kind)] == missing
    asked = asked_for(text, kind)
    assert all(f"«{heading}: …»" in asked for heading in missing)
    headed = "\n".join([text, *(f"{heading}: hal itu" for heading in missing)])
    assert asked_for(headed, kind) == ""
    assert {heading for heading, _words in parts(headed)} >= set(missing)


def test_nothing_is_asked_where_no_kind_was_named():
    assert asked_for("Lampu diganti.", None) == ""


def test_the_likely_kind_and_when_the_head_has_a_word():
    assert usual_response(TicketClass.MEDIA, Truth.UNVERIFIED) is K.REPAIR
    assert usual_response(TicketClass.INFORMASI, Truth.TRUE) is K.INFORMATION
    assert usual_response(TicketClass.MEDIA, Truth.HOAX) is K.CLARIFICATION
    assert needs_head(HeadApproves.STATEMENTS, K.CLARIFICATION) and not needs_head(HeadApproves.STATEMENTS, K.REPAIR)
    assert needs_head(HeadApproves.ALWAYS, K.REPAIR) and not needs_head(HeadApproves.NEVER, K.CLARIFICATION)


texts = st.text(st.sampled_from("ab \n."), max_size=60)


@given(texts, texts)
def test_a_difference_holds_both_texts_exactly(old, new):
    runs = word_diff(old, new)
    assert "".join(words for mark, words in runs if mark != "ins") == old
    assert "".join(words for mark, words in runs if mark != "del") == new


def test_two_long_texts_of_one_word_are_compared_at_once():
    runs = word_diff("a b " * 2000, "b a " * 2000 + "c")
    assert {mark for mark, _words in runs} >= {"del", "ins"}


def test_places_are_filled_and_unknown_ones_stay():
    assert filled("Nomor {nomor}, {Judul}; {entah}.", {"nomor": "0412", "judul": "Air"}) == "Nomor 0412, Air; {entah}."
    assert joined("Satu.\n", "Dua.") == "Satu.\n\nDua." and joined("  ", "Dua.") == "Dua."
    assert all(body and title for title, body in DEFAULTS) and "nomor" in PLACES
