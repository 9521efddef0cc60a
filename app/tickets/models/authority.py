"""Who decides: rulings that are asked of the Asisten or Sekda, and what should go up to a superior."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Base


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

    One per matter, cause and OPD: `cause` is refusals, take_on, due, ruling or crisis.
    """

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("ticket_id", "task_id", "cause", "opd_id", "nth"),
        Index("ix_escalation_open", "closed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    task_id: Mapped[int] = mapped_column(default=0)
    opd_id: Mapped[int] = mapped_column(default=0)
    cause: Mapped[str] = mapped_column(String(16))
    nth: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(500))
    agenda_candidate: Mapped[bool] = mapped_column(default=False)
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_to: Mapped[str] = mapped_column(String(200), default="")
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    sent_words: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_as: Mapped[str] = mapped_column(String(16), default="")
