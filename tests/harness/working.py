"""Do what is due without a worker."""

import contextvars
from contextlib import nullcontext
from datetime import datetime

from flask import has_app_context
from sqlalchemy import select

from app.core import clock, work
from app.extensions import db


def work_off(app, at_most: int = 200, at: datetime | None = None) -> int:
    """Perform due work, also what that work causes, until nothing is due. Returns how many attempts were made.

    `at` is the time at which it is done, where that is not the present."""
    if has_app_context():
        db.session.commit()
    return contextvars.Context().run(_work_off, app, at_most, at)


def _work_off(app, at_most: int, at: datetime | None) -> int:
    done = 0
    with app.app_context(), clock.pretend(at) if at else nullcontext():
        while done < at_most and (work_id := _next()):
            done += work.perform(work_id)
    return done


def _next() -> int | None:
    ready = select(work.Work.id).where(work.Work.state == work.WorkState.WAITING, work.Work.next_try <= clock.now())
    work_id = db.session.scalar(ready.order_by(work.Work.id).limit(1))
    db.session.commit()
    return work_id
