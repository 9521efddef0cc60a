"""Papers on their way out, under names that tell nothing."""

import structlog
from flask import abort
from flask_login import current_user

from app.papers import policy, render, shaping, sheets
from app.papers.models import Paper
from app.papers.render import workbook
from app.papers.routes import bp
from app.papers.rules import Stage
from app.papers.rules.shapes import as_data
from app.people.models import Seat
from app.tickets import policy as tickets
from app.web.access import allow, signed_in
from app.web.downloads import WORKBOOK, send_kept, send_made

SHAPES = "any(pdf,docx)"
FORMS = {
    "pdf": (render.PDF, render.pdf),
    "docx": (render.DOCX, render.docx),
    "xlsx": (WORKBOOK, lambda _template, data: workbook.matrix(data)),
}
log = structlog.get_logger()


@bp.get("/tiket/<int:ticket_id>/cetak.pdf")
@signed_in
def ticket_pdf(ticket_id):
    ticket = tickets.visible_ticket(ticket_id, current_user.seat)
    return made("tiket", sheets.ticket_sheet(ticket, current_user.seat), "pdf", f"tiket-{ticket.number}")


@bp.get(f"/tiket/<int:ticket_id>/disposisi.<{SHAPES}:shape>")
@signed_in
def disposition(ticket_id, shape):
    ticket = tickets.visible_ticket(ticket_id, current_user.seat)
    if not policy.may_print_disposition(ticket, current_user.seat):
        abort(404)
    sheet = shaping.disposition(ticket, current_user.seat)
    return made("disposisi", sheet, shape, f"lembar-disposisi-{ticket.number}")


@bp.get(f"/surat/<int:paper_id>/naskah.<{SHAPES}:shape>")
@allow(*policy.READERS)
def text(paper_id, shape):
    """What is to be signed; once final only the signed file speaks."""
    paper = policy.visible_paper(paper_id, current_user.seat)
    if paper.stage is Stage.FINAL:
        abort(404)
    return made(*letter_of(paper, current_user.seat), shape, paper.file_name)


@bp.get("/surat/<int:paper_id>/final.pdf")
@allow(*policy.READERS)
def signed(paper_id):
    paper = policy.visible_paper(paper_id, current_user.seat)
    if paper.stage is not Stage.FINAL:
        abort(404)
    return send_kept(paper.key, render.PDF, f"{paper.file_name}.pdf")


def letter_of(paper: Paper, seat: Seat) -> tuple[str, object]:
    """The template of a registered paper, and its shape."""
    if paper.kind.to_the_press:
        return "pers", shaping.press_letter(paper, seat)
    return "permintaan", shaping.request_letter(paper, seat)


def made(template: str, paper: object, shape: str, name: str):
    """Rendered here and now: a paper takes a fifth of a second of CPU at most (tests/papers/test_render.py)."""
    media_type, make = FORMS[shape]
    try:
        body = make(template, as_data(paper))
    except render.NoPaper:
        log.exception("papers.not_rendered", template=template, shape=shape)
        abort(500)
    return send_made(body, media_type, f"{name}.{shape}")
