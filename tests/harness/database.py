"""One migrated database per process; every test finds it as the migrations left it."""

import contextlib
import shutil
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import event, text

from app import create_app
from app.core.kept import forget_all
from app.extensions import db, limiter
from tests.harness import postgres

KEPT = {"secret_key", "tanggap.db", "template.db"}
UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")
EMPTY_ALL = """
DO $$ DECLARE t record; filled boolean; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR t IN SELECT quote_ident(tablename) AS name FROM pg_tables
           WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || t.name || ')' INTO filled;
    CONTINUE WHEN NOT filled;
    EXECUTE 'DELETE FROM ' || t.name;
    PERFORM setval(d.objid::regclass, 1, false) FROM pg_depend d JOIN pg_class s ON s.oid = d.objid
      WHERE d.refobjid = t.name::regclass AND s.relkind = 'S';
  END LOOP;
END $$
"""
"""Rows are deleted, not truncated: a truncation makes every index anew. Triggers and foreign keys look away meanwhile."""


class House:
    """The app under test with its instance folder and its database."""

    def __init__(self, instance: Path, database: str, worker: str, cluster: str | None):
        self.instance, self.kind = instance, database
        address = postgres.make_database(cluster, f"t_{worker}") if database == "postgres" else ""
        self.app = create_app({"INSTANCE_PATH": instance, "DATABASE_URL": address, "DEMO": "0"})
        self.app.test_client_class = None
        with self.app.app_context():
            upgrade(directory=self.app.extensions["migrate"].directory)
            db.engine.dispose()
        if database == "sqlite":
            shutil.copy(instance / "tanggap.db", instance / "template.db")

    def reset(self) -> None:
        """Back to the state after the migrations, in a few milliseconds."""
        with self.app.app_context():
            db.engine.dispose()
            if self.kind == "postgres":
                with db.engine.begin() as connection:
                    connection.execute(text(EMPTY_ALL))
        if self.kind == "sqlite":
            for leftover in self.instance.glob("tanggap.db*"):
                leftover.unlink()
            shutil.copyfile(self.instance / "template.db", self.instance / "tanggap.db")
        forget_all()
        self._clean_folder()
        for counters in (limiter._fallback_storage, limiter._storage):
            with contextlib.suppress(Exception):
                counters.reset()

    def _clean_folder(self) -> None:
        for path in self.instance.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name.partition(".db")[0] not in ("tanggap", "template") and path.name not in KEPT:
                path.unlink()


@contextlib.contextmanager
def counting(app):
    """The list of SQL statements run meanwhile; BEGIN, COMMIT and PRAGMA are not counted."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.lstrip().upper().startswith(UNCOUNTED):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
