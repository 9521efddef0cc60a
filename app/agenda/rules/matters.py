"""A rakor agrees, leaders decide: the stages of a matter on the agenda and the moves between them."""

from dataclasses import dataclass
from enum import StrEnum


class AgendaStage(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    APPROVED = "approved"
    RUNNING = "running"
    REVIEWED = "reviewed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {
            "proposed": "Diusulkan", "agreed": "Disepakati rakor", "approved": "Disetujui pimpinan",
            "running": "Berjalan", "reviewed": "Ditinjau", "dropped": "Tidak dilanjutkan",
        }[self]  # fmt: skip


class Instrument(StrEnum):
    """By what a decision becomes policy."""

    NONE = ""
    PERBUP = "perbup"
    CIRCULAR = "se"
    PROGRAMME = "program"
    BUDGET = "anggaran"
    COMMUNICATION = "komunikasi"

    @property
    def label(self) -> str:
        return {
            "": "Belum ditentukan", "perbup": "Peraturan bupati", "se": "Surat edaran", "program": "Program/kegiatan",
            "anggaran": "Anggaran", "komunikasi": "Komunikasi",
        }[self]  # fmt: skip


class Approval(StrEnum):
    """How the leaders said yes."""

    NONE = ""
    DISPOSITION = "disposisi"
    DECREE = "sk"
    CIRCULAR = "se"
    INSTRUCTION = "arahan"

    @property
    def label(self) -> str:
        return {
            "": "Belum ada", "disposisi": "Disposisi", "sk": "Surat keputusan", "se": "Surat edaran",
            "arahan": "Arahan",
        }[self]  # fmt: skip


@dataclass(frozen=True)
class Move:
    name: str
    label: str
    sources: frozenset[AgendaStage]
    target: AgendaStage
    needs: tuple[str, ...] = ()


S = AgendaStage
APPROVAL = ("approval_kind", "approval_on")
MOVES = {
    move.name: move
    for move in (
        Move("agree", "Disepakati rakor", frozenset({S.PROPOSED}), S.AGREED),
        Move("approve", "Catat persetujuan pimpinan", frozenset({S.AGREED}), S.APPROVED, APPROVAL),
        Move("start", "Mulai berjalan", frozenset({S.APPROVED, S.REVIEWED}), S.RUNNING),
        Move("review", "Catat tinjauan", frozenset({S.RUNNING}), S.REVIEWED, ("note",)),
        Move("drop", "Tidak dilanjutkan", frozenset(S) - {S.DROPPED}, S.DROPPED, ("note",)),
        Move("propose", "Usulkan lagi", frozenset({S.DROPPED}), S.PROPOSED),
    )
}  # fmt: skip
"""The select box, the guard and the tests read these lines."""


def moves_from(stage: AgendaStage) -> list[Move]:
    return [move for move in MOVES.values() if stage in move.sources]
