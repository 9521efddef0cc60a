"""Numbers and days written out, as a berita acara names them: «tanggal dua puluh enam bulan Juli …»."""

from datetime import date

from app.core.clock import DAYS, MONTHS

UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
STEPS = ((1000, "ribu"), (100, "ratus"), (10, "puluh"))


def number(n: int) -> str:
    """0 to 999 999 in words: «dua ribu dua puluh enam»."""
    if n < len(UNITS):
        return UNITS[n]
    if n < 20:
        return f"{UNITS[n - 10]} belas"
    size, name = next(step for step in STEPS if n >= step[0])
    many, rest = divmod(n, size)
    said = f"se{name}" if many == 1 else f"{number(many)} {name}"
    return f"{said} {number(rest)}" if rest else said


def day(when: date) -> str:
    """«Selasa, tanggal dua puluh enam, bulan Juli, tahun dua ribu dua puluh dua»."""
    said = f"tanggal {number(when.day)}, bulan {MONTHS[when.month - 1]}, tahun {number(when.year)}"
    return f"{DAYS[when.weekday()]}, {said}"
