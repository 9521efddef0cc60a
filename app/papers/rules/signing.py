"""Who signs: the block below a letter, as offices write it for definitif, Plt, Plh, a.n. and u.b."""

from dataclasses import dataclass
from enum import StrEnum

WITHOUT_NIP = ("bupati", "wakil bupati", "wali kota", "wakil wali kota", "walikota", "gubernur", "wakil gubernur",
               "menteri", "presiden")  # fmt: skip
"""Elected and appointed above the Sekda: they are no civil servants."""

BLANK = "…………………………………………"
"""What is not known is written by hand, never invented."""


class Signing(StrEnum):
    """In whose name a letter is signed."""

    HEAD = "kepala"
    ON_BEHALF = "an"
    FOR_THE_HOLDER = "ub"

    @property
    def label(self) -> str:
        return {
            "kepala": "Kepala sendiri", "an": "a.n. kepala (atas nama)", "ub": "u.b. (untuk beliau, atas nama atasan)",
        }[self]  # fmt: skip


@dataclass(frozen=True)
class Official:
    """Somebody who signs; `acting` is «Plt.», «Plh.» or empty."""

    name: str = ""
    position: str = ""
    rank: str = ""
    nip: str = ""
    acting: str = ""

    @property
    def title(self) -> str:
        return " ".join(part for part in (self.acting, self.position) if part)


@dataclass(frozen=True)
class Signature:
    """The block: lines above the signature, and what stands below it."""

    lines: tuple[str, ...]
    name: str
    rank: str = ""
    nip: str = ""


def signature(head: Official, signing: Signing = Signing.HEAD, deputy: Official | None = None, superior: str = ""):
    """The block for `head`, or for the `deputy` who signs a.n. the head, or u.b. for a head who acts a.n. `superior`.

    Names keep their titles (gelar) as they are written; who is above the Sekda has no NIP.
    """
    who = head if signing is Signing.HEAD or deputy is None else deputy
    lines: tuple[str, ...] = (head.title,)
    if who is deputy and signing is Signing.ON_BEHALF:
        lines = (f"a.n. {head.title}", deputy.title)
    elif who is deputy:
        lines = (f"a.n. {superior}", head.title, "u.b.", deputy.title)
    civil = not who.position.lower().startswith(WITHOUT_NIP)
    lines = tuple(line for line in lines if line and line != "a.n. ")
    ended = (*lines[:-1], f"{lines[-1]},") if lines else (BLANK,)
    return Signature(ended, who.name or BLANK, who.rank if civil else "", who.nip if civil else "")


HEADS_OF_REGIONS = {"Kabupaten": "Bupati", "Kota": "Wali Kota", "Provinsi": "Gubernur"}


def head_of_region(government: str) -> str:
    """«Bupati Kutai Kartanegara», of «Pemerintah Kabupaten Kutai Kartanegara»; else the one word for any of them."""
    kind, _, name = government.removeprefix("Pemerintah ").partition(" ")
    return f"{HEADS_OF_REGIONS[kind]} {name}" if kind in HEADS_OF_REGIONS and name else "Kepala Daerah"


HEADS_OF_OFFICES = (
    ("Sekretariat Dewan", "Sekretaris Dewan"), ("Sekretariat", "Sekretaris"), ("Inspektorat", "Inspektur"),
    ("Kecamatan", "Camat"), ("Kelurahan", "Lurah"), ("RSUD", "Direktur RSUD"), ("Perumda", "Direktur Utama Perumda"),
    ("Perusahaan", "Direktur Utama Perusahaan"),
)  # fmt: skip


def head_of_office(name: str, *, outside: bool = False) -> str:
    """What the head is called as long as nobody wrote it down: «Camat Anggana», «Kepala Dinas Perhubungan»."""
    if outside:
        return f"Pimpinan {name}"
    for begins, called in HEADS_OF_OFFICES:
        if name == begins or name.startswith(f"{begins} "):
            return called + name.removeprefix(begins)
    return f"Kepala {name}"
