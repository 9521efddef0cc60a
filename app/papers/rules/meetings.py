"""The shapes of a rakor's papers (mission.md, «Papers offices use»): everything they say, as text."""

from dataclasses import dataclass

from app.papers.rules.shapes import Letter, Letterhead, Section
from app.papers.rules.signing import Signature

Pairs = tuple[tuple[str, str], ...]
"""What, and what it is: «Tempat», «Ruang Serbaguna»."""


@dataclass(frozen=True)
class Sheet:
    """What stands around a rakor's paper. `mark` is «DRAF» or nothing; `foot` says how old the facts are."""

    letterhead: Letterhead
    title: str
    number: str
    facts: Pairs
    mark: str
    foot: str


@dataclass(frozen=True)
class Invitation:
    """Undangan rakor. Few guests stand in the letter, many on a list behind it."""

    letter: Letter
    guests: tuple[str, ...]
    annexed: bool
    annex: Pairs
    opening: tuple[str, ...]
    facts: Pairs
    closing: tuple[str, ...]
    mark: str
    foot: str


@dataclass(frozen=True)
class PlanLine:
    """A plan (RTL): what, by whom, until when, and where it stands. `details`: indicator, instrument, spokesperson."""

    text: str
    details: tuple[str, ...]
    lead: str
    supporting: str
    due: str
    state: str


@dataclass(frozen=True)
class Brought:
    """A matter as it is brought before the rakor: summary, evidence, OPDs, and what is asked."""

    title: str
    facts: Pairs
    background: tuple[str, ...]
    evidence: tuple[str, ...]
    question: str


@dataclass(frozen=True)
class MeetingMaterial:
    """Bahan rakor: the overview, the last plans first, then one matter after the other."""

    sheet: Sheet
    overview: tuple[str, ...]
    plans: tuple[PlanLine, ...]
    matters: tuple[Brought, ...]


@dataclass(frozen=True)
class GuestLine:
    """An invited office. `ticks` are hadir, diwakili, tidak hadir; none is ticked before the rakor."""

    office: str
    person: str
    ticks: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Attendance:
    """Daftar hadir, with room for each signature and, before the rakor, for more people."""

    sheet: Sheet
    guests: tuple[GuestLine, ...]
    summary: str
    signature: Signature


@dataclass(frozen=True)
class Discussed:
    """A matter after the rakor: what was said, what was decided, who does what."""

    title: str
    discussion: tuple[str, ...]
    outcome: tuple[str, ...]
    plans: tuple[PlanLine, ...]


@dataclass(frozen=True)
class Picture:
    """A photo of the annex, as a JPEG or PNG."""

    caption: str
    content: bytes


@dataclass(frozen=True)
class Minutes:
    """Notula, with the photos behind it."""

    sheet: Sheet
    participants: Pairs
    matters: tuple[Discussed, ...]
    closing: tuple[str, ...]
    signatures: tuple[Signature, Signature]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Agreement:
    """Berita acara kesepakatan, signed by everybody who agreed."""

    sheet: Sheet
    opening: tuple[str, ...]
    points: tuple[Section, ...]
    closing: tuple[str, ...]
    parties: Pairs
    signature: Signature


@dataclass(frozen=True)
class MeetingReport:
    """Nota dinas laporan hasil rakor, to the Bupati through the Sekda. `sheet.facts` is its head."""

    sheet: Sheet
    opening: tuple[str, ...]
    held: Pairs
    results: tuple[Section, ...]
    plans: tuple[PlanLine, ...]
    closing: tuple[str, ...]
    signature: Signature
    copies: tuple[str, ...]


@dataclass(frozen=True)
class FollowUp:
    """A row of the matriks."""

    isu: str
    sources: tuple[str, ...]
    place: str
    lead: str
    supporting: str
    action: str
    due: str
    indicator: str
    state: str
    progress: str
    note: str


MATRIX_HEAD = (
    "No.", "Isu", "Sumber & tautan", "Lokasi", "OPD pengampu", "OPD pendukung", "Tindak lanjut disepakati",
    "Target waktu", "Indikator/bukti", "Status", "Progres %", "Keterangan",
)  # fmt: skip


@dataclass(frozen=True)
class FollowUpMatrix:
    """Matriks tindak lanjut; `head` is MATRIX_HEAD, so that every form reads it from the same place."""

    sheet: Sheet
    head: tuple[str, ...]
    rows: tuple[FollowUp, ...]
    summary: str
    signature: Signature


@dataclass(frozen=True)
class AgendaEntry:
    """A matter of the register: from what was seen to what was decided."""

    title: str
    period: str
    background: tuple[str, ...]
    cause: str
    lead: str
    supporting: str
    actions: tuple[str, ...]
    instrument: str
    narrative: str
    spokesperson: str
    target: str
    indicator: str
    rakor: str
    state: str
    approval: str
    review: str


@dataclass(frozen=True)
class AgendaRegister:
    """Register agenda prioritas of a period."""

    sheet: Sheet
    rows: tuple[AgendaEntry, ...]
    summary: str
    signature: Signature
