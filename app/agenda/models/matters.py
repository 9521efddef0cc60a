"""A matter on the agenda, and what it was proposed from."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agenda.rules import LONGEST_LINE, LONGEST_TITLE, AgendaStage, Approval, Instrument
from app.core import clock
from app.extensions import Base
from app.people.models import Opd


class AgendaItem(Base):
    """An isu strategis: proposed, agreed by a rakor, decided by the leaders, carried out and looked at again.

    `title` is what everybody who may know of it reads: the judul aman where a source has one. `sensitive`: a source is
    sensitive or restricted, so its other words stay with Diskominfo.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (Index("ix_agenda_item_stage", "stage", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    sensitive: Mapped[bool] = mapped_column(default=False)
    question: Mapped[str] = mapped_column(default="")
    background: Mapped[str] = mapped_column(default="")
    cause: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    lead_opd_id: Mapped[int | None] = mapped_column(ForeignKey("opd.id"), index=True)
    stage: Mapped[AgendaStage] = mapped_column(default=AgendaStage.PROPOSED)
    instrument: Mapped[Instrument] = mapped_column(default=Instrument.NONE)
    narrative: Mapped[str] = mapped_column(default="")
    spokesperson: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    target: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    indicator: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    period: Mapped[str] = mapped_column(String(80), default="")
    review_on: Mapped[date | None]
    approval_kind: Mapped[Approval] = mapped_column(default=Approval.NONE)
    approval_number: Mapped[str] = mapped_column(String(120), default="")
    approval_on: Mapped[date | None]
    approval_key: Mapped[str] = mapped_column(String(64), default="")
    into_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    lead: Mapped[Opd | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}

    @property
    def stream(self) -> str:
        return f"agenda:{self.id}"


class AgendaSource(Base):
    """What a matter was proposed from: a ticket, an isu, or an agreement with its day (a kesepakatan from WhatsApp)."""

    __tablename__ = "agenda_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    isu_id: Mapped[int | None] = mapped_column(ForeignKey("isu.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
    noted_on: Mapped[date | None]
