"""What changed between two texts, word by word. No SQL."""

import re
from difflib import SequenceMatcher

KEPT, DELETED, INSERTED = "", "del", "ins"
MOST_COMPARED = 1_500_000
"""Words of one text times words of the other that are compared one by one; longer ones are told as a whole."""


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """(mark, words) in reading order; mark is empty, del or ins. Together they hold both texts exactly."""
    before, after = _pieces(old), _pieces(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    runs = [(KEPT, before[:start]), *_changes(left, right), (KEPT, before[len(before) - end :])]
    return [(mark, "".join(pieces)) for mark, pieces in runs if pieces]


def _pieces(text: str) -> list[str]:
    """Words, each with the white space after it."""
    return re.findall(r"\s*\S+\s*|\s+", text)


def _shared(one: list[str], other: list[str]) -> int:
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    return n


def _changes(before: list[str], after: list[str]) -> list[tuple[str, list[str]]]:
    if len(before) * len(after) > MOST_COMPARED:
        return [(DELETED, before), (INSERTED, after)]
    runs: list[tuple[str, list[str]]] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            runs.append((KEPT, before[a:b]))
        else:
            runs += [(DELETED, before[a:b]), (INSERTED, after[c:d])]
    return runs
