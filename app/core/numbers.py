"""Numbers that people and addresses say."""

GREATEST = 2**31 - 1
"""The greatest id that both databases hold."""


def whole(text: str | None, greatest: int = GREATEST) -> int | None:
    """The whole number that `text` says in plain digits, if it is at most `greatest`; «²» and «٣» say none."""
    if not text or not (text.isascii() and text.isdecimal()) or len(text) > len(str(greatest)):
        return None
    return number if (number := int(text)) <= greatest else None
