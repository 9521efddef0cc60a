"""Plans (RTL): what was promised, by whom, until when."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from app.agenda.models.matters import AgendaItem
from app.agenda.rules import LONGEST_LINE, Instrument, PlanOrigin, PlanState, is_late
from app.agenda.rules.plans import LATE
from app.core import clock
from app.extensions import Base
from app.people.models import Opd


class Plan(Base):
    """A promise with an owner and a day: of a rakor, by a leader's instruction, or made before the council or press."""

    __tablename__ = "plan"
    __table_args__ = (Index("ix_plan_state_due", "state", "due_on", "id"), Index("ix_plan_opd", "opd_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[PlanOrigin]
    rakor_item_id: Mapped[int | None] = mapped_column(ForeignKey("rakor_item.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    given_by: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    way: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    given_on: Mapped[date | None]
    text: Mapped[str]
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"))
    due_on: Mapped[date]
    instrument: Mapped[Instrument] = mapped_column(default=Instrument.NONE)
    indicator: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    spokesperson: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    state: Mapped[PlanState] = mapped_column(default=PlanState.RUNNING)
    progress: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(600), default="")
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    opd: Mapped[Opd] = relationship(lazy="joined", innerjoin="unnested")
    item: Mapped[AgendaItem | None] = relationship(lazy="joined")
    supports: Mapped[list["PlanSupport"]] = relationship(
        order_by="PlanSupport.opd_id", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def stream(self) -> str:
        return f"plan:{self.id}"

    @property
    def late(self) -> bool:
        return is_late(self.state, self.due_on, clock.today())

    @property
    def standing(self) -> str:
        """«Berjalan», «Lewat target», «Terlaksana», «Tidak dilanjutkan»."""
        return LATE if self.late else self.state.label

    def touch(self) -> None:
        """What was reported of it changed: forms that were made before are stale."""
        flag_modified(self, "progress")


class PlanSupport(Base):
    """An OPD that helps with a plan."""

    __tablename__ = "plan_support"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    opd_id: Mapped[int] = mapped_column(ForeignKey("opd.id"), primary_key=True, index=True)

    opd: Mapped[Opd] = relationship(lazy="joined", innerjoin="unnested")
