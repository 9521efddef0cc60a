"""When an operator is asked for a judul aman."""

import pytest

from app.monitoring.rules.care import needs_care


@pytest.mark.parametrize(
    "title, words",
    [
        ("Anak di Loa Janan diduga dirundung teman sekolah", ("anak", "dirundung")),
        ("Polisi dalami dugaan kekerasan seksual pada anak", ("anak", "kekerasan")),
        ("Siswi SMP jadi korban asusila", ("siswi", "korban")),
        ("Korban KDRT seorang istri di Sebulu", ("istri", "korban")),
        ("Anak sekolah menyeberang bergantian", ()),
        ("Korban banjir menunggu bantuan", ()),
        ("Anakan sungai meluap, petani korban", ()),
        ("Jalan rusak di Kota Bangun", ()),
    ],
)
def test_a_child_and_a_harm_call_for_a_safe_title(title, words):
    assert needs_care(title) == words


def test_the_text_counts_too():
    assert needs_care("Kasus di Tenggarong", "Seorang anak diduga dianiaya.") == ("anak", "dianiaya")
