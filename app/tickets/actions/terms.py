"""Which term holds for a matter, and when it is over; new terms. The policies are kept for half a minute."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core import clock, events
from app.core.calendar import Line, Reckoning, Unit, reckon
from app.core.kept import Kept
from app.core.refused import Refused
from app.extensions import db
from app.people.calendars import calendar_of
from app.people.models import Seat
from app.tickets.models import ClockPolicy, Ticket
from app.tickets.rules import Level, Origin, TicketClass
from app.tickets.rules.sums import Spans
from app.tickets.rules.terms import DEFAULTS, Policy, What, choose

SCOPE = ("what", "ticket_class", "level", "origin")
"""What says of which matters a term is."""


def _load() -> tuple[Policy, ...]:
    return tuple(policy_of(row) for row in db.session.scalars(select(ClockPolicy).order_by(ClockPolicy.id)))


def policy_of(row: ClockPolicy) -> Policy:
    """A row as pure rules know it."""
    return Policy(
        What(row.what), row.amount, Unit(row.unit), row.effective_on, row.ends_on,
        row.ticket_class, row.level, row.origin, row.basis,
    )  # fmt: skip


policies = Kept(_load, ClockPolicy)
"""Every term of the table."""


def policy_for(what: What, kind: TicketClass, level: Level, origin: Origin, start: datetime) -> Policy:
    """The strongest term in force on the day on which the clock starts."""
    return choose(policies(), what, kind, level, origin, clock.local(start).date())


def term_of(what: What, ticket: Ticket, start: datetime) -> Policy:
    """The same for a ticket."""
    return policy_for(what, ticket.ticket_class or TicketClass.MEDIA, ticket.level or Level.BIASA,
                      ticket.origin or Origin.MEDIA, start)  # fmt: skip


def reckoned(policy: Policy, start: datetime, opd_id: int | None, begins: str, pauses: Spans = ()) -> Reckoning:
    """When `policy` ends that began at `start`, by the hours of that OPD; its sum starts with `begins`."""
    found = reckon(start, policy.amount, policy.unit, calendar_of(opd_id), pauses)
    head = Line(begins, clock.short(start), "mulai")
    term = Line(policy.what.label, about(policy), policy.term)
    return replace(found, lines=(head, term, *found.lines))


def about(policy: Policy) -> str:
    """For what a term is, and on what basis: «Aduan, tingkat Segera. Perbup 12/2026»."""
    names = [policy.ticket_class.label] if policy.ticket_class else []
    names += [f"tingkat {policy.level.outside.label}"] if policy.level else []
    names += [policy.origin.label] if policy.origin else []
    return ". ".join(words for words in (", ".join(names), policy.outside_basis) if words)


def add_term(values: dict, by: Seat) -> ClockPolicy:
    """A new term. One for the very same matters that is in force then ends the day before: it is replaced, not edited.

    Raises Refused where a later one is waiting already.
    """
    same = [getattr(ClockPolicy, name).is_not_distinct_from(values[name]) for name in SCOPE]
    known = db.session.scalars(select(ClockPolicy).where(*same).order_by(ClockPolicy.effective_on)).all()
    start = values["effective_on"]
    if any(row.effective_on >= start for row in known):
        raise Refused({"effective_on": "Sudah ada tenggat yang sama mulai hari itu atau sesudahnya. Akhiri itu dulu."})
    for row in known:
        if row.ends_on is None or row.ends_on >= start:
            row.ends_on = start - timedelta(days=1)
    row = ClockPolicy(**values)
    db.session.add(row)
    db.session.flush()
    _tell("term.added", row, by, f"tenggat {_named(row)} menjadi {policy_of(row).term} mulai {clock.long_day(start)}.")
    return row


def end_term(row: ClockPolicy, by: Seat) -> None:
    """It holds until yesterday; one that has not begun yet never will. Raises Refused when it has ended already."""
    today = clock.today()
    if row.ends_on and row.ends_on < today:
        raise Refused({"term": "Tenggat ini sudah berakhir."})
    row.ends_on = max(today, row.effective_on) - timedelta(days=1)
    db.session.flush()
    _tell("term.ended", row, by, f"tenggat {_named(row)} berakhir.")


def _named(row: ClockPolicy) -> str:
    """«jawaban lengkap (Aduan, tingkat Segera)»; Krisis as everybody reads it."""
    policy = policy_of(row)
    whom = about(replace(policy, basis=""))
    return policy.what.label.lower() + (f" ({whom})" if whom else "")


def _tell(kind: str, row: ClockPolicy, by: Seat, says: str) -> None:
    facts = {name: getattr(row, name) for name in (*SCOPE, "amount", "unit", "basis")}
    days = {name: str(getattr(row, name) or "") for name in ("effective_on", "ends_on")}
    events.record(f"term:{row.id}", kind, by, after=facts | days | {"says": says})


def seed_policies() -> int:
    """The terms to start with, into an empty table. Returns how many."""
    if db.session.scalar(select(ClockPolicy.id).limit(1)):
        return 0
    db.session.add_all(
        ClockPolicy(
            what=policy.what, amount=policy.amount, unit=policy.unit, effective_on=policy.effective_on,
            ticket_class=policy.ticket_class, level=policy.level, origin=policy.origin, basis=policy.basis,
        )
        for policy in DEFAULTS
    )  # fmt: skip
    db.session.flush()
    return len(DEFAULTS)
