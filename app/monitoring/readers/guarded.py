"""The only door to the readers: parsing happens in a short-lived child process under hard limits (guard.md 13).

The child is forked, reads the file, and writes its records as lines of JSON into a pipe, which the parent takes in
batches. Whatever a hostile file does to the child, to the parent it is one Refused with a reason.
"""

from __future__ import annotations

import faulthandler
import fcntl
import gc
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import orjson

from app.core import processes
from app.monitoring.readers import Refused, Total, site, sniff, structured
from app.monitoring.rules.kinds import Channel, Tone
from app.monitoring.rules.mailing import Body, Chunk, Head, Letter
from app.monitoring.rules.mapping import Mapping
from app.monitoring.rules.records import Record, Rejected, taken

MB = 1024 * 1024
MEMORY = 512 * MB
LESS_MEMORY = 192 * MB
LARGEST_FEED = 10 * MB
SECONDS = 20
SECONDS_PER_MB = 12
SILENCE = 60
BREATH = 3
BATCH = 500

OUT_OF_TIME = "Isinya terlalu rumit untuk dibaca dalam waktu wajar. Bagi menjadi beberapa berkas."
OUT_OF_MEMORY = "Isinya memakan terlalu banyak memori. Bagi menjadi beberapa berkas, atau simpan ulang di Excel."
DIED = "Pembacaan berhenti mendadak. Berkas ini mungkin rusak; simpan ulang di Excel atau minta ulang dari sumbernya."
NO_LETTER = "Suratnya rusak atau terlalu rumit untuk dibaca. Teruskan isinya lagi sebagai surat biasa."


@dataclass
class Batch:
    """Up to 500 rows in the order of the file; `total` is how many the file holds, where known."""

    items: list[Record | Rejected] = field(default_factory=list)
    total: int | None = None


@dataclass
class Peek:
    """What a file is and how its first rows would be read, for a person to confirm; it holds nothing but JSON.

    `kind` is "table"; or "feed" or "mirror" (SP4N-LAPOR!), about which nothing is asked.
    """

    kind: str
    sheets: list[str] = field(default_factory=list)
    sheet: str = ""
    header_row: int = 0
    headers: list[str] = field(default_factory=list)
    mapping: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


Study = Callable[[Record], dict[str, Any]]
"""What is to be found out in each record, as JSON. It runs in the child and asks nothing of the database."""

if TYPE_CHECKING:  # the sheet reader is imported by the child alone
    from app.monitoring.readers import sheet as sheet_reader

    Item = Total | Record | Rejected | Peek | Head | Body | Chunk | site.Sight | sheet_reader.Plain


def peek(
    path: Path,
    now: datetime,
    sheet: str = "",
    header_row: int | None = None,
    mapping: Mapping | None = None,
    *,
    waiting: Callable[[], None] = lambda: None,
) -> Peek:
    """The header, mapping and first 20 rows of a sheet, read in the same guarded child. Raises Refused.

    `waiting` is called every few seconds while the child is still thinking, so that a lease can be renewed.
    """
    child = _told(lambda: _looked(path, sheet, header_row, mapping), now, _seconds(path))
    return Peek(**_one(child, waiting))


def plain(path: Path, now: datetime, most: int, *, waiting: Callable[[], None] = lambda: None) -> list[dict[str, Any]]:
    """Every filled row of a sheet as {"sheet", "line", "cells"}, whatever it is about, read in the same guarded child.

    Raises Refused.
    """
    return _all(_told(lambda: _plain(path, most), now, _seconds(path)), waiting)


def _plain(path: Path, most: int) -> Iterable[sheet_reader.Plain]:
    from app.monitoring.readers import sheet

    kind = _kind_of(path)
    if kind == "feed":
        raise Refused("Ini bukan lembar kerja. Pakai berkas .xlsx, .ods, atau .csv.")
    return sheet.plain(path, kind, most)


def sight(
    body: bytes, media_type: str, address: str, now: datetime, *, waiting: Callable[[], None] = lambda: None
) -> site.Sight:
    """What came from `address`, a feed or a page that may name some, read in the same guarded child. Raises Refused."""
    child = _told(lambda: [site.look(body, media_type, address, now)], now, SECONDS)
    return site.Sight(**_one(child, waiting))


