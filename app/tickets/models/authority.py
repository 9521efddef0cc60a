"""Who decides: rulings that are asked of the Asisten or Sekda, and what should go up to a superior."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Base
from app.tickets.rules.authority import Cause


class Ruling(Base):
    """«Minta putusan»: asked of somebody above, then recorded with name, date and basis."""

    __tablename__ = "ruling"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    asked_of: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(1000), default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    ruled_on: Mapped[date | None]
    ruled_by: Mapped[str] = mapped_column(String(200), default="")
    basis: Mapped[str] = mapped_column(String(500), default="")
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("opd.id"))
    closed_at: Mapped[datetime | None]


class Escalation(Base):
    """Naikkan ke atasan: a proposal that a person sends or sets aside; no machine writes to a head (mission.md 13).

    One per matter, cause (rules.authority.Cause) and OPD, however often the clock looks; `task_id` and `opd_id` are
    0 where it is about no task or no single OPD, so that the key holds.
    """

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("ticket_id", "task_id", "cause", "opd_id"),
        Index("ix_escalation_open", "closed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    task_id: Mapped[int] = mapped_column(default=0)
    opd_id: Mapped[int] = mapped_column(default=0)
    cause: Mapped[Cause]
    reason: Mapped[str] = mapped_column(String(500))
    agenda_candidate: Mapped[bool] = mapped_column(default=False)
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_to: Mapped[str] = mapped_column(String(200), default="")
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    sent_words: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_as: Mapped[str] = mapped_column(String(16), default="")


class Reminder(Base):
    """That the OPD was reminded when a clock had used `step` percent: once per clock, whatever runs how often.

    A clock is known by what it measures (react, answer) and when it started, so a pause or another due date
    starts no new one. `task_id` is 0 for the ticket's own.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("ticket_id", "task_id", "what", "started_at", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    task_id: Mapped[int] = mapped_column(default=0)
    what: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime]
    step: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)
