"""What changes a few times a year and is asked for on every page: a process keeps it for half a minute."""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.extensions import db

KEPT_SECONDS = 30
Answer = TypeVar("Answer")
_all: list["Kept"] = []


class Kept(Generic[Answer]):
    """The answer of `load()`, asked again after `KEPT_SECONDS`, and at once where one of `models` was changed."""

    def __init__(self, load: Callable[[], Answer], *models: type):
        self.load, self.models = load, models
        self._answers: dict[str, tuple[float, Answer]] = {}
        _all.append(self)

    def __call__(self) -> Answer:
        key, now = str(db.engine.url), time.monotonic()
        asked_at, answer = self._answers.get(key, (0.0, None))
        if answer is None or now - asked_at > KEPT_SECONDS:
            with db.session.no_autoflush:  # it may be asked for in the midst of a change
                answer = self.load()
            self._answers[key] = now, answer
        return answer

    def forget(self) -> None:
        """Ask again at the next need."""
        self._answers.clear()


def forget_all(*_of_an_event: Any) -> None:
    """Ask for everything again: another process may have changed it."""
    for kept in _all:
        kept.forget()


@event.listens_for(Session, "after_flush")
def _changed(session: Session, _context) -> None:
    """Forget at the change, and again when the transaction has ended: until then others read what was before."""
    touched = {type(thing) for group in (session.new, session.dirty, session.deleted) for thing in group}
    if any(touched & set(kept.models) for kept in _all):
        forget_all()
        event.listen(session, "after_transaction_end", forget_all, once=True)
