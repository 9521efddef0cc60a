"""Full-text search: SQLite FTS5 and PostgreSQL tsvector('simple') behind one interface.

Words are stemmed by us so that both databases answer alike. What a row belongs to (its kind, whose it is)
enters the index as tokens, so that a narrow question stays fast whatever the size of the whole; who may see
a hit is still decided by policy, in the query that joins the ids found here.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import snowballstemmer
from sqlalchemy import ColumnClause, Index, String, UniqueConstraint, delete, func, literal_column, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import insert
from app.extensions import Base, db

WORD = re.compile(r"\w+")
LONGEST_BODY = 20_000
MOST_WORDS = 12
SHORTEST_PART = 3


class SearchDoc(Base):
    """What can be found: stemmed words of one thing. The FTS5 table, and PostgreSQL's `words`, stand on `body`."""

    __tablename__ = "search_doc"
    __table_args__ = (UniqueConstraint("kind", "ref_id"), Index("ix_search_doc_kind_id", "kind", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    ref_id: Mapped[int]
    body: Mapped[str]


STORED_WORDS: ColumnClause = literal_column("search_doc.words")
"""PostgreSQL's tsvector of `body`, stored (migrations.guards): its statistics tell which words are common."""


def put(kind: str, ref_id: int, words: str, scopes: Iterable[str] = ()) -> None:
    """Make `words` findable as (kind, ref_id), replacing what was there. `scopes` like "opd12" narrow later."""
    put_many(kind, [(ref_id, words, scopes)])


def put_many(kind: str, rows: Sequence[tuple[int, str, Iterable[str]]]) -> None:
    """`put` for many rows of one kind in one statement: (ref_id, words, scopes)."""
    if not rows:
        return
    values = [{"kind": kind, "ref_id": ref, "body": _body(kind, words, scopes)} for ref, words, scopes in rows]
    statement = insert(SearchDoc)
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "ref_id"], set_={"body": statement.excluded.body}
    )
    db.session.execute(statement, values)


def remove(kind: str, ref_id: int) -> None:
    remove_many(kind, [ref_id])


def remove_many(kind: str, ref_ids: Sequence[int]) -> None:
    """`remove` for many things of one kind in one statement."""
    db.session.execute(delete(SearchDoc).where(SearchDoc.kind == kind, SearchDoc.ref_id.in_(ref_ids)))


def matches(kind: str, query: str, *, scope: str | None = None, before: int | None = None, limit: int = 200):
    """A select of `ref_id` of the newest things of `kind` that hold every word of `query`.

    The last word counts as a beginning («tengga», three letters or more) when nothing holds it whole: merging all
    words with a common beginning is the one slow question. None when the query holds no word. `scope` narrows to
    rows put with it; `before` pages by document id.
    """
    terms = _terms(query)
    if not terms:
        return None
    fixed = [_token(kind)] + ([_token(scope)] if scope else [])
    # Unordered, for PostgreSQL would look for the one newest hit from the newest document backwards, maybe through all.
    whole = _newest([*fixed, *terms], "", None, 1).order_by(None)
    short = len(terms[-1]) < SHORTEST_PART
    part = terms.pop() if not short and db.session.execute(whole).first() is None else ""
    return _newest([*fixed, *terms], part, before, limit)


def _newest(words: list[str], part: str, before: int | None, limit: int):
    """The newest documents that hold all `words` and, if given, one that begins with `part`."""
    found = select(SearchDoc.id, SearchDoc.ref_id)
    if db.engine.dialect.name == "postgresql":
        wanted = " & ".join([*words, *([f"{part}:*"] if part else [])])
        found = found.where(STORED_WORDS.op("@@")(func.to_tsquery(text("'simple'"), wanted)))
        found = found.where(SearchDoc.id < before) if before else found
        return found.order_by(SearchDoc.id.desc()).limit(limit)
    wanted = " AND ".join([*(f'"{word}"' for word in words), *([f'"{part}"*'] if part else [])])
    rows = text(
        "SELECT rowid AS id FROM search_fts WHERE search_fts MATCH :wanted AND rowid < :before"
        " ORDER BY rowid DESC LIMIT :most"
    )
    hits = rows.bindparams(wanted=wanted, before=before or 1 << 62, most=limit).columns(SearchDoc.id).subquery()
    return found.join(hits, hits.c.id == SearchDoc.id).order_by(SearchDoc.id.desc())


def stemmed(words: str) -> list[str]:
    """The stems of the words, in order."""
    return [_stem(word) for word in WORD.findall(words.lower())]


def _terms(query: str) -> list[str]:
    words = WORD.findall(query.lower())[:MOST_WORDS]
    return [_stem(word) for word in words]


def _body(kind: str, words: str, scopes: Iterable[str]) -> str:
    return " ".join([_token(kind), *map(_token, scopes), *stemmed(words[:LONGEST_BODY])])


def _token(name: str) -> str:
    """A scope as a word nobody types."""
    return f"zz{name}zz"


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return _stemmer().stemWord(word)


@lru_cache(maxsize=1)
def _stemmer():
    return snowballstemmer.stemmer("indonesian")
