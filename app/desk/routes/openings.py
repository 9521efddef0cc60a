"""/pengaturan/pembukaan: who saw what between two days, and for what. For system admins."""

from collections.abc import Mapping

from flask import request
from flask_login import current_user

from app.core import clock
from app.desk import actions
from app.desk.queries import openings as queries
from app.desk.routes import bp
from app.desk.rules.openings import Asked
from app.extensions import db
from app.people.rules import Role
from app.web import menu
from app.web.access import allow
from app.web.downloads import send_csv
from app.web.forms import Form
from app.web.fragments import page
from app.web.lists import here_with, int_arg

MOST = 10_000
HEAD = ("Waktu", "Siapa", "Yang dibuka", "Perkara", "Judul", "Alasan")

system_admins = allow(Role.DISKOMINFO, admin=True)
menu.offer("desk.openings", "Pembukaan data", "Siapa membuka judul asli atau data pribadi, kapan, dan untuk apa.")


@bp.get("/pengaturan/pembukaan")
@system_admins
def openings():
    asked, seat = _asked(request.args), current_user.seat
    found = queries.page_of_openings(asked, seat, int_arg("sebelum"))
    return page(
        "desk/openings.html",
        asked=asked,
        found=found,
        openers=queries.openers(seat),
        more=here_with(sebelum=found.next) if found.next else None,
        form=Form(formdata=None),
    )


@bp.post("/pengaturan/pembukaan")
@system_admins
def openings_csv():
    """The same as a sheet. Whoever takes it along is written down too."""
    asked, seat = _asked(request.form), current_user.seat
    rows = queries.all_openings(asked, seat, MOST)
    actions.note_openings_taken(asked, len(rows), seat)
    db.session.commit()
    told = ((clock.for_input(o.at).replace("T", " "), o.actor, o.what, o.item, o.title, o.reason) for o in rows)
    return send_csv(f"pembukaan-data-{asked.since}-{asked.until}.csv", [HEAD, *told])


def _asked(args: Mapping[str, str]) -> Asked:
    return Asked.read(args, clock.today())
