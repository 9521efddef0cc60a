"""The database's shape: brought up to date by `flask setup`, checked before anything runs."""

from flask import current_app
from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError

from app.extensions import Base, db


class Refused(Exception):
    """The database does not fit this program; the message is an Indonesian sentence that says what to do."""


def upgrade() -> None:
    """Migrate to the newest schema. Raises Refused for a schema newer than this program."""
    from flask_migrate import upgrade

    try:
        _refuse_newer()
        upgrade(directory=_folder())
    except OSError as error:
        raise Refused(f"Basis data tidak bisa dibuka ({error}). Periksa TANGGAP_DATABASE_URL.") from error


def check() -> None:
    """Raise Refused unless the database has exactly the schema this program knows."""
    _refuse_newer()
    if present() != _script().get_current_head():
        raise Refused("Basis data belum disiapkan untuk versi ini. Jalankan dahulu: flask --app wsgi setup")


def is_empty() -> bool:
    """Whether nobody has used this database yet: it knows no person."""
    with db.engine.connect() as connection:
        return connection.execute(select(Base.metadata.tables["person"].c.id).limit(1)).first() is None


def _refuse_newer() -> None:
    revision = present()
    known = {script.revision for script in _script().walk_revisions()}
    if revision is not None and revision not in known:
        raise Refused(
            f"Basis data ini dari versi Tanggap yang lebih baru (skema {revision}). Pasang versi itu, "
            "atau pulihkan cadangan yang cocok."
        )


def present() -> str | None:
    """The revision the database has; None before the first migration."""
    from alembic.runtime.migration import MigrationContext

    try:
        with db.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0]
        raise Refused(f"Basis data tidak bisa dibuka ({reason}). Periksa TANGGAP_DATABASE_URL.") from error


def _script():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    settings = Config()
    settings.set_main_option("script_location", _folder())
    return ScriptDirectory.from_config(settings)


def _folder() -> str:
    return str(current_app.extensions["migrate"].directory)
