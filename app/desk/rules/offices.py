"""Kelengkapan petugas: what is missing or about to be at an OPD, from its seats alone. No Flask, no SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.people.rules import Role

if TYPE_CHECKING:
    from app.people.models import Opd, Seat


class Lack(StrEnum):
    """One thing to mind; the order is that of urgency."""

    NOBODY = "kosong"
    NO_LIAISON = "narahubung"
    NO_ADMIN = "admin"
    MOVED = "pindah"
    UNOPENED = "surat"
    DECREE_LATE = "sk-lewat"
    DECREE = "sk"
    ENDS_SOON = "berakhir"
    AWAY = "berhalangan"
    NO_ACCOUNT = "belum-masuk"
    NO_PHONE = "telepon"
    PROPOSED = "usulan"

    @property
    def label(self) -> str:
        return LACK_LABELS[self]


LACK_LABELS = {
    Lack.NOBODY: "Tanpa petugas",
    Lack.NO_LIAISON: "Tanpa narahubung",
    Lack.NO_ADMIN: "Tanpa admin",
    Lack.MOVED: "Sudah pindah tugas",
    Lack.UNOPENED: "Surat belum dibuka",
    Lack.DECREE_LATE: "SK lewat waktu",
    Lack.DECREE: "SK menyusul",
    Lack.ENDS_SOON: "Segera berakhir",
    Lack.AWAY: "Berhalangan",
    Lack.NO_ACCOUNT: "Belum pernah masuk",
    Lack.NO_PHONE: "Tanpa telepon",
    Lack.PROPOSED: "Usulan menunggu",
}


@dataclass
class Office:
    """One OPD as its people stand today."""

    opd: Opd
    open: int = 0
    unopened: int = 0
    admins: list[Seat] = field(default_factory=list)
    liaisons: list[Seat] = field(default_factory=list)
    lacks: dict[Lack, str] = field(default_factory=dict)

    @property
    def alarm(self) -> bool:
        """Open tickets, and nobody who answers for them."""
        return Lack.NOBODY in self.lacks and self.open > 0


def stand(opd: Opd, seats: Iterable[Seat], open_tickets: int, unopened: int) -> Office:
    """The office with everything that is lacking, each with a few words."""
    office = Office(opd, open_tickets, unopened)
    own = [seat for seat in seats if seat.role.of_opd or seat.role is Role.DISKOMINFO]
    acting = [seat for seat in own if seat.active]
    centre = [seat for seat in acting if seat.role is Role.DISKOMINFO]
    office.admins = [seat for seat in acting if seat.role is Role.ADMIN_OPD] or centre
    office.liaisons = [seat for seat in acting if seat.role is Role.NARAHUBUNG] or centre
    for lack, words in _lacks(office, own, acting):
        office.lacks.setdefault(lack, words)
    return office


def _lacks(office: Office, own: Collection[Seat], acting: Collection[Seat]) -> Iterable[tuple[Lack, str]]:
    if not acting:
        waits = f"{office.open} tiket terbuka" if office.open else "belum ada tiket terbuka"
        yield Lack.NOBODY, f"tidak ada petugas yang berlaku; {waits}"
    elif not office.liaisons:
        yield Lack.NO_LIAISON, "belum ada narahubung"
    elif not office.admins:
        yield Lack.NO_ADMIN, "belum ada admin OPD"
    if office.unopened:
        yield Lack.UNOPENED, f"{office.unopened} surat belum dibuka"
    for lack, test in _TESTS:
        found = [seat for seat in (own if lack in (Lack.MOVED, Lack.PROPOSED) else acting) if test(seat)]
        if found:
            yield lack, f"{lack.label.lower()}: {_names(found)}".replace("sk ", "SK ", 1)


def _names(seats: Collection[Seat]) -> str:
    return ", ".join(dict.fromkeys(seat.person.name for seat in seats))


_TESTS = (
    (Lack.MOVED, lambda seat: bool(seat.moved_at)),
    (Lack.DECREE_LATE, lambda seat: seat.decree_late),
    (Lack.DECREE, lambda seat: seat.decree_follows and not seat.decree_late),
    (Lack.ENDS_SOON, lambda seat: seat.ends_soon),
    (Lack.AWAY, lambda seat: seat.away),
    (Lack.NO_ACCOUNT, lambda seat: not seat.person.password_hash),
    (Lack.NO_PHONE, lambda seat: not seat.person.phone),
    (Lack.PROPOSED, lambda seat: not seat.confirmed_at),
)
