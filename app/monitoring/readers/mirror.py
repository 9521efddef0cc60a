"""The rows of the SP4N-LAPOR! export. Runs only inside the guarded child process, below sheet.py.

Of who reported nothing comes out of here: no name, and of an unread row no more than its number and date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from app.monitoring.readers import Refused, dates
from app.monitoring.rules import mirror
from app.monitoring.rules.columns import Layout, folded
from app.monitoring.rules.kinds import Channel
from app.monitoring.rules.records import Record, Rejected

NO_EXPORT = (
    "Ini bukan ekspor SP4N-LAPOR!: tidak ada baris judul kolom yang diawali Tracking ID. "
    "Unduh lagi Excel laporan dari SP4N-LAPOR!, lalu unggah tanpa diubah."
)
UNREAD = "Tanggal Laporan Masuk tidak terbaca. Unduh ulang ekspornya dari SP4N-LAPOR! tanpa mengubah kolomnya."


class Cells(Protocol):
    """One row, asked by what a column is."""

    def text(self, target: str) -> str: ...

    def moment(self) -> datetime | None: ...

    def raw(self, without: Iterable[int] = ()) -> dict[str, str]: ...


def checked(layout: Layout) -> Layout:
    """The layout, complete. Raises Refused."""
    if lacking := mirror.missing(layout):
        raise Refused(f"Ekspor SP4N-LAPOR! ini tanpa kolom {', '.join(lacking)}. Unduh lagi dengan semua kolom.")
    return layout


def told_at(block: Sequence[Sequence[Any]]) -> datetime | None:
    """How old the export says it is, in its information block."""
    return next((at for line in mirror.age_lines(block) if (at := dates.parse(line))), None)


def row(number: int, cells: Cells, data_at: datetime | None) -> Record | Rejected | None:
    """A complaint; None for a footer, which is no row at all."""
    tracking_id = mirror.tracking_id(cells.text(mirror.FIRST))
    if not tracking_id:
        return None
    published_at = cells.moment()
    if published_at is None:
        return Rejected(number, UNREAD, {"Tracking ID": tracking_id, "Tanggal": cells.text("published_at")[:40]})
    name, secrecy = cells.text("reporter"), cells.text("secrecy")
    return Record(
        line=number,
        external_id=tracking_id,
        title=mirror.without_name(cells.text("title"), name),
        text=mirror.without_name(cells.text("final_text") or cells.text("text"), name),
        media="SP4N-LAPOR!",
        channel=Channel.COMPLAINT,
        published_at=published_at,
        raw={header: value for header, value in cells.raw().items() if folded(header) in mirror.KEPT},
        mirror={
            "raw_state": cells.text("state").strip()[:80],
            "kind": cells.text("kind").strip()[:80],
            "category": cells.text("category").strip()[:200],
            "agency": cells.text("agency").strip()[:200],
            "reporter_hidden": mirror.is_hidden(secrecy),
            "data_at": data_at.isoformat() if data_at else "",
        },
    )
