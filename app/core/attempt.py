"""One attempt at one work: run its handler and write down how it went."""

import random
from datetime import timedelta

import structlog
from sqlalchemy import select

from app.core import clock
from app.core import work as table
from app.core.work import GiveBack, GiveUp, Lease, LeaseLost, Retry, Work
from app.extensions import db

FIRST_PAUSE = 15
LONGEST_PAUSE = 3600
DIED = "Proses berhenti mendadak setiap kali pekerjaan ini dicoba."

log = structlog.get_logger()


def carry_out(lease: Lease) -> None:
    """Run the handler under `lease`; afterwards the row is done, waiting for another try, or dead."""
    work = db.session.execute(
        select(Work.kind, Work.ref_id, Work.attempts).where(Work.id == lease.work_id, Work.lease_token == lease.token)
    ).one_or_none()
    db.session.commit()
    if work is None:
        return
    try:
        _run(work, lease)
    except LeaseLost:
        db.session.rollback()
        log.warning("work.lease_lost", work=lease.work_id, kind=work.kind)
    except GiveBack:
        _afterwards(lease.give_back)


def _run(work, lease: Lease) -> None:
    known = table.HANDLERS.get(work.kind)
    if known is None:
        return lease.bury(f"Jenis pekerjaan '{work.kind}' tidak dikenal.")
    if work.attempts > known.attempts:
        return lease.bury(DIED)
    try:
        known.run(work.ref_id, lease)
        lease.finish()
    except GiveUp as reason:
        _afterwards(lease.bury, str(reason))
    except Retry as reason:
        _again(work, known, lease, str(reason), reason.after)
    except Exception as error:
        log.exception("work.failed", work=lease.work_id, kind=work.kind, ref=work.ref_id)
        _again(work, known, lease, f"{type(error).__name__}: {error}", None)


def _again(work, known, lease: Lease, reason: str, after: float | None) -> None:
    if work.attempts >= known.attempts:
        return _afterwards(lease.bury, reason)
    seconds = pause(work.attempts) if after is None else after
    _afterwards(lease.put_back, clock.now() + timedelta(seconds=seconds), reason)


def _afterwards(verdict, *args) -> None:
    """Undo what the handler left uncommitted, then write the verdict; a lost lease leaves no verdict."""
    db.session.rollback()
    try:
        verdict(*args)
    except LeaseLost:
        log.warning("work.lease_lost_at_end")


def pause(attempts: int) -> float:
    """Seconds until the next try: doubling from 15 s to an hour, with jitter so that failures do not march in step."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** max(0, attempts - 1))
    return longest * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing
