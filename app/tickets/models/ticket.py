"""Tickets, who may know of them, and how many there are; verbs about one ticket."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.extensions import Base
from app.people.models import Opd, Seat
from app.tickets.models.answers import Answer
from app.tickets.models.authority import Escalation
from app.tickets.models.tasks import Task
from app.tickets.rules import (
    MOVES,
    Level,
    Origin,
    State,
    TicketClass,
    Truth,
    Turn,
    turn_of,
)


class IllegalMove(Exception):
    """The table of moves does not know this verb in this state."""


class Ticket(Base):
    """A matter that OPDs finish. Belongs to its lead OPD, never to a person."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_open_new", "open", "opened_at", "id"),
        Index("ix_ticket_lead_open_new", "lead_opd_id", "open", "opened_at", "id"),
        Index("ix_ticket_state_new", "state", "opened_at", "id"),
        Index("ix_ticket_lead_state_new", "lead_opd_id", "state", "opened_at", "id"),
        Index("ix_ticket_open_due", "open", "due_at", "id"),
        Index("ix_ticket_lead_open_due", "lead_opd_id", "open", "due_at", "id"),
        Index("ix_ticket_turn_new", "turn", "opened_at", "id"),
        Index("ix_ticket_lead_turn_new", "lead_opd_id", "turn", "opened_at", "id"),
        Index("ix_ticket_lead_ended", "lead_opd_id", "ended_at"),
        Index("ix_ticket_crisis", "crisis_proposed", "open", "opened_at"),
        Index("ix_ticket_seat", "seat_id", "open"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    safe_title: Mapped[str] = mapped_column(String(300), default="")
    sensitive: Mapped[bool] = mapped_column(default=False)
    restricted: Mapped[bool] = mapped_column(default=False)
    child_case: Mapped[bool] = mapped_column(default=False)
    safe_summary: Mapped[str] = mapped_column(String(600), default="")
    case_reference: Mapped[str] = mapped_column(String(120), default="")
    origin: Mapped[Origin] = mapped_column(default=Origin.MEDIA)
    truth: Mapped[Truth] = mapped_column(default=Truth.UNVERIFIED)
    truth_basis: Mapped[str] = mapped_column(String(500), default="")
    ticket_class: Mapped[TicketClass] = mapped_column(default=TicketClass.MEDIA)
    level: Mapped[Level] = mapped_column(default=Level.BIASA)
    crisis_proposed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[State] = mapped_column(default=State.NEW)
    open: Mapped[bool] = mapped_column(default=True)
    turn: Mapped[Turn] = mapped_column(default=Turn.CENTRE)
    lead_opd_id: Mapped[int | None] = mapped_column(ForeignKey("opd.id"))
    provisional: Mapped[bool] = mapped_column(default=False)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    received_at: Mapped[datetime | None]
    taken_on_at: Mapped[datetime | None]
    objected_at: Mapped[datetime | None]
    react_by: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    due_reason: Mapped[str] = mapped_column(String(300), default="")
    due_sum: Mapped[list] = mapped_column(default=list)
    rule_by: Mapped[datetime | None]
    step_at: Mapped[datetime | None] = mapped_column(index=True)
    first_stated_at: Mapped[datetime | None]
    clock_change_id: Mapped[int | None] = mapped_column(ForeignKey("clock_change.id"))
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    hold_until: Mapped[datetime | None] = mapped_column(index=True)
    budget_year: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(32), default="")
    alerts: Mapped[int] = mapped_column(default=0)
    refusals: Mapped[int] = mapped_column(default=0)
    open_tasks: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    lead: Mapped[Opd | None] = relationship(lazy="joined")
    seat: Mapped[Seat | None] = relationship(lazy="raise_on_sql")
    tasks: Mapped[list[Task]] = relationship(order_by=Task.number, back_populates="ticket")
    waiting_answers: Mapped[list[Answer]] = relationship(
        primaryjoin=lambda: (Ticket.id == foreign(Answer.ticket_id)) & Answer.waits(),
        order_by=lambda: Answer.id.desc(),
        viewonly=True,
    )
    proposals: Mapped[list[Escalation]] = relationship(
        primaryjoin=lambda: (Ticket.id == foreign(Escalation.ticket_id)) & Escalation.closed_at.is_(None),
        order_by=lambda: Escalation.id,
        viewonly=True,
    )
    """What is proposed to go up about it and its tasks, and not decided on yet."""

    __mapper_args__ = {"version_id_col": version}

    @property
    def ids(self) -> tuple[int, int]:
        """(ticket, task) as tables name what stands beside either; 0: no task."""
        return self.id, 0

    @property
    def stream(self) -> str:
        return f"ticket:{self.id}"

    @property
    def number(self) -> str:
        """«0412», as letters and people say it."""
        return f"{self.id:04d}"

    @property
    def shown_title(self) -> str:
        """The only title in lists, search, mail and papers: the judul aman where there is one."""
        return self.safe_title if self.sensitive else self.title

    def touch(self) -> None:
        """What hangs on it changed: forms that were made before are stale."""
        flag_modified(self, "outcome")

    def make(self, name: str) -> State:
        """Change state by a move of the table; returns the state before. Raises IllegalMove."""
        move = MOVES[name]
        if self.state not in move.sources:
            raise IllegalMove(f"{self.state} cannot {name}")
        before = self.state
        self.state = self._target(name)
        self._stamp(name, before)
        return before

    def _target(self, name: str) -> State:
        """The table's target; a reopened matter that nobody holds starts as new."""
        held = self.taken_on_at and not (self.objected_at and self.objected_at > self.taken_on_at)
        return State.NEW if name == "reopen" and not held else MOVES[name].target

    def _stamp(self, name: str, before: State) -> None:
        """The instants of a move. A lead is provisional (pengampu sementara) from Diskominfo's word until it takes the
        matter on or a ruling names it; an objection makes it provisional again (mission.md fact 5)."""
        now = clock.now()
        if name in ("forward", "reroute"):
            self.received_at, self.taken_on_at, self.objected_at = now, None, None
            self.provisional = before is not State.CONTESTED
        elif name == "take_on":
            self.taken_on_at, self.provisional = now, False
        elif name == "object":
            self.objected_at, self.refusals, self.provisional = now, self.refusals + 1, True
        elif name == "resume":
            self.budget_year = None
        if self.state not in (State.ON_HOLD, State.AWAITING_BUDGET):
            self.hold_until = None
        self.open, self.turn = not self.state.ended, turn_of(self.state)
        self.ended_at = (self.ended_at or now) if self.state.ended else None


class TicketAlert(Base):
    """The alerts behind a ticket; an alert stands behind one ticket at most."""

    __tablename__ = "ticket_alert"

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)


class FormerLead(Base):
    """The read-only proof of an OPD that once led: what it saw ends at `until`, and holds no drafts."""

    __tablename__ = "former_lead"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"), primary_key=True, index=True)
    until: Mapped[datetime]


class NamedOfficer(Base):
    """A person who may open a restricted (terbatas) ticket; in an emergency opening only `until`, for a reason."""

    __tablename__ = "named_officer"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    deputy: Mapped[bool] = mapped_column(default=False)
    until: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(300), default="")


class TicketCount(Base):
    """How many tickets each OPD leads per state (0: none yet), kept in the transaction that changes them.

    Restricted tickets are not counted: their number is nobody's business.
    """

    __tablename__ = "ticket_count"

    opd_id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[State] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(default=0)
