"""The few statements that SQLAlchemy spells differently per database."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy
from sqlalchemy import Column, ColumnElement, Select, String, Table, cast, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

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


def insert_many(model, rows: Sequence[dict[str, Any]]) -> None:
    """INSERT of rows that all name the same columns.

    What SQLAlchemy makes of them: the statement, types and defaults are the model's. But the values are made ready
    column by column and go to the driver as they are, which is a third of what rows one by one cost it.
    """
    if not rows:
        return
    connection = db.session.connection()
    statement, columns, positional = _insertion(model.__table__, tuple(rows[0]), connection.dialect)
    ready = list(zip(*(_bound(column, rows, connection.dialect) for column in columns), strict=True))
    if not positional:
        ready = [dict(zip((column.name for column in columns), row, strict=True)) for row in ready]
    connection.exec_driver_sql(statement, ready)


@lru_cache(maxsize=32)
def _insertion(table: Table, given: tuple[str, ...], dialect: Dialect) -> tuple[str, list[Column], bool]:
    """The statement, the columns in the order of its values, and whether these stand by place."""
    named = [column.name for column in table.columns if column.name in given or column.default is not None]
    if lost := set(given) - set(named):
        raise ValueError(f"{table.name} has no {', '.join(sorted(lost))}")
    compiled = sqlalchemy.insert(table).inline().compile(dialect=dialect, column_keys=named)
    order = compiled.positiontup or named
    return str(compiled), [table.columns[name] for name in order], bool(compiled.positional)


def _bound(column: Column, rows: Sequence[dict[str, Any]], dialect: Dialect) -> list[Any]:
    """A column's values as the driver takes them."""
    name, default = column.name, column.default
    if name in rows[0]:
        values = [row[name] for row in rows]
    elif default.is_scalar:
        values = [default.arg] * len(rows)
    else:
        values = [default.arg(None) for _ in rows]
    ready = column.type.dialect_impl(dialect).bind_processor(dialect)
    return [ready(value) for value in values] if ready else values


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


def refresh_statistics() -> None:
    """Let the planner learn how large the tables have become; PostgreSQL does so by itself.

    SQLite goes by what it counted once: by the hundred alerts of the first day it would read a hundred thousand to find
    five by their numbers. Only what has grown tenfold is counted anew, and never more than a sample of it.
    """
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA optimize=0x10002"))


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
