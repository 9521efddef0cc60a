"""The outbox: one row a letter, holding kind and ids, never a token (guard.md 7)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.extensions import Base
from app.people.models import Person, Seat
from app.tickets.models import Task, Ticket


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {"waiting": "Menunggu dikirim", "sent": "Terkirim", "failed": "Gagal", "dropped": "Dibuang"}[self]


class Letter(Base):
    """A letter to one person, caused by one event; about a ticket, task, account, or several things (`LetterItem`).

    `message_id` is made with the row, so that every copy that may go out is the same letter to a mail program.
    `ref_id` is what it is about besides, by kind: a question to the field or to a head, which goes to an address
    without an account; `person_id` is then whoever asked.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", "kind"),
        Index("ix_letter_state", "state", "id"),
        Index("ix_letter_thread", "ticket_id", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    ref_id: Mapped[int | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    state: Mapped[LetterState] = mapped_column(default=LetterState.WAITING)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(300), default="")
    message_id: Mapped[str] = mapped_column(String(200), default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship(lazy="joined", innerjoin="unnested")
    seat: Mapped[Seat | None] = relationship(lazy="raise_on_sql")
    ticket: Mapped[Ticket | None] = relationship(lazy="raise_on_sql")
    task: Mapped[Task | None] = relationship(lazy="raise_on_sql")

    @property
    def subject(self) -> str:
        """The stream that a personal link of this letter opens: "ticket:17", "task:5" or "person:3"."""
        if self.task_id:
            return f"task:{self.task_id}"
        if self.kind == "field":
            return f"field:{self.ref_id}"
        return f"ticket:{self.ticket_id}" if self.ticket_id else f"person:{self.person_id}"


class LetterItem(Base):
    """One ticket or task that a bundled letter tells of, the clock that it tells, and in which seat its reader acts."""

    __tablename__ = "letter_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    what: Mapped[str] = mapped_column(String(16))
    step: Mapped[int]

    seat: Mapped[Seat] = relationship(lazy="raise_on_sql")
    ticket: Mapped[Ticket] = relationship(lazy="raise_on_sql")
    task: Mapped[Task | None] = relationship(lazy="raise_on_sql")

    @property
    def thing(self) -> Ticket | Task:
        """What its clock belongs to."""
        return self.task or self.ticket