def _one(child: Generator[bytes, None, None], waiting: Callable[[], None]) -> dict[str, Any]:
    """The only thing that a child tells. Raises Refused."""
    return _all(child, waiting)[0]


def _all(child: Generator[bytes, None, None], waiting: Callable[[], None]) -> list[dict[str, Any]]:
    """All that a child tells. Raises Refused."""
    told: list[dict[str, Any]] = []
    with closing(child) as lines:
        for line in lines:
            if not line:
                waiting()
                continue
            message = orjson.loads(line)
            if "refused" in message:
                raise Refused(message["refused"], message["headers"])
            told.append(message)
    return told


def read(
    path: Path,
    now: datetime,
    media_type: str = "",
    mapping: Mapping | None = None,
    *,
    mirror: bool = False,
    study: Study | None = None,
) -> Iterator[Batch]:
    """Read a feed or sheet, told by its content; `mirror`: nothing but an export of SP4N-LAPOR!.

    `study` is done for each record in the child, beside whoever takes the records in: it becomes `record.studied`.

    Raises Refused, also in the middle. `now` dates what has no date.

    By a mapping only a sheet whose header is the one it was made for; without, by what the synonyms suggest.

    An empty batch comes every few seconds while the child is still thinking, so that a lease can be renewed.
    """
    with closing(_told(lambda: _items(path, media_type, mapping, mirror), now, _seconds(path), study)) as lines:
        yield from _batches(lines)


def letter(raw: bytes, now: datetime) -> Letter:
    """E-mail taken apart in the same guarded child, as far as it goes: `trouble` says why it went no further."""
    told = Letter()
    try:
        with closing(_told(lambda: _letter(raw), now, SECONDS)) as lines:
            for line in lines:
                told.add(orjson.loads(line or b"{}"))
    except Refused:
        told.trouble = NO_LETTER
    return told


def _letter(raw: bytes) -> Iterable[Head | Body | Chunk]:
    from app.monitoring.readers import letter

    return letter.read(raw)


def _seconds(path: Path) -> int:
    """The time a file of that size may take."""
    return SECONDS + SECONDS_PER_MB * path.stat().st_size // MB


def _told(
    items: Callable[[], Iterable[Item]], now: datetime, seconds: int, study: Study | None = None
) -> Generator[bytes, None, None]:
    """The lines of a child that tells what `items` yields in it."""
    pid, pipe = _fork(lambda out: _tell(items, now, out, study), seconds)
    try:
        yield from _lines(pipe)
    finally:
        pipe.close()
        status = _reap(pid)
    _judge(status)


def _batches(lines: Iterable[bytes]) -> Iterator[Batch]:
    batch = Batch()
    for line in lines:
        message = orjson.loads(line or b"{}")
        if "refused" in message:
            raise Refused(message["refused"], message["headers"])
        if "total" in message:
            batch.total = message["total"]
        elif message:
            batch.items.append(_thawed(message))
        if len(batch.items) >= BATCH or not line:
            yield batch
            batch = Batch(total=batch.total)
    if batch.items or batch.total is not None:
        yield batch


def _lines(pipe: BinaryIO) -> Iterator[bytes]:
    """Whole lines, and an empty one now and then; a child that says nothing for a minute is given up."""
    rest, silent = b"", 0
    while silent < SILENCE:
        if not select.select([pipe], [], [], BREATH)[0]:
            silent += BREATH
            yield b""
            continue
        chunk = os.read(pipe.fileno(), MB)
        if not chunk:
            return
        silent = 0
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _thawed(message: dict[str, Any]) -> Record | Rejected:
    if "reason" in message:
        return Rejected(**message)
    message["channel"] = Channel(message["channel"]) if message["channel"] else None
    message["tone"] = Tone(message["tone"]) if message["tone"] else None
    message["published_at"] = datetime.fromisoformat(message["published_at"])
    return Record(**message)


