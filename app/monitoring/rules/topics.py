"""Which OPD an item may concern: topic words found in it, ranked, always with the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.monitoring.rules.listing import listed
from app.monitoring.rules.words import Hit, Phrases, Words

MOST = 3
ENOUGH = 1.0
TITLE_WEIGHT = 2.5
NAMED_WEIGHT = 1.5

# Topic words that also say much that is no matter for the OPD: alone and outside the title they are not enough.
GENERIC = listed(
    """
    kecamatan | sekda | perda | perbup | proyek | pasar | taman | kebun | ikan | kapal | parkir | arsip | website |
    internet | wisata | festival | stadion | rujukan | audit | mutasi | retribusi | pemilu | pilkada | tambang |
    hutan | koperasi | investasi | guru | sd | smp | sma | smk | sekolah | nelayan | petani | dprd | csr | haji |
    beras | gaji | kontraktor | koridor | perencanaan | statistik | gor | sapi | karet | pedagang | dokter spesialis
    | kebijakan | asn | pns | riset | penelitian | literasi | atlet | taman baca | listrik | sertifikat | lansia |
    migas | pelabuhan | jembatan | evakuasi bencana | protokol | erau | ladaya | perpustakaan | dermaga | rumah
    sakit | lelang | tender | pengadaan | anggaran | umkm | ikn
    """
)
# Abbreviations that are also words: they count only when written in capitals.
SPELLED = listed(
    """
    add | spam | sim | kia | nib | oss | imb | pbg | mpp | tbs | pmk | bpd | tpi | sd | tps | tpa | rth | gor | nik
    | pu | kb | cap | ketapang | brida
    """
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What is known about an OPD: its code, what it is called, the words of its work."""

    code: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """An OPD that may be meant, with the words that point to it."""

    code: str
    words: tuple[str, ...]
    score: float


Word = tuple[str, bool]
"""What a phrase points to: an OPD's code, and whether it is the OPD's name."""


class Topics:
    """All OPDs' words, compiled once per change of the OPD table."""

    def __init__(self, known: Iterable[Topic]) -> None:
        # A kecamatan's words are its place names; those are recognised as places, not as topics.
        topics = [t for t in known if t.kind != "kecamatan"]
        words = [(word, (t.code, False)) for t in topics for word in t.words]
        names = [(name, (t.code, True)) for t in topics for name in t.names if len(name) > 1]
        self._phrases: Phrases[Word] = Phrases([*words, *names])

    def hints(self, words: Words) -> list[Hint]:
        """Up to three OPDs that the words of an item point to, the likeliest first."""
        score: dict[str, float] = defaultdict(float)
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for hit in self._phrases.find(words):
            if not _is_meant(hit, words):
                continue
            for code, named in hit.targets:
                seen = hit.phrase in found[code]
                score[code] += 0.1 if seen else _weight(hit, words, named)
                found[code][hit.phrase] = None
        ranked = sorted(score, key=lambda code: (-score[code], code))
        return [Hint(c, tuple(found[c])[:5], round(score[c], 2)) for c in ranked if score[c] >= ENOUGH][:MOST]


def _is_meant(hit: Hit[Word], words: Words) -> bool:
    """An abbreviation that is also a word must be written in capitals."""
    single = hit.end - hit.start == 1
    return not (single and words.folded[hit.start] in SPELLED) or words.written[hit.start].isupper()


def _weight(hit: Hit[Word], words: Words, named: bool) -> float:
    """Long phrases, the title, and words that few OPDs share say more."""
    if named:
        base = NAMED_WEIGHT
    elif hit.phrase.casefold() in GENERIC:
        base = 0.4
    else:
        base = 1.0 + 0.5 * (hit.end - hit.start - 1)
    return base * (TITLE_WEIGHT if hit.start < words.in_title else 1.0) / len(hit.targets) ** 0.5
