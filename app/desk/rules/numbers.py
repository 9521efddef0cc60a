"""Counts as people read them."""

MOST_COUNTED = 100


def at_most(number: int) -> str:
    """«99+» where counting on would cost more than it tells."""
    return f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else str(number)


NUMBERS = ("Tidak ada", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh")


def in_words(number: int) -> str:
    """«Empat», as a headline says it; above ten in digits."""
    return NUMBERS[number] if number < len(NUMBERS) else at_most(number)
