"""The one table of things to do. The database is the truth, the queue only an alarm clock (guard.md 19-21).

A feature writes `later("letter", letter.id)` in the transaction that causes the work and registers
`@handler("letter")` for it. After the commit the queue is woken; when that fails, the clock offers the row.
A handler may run twice, or twice at once: unique keys in its own tables make that harmless.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, String, event, or_, select, update
from sqlalchemy import insert as bulk_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock, processes
from app.core.db import insert
from app.core.duties import every
from app.extensions import Base, db

__all__ = [
    "GiveUp", "Lease", "Retry", "Work", "WorkState",
    "discard", "every", "handler", "later", "later_many", "try_again",
]  # fmt: skip

LEASE = timedelta(seconds=15)
OFFERED_AT_ONCE = 500


class WorkState(StrEnum):
    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"
    HELD = "held"


class Work(Base):
    """One thing to do: what, about which row, and how it went."""

    __tablename__ = "work"
    __table_args__ = (Index("ix_work_due", "state", "next_try"), Index("ix_work_ref", "kind", "ref_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    ref_id: Mapped[int | None]
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[WorkState] = mapped_column(default=WorkState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None] = mapped_column(String(160))
    last_error: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Retry(Exception):
    """Try again later, after `after` seconds or a growing pause; the reason is shown to people."""

    def __init__(self, reason: str, after: float | None = None):
        super().__init__(reason)
        self.after = after


class GiveUp(Exception):
    """No further attempt can help; the reason stands on the page of failed work."""


class LeaseLost(BaseException):
    """Another process holds this work by now: stop without a trace. No handler should catch it."""


class GiveBack(BaseException):
    """This process must stop: leave the work to another one, without counting the attempt."""


@dataclass(frozen=True)
class Handler:
    run: Callable[[int | None, "Lease"], None]
    attempts: int
    outward: bool = False


HANDLERS: dict[str, Handler] = {}


def handler(kind: str, *, attempts: int = 10, outward: bool = False):
    """Register `fn(ref_id, lease)` for a kind of work; after `attempts` tries it is dead until a person acts.

    `outward` work reaches people outside, such as a letter: after a restore it is held until an admin lets it go.
    """

    def register(fn):
        HANDLERS[kind] = Handler(fn, attempts, outward)
        return fn

    return register


def outward_kinds() -> list[str]:
    """The kinds of work that reach people outside: letters."""
    return [kind for kind, known in HANDLERS.items() if known.outward]


def later(kind: str, ref_id: int | None = None, *, at: datetime | None = None, key: str | None = None) -> int | None:
    """Have `kind` done about `ref_id` once this transaction is committed, not before `at`.

    At most one row ever bears a `key`; a second call with it does nothing. Returns the row's id, else None.
    """
    moment = clock.now()
    row = insert(Work).values(
        kind=kind, ref_id=ref_id, key=key, state=WorkState.WAITING, attempts=0, next_try=at or moment, created_at=moment
    )
    work_id = db.session.execute(row.on_conflict_do_nothing(index_elements=["key"]).returning(Work.id)).scalar()
    if work_id is not None and (at is None or at <= moment):
        _wake_after_commit(work_id)
    return work_id


def later_many(kind: str, ref_ids: Sequence[int]) -> None:
    """`later` about several rows at once, without a key: one statement however many they are."""
    if not ref_ids:
        return
    moment = clock.now()
    fresh = {"kind": kind, "state": WorkState.WAITING, "attempts": 0, "next_try": moment, "created_at": moment}
    rows = [{"ref_id": ref_id, **fresh} for ref_id in ref_ids]
    for work_id in db.session.scalars(bulk_insert(Work).returning(Work.id), rows):
        _wake_after_commit(work_id)


stopping = False
"""Set by the worker's signal handler: the next `renew` gives the work back."""


