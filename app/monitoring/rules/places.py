"""Places named in a text, by the rules that kept false hits at nil: a cue, an unmistakable name, or company.

A name counts when "desa", "kelurahan" or "kecamatan" stands before it, when nothing else in the country is called so,
or when the text also names the regency or another accepted place. Ordinary words ("Jawa", "Sepakat") need the cue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.monitoring.rules.listing import listed
from app.monitoring.rules.words import Hit, Phrases, Words

CUES = {
    "desa": "desa", "kades": "desa", "kelurahan": "kelurahan", "kel": "kelurahan", "lurah": "kelurahan",
    "kecamatan": "kecamatan", "kec": "kecamatan", "camat": "kecamatan",
}  # fmt: skip
ORDINARY = listed(
    """
    jawa | sepakat | perdana | pendingin | melayu | liang | melintang | mulawarman | panji | pela | batuah | perian
    | semangko | tunjungan | wonosari | margahayu | sukarame | semayang | jantur | jongkang | makarti | teratak |
    tanah datar | suka bumi | pulau harapan | gas alam badak i
    """
)
# One of a kind although a single word.
UNMISTAKABLE = listed(
    """
    tenggarong | anggana | sebulu | kenohan | samboja | sangasanga | marangkayu | loa kulu
    """
)
ELSEWHERE_TOO = listed(
    """
    kampung baru | kampung lama | bukit raya | bukit merdeka | sungai merdeka | karya merdeka | karya jaya | sumber
    sari | tanjung harapan | tanjung batu | tanjung limau | teluk dalam | gunung sari | pulau pinang | mekar jaya |
    suka maju | suka damai | tani harapan | tani baru | kayu batu | sari jaya | panca jaya | beringin agung | giri
    agung | benua baru | argo sari | bangun rejo | karang tunggal | bunga jadi | manunggal jaya | bunga putih |
    cipari makmur | sungai bawang | bukit biru | bukit layang | tani bhakti | batu batu
    """
)
ALIASES = {"Sanga Sanga": ("Sangasanga",), "Marang Kayu": ("Marangkayu",)}
MOST = 6


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative area; `district` is the kecamatan it is or lies in."""

    code: str
    kind: str
    name: str
    district: str

    @property
    def label(self) -> str:
        return f"Kec. {self.name}" if self.kind == "kecamatan" else f"{self.name}, {self.district}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names: places we are sure of, and names that several places share, for a person to choose."""

    places: tuple[Place, ...] = ()
    unclear: tuple[tuple[Place, ...], ...] = ()

    @property
    def choices(self) -> dict[str, Place]:
        """Every place the text could mean, by its code: what a person may choose among."""
        return {p.code: p for group in (self.places, *self.unclear) for p in group}

    @property
    def main(self) -> Place | None:
        """The first and most exact place: a village before its kecamatan."""
        exact = [p for p in self.places if p.kind != "kecamatan"]
        return next(iter(exact or self.places), None)


NOWHERE = Found()


@dataclass(slots=True)
class _Mention:
    candidates: tuple[Place, ...]
    cue: str
    capital: bool
    sure: bool = False


class Gazetteer:
    """All places of one regency, compiled once; `regency` are the names by which a text shows that it is meant."""

    def __init__(self, places: Iterable[Place], regency: Iterable[str]) -> None:
        pairs: list[tuple[str, Place | None]] = [(name, None) for name in regency]
        for place in places:
            pairs += [(name, place) for name in (place.name, *ALIASES.get(place.name, ()))]
        self._phrases: Phrases[Place | None] = Phrases(pairs)

    def find(self, words: Words) -> Found:
        """The places that the words of an item name, in their order."""
        one_case = _in_one_case(words.written)
        mentions, company = [], False
        for hit in self._phrases.find(words):
            if None in hit.targets:
                company = True
            else:
                mentions.append(_mention(hit, words, one_case))
        return _decided(mentions, company)


def _in_one_case(written: list[str]) -> bool:
    """Whether the first letters are all capital or all small: then they tell nothing of names."""
    capital = any(word[0].isupper() for word in written)
    small = any(word[0].isalpha() and not word[0].isupper() for word in written)
    return capital is not small


def _mention(hit: Hit[Place | None], words: Words, one_case: bool) -> _Mention:
    cue = CUES.get(words.folded[hit.start - 1], "") if hit.start else ""
    capital = one_case or all(word[0].isupper() for word in words.written[hit.start : hit.end])
    name = hit.phrase.casefold().replace("-", " ")
    if name == "kota bangun" and not words.written[hit.start][0].isupper():
        capital = False  # "kota bangun jalan": the city builds
    several = hit.end - hit.start > 1 and name not in ELSEWHERE_TOO
    sure = bool(cue) or (capital and name not in ORDINARY and (several or name in UNMISTAKABLE))
    candidates = tuple(p for p in hit.targets if p is not None)
    return _Mention(candidates, cue, capital and name not in ORDINARY, sure)


def _decided(mentions: list[_Mention], company: bool) -> Found:
    """Names in company of a sure place are sure too; homonyms are resolved by the kecamatan of the same text."""
    if not mentions:
        return NOWHERE
    company = company or any(m.sure for m in mentions)
    kept = [_fitting(m) for m in mentions if m.sure or (company and m.capital)]
    districts = {c[0].district for c in kept if len(c) == 1}
    settled = [_settled(c, districts) for c in kept]
    places = dict.fromkeys(c[0] for c in settled if len(c) == 1)
    unclear = dict.fromkeys(c for c in settled if len(c) > 1)
    return Found(tuple(places)[:MOST], tuple(unclear)[:MOST])


def _fitting(mention: _Mention) -> tuple[Place, ...]:
    """The candidates the cue allows; without a cue a kecamatan wins over the village of the same name."""
    kinds = {"desa": ("desa",), "kelurahan": ("kelurahan",)}.get(mention.cue, ("kecamatan",))
    return tuple(p for p in mention.candidates if p.kind in kinds) or mention.candidates


def _settled(candidates: tuple[Place, ...], districts: set[str]) -> tuple[Place, ...]:
    inside = tuple(p for p in candidates if p.district in districts)
    return inside if len(inside) == 1 else candidates
