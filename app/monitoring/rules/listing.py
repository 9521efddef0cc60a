"""Long lists of words, written so that people can read and edit them."""


def listed(text: str) -> frozenset[str]:
    """Single words between white space, or phrases between bars: "jalan rusak | air keruh"."""
    parts = text.split("|") if "|" in text else text.split()
    return frozenset(" ".join(part.split()) for part in parts if part.strip())
