"""Counts that one feature makes and another one shows, always as far as the reader may know of the things counted."""

from collections.abc import Callable, Mapping

Count = Callable[..., Mapping[str, int]]
_counts: dict[str, Count] = {}


def offer(name: str, count: Count) -> None:
    """Have `count(seat)` answer for `name`: numbers by state, under the policy of that seat."""
    _counts[name] = count


def tally(name: str, seat) -> Mapping[str, int]:
    """The numbers of `name` for this reader; none when no feature offers them."""
    return _counts[name](seat) if name in _counts else {}
