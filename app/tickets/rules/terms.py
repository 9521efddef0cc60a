"""How long each thing may take: the terms to start with, and which one holds. No SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.calendar import Unit
from app.tickets.rules.life import Level, Origin, TicketClass


class What(StrEnum):
    """What a term is for."""

    AUTHORITY = "authority"
    TAKE_ON = "take_on"
    FIRST_REACTION = "first_reaction"
    FIRST_ANSWER = "first_answer"
    FINISHED = "finished"
    RULING = "ruling"

    @property
    def label(self) -> str:
        return {
            "authority": "Penetapan pengampu", "take_on": "Terima & tangani", "first_reaction": "Tanggapan pertama",
            "first_answer": "Jawaban pertama", "finished": "Jawaban lengkap", "ruling": "Putusan Asisten/Sekda",
        }[self]  # fmt: skip

    @property
    def whose(self) -> str:
        return {
            "authority": "Diskominfo, sejak tiket dibuka atau OPD berkeberatan",
            "take_on": "OPD, sejak permintaan diterima",
            "first_reaction": "OPD, sejak permintaan diterima",
            "first_answer": "OPD, sejak permintaan diterima",
            "finished": "OPD, sejak permintaan diterima",
            "ruling": "pimpinan, sejak putusan diminta",
        }[self]


@dataclass(frozen=True)
class Policy:
    """A term: `amount` of `unit` for `what`; of a class, level or origin, or of any (None)."""

    what: What
    amount: int
    unit: Unit
    effective_on: date
    ends_on: date | None = None
    ticket_class: TicketClass | None = None
    level: Level | None = None
    origin: Origin | None = None
    basis: str = ""

    def covers(self, kind: TicketClass, level: Level, origin: Origin, on: date) -> bool:
        """Whether it is in force on that day for such a matter."""
        mine = ((self.ticket_class, kind), (self.level, level), (self.origin, origin))
        in_force = self.effective_on <= on and (self.ends_on is None or on <= self.ends_on)
        return in_force and all(own is None or own is given for own, given in mine)

    @property
    def rank(self) -> tuple:
        """Of an origin beats of a level, that beats of a class, that beats of any; then the newest."""
        return self.origin is not None, self.level is not None, self.ticket_class is not None, self.effective_on

    @property
    def term(self) -> str:
        return f"{self.amount} {self.unit.label}"

    @property
    def outside_basis(self) -> str:
        """The basis as anybody may read it: words about Krisis, and that a term is our guess, stay in Diskominfo."""
        return "" if self.level is Level.KRISIS or self.basis == START else self.basis


def choose(policies: Iterable[Policy], what: What, kind: TicketClass, level: Level, origin: Origin, on: date) -> Policy:
    """The strongest policy in force on the first day of a clock; where none is, the term to start with."""
    found = [policy for policy in policies if policy.what is what and policy.covers(kind, level, origin, on)]
    found = found or [policy for policy in DEFAULTS if policy.what is what and policy.covers(kind, level, origin, on)]
    return max(found, key=lambda policy: policy.rank)


FROM = date(2000, 1, 1)
"""The terms to start with hold for whatever is older than the first change."""
START = "Isian awal, belum dikonfirmasi"
DAYS, HOURS, WATCH, CLOCK = Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.WATCH_HOURS, Unit.CLOCK_HOURS
DEFAULTS = tuple(
    Policy(what, amount, unit, FROM, None, kind, level, None, START)
    for what, amount, unit, kind, level in (
        (What.AUTHORITY, 1, DAYS, None, None),
        (What.TAKE_ON, 1, DAYS, None, None),
        (What.FIRST_REACTION, 1, DAYS, None, None),
        (What.FIRST_REACTION, 8, HOURS, None, Level.SEGERA),
        (What.FIRST_REACTION, 4, WATCH, None, Level.SANGAT_SEGERA),
        (What.FIRST_REACTION, 1, CLOCK, None, Level.KRISIS),
        (What.FIRST_ANSWER, 5, DAYS, None, None),
        (What.FINISHED, 5, DAYS, None, None),
        (What.FINISHED, 14, DAYS, TicketClass.ADUAN, None),
        (What.FINISHED, 60, DAYS, TicketClass.BERKADAR, None),
        (What.RULING, 1, DAYS, None, None),
    )
)
"""mission.md, «Deadlines to start with»."""
