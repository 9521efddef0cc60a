"""Alembic's environment: the models' metadata, one transaction, batch mode for SQLite."""

from alembic import context
from flask import current_app

from app.agenda import models as agenda
from app.core import calendar, events, search, work
from app.extensions import Base, db
from app.monitoring import models as monitoring
from app.notify import models as notify
from app.papers import models as papers
from app.people import models as people
from app.tickets import models as tickets
from app.web import nonce
from migrations import guards

TABLES_OF = (calendar, events, search, work, nonce, people, monitoring, tickets, agenda, papers, notify)


def run() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            **guards.HAND_MADE,
        )
        with context.begin_transaction():
            context.run_migrations()


assert current_app
run()
