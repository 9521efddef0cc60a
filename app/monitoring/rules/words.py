"""Finding many phrases in a text at once: whole words, longest phrase first, time linear in the text (guard.md 16)."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
MAX_WORDS = 8
LOOKED_AT = 3000
T = TypeVar("T", bound=Hashable)


@dataclass(slots=True)
class _Node(Generic[T]):
    children: dict[str, _Node[T]] = field(default_factory=dict)
    phrase: str = ""
    targets: list[T] = field(default_factory=list)


class Token(NamedTuple):
    """A word of a text: folded for comparing, as written, and whether it stands in the title."""

    folded: str
    written: str
    in_title: bool


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: its targets, and the tokens `start` to `end` (exclusive) that spell it."""

    phrase: str
    targets: tuple[T, ...]
    start: int
    end: int


def fold(word: str) -> str:
    """A word as it is compared: small letters, without the ending -nya."""
    word = word.casefold()
    return word[:-3] if word.endswith("nya") and len(word) > 6 else word


def tokens(title: str, text: str = "") -> list[Token]:
    """The words of the title and of the beginning of the text.

    The hyphen of a doubled word separates ("gorong-gorong" is two); the dots of initials do not ("A.M." is "AM").
    """
    return [*_tokens(title, True), *_tokens(text[:LOOKED_AT], False)]


def _tokens(part: str, in_title: bool) -> list[Token]:
    return [Token(fold(w), w, in_title) for w in (w.replace(".", "") for w in _WORD.findall(part))]


class Phrases(Generic[T]):
    """A set of phrases, each with one or more targets, compiled once and searched often."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for phrase, target in pairs:
            self._add(phrase, target)

    def _add(self, phrase: str, target: T) -> None:
        words = [token.folded for token in _tokens(phrase, False)][:MAX_WORDS]
        if not words:
            return
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        node.phrase = node.phrase or " ".join(phrase.split())
        if target not in node.targets:
            node.targets.append(target)

    def find(self, words: list[Token]) -> Iterator[Hit[T]]:
        """Every longest phrase from left to right; words inside a found phrase are not looked at again."""
        at, first = 0, self._root.children
        while at < len(words):
            if words[at].folded not in first:
                at += 1
                continue
            end, node = self._longest(words, at)
            if node is None:
                at += 1
                continue
            yield Hit(node.phrase, tuple(node.targets), at, end)
            at = end

    def _longest(self, words: list[Token], start: int) -> tuple[int, _Node[T] | None]:
        node, end = self._root, start
        best: _Node[T] | None = None
        for at in range(start, min(start + MAX_WORDS, len(words))):
            step = node.children.get(words[at].folded)
            # A phrase never runs from the title into the text.
            if step is None or words[at].in_title is not words[start].in_title:
                break
            node = step
            if node.targets:
                best, end = node, at + 1
        return end, best
