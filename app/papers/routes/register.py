"""`/surat`: the register of papers, its whole state in its address."""

from flask_login import current_user
from sqlalchemy import select

from app.extensions import db
from app.papers import policy, queries
from app.papers.models import Paper
from app.papers.routes import bp
from app.papers.rules import PaperKind, Stage
from app.people.models import Opd
from app.people.rules import Role
from app.tickets.policy import opd_choices
from app.web.access import allow
from app.web.fragments import page
from app.web.lists import PAGE, arg, here_with, int_arg, slice_of


@bp.get("/surat")
@allow(*policy.READERS)
def register():
    seat = current_user.seat
    kind, stage, words = arg("jenis", "", list(PaperKind)), arg("tahap", "", list(Stage)), arg("q")
    opds = opd_choices() if seat.role is Role.DISKOMINFO else []
    code = arg("opd", "", [opd.code for opd in opds])
    wanted = policy.visible_papers(seat)
    if kind:
        wanted = wanted.where(Paper.kind == kind)
    if stage:
        wanted = wanted.where(Paper.stage == stage)
    if code:
        chosen = select(Opd.id).where(Opd.code == code).scalar_subquery()
        wanted = wanted.where((Paper.to_opd_id == chosen) | (Paper.opd_id == chosen))
    if words:
        wanted = queries.bearing(wanted, words)
    if before := int_arg("sebelum"):
        wanted = wanted.where(Paper.id < before)
    found = slice_of(
        db.session.scalars(wanted.order_by(Paper.id.desc()).limit(PAGE + 1)).all(), lambda row: str(row.id)
    )
    return page(
        "papers/register.html",
        papers=found.rows,
        tickets=queries.tickets_of(paper.id for paper in found.rows),
        more=here_with(sebelum=found.next) if found.next else None,
        stages=[("Semua", here_with(tahap=""), not stage, None)]
        + [(each.label, here_with(tahap=each.value), each == stage, None) for each in Stage],
        kinds=[(each.value, each.label) for each in PaperKind],
        opds=opds,
        asked={"jenis": kind, "tahap": stage, "opd": code, "q": words},
    )
