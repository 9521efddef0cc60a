"""Roles and seats, as the Bupati's decree and the mission's glossary name them."""

from enum import StrEnum


class Role(StrEnum):
    DISKOMINFO = "diskominfo"
    ADMIN_OPD = "admin_opd"
    NARAHUBUNG = "narahubung"
    PIMPINAN = "pimpinan"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]

    @property
    def of_opd(self) -> bool:
        """The two roles that an agency's own people hold."""
        return self in (Role.ADMIN_OPD, Role.NARAHUBUNG)


ROLE_LABELS = {
    Role.DISKOMINFO: "Diskominfo",
    Role.ADMIN_OPD: "admin OPD",
    Role.NARAHUBUNG: "narahubung",
    Role.PIMPINAN: "pimpinan",
}


class SeatKind(StrEnum):
    DEFINITIF = "definitif"
    PLT = "plt"
    PLH = "plh"
    SEMENTARA = "sementara"

    @property
    def label(self) -> str:
        return {"definitif": "Definitif", "plt": "Plt.", "plh": "Plh.", "sementara": "Sementara"}[self.value]


DECREE_FOLLOWS_DAYS = 14
"""A temporary appointment works at once; its decree ("SK menyusul") is due within this many days."""

OPD_KINDS = {
    "sekretariat": "Sekretariat", "bagian": "Bagian", "inspektorat": "Inspektorat", "dinas": "Dinas", "badan": "Badan",
    "satuan": "Satuan", "rsud": "RSUD", "bumd": "BUMD", "kecamatan": "Kecamatan", "eksternal": "Instansi luar",
}  # fmt: skip


def is_outside(kind: str) -> bool:
    """An outside body (instansi luar) has no accounts and gets no letters."""
    return kind == "eksternal"
