"""Ids from outside are bounded: a number no table can hold is nothing we have (guard.md 18)."""

from werkzeug.routing import IntegerConverter

from app.core.numbers import GREATEST, whole


class Id(IntegerConverter):
    """`<int:…>` in an address, at most what a column holds; a greater one is no address of ours."""

    def __init__(self, url_map, *args, **kwargs):
        super().__init__(url_map, *args, **{"max": GREATEST} | kwargs)


def id_in(text: str | None) -> int:
    """The id that a form sent, else 0, which is nobody's."""
    return whole(text) or 0


def init_numbers(app) -> None:
    """Call before any address with a number is registered."""
    app.url_map.converters["int"] = Id
