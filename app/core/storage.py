"""Files by the hash of their content: written once, never changed, the name tells whether they are whole."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from flask import current_app

CHUNK = 1 << 20
NEEDED_FREE = 200 * 1024 * 1024


class DiskFull(Exception):
    """Less than 200 MB free: imports and uploads wait, reading goes on (guard.md 24)."""


def space():
    """Total, used and free bytes of the disk that holds the files."""
    return shutil.disk_usage(_folder())


def put(source: bytes | BinaryIO) -> str:
    """Keep the bytes and return their key (SHA-256, hex). Raises DiskFull."""
    folder = _folder()
    if space().free < NEEDED_FREE:
        raise DiskFull
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as draft:
        for chunk in _chunks(source):
            digest.update(chunk)
            draft.write(chunk)
        draft.flush()
        os.fsync(draft.fileno())
    key = digest.hexdigest()
    target = path(key)
    target.parent.mkdir(exist_ok=True)
    os.replace(draft.name, target)
    return key


def path(key: str) -> Path:
    """Where the content of `key` lies."""
    if len(key) != 64 or not key.isalnum():
        raise ValueError("not a storage key")
    return _folder() / key[:2] / key


def discard(key: str) -> None:
    """Remove the content of `key`; that nobody else needs it is the caller's to know. Twice does no harm."""
    path(key).unlink(missing_ok=True)


def exists(key: str) -> bool:
    return path(key).exists()


def all_keys() -> Iterator[str]:
    """Every key, in order."""
    return (path.name for path in sorted(_folder().glob("??/*")))


def read(key: str) -> bytes:
    return path(key).read_bytes()


def _folder() -> Path:
    folder = Path(current_app.config["INSTANCE_PATH"]) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _chunks(source: bytes | BinaryIO):
    if isinstance(source, bytes):
        yield source
        return
    while chunk := source.read(CHUNK):
        yield chunk
