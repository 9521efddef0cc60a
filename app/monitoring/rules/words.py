"""Finding many phrases in a text at once: whole words, longest phrase first, time linear in the text (guard.md 16)."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

_WORD = re.compile(r"[^\W_]{2,}|(?:[^\W\d_]\.){2,}|[^\W_]")
_INITIALS = re.compile(r"\w\.\w\.")
MAX_WORDS = 8
LOOKED_AT = 3000
T = TypeVar("T", bound=Hashable)


@dataclass(slots=True)
class _Node(Generic[T]):
    children: dict[str, _Node[T]] = field(default_factory=dict)
    phrase: str = ""
    targets: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an item in their order: folded for comparing, and as written; the first `in_title` are the title's.

    Lists beside each other, not an object per word: an article has hundreds, and an import thousands of articles.
    """

    folded: list[str]
    written: list[str]
    in_title: int


class Hit(NamedTuple, Generic[T]):
    """A phrase found: its targets, and the words `start` to `end` (exclusive) that spell it."""

    phrase: str
    targets: tuple[T, ...]
    start: int
    end: int


def tokens(title: str, text: str = "") -> Words:
    """The words of the title and of the beginning of the text.

    The hyphen of a doubled word separates ("gorong-gorong" is two); the dots of initials do not ("A.M." is "AM").
    """
    own = _written(title)
    written = own + _written(text[:LOOKED_AT])
    return Words(_folded(written), written, len(own))


def _written(part: str) -> list[str]:
    words = _WORD.findall(part)
    has_initials = part.count(".") > 1 and _INITIALS.search(part)
    return [word.replace(".", "") for word in words] if has_initials else words


def _folded(words: list[str]) -> list[str]:
    """The words as they are compared: small letters, without the ending -nya."""
    small = "\n".join(words).casefold().split("\n") if words else []
    return [word[:-3] if word.endswith("nya") and len(word) > 6 else word for word in small]


class Phrases(Generic[T]):
    """A set of phrases, each with one or more targets, compiled once and searched often."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for phrase, target in pairs:
            self._add(phrase, target)

    def _add(self, phrase: str, target: T) -> None:
        words = tokens(phrase).folded[:MAX_WORDS]
        if not words:
            return
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        node.phrase = node.phrase or " ".join(phrase.split())
        if target not in node.targets:
            node.targets = (*node.targets, target)

    def find(self, words: Words) -> Iterator[Hit[T]]:
        """Every longest phrase from left to right; words inside a found phrase are not looked at again."""
        behind, first = 0, self._root.children
        for at in [at for at, word in enumerate(words.folded) if word in first]:
            if at < behind:
                continue
            end, node = self._longest(words, at)
            if node is not None:
                yield Hit(node.phrase, node.targets, at, end)
                behind = end

    def _longest(self, words: Words, start: int) -> tuple[int, _Node[T] | None]:
        node, end = self._root, start
        best: _Node[T] | None = None
        # A phrase never runs from the title into the text.
        last = words.in_title if start < words.in_title else len(words.folded)
        for at in range(start, min(start + MAX_WORDS, last)):
            step = node.children.get(words.folded[at])
            if step is None:
                break
            node = step
            if node.targets:
                best, end = node, at + 1
        return end, best
