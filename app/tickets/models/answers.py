"""What OPDs answer, who approved it, and where it was published."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Base
from app.tickets.rules import AnswerKind, Audience, ResponseKind


class Answer(Base):
    """One version of an OPD's answer. Until it is approved it is a draft that stays inside the OPD."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_ticket", "ticket_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"))
    kind: Mapped[AnswerKind] = mapped_column(default=AnswerKind.FULL)
    text: Mapped[str]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    written_by: Mapped[str] = mapped_column(String(200))
    submitted_at: Mapped[datetime] = mapped_column(default=clock.now)
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    approved_by: Mapped[str] = mapped_column(String(200), default="")
    approval_basis: Mapped[str] = mapped_column(String(500), default="")
    accepted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    response: Mapped[ResponseKind | None]
    redacted_text: Mapped[str | None]
    redacted_by: Mapped[str] = mapped_column(String(200), default="")
    redacted_at: Mapped[datetime | None]

    @property
    def public_text(self) -> str:
        """What may be published: Diskominfo's redaction where there is one."""
        return self.redacted_text or self.text

    @classmethod
    def waits(cls):
        """Waits for approval or review: neither sent back nor accepted yet."""
        return cls.returned_at.is_(None) & cls.accepted_at.is_(None)


class Evidence(Base):
    """A file: bukti dukung. Internal to its OPD until the answer it supports is approved."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    field_request_id: Mapped[int | None] = mapped_column(ForeignKey("field_request.id"), index=True)
    audience: Mapped[Audience] = mapped_column(default=Audience.INTERNAL)
    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


class HeadApproval(Base):
    """The kepala OPD is asked to approve an answer by a link of its own; `decision` is approved or refused.

    Only the digest of the link's secret is kept.
    """

    __tablename__ = "head_approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(String(16), default="")
    words: Mapped[str] = mapped_column(String(500), default="")


class Publication(Base):
    """Publikasi: where an answer was made public, when, and who spoke."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    channel: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(String(2000), default="")
    published_at: Mapped[datetime]
    spokesperson: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(500), default="")
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
