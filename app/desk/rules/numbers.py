"""Counts as people read them."""

MOST_COUNTED = 100


def at_most(number: int) -> str:
    """«99+» where counting on would cost more than it tells."""
    return f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else str(number)


def so_many_alerts(number: int) -> str:
    """«3 pantauan» at the beginning of a sentence; of a single one «Pantauan»."""
    return f"{number} pantauan" if number > 1 else "Pantauan"


NUMBERS = ("Tidak ada", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh")


def in_words(number: int) -> str:
    """«Empat», as a headline says it; above ten in digits."""
    return NUMBERS[number] if number < len(NUMBERS) else at_most(number)
