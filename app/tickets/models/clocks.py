"""How long things may take: policies with an effective date, and every later change of them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Base
from app.tickets.rules import Level, Origin, TicketClass


class ClockPolicy(Base):
    """One term: `amount` of `unit` for `what`, of matters of this class, level and origin (empty: any).

    The strongest (of an origin, else of a level, else of a class) that is in force on the day a clock starts counts;
    `effective_on` says from when.
    """

    __tablename__ = "clock_policy"
    __table_args__ = (Index("ix_clock_policy_what", "what", "effective_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(24))
    ticket_class: Mapped[TicketClass | None]
    level: Mapped[Level | None]
    origin: Mapped[Origin | None]
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(24))
    effective_on: Mapped[date]
    ends_on: Mapped[date | None]
    basis: Mapped[str] = mapped_column(String(200), default="")


class ClockChange(Base):
    """A change of calendar, hours or policies: what and why, and whether open items follow it by now."""

    __tablename__ = "clock_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    says: Mapped[str] = mapped_column(String(300))
    reckoned_at: Mapped[datetime | None]
    touched: Mapped[int] = mapped_column(default=0)
