import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.monitoring.rules import links

ARTICLE = "https://kabaretam.example/berita/air-keruh"
TWINS = [
    "http://kabaretam.example/berita/air-keruh",
    "https://www.kabaretam.example/berita/air-keruh/",
    "https://m.kabaretam.example/berita/air-keruh",
    "https://amp.kabaretam.example/berita/air-keruh",
    "https://kabaretam.example/amp/berita/air-keruh",
    "https://kabaretam.example/berita/air-keruh/amp/",
    "https://kabaretam.example/berita/air-keruh?amp=1",
    "https://kabaretam.example/berita/air-keruh?utm_source=wa&utm_medium=x&fbclid=AbC",
    "https://kabaretam.example/berita/air-keruh?page=all#komentar",
    "HTTPS://KabarEtam.example:443/berita/air-keruh",
    "https://kabaretam.example//berita/air-keruh",
    " https://kabaretam.example/berita/\nair-keruh ",
    "https://kabaretam-example.cdn.ampproject.org/c/s/kabaretam.example/berita/air-keruh",
    "https://www.google.com/amp/s/kabaretam.example/berita/air-keruh",
    "https://kabaretam.example/berita/air%2Dkeruh",
]


@pytest.mark.parametrize("twin", TWINS)
def test_all_variants_of_a_page_are_one(twin):
    assert links.canonical(twin) == ARTICLE


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example/x?page=2", "https://a.example/x"),
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://x.com/orang/status/1", "https://x.com/orang/status/2"),
        ("https://youtube.com/watch?v=abc", "https://youtube.com/watch?v=abd"),
    ],
)
def test_different_pages_stay_different(one, other):
    assert links.canonical(one) != links.canonical(other)


def test_social_twins():
    assert links.canonical("https://youtu.be/abc?si=1") == links.canonical("https://m.youtube.com/watch?v=abc&t=3s")
    assert links.canonical("https://mobile.twitter.com/a/status/9?s=20") == "https://x.com/a/status/9"
    assert links.canonical("https://www.instagram.com/p/Cx/?igsh=zz") == "https://instagram.com/p/Cx"


@pytest.mark.parametrize(
    "no_address",
    [
        "",
        None,
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/x",
        "/etc/passwd",
        "https://",
        "http://[::1",
        "https://a.example:x/",
    ],
)
def test_what_is_no_web_address_is_none(no_address):
    assert links.canonical(no_address) == ""
    assert links.showable(no_address) == ""


def test_an_address_with_a_user_name_is_not_shown():
    assert links.showable("https://bank.example@jahat.example/") == ""


@given(st.text(alphabet="abm.w/%2F?&=#:@ -_~é", max_size=60))
def test_canonical_is_stable(tail):
    once = links.canonical("https://www.a.example/" + tail)
    assert links.canonical(once) == once


@given(st.lists(st.sampled_from(["utm_source=x", "fbclid=1", "gclid=2", "utm_id=3"]), max_size=4), st.booleans())
def test_tracking_never_makes_another_page(marks, slash):
    address = "https://a.example/x" + ("/" if slash else "") + ("?" + "&".join(marks) if marks else "")
    assert links.canonical(address) == "https://a.example/x"
