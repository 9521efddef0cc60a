"""A rakor, who is invited, and which matters it takes up in which order."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from app.agenda.models.matters import AgendaItem
from app.agenda.rules import LONGEST_LINE, Attendance, RakorState
from app.core import clock
from app.extensions import Base
from app.people.models import Opd


class Rakor(Base):
    """A coordination meeting. `snapshot_key`: its material as it was frozen, a JSON in the storage of files."""

    __tablename__ = "rakor"
    __table_args__ = (Index("ix_rakor_starts", "starts_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(LONGEST_LINE))
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    chair: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    secretary: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    note_taker: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    state: Mapped[RakorState] = mapped_column(default=RakorState.PREPARING)
    locked_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    snapshot_key: Mapped[str] = mapped_column(String(64), default="")
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    guests: Mapped[list["RakorGuest"]] = relationship(
        order_by="RakorGuest.id", cascade="all, delete-orphan", back_populates="rakor"
    )
    matters: Mapped[list["RakorItem"]] = relationship(
        order_by="RakorItem.position", cascade="all, delete-orphan", back_populates="rakor"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def stream(self) -> str:
        return f"rakor:{self.id}"

    def touch(self) -> None:
        """What hangs on it changed: forms that were made before are stale."""
        flag_modified(self, "state")


class RakorGuest(Base):
    """An invited OPD, and whether it came."""

    __tablename__ = "rakor_guest"
    __table_args__ = (UniqueConstraint("rakor_id", "opd_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rakor_id: Mapped[int] = mapped_column(ForeignKey("rakor.id"))
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"), index=True)
    attendance: Mapped[Attendance] = mapped_column(default=Attendance.UNKNOWN)
    represented_by: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")

    rakor: Mapped[Rakor] = relationship(back_populates="guests")
    opd: Mapped[Opd] = relationship(lazy="joined", innerjoin="unnested")


class RakorItem(Base):
    """A matter that a rakor takes up: at which place, what was said, what was decided."""

    __tablename__ = "rakor_item"
    __table_args__ = (UniqueConstraint("rakor_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rakor_id: Mapped[int] = mapped_column(ForeignKey("rakor.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    discussion: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    rakor: Mapped[Rakor] = relationship(back_populates="matters")
    item: Mapped[AgendaItem] = relationship(lazy="joined", innerjoin="unnested")

    __mapper_args__ = {"version_id_col": version}
