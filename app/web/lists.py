"""Lists: a page of rows by keyset, their state in the query string (speed.md 2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for

from app.core.numbers import whole
from app.core.words import one_line

PAGE = 50
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Slice:
    """One page of a list. `next` is the cursor of the page after it, None on the last."""

    rows: Sequence
    next: str | None

    def __bool__(self) -> bool:
        return bool(self.rows)


def slice_of(rows: Sequence, cursor: Callable[..., str], size: int = PAGE) -> Slice:
    """Cut `size + 1` fetched rows to a page; the spare row only tells that there is more."""
    more = len(rows) > size
    kept = rows[:size]
    return Slice(kept, cursor(kept[-1]) if more else None)


def arg(name: str, default: str = "", allowed: Sequence[str] | None = None) -> str:
    """A query-string value: one line, bounded, one of `allowed` when given (else the default)."""
    value = one_line(request.args.get(name, default))[:LONGEST_QUERY]
    return default if allowed is not None and value not in allowed else value


def int_arg(name: str, default: int | None = None) -> int | None:
    """A bounded whole number of the query string, else the default."""
    number = whole(request.args.get(name))
    return default if number is None else number


def here_with(**changes) -> str:
    """This list's address with some values changed; a changed filter starts at the first page again.

    What the address bar says is only ever a query string: given to `url_for`, `_scheme` or `endpoint` would steer it.
    """
    return list_with(url_for(request.endpoint, **(request.view_args or {})), **changes)


def list_with(path: str, without: Sequence[str] = ("sebelum",), /, **changes) -> str:
    """`path` with this request's query string, less `without`, with some values changed; empty ones are left out."""
    args = {key: value for key, value in request.args.items() if key not in without} | changes
    query = urlencode({key: value for key, value in args.items() if value not in (None, "")})
    return path + (f"?{query}" if query else "")
