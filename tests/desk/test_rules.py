"""Pure knowledge of the desks."""

import pytest

from app.desk.routes.reading import marked
from app.desk.rules import View, Wanted, at_most, in_words, likeness, telling
from app.monitoring.rules.kinds import Channel, Tone


def test_an_address_is_read_and_what_is_unknown_counts_as_not_asked():
    wanted = Wanted.read({"tampilan": "semua", "tone": "negative", "kanal": "medsos", "sumber": "7", "umur": "7"})
    assert (wanted.view, wanted.tone, wanted.channel, wanted.source_id, wanted.age) == (
        View.ALL, Tone.NEGATIVE, Channel.SOCIAL, 7, "7",
    )  # fmt: skip
    assert (
        Wanted.read({"tampilan": "x", "tone": "y", "kanal": "z", "sumber": "-1", "umur": "8", "urut": "a"}) == Wanted()
    )


@pytest.mark.parametrize("number, words", [(0, "0"), (99, "99"), (100, "99+"), (5000, "99+")])
def test_counts_stop_where_counting_costs_more_than_it_tells(number, words):
    assert at_most(number) == words


@pytest.mark.parametrize("number, words", [(1, "Satu"), (4, "Empat"), (10, "Sepuluh"), (11, "11"), (140, "99+")])
def test_headlines_say_small_numbers_in_words(number, words):
    assert in_words(number) == words


def test_likeness_needs_shared_words_and_tells_them():
    one = telling("Warga Anggana keluhkan air PDAM keruh")
    near = likeness(one, telling("Air PDAM keruh di Anggana"), same_place=True, same_opd=False)
    assert near and near.why.startswith("tempat sama · ") and "keruh" in near.why
    assert likeness(one, telling("Lampu jalan padam"), same_place=True, same_opd=True) is None
    assert likeness(one, telling("Air terjun wisata"), same_place=False, same_opd=False) is None


def test_words_are_marked_whole_and_longest_first():
    pieces = marked("Air PDAM keruh; pertahanan air.", ["air", "air pdam", "tahan"])
    assert [piece for hit, piece in pieces if hit] == ["Air PDAM", "air"]
    assert "".join(piece for _, piece in pieces) == "Air PDAM keruh; pertahanan air."
    assert marked("<b>x</b>", []) == [(False, "<b>x</b>")]
