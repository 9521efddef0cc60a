"""The corpus of hostile.py: each file ends as one refusal that says why, or as records and rejected rows."""

import subprocess
import sys
from datetime import UTC, datetime

import psutil
import pytest

from app.config import ROOT
from app.monitoring.readers import Refused, guarded
from app.monitoring.rules.records import Record, Rejected
from tests.monitoring import hostile

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CASES = dict(hostile.cases())
MOST_KB = 300 * 1024


def test_the_corpus_is_large_and_without_twins():
    assert len(CASES) >= 150 and len(set(CASES.values())) == len(CASES)


@pytest.mark.parametrize("name", CASES)
def test_it_ends_well(tmp_path, name):
    path = tmp_path / "x"
    path.write_bytes(CASES[name])
    before = set(psutil.Process().children())
    try:
        items = [item for batch in guarded.read(path, NOW) for item in batch.items]
    except Refused as refused:
        assert len(refused.reason) > 10 and refused.reason.endswith(".")
    else:
        assert all(isinstance(item, (Record, Rejected)) for item in items)
        assert all(item.reason for item in items if isinstance(item, Rejected))
        assert all("\0" not in item.title and 0 < len(item.title) <= 300 for item in items if isinstance(item, Record))
    assert set(psutil.Process().children()) <= before


def test_no_file_makes_a_parser_larger_than_300_mb(tmp_path):
    """In a process as small as the command line's: a parser is forked from it and begins with its memory."""
    for number, content in enumerate(CASES.values()):
        (tmp_path / f"{number}").write_bytes(content)
    command = [sys.executable, "-m", "tests.monitoring.reading_all", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    read, peak_kb = map(int, done.stdout.split())
    assert read == len(CASES) and 10 * 1024 < peak_kb < MOST_KB
