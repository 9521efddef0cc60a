"""Backup and restore: every table as checked lines of JSON, every file by the hash of its content, one manifest.

The form is the same for both databases, so a backup of one may be restored into the other. Secrets are not in it:
no secret key, no sessions; links and passwords only as the hashes the database holds.
"""

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import JSON, Date, DateTime, MetaData, Table, func, select, text

from app.core import clock, schema, storage, upkeep
from app.extensions import Base, db, only_reading

FORMAT = 1
MANIFEST = "manifest.json"
LAST = "last-backup"
LEFT_OUT = frozenset({"login_session", "form_nonce", "duty"})
BATCH = 1000


class CannotDo(Exception):
    """Backup or restore is not possible; the message is an Indonesian sentence that says what to do."""


def backup(target: Path) -> dict:
    """Write a backup into the new folder `target`; returns its manifest. A half-written one is never left there."""
    if target.exists() and any(target.iterdir()):
        raise CannotDo(f"Folder {target} tidak kosong. Pilih nama folder yang baru.")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        manifest = _write(draft)
        if target.exists():
            target.rmdir()
        draft.rename(target)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise CannotDo(f"Cadangan tidak bisa ditulis ke {target} ({error.strerror or error}).") from error
    _note_made(manifest["made_at"])
    return manifest


def last_made() -> datetime | None:
    """When this installation was last backed up, as far as it knows."""
    try:
        return datetime.fromisoformat(_note().read_text().strip())
    except (OSError, ValueError):
        return None


def restore(source: Path) -> dict:
    """Load a backup into an empty installation and hold its unsent letters. Nothing is loaded unless all is whole."""
    manifest = _read_manifest(source)
    _verify(source, manifest)
    schema.upgrade()
    if schema.present() != manifest["schema"]:
        raise CannotDo(
            f"Cadangan ini berskema {manifest['schema']}, program ini {schema.present()}. "
            "Pulihkan dengan versi Tanggap yang membuatnya, lalu perbarui."
        )
    if not schema.is_empty():
        raise CannotDo("Basis data ini sudah berisi. Pulihkan ke TANGGAP_INSTANCE_PATH yang kosong.")
    _load_files(source, manifest)
    _load_tables(source, manifest)
    return manifest | {"held": upkeep.hold_outward()}


def _note_made(moment: str) -> None:
    """For the page of the system's health; the backup is whole without it."""
    with suppress(OSError):
        _note().write_text(moment)


def _note() -> Path:
    return Path(current_app.config["INSTANCE_PATH"]) / LAST


def _write(folder: Path) -> dict:
    (folder / "tables").mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    tables = _dump_all(folder)
    files = {key: _copy_file(key, folder) for key in storage.all_keys()}
    manifest = {"format": FORMAT, "made_at": clock.now().isoformat(), "schema": schema.present()}
    manifest |= {"tables": tables, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return manifest


def _dump_all(folder: Path) -> dict:
    """Every table as it was at one moment, while others write on."""
    with only_reading(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        return {table.name: _dump(connection, table, folder) for table in _tables(Base.metadata)}


def _tables(metadata: MetaData) -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def _dump(connection, table: Table, folder: Path) -> dict:
    path = _table_path(folder, table.name)
    rows = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key))
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=5) as lines:
        count = sum(bool(lines.write(_line(row))) for row in rows)
    return {"rows": count, "columns": [column.name for column in table.columns], "sha256": _digest(path)}


def _line(row) -> str:
    return json.dumps(list(row), ensure_ascii=False, default=_plain) + "\n"


def _plain(value):
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no plain form of {type(value).__name__}")


def _copy_file(key: str, folder: Path) -> int:
    target = folder / "files" / key[:2] / key
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(storage.path(key), target)
    return target.stat().st_size


def _read_manifest(source: Path) -> dict:
    try:
        manifest = json.loads((source / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise CannotDo(f"{source} bukan folder cadangan Tanggap: {MANIFEST} tidak ada atau rusak.") from error
    if manifest.get("format") != FORMAT:
        raise CannotDo(f"Bentuk cadangan {manifest.get('format')} tidak dikenal oleh versi ini.")
    return manifest


def _verify(source: Path, manifest: dict) -> None:
    """Everything named in the manifest is there and whole, before anything is loaded."""
    expected = {_table_path(source, name): facts["sha256"] for name, facts in manifest["tables"].items()}
    expected |= {source / "files" / key[:2] / key: key for key in manifest["files"]}
    for path, digest in expected.items():
        if not path.is_file() or _digest(path) != digest:
            raise CannotDo(f"Cadangan rusak: {path.relative_to(source)} hilang atau berubah. Pakai cadangan lain.")


def _load_files(source: Path, manifest: dict) -> None:
    for key in manifest["files"]:
        with (source / "files" / key[:2] / key).open("rb") as content:
            storage.put(content)


def _load_tables(source: Path, manifest: dict) -> None:
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in _tables(_copy_of_models()):
            if facts := manifest["tables"].get(table.name):
                for batch in _batches(_rows(_table_path(source, table.name), table, facts["columns"])):
                    connection.execute(table.insert(), batch)
            _set_sequence(connection, table)


def _copy_of_models() -> MetaData:
    """The same tables, but with an absent JSON value as NULL."""
    copy = MetaData()
    for table in Base.metadata.sorted_tables:
        for column in table.to_metadata(copy).columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return copy


def _rows(path: Path, table: Table, columns: list[str]) -> Iterator[dict]:
    parsers = {name: _parser(table.columns[name].type) for name in columns}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            pairs = zip(columns, json.loads(line), strict=True)
            yield {name: value if value is None else parsers[name](value) for name, value in pairs}


def _parser(kind):
    kind = getattr(kind, "impl_instance", kind)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat
    return date.fromisoformat if isinstance(kind, Date) else lambda value: value


def _batches(rows: Iterator[dict]) -> Iterator[list[dict]]:
    batch: list[dict] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _set_sequence(connection, table: Table) -> None:
    """PostgreSQL counts on from the greatest number that was loaded."""
    if connection.dialect.name != "postgresql" or table.autoincrement_column is None:
        return
    column = table.autoincrement_column
    greatest = connection.execute(select(func.max(column))).scalar()
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    if greatest and connection.execute(select(sequence)).scalar():
        connection.execute(select(func.setval(sequence, greatest)))


def _table_path(folder: Path, name: str) -> Path:
    return folder / "tables" / f"{name}.jsonl.gz"


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
