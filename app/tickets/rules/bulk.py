"""What can be done to many tickets at once, by whom, and how it is told. No Flask, no SQL."""

from dataclasses import dataclass

from app.people.rules import Role

MOST = 50
"""A page of the queue: more would hold everybody else up."""


@dataclass(frozen=True)
class Act:
    """`move` is the table's verb behind it; `undone`: it can be taken back, as no letters have left."""

    name: str
    label: str
    says: str
    roles: frozenset[Role]
    fields: tuple[str, ...] = ()
    move: str = ""
    undone: bool = True


CENTRE = frozenset({Role.DISKOMINFO})
OPD = frozenset({Role.ADMIN_OPD, Role.NARAHUBUNG})
ACTS = {
    act.name: act
    for act in (
        Act("terima", "Terima & tangani", "diterima dan ditangani", OPD, move="take_on", undone=False),
        Act("pemegang", "Tetapkan pemegang", "ditetapkan pemegangnya", frozenset({Role.ADMIN_OPD}), ("seat",)),
        Act("teruskan", "Teruskan", "diteruskan", CENTRE, ("opd", "note"), move="forward", undone=False),
        Act("tingkat", "Ubah tingkat", "diubah tingkatnya", CENTRE, ("level",)),
        Act("tutup", "Tutup", "ditutup", CENTRE, move="close"),
        Act("arsip", "Arsipkan", "diarsipkan", CENTRE, ("reason",), move="archive"),
    )
}
UNDO = "urungkan"
UNDONE = "Diurungkan dari tindakan untuk banyak tiket."


def acts_for(role: Role) -> list[Act]:
    """The acts offered below the queue to a seat of this role."""
    return [act for act in ACTS.values() if role in act.roles]
