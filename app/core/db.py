"""The few statements that SQLAlchemy spells differently per database."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import db, reading


def insert(model):
    """The dialect's INSERT, which knows ON CONFLICT."""
    dialect = db.engine.dialect.name
    return (postgresql if dialect == "postgresql" else sqlite).insert(model)


def among(column: Any, texts: Iterable[str]) -> ColumnElement[bool]:
    """Whether `column` is one of many texts: one bound value, where IN would bind and compile each of a thousand."""
    if db.engine.dialect.name == "postgresql":
        return column == func.any(cast(list(texts), postgresql.ARRAY(String)))
    wanted = func.json_each(json.dumps(list(texts))).table_valued("value")
    return column.in_(select(wanted.c.value))


def insert_or_ignore(model, **values) -> bool:
    """Insert one row unless its key exists; whether it was inserted. Concurrent callers wait for each other."""
    key = list(model.__table__.primary_key)[0]
    statement = insert(model).values(**values).on_conflict_do_nothing().returning(key)
    return db.session.execute(statement).first() is not None


def held(wanted: Select, model) -> Select:
    """The same question; a request that may change the answer waits for whoever does so now, and sees that change."""
    if reading.get():
        return wanted
    return wanted.with_for_update(of=model).execution_options(populate_existing=True)


def changed(statement) -> int:
    """Carry out an UPDATE or DELETE; how many rows it changed."""
    return db.session.execute(statement).rowcount


def serialise(lock: int) -> None:
    """Let one transaction at a time past this point (SQLite's writers already are)."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def take_ids(model, count: int) -> list[int]:
    """`count` ids for rows about to be inserted in this transaction, in order: so many rows need one INSERT.

    SQLite: the transaction must be a writing one, which it is unless a request only reads. A model with
    `sqlite_autoincrement` never gets a number again that a deleted row had; PostgreSQL's sequences never give one.
    """
    if db.engine.dialect.name == "postgresql":
        many = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
        return list(db.session.scalars(many, {"table": model.__tablename__, "count": count}))
    table = model.__table__
    last = select(func.max(model.id))
    if table.dialect_options["sqlite"]["autoincrement"]:
        last = text("SELECT seq FROM sqlite_sequence WHERE name = :table").bindparams(table=table.name)
    last = db.session.scalar(last) or 0
    return list(range(last + 1, last + 1 + count))