@dataclass(frozen=True)
class Lease:
    """The right of one process to do one work."""

    work_id: int
    token: str

    def renew(self, seconds: float = LEASE.total_seconds()) -> None:
        """Commit what was written so far and keep the work for `seconds` more.

        Call it after each batch, and before a network call with that call's time limit. Both happen in one
        transaction, so a process that lost its lease cannot commit a batch that another one is doing again.
        """
        self._hold(seconds)

    def advance(self, seconds: float = LEASE.total_seconds()) -> None:
        """`renew` after something that need not be done again: attempts are counted anew from here."""
        self._hold(seconds, attempts=1)

    def _hold(self, seconds: float, **values) -> None:
        self._update(lease_until=clock.now() + timedelta(seconds=seconds), **values)
        if stopping:
            raise GiveBack

    def finish(self) -> None:
        """Commit what was written so far and mark the work done, in one transaction."""
        self._close(state=WorkState.DONE, finished_at=clock.now(), last_error=None)

    def put_back(self, at: datetime, reason: str) -> None:
        self._close(state=WorkState.WAITING, next_try=at, last_error=reason[:500])

    def give_back(self) -> None:
        """Leave the work to the next worker at once; the attempt does not count."""
        self._close(state=WorkState.WAITING, next_try=clock.now(), attempts=Work.attempts - 1)

    def bury(self, reason: str) -> None:
        self._close(state=WorkState.DEAD, finished_at=clock.now(), last_error=reason[:500])

    def _close(self, **values) -> None:
        self._update(lease_token=None, lease_until=None, **values)

    def _update(self, **values) -> None:
        mine = (Work.id == self.work_id, Work.lease_token == self.token, Work.state == WorkState.LEASED)
        if change(*mine, **values) != 1:
            db.session.rollback()
            raise LeaseLost
        db.session.commit()


def perform(work_id: int) -> bool:
    """Do one work if it is due and free. Returns whether this call did it (well or not)."""
    lease = claim(work_id)
    if lease is None:
        return False
    from app.core import attempt

    attempt.carry_out(lease)
    return True


def claim(work_id: int) -> Lease | None:
    """Take the lease by one UPDATE that must touch exactly one row."""
    moment = clock.now()
    token = f"{processes.me()}/{secrets.token_hex(8)}"
    taken = change(
        Work.id == work_id,
        _due(moment),
        state=WorkState.LEASED,
        attempts=Work.attempts + 1,
        lease_until=moment + LEASE,
        lease_token=token,
    )
    db.session.commit()
    return Lease(work_id, token) if taken == 1 else None


def offer_due() -> int:
    """Wake the queue for what is due or whose lease ran out. Returns how many rows were offered."""
    due = select(Work.id, Work.attempts).where(_due(clock.now())).order_by(Work.next_try, Work.id)
    rows = db.session.execute(due.limit(OFFERED_AT_ONCE)).all()
    db.session.commit()
    if rows:
        _wake([(row.id, row.attempts) for row in rows])
    return len(rows)


def try_again(work_id: int) -> bool:
    """«Coba lagi»: dead work, and work that waits for its next try, starts over now. Does not commit."""
    fresh = {"state": WorkState.WAITING, "attempts": 0, "next_try": clock.now(), "finished_at": None}
    at_rest = Work.state.in_((WorkState.DEAD, WorkState.WAITING))
    if change(Work.id == work_id, at_rest, **fresh) != 1:
        return False
    _wake_after_commit(work_id)
    return True


def discard(work_id: int) -> bool:
    """«Buang»: dead work is put away as done; its last error stays. Does not commit."""
    return change(Work.id == work_id, Work.state == WorkState.DEAD, state=WorkState.DONE) == 1


def _due(moment: datetime):
    waiting = (Work.state == WorkState.WAITING) & (Work.next_try <= moment)
    expired = (Work.state == WorkState.LEASED) & (Work.lease_until < moment)
    return or_(waiting, expired)


def change(*conditions, **values) -> int:
    """UPDATE the rows that meet all conditions; how many they were. Does not commit."""
    statement = update(Work).where(*conditions).values(**values).execution_options(synchronize_session=False)
    return db.session.execute(statement).rowcount


def _wake_after_commit(work_id: int) -> None:
    db.session.info.setdefault("work_to_wake", []).append((work_id, 0))


@event.listens_for(Session, "after_commit")
def _wake_committed(session) -> None:
    if session.in_nested_transaction():  # only a savepoint was released
        return
    if rows := session.info.pop("work_to_wake", None):
        _wake(rows)


@event.listens_for(Session, "after_rollback")
def _forget_rolled_back(session) -> None:
    if not session.in_nested_transaction():
        session.info.pop("work_to_wake", None)


def _wake(rows: list[tuple[int, int]]) -> None:
    """Tell the queue; a dead queue never fails the caller, the clock will offer again."""
    from app.core import queue

    queue.wake(rows)
