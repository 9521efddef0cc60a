import csv
import time
from pathlib import Path

import pytest

from app.monitoring.rules.atlas import gazetteer
from app.monitoring.rules.topics import Topic, Topics
from app.monitoring.rules.words import Phrases, tokens

OPDS = Path(__file__).resolve().parents[2] / "app" / "data" / "opd_kukar.csv"


def names(title, text=""):
    return [place.label for place in gazetteer().find(tokens(title, text)).places]


@pytest.mark.parametrize(
    "text, found",
    [
        (
            "Air keruh di Desa Kerta Buana, Tenggarong Seberang",
            ["Kerta Buana, Tenggarong Seberang", "Kec. Tenggarong Seberang"],
        ),
        ("Jalan poros Kota Bangun Darat rusak", ["Kec. Kota Bangun Darat"]),
        ("Banjir di Samboja Barat", ["Kec. Samboja Barat"]),
        ("banjir di samboja barat", ["Kec. Samboja Barat"]),
        ("Presiden ke Jawa Tengah, semua sepakat", []),
        ("Konser perdana grup band Melayu", []),
        ("Kelurahan Jawa, Sanga-Sanga", ["Jawa, Sanga Sanga", "Kec. Sanga Sanga"]),
        ("Pemerintah kota bangun jalan baru", []),
        ("pemerintah kota bangun jalan baru", []),
        ("Warga Embalut mengeluh", []),
        ("Warga Embalut, Kukar, mengeluh", ["Embalut, Tenggarong Seberang"]),
        ("Lampu jalan di Anggana mati", ["Kec. Anggana"]),
        ("Lampu jalan di Desa Anggana mati", ["Anggana, Anggana"]),
        ("Warga Desa Sumber Sari, Kecamatan Sebulu", ["Sumber Sari, Sebulu", "Kec. Sebulu"]),
        ("Kec. Marangkayu", ["Kec. Marang Kayu"]),
        ("Camat Tabang meninjau", ["Kec. Tabang"]),
        ("Kampung Baru di kota lain", []),
    ],
)
def test_places_by_their_cues(text, found):
    assert names(text) == found


def test_a_name_of_three_villages_is_asked():
    found = gazetteer().find(tokens("Warga Desa Sumber Sari mengeluh"))
    assert found.places == () and [p.district for p in found.unclear[0]] == ["Loa Kulu", "Sebulu", "Kota Bangun Darat"]
    assert found.main is None


def test_the_village_is_the_main_place():
    assert gazetteer().find(tokens("Kecamatan Anggana: Desa Sungai Meriam banjir")).main.name == "Sungai Meriam"


@pytest.fixture(scope="module")
def topics():
    with OPDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Topics(
        Topic(r["code"], (r["name"], *r["abbr"].split("|")), tuple(r["topics"].split("|")), r["type"]) for r in rows
    )


@pytest.mark.parametrize(
    "title, code, words",
    [
        ("Air PDAM keruh sepekan di Tenggarong Seberang", "TIRTAMAHAKAM", {"air pdam"}),
        ("Jalan rusak dan berlubang di poros Kota Bangun", "DPU", {"jalan rusak"}),
        (
            "Bangunan sekolah rusak di Muara Muntai, murid SD belajar di teras",
            "DISDIKBUD",
            {"bangunan sekolah rusak", "sd"},
        ),
        ("Antrean pasien RSUD A.M. Parikesit membludak", "RSUD-AMP", {"antrean pasien", "RSUD AM Parikesit"}),
        ("Lampu jalan mati di Anggana", "DISHUB", {"lampu jalan"}),
        ("Sampah menumpuk di Loa Janan, bau sampah menyengat", "DLHK", {"sampah", "bau sampah"}),
        ("Pelaku kekerasan terhadap anak diperiksa", "DP3A", {"kekerasan terhadap anak"}),
        ("DKP salurkan bantuan", "DKP", {"DKP"}),
        ("Gorong-gorong tersumbat", "DPU", {"gorong-gorong"}),
        ("Sampahnya menggunung", "DLHK", {"sampah"}),
    ],
)
def test_topic_words_point_to_an_opd_and_are_shown(topics, title, code, words):
    first = topics.hints(tokens(title))[0]
    assert first.code == code and words <= set(first.words)


@pytest.mark.parametrize(
    "title", ["Sistem pertahanan negara", "Harga di pasaran naik", "I add spam daily", "Pembangunan berlanjut"]
)
def test_parts_of_words_and_lookalikes_are_nothing(topics, title):
    assert topics.hints(tokens(title)) == []


def test_a_generic_word_in_the_text_alone_is_not_enough(topics):
    assert topics.hints(tokens("Bupati menghadiri acara", "Hadir pula para guru dan nelayan di taman.")) == []


def test_never_more_than_three(topics):
    everything = "jalan rusak sampah air pdam lampu jalan kebakaran banjir puskesmas sekolah pungli hoaks"
    assert len(topics.hints(tokens(everything))) == 3


def test_the_longest_phrase_wins():
    phrases = Phrases([("tenggarong", 1), ("tenggarong seberang", 2), ("sampah", 3), ("bau sampah menyengat", 4)])
    assert [hit.targets for hit in phrases.find(tokens("Tenggarong Seberang bau sampah"))] == [(2,), (3,)]


def test_matching_is_linear():
    phrases = Phrases([("a " * n + "b", n) for n in range(1, 8)])
    times = []
    for size in (2_000, 20_000):
        words = tokens("a " * size)
        started = time.process_time()
        assert not list(phrases.find(words))
        times.append(time.process_time() - started)
    assert times[1] < 25 * max(times[0], 0.001)
