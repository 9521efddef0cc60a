"""The circle of a restricted matter, and how little is kept of a child case. No Flask, no SQL."""

import re
from collections.abc import Iterable
from datetime import timedelta

FEWEST_OFFICERS = 2
LONGEST_SUMMARY, MOST_SENTENCES = 600, 2
LONGEST_REFERENCE = 120
LONGEST_REASON = 300
EMERGENCY_LASTS = timedelta(hours=24)
TOLD_FOR = timedelta(days=7)
"""How long those named find an emergency opening on their desk."""

SENTENCE_ENDS = re.compile(r"[.!?…]+[\"”’)]*\s+(?=[\"“(]*[A-Z0-9])")
ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:no|nomor|kec|kab|kel|ds|jl|rt|rw|dr|drs|dra|ir|h|hj|hlm|tgl|pkl|a\.n|s\.d|prof|yth)\.$", re.I
)


def wrong_summary(text: str) -> str | None:
    """Why `text` cannot be a ringkasan aman; None when it can. An empty one can: it is written when there is one."""
    if len(text) > LONGEST_SUMMARY:
        return f"Ringkasan aman paling banyak {LONGEST_SUMMARY} huruf."
    if sentences(text) > MOST_SENTENCES:
        return "Ringkasan aman paling banyak dua kalimat: keadaan penanganan saja, tanpa kronologi."
    return None


def sentences(text: str) -> int:
    """How many sentences a text has, counted so that «No. 31» and «Kec. Sebulu» end none; a line is one at least."""
    return sum(_sentences_of(line.strip()) for line in text.splitlines() if line.strip())


def _sentences_of(line: str) -> int:
    ends = SENTENCE_ENDS.finditer(line)
    return 1 + sum(not ABBREVIATED.search(line[: end.start() + 1]) for end in ends)


def wrong_circle(officers: Iterable[int], deputies: Iterable[int], known: Iterable[int]) -> str | None:
    """Why these persons cannot be the circle of a restricted matter; None when they can."""
    officers, deputies, known = set(officers), set(deputies), set(known)
    if not (officers | deputies) <= known:
        return "Pilih orang dari daftar ini saja."
    if len(officers - deputies) < FEWEST_OFFICERS:
        return "Pilih paling sedikit dua petugas, agar perkara ini tidak terkunci bila satu orang pindah."
    return None
