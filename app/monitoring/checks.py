"""What `flask doctor` asks of intake: do feeds and the mailbox answer, who asks them, is what came long ago masked?"""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import func, or_, select

from app.core import clock
from app.core.doctor import check
from app.core.work import Work, WorkState
from app.extensions import db
from app.monitoring.actions.mailing import FETCH
from app.monitoring.actions.shielding import unmasked_among_oldest
from app.monitoring.models import Source
from app.monitoring.rules.kinds import SourceKind

LONG_ILL = timedelta(days=1)
UNASKED = timedelta(hours=1)
MOST_NAMED = 5
UNFETCHED = timedelta(minutes=30)


@check("sumber sakit", do="Buka sumbernya di /pengaturan/sumber: perbaiki alamatnya, atau jeda.", advice=True)
def ill_for_long() -> tuple[bool, str]:
    """Sources that are switched on and gave nothing readable for a day. Their illness is not this installation's."""
    silent = or_(Source.worked_at.is_(None), Source.worked_at < clock.now() - LONG_ILL)
    ill = select(Source.name).where(Source.enabled, Source.trouble != "", silent).order_by(Source.name)
    names = db.session.scalars(ill.limit(MOST_NAMED + 1)).all()
    if not names:
        return True, "tidak ada yang gagal lebih dari sehari"
    more = " dan lainnya" if len(names) > MOST_NAMED else ""
    return False, f"gagal lebih dari sehari: {', '.join(names[:MOST_NAMED])}{more}"


@check("pengambilan umpan", do="Periksa apakah proses worker dan clock berjalan.")
def asked_lately() -> tuple[bool, str]:
    """No feed was asked for an hour although one should have been."""
    feeds = (Source.enabled, Source.kind == SourceKind.RSS)
    late = func.sum((Source.next_poll_at < clock.now() - UNASKED).cast(db.Integer))
    last, overdue = db.session.execute(select(func.max(Source.polled_at), late).where(*feeds)).one()
    if last is None and not overdue:
        return True, "belum ada umpan yang perlu diambil"
    said = f"terakhir {clock.short(last)}" if last else "umpan belum pernah diambil"
    return not overdue or (last is not None and clock.now() - last < UNASKED), said


@check("surel masuk", do="Periksa TANGGAP_IMAP_URL dan kotak suratnya. Surat yang belum diambil tetap ada di sana.")
def mail_comes_in() -> tuple[bool, str]:
    """The mailbox of forwarded letters could not be read for half an hour: one work is tried all the while."""
    if not current_app.config["IMAP_URL"]:
        return True, "penerusan surel tidak dinyalakan"
    tried = select(Work.created_at, Work.last_error).where(
        Work.kind == FETCH, Work.state.in_((WorkState.WAITING, WorkState.LEASED))
    )
    since, why = db.session.execute(tried.order_by(Work.id).limit(1)).one_or_none() or (clock.now(), "")
    if clock.now() - since > UNFETCHED:
        return False, f"belum bisa diambil sejak {clock.short(since)}. {why or 'Pengambilannya belum selesai.'}"
    last = db.session.scalar(select(func.max(Work.finished_at)).where(Work.kind == FETCH))
    return True, f"terakhir diambil {clock.short(last)}" if last else "belum pernah diambil"


@check("data pribadi lama", do="Samarkan: flask --app wsgi shield old.", advice=True, on_page=False)
def old_alerts_are_masked() -> tuple[bool, str]:
    """Alerts that came before there was a shield: the command masks the oldest last."""
    if unmasked_among_oldest():
        return False, "pantauan terlama masih memuat data pribadi yang belum disamarkan"
    return True, "tersamar pada pantauan terlama"
