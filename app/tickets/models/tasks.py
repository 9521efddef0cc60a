"""What supporting OPDs, outside bodies and people in the field are asked to do for a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.extensions import Base
from app.people.models import Opd, Seat
from app.tickets.rules import TaskState
from app.tickets.rules.field import Finding
from app.tickets.rules.tasks import TASK_MOVES

if TYPE_CHECKING:
    from app.tickets.models.ticket import Ticket


class Task(Base):
    """Tugas OPD pendukung. Where `opd` is an outside body, `contact` is the inner OPD that chases it."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("ticket_id", "number"),
        Index("ix_task_opd_open", "opd_id", "open", "due_at", "id"),
        Index("ix_task_contact_open", "contact_opd_id", "open", "due_at", "id"),
        Index("ix_task_open_due", "open", "due_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    number: Mapped[int]
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"))
    contact_opd_id: Mapped[int | None] = mapped_column(ForeignKey("opd.id"))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    text: Mapped[str]
    state: Mapped[TaskState] = mapped_column(default=TaskState.OPEN)
    open: Mapped[bool] = mapped_column(default=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    taken_on_at: Mapped[datetime | None]
    objected_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    due_reason: Mapped[str] = mapped_column(String(300), default="")
    due_sum: Mapped[list] = mapped_column(default=list)
    step_at: Mapped[datetime | None] = mapped_column(index=True)
    paused_at: Mapped[datetime | None]
    hold_until: Mapped[datetime | None]
    hold_reason: Mapped[str] = mapped_column(String(300), default="")
    ended_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answered_at: Mapped[datetime | None]
    approved_by: Mapped[str] = mapped_column(String(200), default="")
    approval_basis: Mapped[str] = mapped_column(String(500), default="")
    proposed: Mapped[str] = mapped_column(String(80), default="")
    refusals: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    opd: Mapped[Opd] = relationship(foreign_keys=[opd_id], lazy="joined", innerjoin="unnested")
    contact: Mapped[Opd | None] = relationship(foreign_keys=[contact_opd_id], lazy="joined")
    seat: Mapped[Seat | None] = relationship(foreign_keys=[seat_id], lazy="raise_on_sql")
    ticket: Mapped[Ticket] = relationship(back_populates="tasks")

    __mapper_args__ = {"version_id_col": version}

    @property
    def ids(self) -> tuple[int, int]:
        """(ticket, task) as tables name what stands beside either."""
        return self.ticket_id, self.id

    @property
    def stream(self) -> str:
        return f"task:{self.id}"

    @property
    def on_hold(self) -> bool:
        """Put off by whoever works on it; a task that waits for its lead or for a ruling is not."""
        return self.hold_until is not None

    @property
    def outside(self) -> bool:
        """Asked of a body without accounts, which an inner contact chases."""
        return self.contact_opd_id is not None

    @property
    def worked_by(self) -> Opd:
        """The OPD whose people act: the one asked, or the inner contact of an outside body."""
        return self.contact or self.opd

    @property
    def worked_by_id(self) -> int:
        return self.contact_opd_id or self.opd_id

    def belongs_to(self, opd_id: int) -> bool:
        """Whether that OPD works on it: the one asked, or the inner contact of an outside body."""
        return opd_id in (self.opd_id, self.contact_opd_id)

    def make(self, name: str) -> TaskState:
        """Change state by a move of the table; returns the state before. Raises ValueError."""
        move = TASK_MOVES[name]
        if self.state not in move.sources:
            raise ValueError(f"{self.state} cannot {name}")
        before, now = self.state, clock.now()
        self.state, self.open = move.target, not move.target.ended
        self.ended_at = now if move.target.ended else None
        if name == "take_on":
            self.taken_on_at = now
        elif name == "object":
            self.objected_at, self.refusals = now, self.refusals + 1
        if name != "hold":
            self.hold_until, self.hold_reason = None, ""
        return before


class FormerTask(Base):
    """The read-only proof of an OPD whose task was handed to another: what it may read ends at `until`."""

    __tablename__ = "former_task"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"), primary_key=True, index=True)
    until: Mapped[datetime]


class FieldRequest(Base):
    """Something asked of a person without an account (bidang, UPT, school, kecamatan) by an evidence-only link.

    `kind` is evidence (bukti dukung) or check (cek lapangan). Only the digest of the link's secret is kept.
    """

    __tablename__ = "field_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"))
    kind: Mapped[str] = mapped_column(String(16))
    to_name: Mapped[str] = mapped_column(String(200))
    to_email: Mapped[str] = mapped_column(String(254), default="")
    question: Mapped[str] = mapped_column(String(1000))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    finding: Mapped[str] = mapped_column(String(16), default="")
    words: Mapped[str] = mapped_column(String(2000), default="")
    needs_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    opd: Mapped[Opd] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[Seat] = relationship(lazy="raise_on_sql")
    task: Mapped[Task | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def found(self) -> Finding | None:
        """What a field check found, once it was answered."""
        return Finding(self.finding) if self.finding else None
