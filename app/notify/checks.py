"""What `flask doctor` asks of the outbox. It counts every letter, so it is told to the command alone, not on a page."""

from sqlalchemy import func, select

from app.core.doctor import check
from app.extensions import db
from app.notify.models import Letter, LetterState


@check("surat gagal", do="Coba lagi atau buang di /surat-keluar.", on_page=False)
def letters_get_through() -> tuple[bool, str]:
    """Letters that were given up and wait for a decision."""
    failed = db.session.scalar(select(func.count()).where(Letter.state == LetterState.FAILED))
    return failed == 0, f"{failed} surat gagal dikirim"
