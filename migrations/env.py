"""Alembic's environment: the models' metadata, one transaction, batch mode for SQLite."""

from alembic import context
from flask import current_app

from app.core import calendar, events, search, work
from app.extensions import Base, db
from app.monitoring import models as monitoring
from app.notify import models as notify
from app.people import models as people
from app.tickets import models as tickets
from app.web import nonce

TABLES_OF = (calendar, events, search, work, nonce, people, monitoring, tickets, notify)

OURS = {"search_fts", "search_fts_data", "search_fts_idx", "search_fts_docsize", "search_fts_config"}


def include_name(name, kind, _parents) -> bool:
    """The full-text tables are made by hand; autogenerate leaves them alone."""
    return not (kind == "table" and name in OURS) and not (kind == "index" and name == "ix_search_doc_words")


def include_object(_object, name, kind, _reflected, _compare) -> bool:
    return include_name(name, kind, {})


def run() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_name=include_name,
            include_object=include_object,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


assert current_app
run()
