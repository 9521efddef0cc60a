"""Who may see and sort alerts (pantauan)."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, and_, false, select

from app.monitoring.models import Alert
from app.people.models import Seat
from app.people.rules import Role

Limit = Callable[[Seat], ColumnElement[bool]]
_limits: list[Limit] = []


def limit_alerts(limit: Limit) -> Limit:
    """Have a feature above say which alerts a seat may know of, as desk does of those behind a restricted ticket."""
    if limit not in _limits:
        _limits.append(limit)
    return limit


def known_to(seat: Seat) -> ColumnElement[bool]:
    """The alerts that `seat` may meet, also as a number; none where no feature has said which."""
    return and_(*(limit(seat) for limit in _limits)) if _limits and may_sort(seat) else false()


def visible_alerts(seat: Seat) -> Select[Alert]:
    """Every alert for Diskominfo; others meet alerts only behind tickets, under the policy of tickets."""
    return select(Alert) if may_sort(seat) else select(Alert).where(false())


def may_sort(seat: Seat) -> bool:
    """Sorting (pilah) is Diskominfo's: make tickets, merge, ignore, name a judul aman, set the tone."""
    return seat.role is Role.DISKOMINFO
