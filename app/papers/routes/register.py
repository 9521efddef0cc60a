"""`/surat`: the register of papers, its whole state in its address."""

from collections.abc import Iterator

from flask import url_for
from flask_login import current_user
from sqlalchemy import Select, select

from app.core import clock
from app.extensions import db
from app.papers import policy, queries
from app.papers.models import Paper
from app.papers.routes import bp
from app.papers.rules import PaperKind, Stage
from app.people.models import Opd
from app.people.rules import Role
from app.tickets.policy import opd_choices
from app.web.access import allow
from app.web.downloads import MOST_IN_CSV, TABLE_FORMS, send_table
from app.web.fragments import page
from app.web.lists import PAGE, arg, here_with, int_arg, list_with, slice_of

HEADER = ("Surat", "Hal", "Nomor", "Tanggal", "Dari", "Kepada", "Tiket", "Tahap")


@bp.get("/surat")
@allow(*policy.READERS)
def register():
    opds = opd_choices() if current_user.seat.role is Role.DISKOMINFO else []
    asked = _asked(opds)
    wanted = _wanted(asked)
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
        stages=[("Semua", here_with(tahap=""), not asked["tahap"], None)]
        + [(each.label, here_with(tahap=each.value), each == asked["tahap"], None) for each in Stage],
        kinds=[(each.value, each.label) for each in PaperKind],
        opds=opds,
        asked=asked,
        export=lambda form: list_with(url_for("papers.export", form=form)),
    )


@bp.get(f"/surat/unduh.<{TABLE_FORMS}:form>")
@allow(*policy.READERS)
def export(form):
    """The register as a file, with the same filters."""
    opds = opd_choices() if current_user.seat.role is Role.DISKOMINFO else []
    listed = _wanted(_asked(opds)).order_by(Paper.id.desc()).limit(MOST_IN_CSV + 1)
    return send_table(form, f"surat-{clock.today():%Y%m%d}", HEADER, _lines(listed))


def _lines(listed: Select) -> Iterator[tuple]:
    """Asked while it is sent, some papers at a time with their tickets."""
    papers = db.session.scalars(listed).all()
    for some in (papers[at : at + 500] for at in range(0, len(papers), 500)):
        about = queries.tickets_of(paper.id for paper in some)
        yield from (_line(paper, about.get(paper.id, ())) for paper in some)


def _asked(opds) -> dict[str, str]:
    """What this request's query string asks of the register."""
    return {
        "jenis": arg("jenis", "", list(PaperKind)),
        "tahap": arg("tahap", "", list(Stage)),
        "opd": arg("opd", "", [opd.code for opd in opds]),
        "q": arg("q"),
    }


def _wanted(asked: dict[str, str]) -> Select:
    wanted = policy.visible_papers(current_user.seat)
    if asked["jenis"]:
        wanted = wanted.where(Paper.kind == asked["jenis"])
    if asked["tahap"]:
        wanted = wanted.where(Paper.stage == asked["tahap"])
    if asked["opd"]:
        chosen = select(Opd.id).where(Opd.code == asked["opd"]).scalar_subquery()
        wanted = wanted.where((Paper.to_opd_id == chosen) | (Paper.opd_id == chosen))
    return queries.bearing(wanted, asked["q"]) if asked["q"] else wanted


def _line(paper: Paper, about) -> tuple:
    to = paper.receiver.short if paper.receiver else paper.facts.get("medium", "")
    numbers = ", ".join(f"{row.id:04d}" for row in about)
    dated = paper.dated.isoformat() if paper.dated else ""
    return (paper.kind.label, paper.subject, paper.number, dated, paper.opd.short, to, numbers, paper.stage.label)
