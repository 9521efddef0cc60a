"""What the app itself proposes for the agenda, and why: a sum of terms that everybody can count again."""

from collections.abc import Iterator
from dataclasses import dataclass

ENOUGH = 3
"""Points from which a ticket is a candidate."""
MOST_OVERDUE = 5
MOST_NEGATIVE = 5
"""No single term carries a ticket alone for ever."""


@dataclass(frozen=True)
class Facts:
    """What speaks for a ticket."""

    refusals: int = 0
    offices: int = 1
    siblings: int = 0
    overdue_days: int = 0
    negative: int = 0


def terms(facts: Facts) -> Iterator[tuple[int, str]]:
    """(points, words) of each term that counts."""
    if facts.refusals:
        yield 3 * facts.refusals, f"{facts.refusals} kali bukan kewenangan"
    if facts.offices > 1:
        yield 2 * (facts.offices - 1), f"{facts.offices} OPD terlibat"
    if facts.siblings:
        yield 2 * facts.siblings, f"{facts.siblings} tiket lain dari isu yang sama"
    if facts.overdue_days > 0:
        yield min(1 + facts.overdue_days // 3, MOST_OVERDUE), f"{facts.overdue_days} hari lewat tenggat"
    if facts.negative:
        yield min(facts.negative // 3, MOST_NEGATIVE), f"{facts.negative} pantauan negatif"


def score(facts: Facts) -> int:
    return sum(points for points, _words in terms(facts))


def why(facts: Facts) -> str:
    """The terms as one sentence, the heaviest first."""
    heaviest = sorted(terms(facts), key=lambda term: -term[0])
    words = ", ".join(words for _points, words in heaviest)
    return f"{words[0].upper()}{words[1:]}." if words else ""
