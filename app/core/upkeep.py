"""What keeps the work table in order: leases of the dead, old rows, and what a restore holds back."""

import socket
from datetime import timedelta

from sqlalchemy import delete, select

from app.core import clock, processes
from app.core.db import refresh_statistics
from app.core.duties import every
from app.core.work import Work, WorkState, change, outward_kinds
from app.extensions import db

NOBODY = {"lease_token": None, "lease_until": None}


def free_dead_leases() -> int:
    """Give back at once what processes of this host held when they died. Called when a worker starts."""
    here = Work.lease_token.startswith(f"{socket.gethostname()}/", autoescape=True)
    rows = db.session.execute(select(Work.id, Work.lease_token).where(Work.state == WorkState.LEASED, here)).all()
    dead = [row for row in rows if not processes.lives(row.lease_token.rpartition("/")[0])]
    freed = sum(
        change(
            *(Work.id == row.id, Work.lease_token == row.lease_token, Work.state == WorkState.LEASED),
            **({"state": WorkState.WAITING, "next_try": clock.now()} | NOBODY),
        )
        for row in dead
    )
    db.session.commit()
    return freed


def hold_outward() -> int:
    """After a restore: keep back what would reach people outside, and free every lease. Commits."""
    change(Work.state == WorkState.LEASED, state=WorkState.WAITING, **NOBODY)
    held = change(Work.state == WorkState.WAITING, Work.kind.in_(outward_kinds()), state=WorkState.HELD)
    db.session.commit()
    return held


def release_held() -> int:
    """Let go what a restore held back. Does not commit."""
    return change(Work.state == WorkState.HELD, state=WorkState.WAITING, next_try=clock.now())


@every(24 * 3600, "work.forget_done")
def forget_done(days: int = 30) -> int:
    """Delete finished work without a key after `days`; a key must stay to keep its promise. Does not commit."""
    old = clock.now() - timedelta(days=days)
    gone = delete(Work).where(Work.state == WorkState.DONE, Work.finished_at < old, Work.key.is_(None))
    return db.session.execute(gone).rowcount


every(3600, "database.refresh_statistics")(refresh_statistics)
