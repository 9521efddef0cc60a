"""What has to happen now and then: due times in the database, one clock at a time, catch-up runs once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import String, or_, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, processes
from app.core.db import insert_or_ignore
from app.extensions import Base, db

TICK = 15
CLOCK = "clock"
CLOCK_LEASE = timedelta(seconds=2 * TICK)
UNFINISHED = timedelta(seconds=60)

log = structlog.get_logger()


class Duty(Base):
    """A periodic duty and when it is due next. The row "clock" is the lease of the one clock that ticks."""

    __tablename__ = "duty"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime]
    holder: Mapped[str | None] = mapped_column(String(160))
    ran_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(500))


@dataclass(frozen=True)
class Every:
    period: timedelta
    run: Callable[[], None]


DUTIES: dict[str, Every] = {}


def every(seconds: float, name: str):
    """Have `fn()` run by the clock every `seconds`; it uses db.session and `later`, the clock commits.

    It must be quick and must not use the network: what takes time is work for `later`.
    """

    def register(fn):
        DUTIES[name] = Every(timedelta(seconds=seconds), fn)
        return fn

    return register


def hold_clock() -> bool:
    """Take or keep the lease of the clock. False while another clock ticks."""
    moment, me = clock.now(), processes.me()
    _known(CLOCK, moment)
    free = or_(Duty.holder == me, Duty.due_at <= moment)
    held = _change(CLOCK, free, holder=me, due_at=moment + CLOCK_LEASE, ran_at=moment)
    db.session.commit()
    return held


def release_clock() -> None:
    """Let the next clock tick at once."""
    _change(CLOCK, Duty.holder == processes.me(), holder=None, due_at=clock.now())
    db.session.commit()


def run_due() -> list[str]:
    """Run every duty that is due, once however late it is. Returns their names."""
    return [name for name, duty in list(DUTIES.items()) if _claim(name) and _run(name, duty)]


def _claim(name: str) -> bool:
    """Promise to run it; if we die meanwhile, another clock may in a minute."""
    moment = clock.now()
    _known(name, moment)
    claimed = _change(name, Duty.due_at <= moment, due_at=moment + UNFINISHED)
    db.session.commit()
    return claimed


def _run(name: str, duty: Every) -> bool:
    try:
        duty.run()
        _settle(name, duty, None)
    except Exception as error:
        log.exception("duty.failed", duty=name)
        db.session.rollback()
        _settle(name, duty, f"{type(error).__name__}: {error}"[:500])
    return True


def _settle(name: str, duty: Every, error: str | None) -> None:
    moment = clock.now()
    _change(name, Duty.name == name, due_at=moment + duty.period, ran_at=moment, last_error=error)
    db.session.commit()


def _known(name: str, moment: datetime) -> None:
    if db.session.get(Duty, name) is None:
        insert_or_ignore(Duty, name=name, due_at=moment)


def _change(name: str, condition, **values) -> bool:
    statement = update(Duty).where(Duty.name == name, condition).values(**values)
    return db.session.execute(statement.execution_options(synchronize_session=False)).rowcount == 1
