"""How much two matters have in common, told in words: shared words, the same place, the same OPD."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.search import WORD, stemmed

COMMON = frozenset(
    WORD.findall("""
    yang dan atau dari untuk dengan dalam pada ini itu akan telah sudah belum masih bisa agar karena usai saat
    hari warga kukar kutai kartanegara kabupaten kecamatan desa kelurahan jalan baru minta jadi ada tidak tak
    juga lebih oleh para pemkab pemerintah daerah kaltim
    """)
)
SHORTEST_WORD = 3
ENOUGH = 2.0
PLACE_WEIGHT, OPD_WEIGHT = 1.5, 0.5


@dataclass(frozen=True)
class Likeness:
    """`score` ranks, `why` tells: «tempat sama · 3 kata sama: air, pdam, keruh»."""

    score: float
    why: str


def telling(text: str) -> dict[str, str]:
    """The words of a text that tell something, by their stem."""
    words: dict[str, str] = {}
    for word in text.split():
        for stem in stemmed(word):
            if len(stem) >= SHORTEST_WORD and stem not in COMMON and not stem.isdecimal():
                words.setdefault(stem, word.strip(".,:;!?\"'()“”").lower())
    return words


def likeness(one: dict[str, str], other: Iterable[str], *, same_place: bool, same_opd: bool) -> Likeness | None:
    """What `one` (of `telling`) shares with the stems of `other`; None when it is too little to suggest anything."""
    shared = [one[stem] for stem in one if stem in frozenset(other)]
    score = len(shared) + PLACE_WEIGHT * same_place + OPD_WEIGHT * same_opd
    if not shared or score < ENOUGH:
        return None
    told = ["tempat sama"] if same_place else []
    told += ["OPD sama"] if same_opd else []
    return Likeness(score, " · ".join([*told, f"{len(shared)} kata sama: {', '.join(shared[:4])}"]))
