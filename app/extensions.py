"""Bare extension objects, the declarative base and how this house stores types."""

import contextlib
import contextvars
from datetime import UTC, datetime
from enum import StrEnum

from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import JSON, DateTime, Enum, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, registry

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator):
    """Aware UTC in Python, naive UTC in the database: both databases answer alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime; use core.clock.now()")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value, dialect):
        return value.replace(tzinfo=UTC) if value is not None else None


def _values(enum: type[StrEnum]) -> list[str]:
    return [member.value for member in enum]


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            StrEnum: Enum(StrEnum, native_enum=False, length=32, values_callable=_values, create_constraint=False),
            datetime: UtcDateTime,
            dict: JSON,
            list: JSON,
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
login_manager = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
babel = Babel()
migrate = Migrate()
compress = Compress()

reading = contextvars.ContextVar("reading", default=False)
"""True while a request only reads: SQLite then begins without taking the writer's lock."""


@contextlib.contextmanager
def only_reading():
    """Whoever reads long, outside of a request, keeps nobody from writing."""
    before = reading.set(True)
    try:
        yield
    finally:
        reading.reset(before)


@contextlib.contextmanager
def writing():
    """A request that only reads writes down that it did, in a transaction of its own."""
    db.session.rollback()
    before = reading.set(False)
    try:
        yield
        db.session.commit()
    finally:
        reading.reset(before)


def engine_options(url: str) -> dict:
    """Options for create_engine: a safe SQLite (guard.md: 3.40 loses writes in WAL) or a checked PostgreSQL pool."""
    silent = {"hide_parameters": True}  # an error in the log tells the statement, not what people wrote
    if url.startswith("sqlite"):
        import pysqlite3.dbapi2

        # A connection learns only when it is opened what core.db.refresh_statistics has found out.
        fresh = {"pool_recycle": 3600}
        connect = {"timeout": 10, "check_same_thread": False}
        return silent | fresh | {"module": pysqlite3.dbapi2, "connect_args": connect}
    return silent | {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 5}


def tune(engine) -> None:
    """SQLite: WAL, full sync, foreign keys, and BEGIN IMMEDIATE for whoever may write (guard.md 24)."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record):
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "cache_size=-16000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection):
        connection.exec_driver_sql("BEGIN" if reading.get() else "BEGIN IMMEDIATE")
