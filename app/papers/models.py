"""The register: which paper was made of what, and the signed file that came back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Base
from app.papers.rules import PaperKind, Stage


class Paper(Base):
    """A paper of a ticket. Its number comes from the office's own register; the final is the signed file, hashed."""

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PaperKind]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"))
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    number: Mapped[str] = mapped_column(String(120), default="")
    dated: Mapped[date | None]
    facts: Mapped[dict]
    key: Mapped[str] = mapped_column(String(64), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[int] = mapped_column(default=0)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    final_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
