"""Rencana tindak lanjut (RTL): where it came from, and what became of it."""

from datetime import date
from enum import StrEnum


class PlanOrigin(StrEnum):
    RAKOR = "rakor"
    INSTRUCTION = "arahan"
    COUNCIL = "dprd"
    VISIT = "kunjungan"
    MEDIA = "media"

    @property
    def label(self) -> str:
        return {
            "rakor": "Rakor", "arahan": "Arahan pimpinan", "dprd": "Rapat DPRD", "kunjungan": "Kunjungan kerja",
            "media": "Janji di media",
        }[self]  # fmt: skip


class PlanState(StrEnum):
    RUNNING = "running"
    KEPT = "kept"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {"running": "Berjalan", "kept": "Terlaksana", "dropped": "Tidak dilanjutkan"}[self]


LATE = "Lewat target"
"""What is said of a running plan after its day; nobody has to set it."""


def is_late(state: PlanState, due_on: date, today: date) -> bool:
    return state is PlanState.RUNNING and due_on < today
