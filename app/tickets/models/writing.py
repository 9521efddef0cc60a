"""What helps people write: drafts that survive, text modules, and what one shift tells the next."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Base


class Draft(Base):
    """A half-written text: one per seat, subject (a stream) and field; gone when it was sent."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("seat_id", "subject", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    subject: Mapped[str] = mapped_column(String(40), index=True)
    field: Mapped[str] = mapped_column(String(40))
    text: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)


class TextModule(Base):
    """A text that is used again and again, with placeholders such as {nomor}; of one OPD, or of all (empty)."""

    __tablename__ = "text_module"

    id: Mapped[int] = mapped_column(primary_key=True)
    opd_id: Mapped[int | None] = mapped_column(ForeignKey("opd.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str]
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ShiftNote(Base):
    """What an operator leaves for the next shift; done when somebody says so."""

    __tablename__ = "shift_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(2000))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    written_by: Mapped[str] = mapped_column(String(200))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    done_by: Mapped[str] = mapped_column(String(200), default="")
