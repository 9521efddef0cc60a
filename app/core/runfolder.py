"""The folder of sockets, pid files and generated configuration. A socket's path may have 108 bytes at most."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

LONGEST = 90


def of(instance: Path) -> Path:
    """Where this instance keeps its sockets: instance/run, or a short private folder when that path is too long."""
    folder = instance / "run"
    if len(os.fsencode(folder)) <= LONGEST:
        return folder
    name = hashlib.sha256(os.fsencode(instance)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tanggap-{os.getuid()}-{name}"


def make(instance: Path) -> Path:
    """Make it, for its owner only. PermissionError when somebody else was there first."""
    folder = of(instance)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    folder.chmod(0o700)
    return folder
