"""Readers turn bytes into plain records. All of them run inside the guarded child process (guarded.py)."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """A whole feed or file that cannot be taken; the message says in Indonesian why and what to do."""

    def __init__(self, reason: str, headers: list[str] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.headers = headers or []


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows are to come; said once, before the first row, where it is known."""

    rows: int
