"""Text that people type, as text."""

import re


def one_line(text: str) -> str:
    """A name or title as one line: no control, zero-width or direction characters, single spaces."""
    return " ".join("".join(char for char in re.sub(r"\s", " ", text) if char.isprintable()).split())
