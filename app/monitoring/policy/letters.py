"""Who may see which letters came to the mailbox of forwarded e-mail."""

from sqlalchemy import Select, false, select

from app.monitoring.models import Inbound
from app.people.models import Seat
from app.people.rules import Role


def visible_letters(seat: Seat) -> Select[Inbound]:
    """All for system admins of Diskominfo: strangers write to it, too. None for anybody else."""
    admin = seat.role is Role.DISKOMINFO and seat.is_admin
    return select(Inbound) if admin else select(Inbound).where(false())
