"""Who may see and sort alerts (pantauan)."""

from sqlalchemy import Select, false, select

from app.monitoring.models import Alert
from app.people.models import Seat
from app.people.rules import Role


def visible_alerts(seat: Seat) -> Select[Alert]:
    """Every alert for Diskominfo; others meet alerts only behind tickets, under the policy of tickets."""
    return select(Alert) if may_sort(seat) else select(Alert).where(false())


def may_sort(seat: Seat) -> bool:
    """Sorting (pilah) is Diskominfo's: make tickets, merge, ignore, name a judul aman, set the tone."""
    return seat.role is Role.DISKOMINFO
