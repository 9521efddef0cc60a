"""Pure rules: passwords, addresses, lists of words, devices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.rules import clean_email, device, is_email, words_of, wrong_password

ABOUT = ("Rina Wulandari", "rina@kukar.demo", "Rina", "Wulandari")


@pytest.mark.parametrize(
    "password", ["kuda biru lompat pagar", "perahu-besar", "xK9#mQ2$vL7!", "8391 4720 5561 9034", "  spasi di tepi  "]
)
def test_long_and_unguessed_is_enough_without_rules_of_composition(password):
    assert wrong_password(password, ABOUT) is None


@pytest.mark.parametrize(
    "password",
    [
        *("katasandi1234", "Diskominfo2026!", "kukaridaman123", "Tenggarong#Kutai2025", "1q2w3e4r5t6y"),
        *("aaaaaaaaaaaa", "123456789012345", "Rina Wulandari 1990", "rina@kukar.demo1", "P a s s w o r d 1"),
    ],
)
def test_what_is_tried_first_is_refused(password):
    assert "mudah ditebak" in wrong_password(password, ABOUT)


def test_the_shortest_length_is_the_offices_choice():
    assert "14 huruf" in wrong_password("perahu-besar", shortest=14)
    assert wrong_password("perahu-be", shortest=8) is None


@given(st.text(max_size=300), st.lists(st.text(max_size=30), max_size=4))
def test_any_text_gets_an_answer(password, about):
    answer = wrong_password(password, tuple(about))
    assert answer is None or answer.endswith((".", "diingat."))


@given(st.text(max_size=300))
def test_an_address_has_one_spelling(text):
    once = clean_email(text)
    assert clean_email(once) == once
    assert not set(once) & set("\r\n\x00")
    is_email(once)


@pytest.mark.parametrize("address", ["a@kukarkab.go.id", "a@kantor.local", "a@surat.test", "admin@dpu.demo"])
def test_office_addresses_are_addresses(address):
    assert is_email(address)


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b.id", "a b@c.id", "a@b", "a@b.id, c@d.id", "a@b.id\nBcc: x@y.id"]
)
def test_others_are_not(address):
    assert not is_email(address)


def test_lists_are_split_where_people_split_them():
    assert words_of(" jalan rusak,jembatan ;\njalan rusak| parit,, ") == ["jalan rusak", "jembatan", "parit"]


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "Chrome di Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge di Windows"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537.36", "Chrome di Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) Version/17 Mobile Safari/604", "Safari di iPhone"),
        ("", "Peramban"),
    ],
)
def test_a_device_has_a_plain_name(agent, said):
    assert device(agent) == said
