"""The one file that calls text safe: icons are ours, foreign HTML is washed and bounded."""

import time

import pytest

from app.web.markup import FOREIGN_BYTES, foreign, icon
from app.web.ui import initials, thousands


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<p style="position:fixed" onclick="x()" hx-get="/x">x</p>',
        "<svg><use href=x></svg><math></math>",
        "<iframe src=//x></iframe><form action=/x><input name=csrf_token></form>",
    ],
)
def test_nothing_that_acts_comes_through(hostile):
    clean = str(foreign(hostile)).lower()
    for part in (
        "<script",
        "onerror",
        "javascript:",
        "data:",
        "style=",
        "onclick",
        "hx-",
        "<svg",
        "<iframe",
        "<form",
        "<img",
    ):
        assert part not in clean


def test_words_lists_and_links_stay():
    kept = "<p>Air <b>mati</b> sejak <em>Jumat</em>.</p><ul><li>RT 4</li></ul>"
    assert str(foreign(kept)) == kept
    assert 'href="https://kabar.example/a"' in foreign('<a href="https://kabar.example/a" target=_blank>a</a>')


def test_depth_is_bounded_before_the_washing():
    started = time.perf_counter()
    text = foreign("<div>" * 20_000 + "inti" + "</div>" * 20_000)
    assert time.perf_counter() - started < 0.5
    assert "inti" in text and "<" not in text


def test_size_is_bounded():
    assert len(foreign("a" * (FOREIGN_BYTES * 3))) == FOREIGN_BYTES
    assert foreign(None) == ""


def test_an_icon_is_hidden_from_screen_readers_and_an_unknown_one_shouts():
    assert 'aria-hidden="true"' in icon("ticket") and icon("state-open") == icon("state-forwarded")
    with pytest.raises(KeyError):
        icon("tidak-ada")


def test_small_words():
    assert thousands(1043) == "1.043"
    assert initials("Hendra Saputra, narahubung Perumda") == "HS"
    assert initials("Sistem") == "S" and initials("") == ""
