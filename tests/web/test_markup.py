"""The one file that calls text safe: icons are ours, a letter shown again is washed."""

import pytest

from app.web.markup import icon, own_letter
from app.web.ui import initials, thousands


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<p style="position:fixed" onclick="x()" hx-get="/x">x</p>',
        "<iframe src=//x></iframe><form action=/x><input name=csrf_token></form>",
    ],
)
def test_nothing_that_acts_comes_through(hostile):
    clean = str(own_letter(f"<body>{hostile}</body>")).lower()
    for part in ("<script", "onerror", "javascript:", "data:", "style=", "onclick", "hx-", "<iframe", "<form", "<img"):
        assert part not in clean


def test_a_letter_keeps_its_shape_below_the_pages_own_h1():
    clean = own_letter(
        '<html><body class="mail"><h1 class="title">Air bersih</h1><p class="lead"><b>Yth.</b></p></body>'
    )
    assert clean.startswith('<h2 class="title">Air bersih</h2><p class="lead"><b>Yth.</b></p>')


def test_an_icon_is_hidden_from_screen_readers_and_an_unknown_one_shouts():
    assert 'aria-hidden="true"' in icon("ticket") and icon("state-open") == icon("state-forwarded")
    with pytest.raises(KeyError):
        icon("tidak-ada")


def test_small_words():
    assert thousands(1043) == "1.043"
    assert initials("Hendra Saputra, narahubung Perumda") == "HS"
    assert initials("Sistem") == "S" and initials("") == ""
