"""Text that people type, as text."""

import re

UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What nobody sees or types: control characters but tab and line ends, and those that turn the direction of text."""


def one_line(text: str) -> str:
    """A name or title as one line: no control, zero-width or direction characters, single spaces."""
    return " ".join("".join(char for char in re.sub(r"\s", " ", text) if char.isprintable()).split())


def plain(text: str) -> str:
    """The same text, in its lines, without what nobody sees."""
    return UNSEEN.sub("", text)
