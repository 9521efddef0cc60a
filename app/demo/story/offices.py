"""What falls between offices: nobody to approve, somebody who moved, an old video, and two matters still at the centre."""

from app.demo.stage import Item, Story, does, moves_away, opens, says
from app.demo.story.people import BAMBANG, RAHMAT, RATNA, RIZKY

BORDER = Story(
    "tapal-batas",
    (
        Item(5, "06.45", "Kaltim Siang", "Warga dua desa di Muara Badak rencanakan unjuk rasa soal tapal batas",
             "Unjuk rasa direncanakan pekan depan; warga meminta dialog.", "Netral"),
    ),
    (
        opens(5, "08.40", BAMBANG, title="Rencana unjuk rasa soal tapal batas di Muara Badak", level="segera",
              opd="KESBANGPOL"),
        does(5, "10.00", RAHMAT, "take_on"),
        says(4, "09.10", BAMBANG, "Kesbangpol belum punya narahubung; usulan penunjukan kami tunggu.", "internal"),
        does(1, "13.20", RAHMAT, "submit", answer="Dialog dengan kedua desa digelar kemarin di kantor kecamatan. Keduanya menunggu "
             "peta dari Bagian Pemerintahan dan menunda unjuk rasa."),
    ),
)  # fmt: skip

PASSED_ON = Story(
    "pupuk-sebulu",
    (
        Item(3, "06.59", "Warta Mahakam", "Pupuk subsidi sulit didapat di Sebulu menjelang tanam",
             "Petani Sebulu mengaku pupuk subsidi sulit didapat di kios."),
    ),
    (
        opens(3, "08.45", RIZKY, title="Pupuk subsidi sulit didapat di Sebulu", opd="DISTANAK"),
        moves_away(2, "09.15", "narahubung:DISTANAK", "Bu Wardah dari Bidang Prasarana"),
    ),
)  # fmt: skip

OLD_VIDEO = Story(
    "video-banjir",
    (
        Item(7, "05.30", "Akun warga", "BANJIR BESAR Samboja sekarang!! bantu share",
             "Video rumah terendam di Samboja. Tanggal pada video: Januari 2021.", social=True),
    ),
    (
        opens(7, "07.45", RIZKY, title="Video banjir besar di Samboja"),
        does(7, "08.30", RIZKY, "archive", reason="Video lama, Januari 2021. BPBD memastikan tidak ada banjir hari ini."),
    ),
)  # fmt: skip

GAS = Story(
    "elpiji-tenggarong",
    (
        Item(0, "06.18", "Tenggarong Kini", "Antrean elpiji 3 kg mengular di Tenggarong, harga eceran naik",
             "Antrean gas melon mengular di dua pangkalan di Tenggarong. Harga eceran sampai Rp 35 ribu."),
    ),
    (opens(0, "07.58", RATNA, title="Antrean elpiji 3 kg di Tenggarong, harga eceran naik", level="segera"),),
)  # fmt: skip

LEVIES = Story(
    "retribusi-tangga-arung",
    (
        Item(1, "06.53", "Suara Hulu", "Pedagang Pasar Tangga Arung pertanyakan retribusi pasar",
             "Pedagang meminta rincian retribusi pasar yang baru."),
    ),
    (opens(0, "07.52", RIZKY, title="Pedagang Pasar Tangga Arung pertanyakan retribusi", ticket_class="informasi"),),
)  # fmt: skip

STORIES = (BORDER, PASSED_ON, OLD_VIDEO, GAS, LEVIES)
