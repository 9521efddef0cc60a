"""From hits of the full-text index to a page of rows that the reader may see."""

from collections.abc import Callable

from sqlalchemy import CTE, Select, func, select

from app.core import search
from app.extensions import db
from app.web.lists import Slice, slice_of

WINDOW = 4
"""How many hits are looked through for each row of a page; the next page goes on behind them."""


def page_of_hits(
    kind: str, words: str, rows_of: Callable[[CTE], Select], *, size: int, before: int | None, scope: str | None = None
) -> Slice:
    """One page of rows, the latest indexed first. `rows_of` joins the hits (`doc_id`, `ref_id`) to what is shown.

    A second statement is needed only at the end of the hits, to tell whether more lie behind the window.
    """
    most = WINDOW * size
    matching = search.matches(kind, words, scope=scope, before=before, limit=most)
    if matching is None:
        return Slice([], None)
    hits = matching.cte("hits")
    rows = rows_of(hits).add_columns(hits.c.id.label("doc_id")).order_by(hits.c.id.desc()).limit(size + 1)
    page = slice_of(db.session.execute(rows).all(), lambda row: str(row.doc_id), size)
    return page if page.next else Slice(page.rows, _behind(matching, most))


def _behind(matching: Select, most: int) -> str | None:
    """The cursor behind the hits that were looked through; None when there are no more."""
    hits = matching.subquery()
    many, last = db.session.execute(select(func.count(), func.min(hits.c.id)).select_from(hits)).one()
    return str(last) if many >= most else None
