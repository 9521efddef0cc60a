"""The register: which paper was written about what, and the signed file that came back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.extensions import Base
from app.papers.rules import PaperKind, Stage
from app.people.models import Opd


class Paper(Base):
    """A paper of the office `opd`. Its number comes from that office's own register; the final is the signed file.

    `facts` is what was typed and nothing of the tickets: what a paper tells of them is read anew each time, so that
    a matter which has become sensitive stands on no later copy.
    """

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_office", "opd_id", "id"), Index("ix_paper_receiver", "to_opd_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PaperKind]
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"))
    to_opd_id: Mapped[int | None] = mapped_column(ForeignKey("opd.id"))
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    number: Mapped[str] = mapped_column(String(120), default="")
    dated: Mapped[date | None]
    subject: Mapped[str] = mapped_column(String(300))
    facts: Mapped[dict]
    key: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    final_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    opd: Mapped[Opd] = relationship(foreign_keys=[opd_id], lazy="joined", innerjoin="unnested")
    receiver: Mapped[Opd | None] = relationship(foreign_keys=[to_opd_id], lazy="joined")

    __mapper_args__ = {"version_id_col": version}

    @property
    def stream(self) -> str:
        return f"paper:{self.id}"

    @property
    def file_name(self) -> str:
        """What its files are called, without an ending: never a word of what it is about."""
        return f"{self.kind.replace('_', '-')}-{self.id}"


class PaperTicket(Base):
    """The tickets a paper is about."""

    __tablename__ = "paper_ticket"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True, index=True)
