"""Words that call for a judul aman: a child or a victim, and what was done to them (mission.md, fact 12).

It only asks an operator; nothing is hidden or marked by a machine.
"""

from app.monitoring.rules.words import tokens

CHILDREN = frozenset({
    "anak", "bocah", "balita", "bayi", "remaja", "siswa", "siswi", "murid", "pelajar", "santri", "santriwati",
    "mahasiswi", "gadis", "perempuan", "istri",
})  # fmt: skip
HARM = frozenset({
    "kekerasan", "pencabulan", "dicabuli", "cabul", "pelecehan", "dilecehkan", "perkosaan", "pemerkosaan", "diperkosa",
    "perundungan", "dirundung", "bullying", "penganiayaan", "dianiaya", "disetubuhi", "persetubuhan", "eksploitasi",
    "kdrt", "korban", "asusila", "ditelantarkan", "perdagangan", "seksual",
})  # fmt: skip


def needs_care(title: str, text: str = "") -> tuple[str, ...]:
    """The words, as written, for which a judul aman should be thought of: one of a person and one of harm; else ()."""
    words = tokens(title, text)
    found = {
        folded: written.lower() for folded, written in zip(reversed(words.folded), reversed(words.written), strict=True)
    }
    person = [found[word] for word in found if word in CHILDREN]
    harm = [found[word] for word in found if word in HARM]
    return (person[-1], harm[-1]) if person and harm else ()


SHORTEST_SAFE_TITLE, LONGEST_SAFE_TITLE = 10, 300


def wrong_safe_title(text: str) -> str | None:
    """Why `text` cannot be a judul aman, as a sentence; None when it can."""
    if SHORTEST_SAFE_TITLE <= len(text.strip()) <= LONGEST_SAFE_TITLE:
        return None
    return "Tulis judul aman 10–300 huruf, tanpa nama, alamat, atau sekolah korban."