def _reap(pid: int) -> int:
    """The child's end, at once: closing the pipe ends one that still writes, SIGKILL one that still thinks."""
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def _judge(status: int) -> None:
    """Turn a violent death into words."""
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        return
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
        raise Refused(OUT_OF_TIME)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _NO_MEMORY:
        raise Refused(OUT_OF_MEMORY)
    raise Refused(DIED)


_NO_MEMORY = 12


def _fork(tell: Callable[[BinaryIO], None], seconds: int) -> tuple[int, BinaryIO]:
    reading, writing = _wide_pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _live(tell, seconds, writing)
    os.close(writing)
    return pid, os.fdopen(reading, "rb", buffering=0)


def _wide_pipe() -> tuple[int, int]:
    """A pipe that holds more than a batch where the system allows it, so that both ends work at the same time."""
    reading, writing = os.pipe()
    with suppress(AttributeError, OSError):
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, MB)
    return reading, writing


def _live(tell: Callable[[BinaryIO], None], seconds: int, writing: int) -> NoReturn:
    """The child's whole life. It never returns into the program it was forked from."""
    status = 1
    try:
        _restrict(seconds)
        with os.fdopen(writing, "wb", buffering=256 * 1024) as out:
            tell(out)
        status = 0
    except MemoryError:
        status = _NO_MEMORY
    except BaseException:
        status = 1
    finally:
        os._exit(status)


def _restrict(seconds: int) -> None:
    """No more memory, time or files than a parser needs; signals as if newly started."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU, signal.SIGPIPE, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    processes.die_with_parent(signal.SIGKILL)
    faulthandler.disable()
    gc.freeze()
    # No destructor of the parent's connections may run here.
    gc.disable()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _limit_memory(MEMORY)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)


def _limit_memory(more: int) -> None:
    if sys.platform == "linux":
        limit = _address_space() + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _address_space() -> int:
    """What the interpreter already holds; the limit is for what parsing adds."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _tell(items: Callable[[], Iterable[Item]], now: datetime, out: BinaryIO, study: Study | None) -> None:
    try:
        for item in items():
            told = taken(item, now) if isinstance(item, Record) else item
            if study and isinstance(told, Record):
                told.studied = study(told)
            out.write(_frozen(told))
    except Refused as refused:
        out.write(orjson.dumps({"refused": refused.reason, "headers": refused.headers}) + b"\n")


def _items(path: Path, media_type: str, mapping: Mapping | None, mirror: bool) -> Iterable[Total | Record | Rejected]:
    from app.monitoring.readers import feed, sheet

    kind = _kind_of(path)
    if kind != "feed":
        return sheet.read(path, kind, mapping, mirror_only=mirror)
    if mirror:
        raise Refused(sheet.mirror.NO_EXPORT)
    return feed.read(path.read_bytes(), media_type)


def _looked(path: Path, wanted: str, header_row: int | None, mapping: Mapping | None) -> Iterable[Peek]:
    from app.monitoring.readers import sheet

    kind = _kind_of(path)
    if kind == "feed":
        return [Peek("feed")]
    seen = sheet.preview(path, kind, wanted, header_row, mapping)
    if seen is None:
        return [Peek("mirror")]
    names, found, rows = seen
    return [Peek("table", names, found.sheet, found.header_row, list(found.headers), found.to_dict(), rows)]


def _kind_of(path: Path) -> sniff.Kind:
    """What the file is; a reader of formats that cannot be looked into first gets less memory. Raises Refused."""
    with path.open("rb") as file:
        kind = sniff.kind_of(file.read(sniff.HEAD))
    if kind in ("xls", "json"):
        _limit_memory(LESS_MEMORY)
    if kind == "json" and path.stat().st_size <= LARGEST_FEED and structured.is_feed(path.read_bytes()):
        kind = "feed"
    if kind == "feed" and path.stat().st_size > LARGEST_FEED:
        raise Refused("Umpan lebih dari 10 MB.")
    return kind


def _frozen(item: Item) -> bytes:
    if isinstance(item, Total):
        return b'{"total":%d}\n' % item.rows
    return orjson.dumps(item, default=str, option=orjson.OPT_APPEND_NEWLINE)
