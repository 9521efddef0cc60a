"""/pengaturan/surel-masuk: which letters came to the mailbox, and why some were not taken in. For system admins."""

from __future__ import annotations

from flask import current_app
from flask_login import current_user

from app.extensions import db
from app.monitoring import policy
from app.monitoring.models import Inbound
from app.monitoring.queries.letters import told_subjects
from app.monitoring.routes import bp
from app.monitoring.rules.mailing import Outcome
from app.people.rules import Role
from app.web import menu
from app.web.access import allow
from app.web.fragments import page
from app.web.lists import PAGE, here_with, int_arg, slice_of

menu.offer(
    "monitoring.letters",
    "Surel masuk",
    "Surel yang diteruskan petugas: yang masuk, dan yang ditolak beserta alasannya.",
)


@bp.get("/pengaturan/surel-masuk")
@allow(Role.DISKOMINFO, admin=True)
def letters():
    before = int_arg("sebelum")
    wanted = policy.visible_letters(current_user.seat).order_by(Inbound.id.desc())
    if before:
        wanted = wanted.where(Inbound.id < before)
    found = slice_of(db.session.scalars(wanted.limit(PAGE + 1)).all(), lambda row: str(row.id))
    after = here_with(sebelum=found.next) if found.next else None
    told = {"on": bool(current_app.config["IMAP_URL"]), "outcome": Outcome, "further": bool(before)}
    told["subjects"] = told_subjects(found.rows, current_user.seat)
    return page("monitoring/letters.html", letters=found.rows, after=after, **told)
