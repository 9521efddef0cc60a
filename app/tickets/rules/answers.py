"""An answer as people read it: the three things it should tell, where the writer named them."""

import re

HEADINGS = ("Apa yang terjadi", "Tindakan dan tanggal", "Untuk warga")
_AT_HEADING = re.compile(rf"^\s*({'|'.join(HEADINGS)})\s*:\s*", re.IGNORECASE | re.MULTILINE)

HINT = "Apa yang terjadi, tindakan dan tanggalnya, lalu pesan untuk warga."


def parts(text: str) -> list[tuple[str, str]]:
    """(heading, words): split where a line begins with one of the headings; what stands before has none."""
    pieces = _AT_HEADING.split(text)
    named = [(pieces[n].capitalize(), pieces[n + 1].strip()) for n in range(1, len(pieces), 2)]
    return [(heading, words) for heading, words in [("", pieces[0].strip()), *named] if words]
