"""A rakor is prepared, its papers are frozen, it is held and ends."""

from enum import StrEnum


class RakorState(StrEnum):
    PREPARING = "preparing"
    LOCKED = "locked"
    FINISHED = "finished"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "preparing": "Disiapkan", "locked": "Bahan dikunci", "finished": "Selesai", "cancelled": "Dibatalkan",
        }[self]  # fmt: skip

    @property
    def open(self) -> bool:
        """It is still to be held, or being held."""
        return self in (RakorState.PREPARING, RakorState.LOCKED)


class Attendance(StrEnum):
    UNKNOWN = "unknown"
    PRESENT = "present"
    REPRESENTED = "represented"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        return {
            "unknown": "Belum dicatat", "present": "Hadir", "represented": "Diwakili", "absent": "Tidak hadir",
        }[self]  # fmt: skip
