"""History in bulk: event rows with the same hashes that `core.events.record` makes."""

from datetime import datetime
from random import Random
from types import SimpleNamespace
from typing import Any

from app.core import events
from app.demo.volume.world import Actor

Row = dict[str, Any]


class Chain:
    """The events of one stream. `rows` and `texts` are what goes into the tables."""

    def __init__(self, stream: str, first_id: int, rng: Random):
        self.stream, self.next_id, self.rng = stream, first_id, rng
        self.rows: list[Row] = []
        self.texts: list[Row] = []
        self.last = events.GENESIS

    def add(self, kind: str, at: datetime, by: Actor | None, *, text: str | None = None, **facts: Any) -> int:
        """Append one event; `facts` may be before, after, audience. Returns its id."""
        row = {
            "id": self.next_id,
            "stream": self.stream,
            "seq": len(self.rows) + 1,
            "kind": kind,
            "at": at,
            "seat_id": by.seat_id if by else None,
            "person_id": by.person_id if by else None,
            "opd_id": by.opd_id if by else None,
            "actor": by.signature if by else "Sistem",
            "audience": facts.get("audience", "shared"),
            "ref_id": None,
            "before": facts.get("before"),
            "after": facts.get("after"),
            "prev_hash": self.last,
        }
        row["hash"] = self.last = events.digest(SimpleNamespace(**row), self._text(text))
        self.rows.append(row)
        self.next_id += 1
        return row["id"]

    def _text(self, text: str | None) -> str | None:
        if text is None:
            return None
        salt = f"{self.rng.getrandbits(128):032x}"
        digest = events.text_digest(salt, text)
        row = {"event_id": self.next_id, "text": text, "salt": salt, "digest": digest, "redacted_at": None}
        self.texts.append(row)
        return digest
