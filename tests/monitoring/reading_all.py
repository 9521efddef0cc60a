"""Reads every file of a folder through the guarded door; prints how many there were, and the largest parser's kB.

`python -m tests.monitoring.reading_all FOLDER`
"""

import contextlib
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.monitoring.readers import Refused, guarded

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def main(folder: Path) -> None:
    files = list(folder.iterdir())
    for file in files:
        with contextlib.suppress(Refused):
            for _ in guarded.read(file, NOW):
                pass
    print(len(files), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


main(Path(sys.argv[1]))
