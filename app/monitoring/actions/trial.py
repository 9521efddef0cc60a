"""A dry run: what a file would bring, counted as an import counts it, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.monitoring import queries
from app.monitoring.readers.guarded import Batch
from app.monitoring.rules import keys
from app.monitoring.rules.records import Record

NO_SOURCE = 0


@dataclass
class Trial:
    """The counts of an import that does not take place."""

    source_id: int = NO_SOURCE
    new: int = 0
    repeated: int = 0
    rejected: int = 0
    _seen: set[str] = field(default_factory=set)

    def take(self, batches: Iterable[Batch]) -> None:
        """Count all rows. Raises readers.Refused as reading does."""
        for batch in batches:
            records = [keys.keys_of(item, self.source_id) for item in batch.items if isinstance(item, Record)]
            self.rejected += len(batch.items) - len(records)
            self._seen |= queries.known_by({key for own in records for key in own} - self._seen).keys()
            for own in records:
                repeated = not self._seen.isdisjoint(own)
                self.repeated += repeated
                self.new += not repeated
                self._seen.update(own)
