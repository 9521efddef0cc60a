"""A paper is begun from its tickets, and its words are changed while it is a draft."""

from collections.abc import Sequence

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock
from app.core.refused import Refused
from app.extensions import db
from app.monitoring.rules.shield import told_outside
from app.papers import actions, policy, queries, shaping
from app.papers.forms import FORMS, PaperForm
from app.papers.models import Paper
from app.papers.routes import bp
from app.papers.rules import GUIDANCE, MOST_TICKETS, PaperKind, Stage
from app.tickets import policy as tickets
from app.tickets.models import Ticket
from app.web import nonce
from app.web.access import allow
from app.web.conflicts import conflict
from app.web.fragments import page
from app.web.lists import arg
from app.web.numbers import id_in

OPENING = (
    "Dari pemantauan media dan pengaduan masyarakat, dengan ini kami sampaikan perkara yang memerlukan tindak lanjut "
    "Saudara sebagai OPD pengampu."
)
CLOSING = {
    PaperKind.REQUEST: "Mohon perkara tersebut ditindaklanjuti dan jawabannya disampaikan melalui aplikasi Tanggap "
    "sebelum waktu yang tercantum.\nAtas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.",
    PaperKind.CLARIFICATION: "Kami mohon penjelasan ini dimuat agar masyarakat memperoleh informasi yang lengkap.\n"
    "Atas perhatian Saudara, kami ucapkan terima kasih.",
    PaperKind.RIGHT_OF_REPLY: "Kami mohon hak jawab ini dimuat secara proporsional pada kesempatan pertama.\n"
    "Atas perhatian Saudara, kami ucapkan terima kasih.",
    PaperKind.RIGHT_OF_CORRECTION: "Kami mohon koreksi ini dimuat pada kesempatan pertama.\n"
    "Atas perhatian Saudara, kami ucapkan terima kasih.",
}


@bp.route("/surat/baru", methods=["GET", "POST"])
@allow(*policy.READERS)
def new():
    """`?jenis=…&tiket=…`: begun from a ticket; `?ids=…&ids=…` from those that were picked in the queue."""
    kind = PaperKind(arg("jenis", PaperKind.REQUEST, list(PaperKind)))
    chosen = _asked(kind)
    if not chosen:
        flash(
            "Dari tiket yang dipilih tidak ada yang bisa disurati: pilih yang punya OPD pengampu dan belum selesai.",
            "error",
        )
        return redirect(url_for("tickets.queue"), 303)
    form = FORMS[kind]()
    offered = _offer(form, kind, chosen)
    if request.method == "GET":
        _begin(form, kind, chosen)
        return _page(form, kind, chosen, offered)
    if not nonce.first_use(form.nonce.data):
        return redirect(url_for("papers.register"), 303)
    if not form.validate():
        return _page(form, kind, chosen, offered, status=422)
    try:
        about = _about(form, kind, chosen, offered)
        paper = actions.draft(kind, about, current_user.seat, form.subject.data, form.facts())
    except Refused as refused:
        return _refused(form, kind, chosen, offered, refused)
    db.session.commit()
    flash("Draf tersimpan.")
    return redirect(url_for("papers.show", paper_id=paper.id), 303)


@bp.route("/surat/<int:paper_id>/isi", methods=["GET", "POST"])
@allow(*policy.READERS)
def words(paper_id):
    """The words of a draft."""
    seat = current_user.seat
    paper = policy.own_paper(paper_id, seat)
    if paper.stage is not Stage.DRAFT:
        return redirect(url_for("papers.show", paper_id=paper.id), 303)
    chosen = list(queries.behind(paper, seat))
    form = FORMS[paper.kind](of=paper, data={"subject": paper.subject, **paper.facts})
    offered = _offer(form, paper.kind, chosen)
    if request.method == "GET":
        _pick(form, chosen)
        return _page(form, paper.kind, chosen, offered, paper)
    if not nonce.first_use(form.nonce.data):
        return redirect(url_for("papers.show", paper_id=paper.id), 303)
    if form.is_stale(paper):
        db.session.rollback()
        paper = policy.own_paper(paper_id, seat)
        clash = conflict(paper.stream, paper, form, ("subject",))
        return _page(form, paper.kind, chosen, offered, paper, clash, status=409)
    if not form.validate():
        return _page(form, paper.kind, chosen, offered, paper, status=422)
    try:
        about = _about(form, paper.kind, chosen, offered)
        actions.revise(paper, about, seat, form.subject.data, form.facts())
    except Refused as refused:
        return _refused(form, paper.kind, chosen, offered, refused, paper_id)
    db.session.commit()
    flash("Draf tersimpan.")
    return redirect(url_for("papers.show", paper_id=paper_id), 303)


def _asked(kind: PaperKind) -> list[Ticket]:
    """The tickets of the address, each one visible and fit for this paper, else 404; of those picked, all that are."""
    picked = request.args.getlist("ids")
    ids = list(dict.fromkeys(id_in(text) for text in picked or request.args.getlist("tiket")))[:MOST_TICKETS]
    if not ids or (kind.to_the_press and len(ids) > 1):
        abort(404)
    seat = current_user.seat
    wanted = tickets.visible_to(seat).where(Ticket.id.in_(ids)).options(*tickets.WHOLE)
    found = {ticket.id: ticket for ticket in db.session.scalars(wanted).unique()}
    fit = {key: ticket for key, ticket in found.items() if kind in policy.kinds_for(ticket, seat)}
    if len(fit) < len(ids) and not picked:
        abort(404)
    chosen = [fit[ticket_id] for ticket_id in ids if ticket_id in fit]
    return _of_one_opd(chosen, len(ids)) if picked else chosen


def _of_one_opd(fit: list[Ticket], asked: int) -> list[Ticket]:
    """A letter goes to one OPD: that of the first; whoever picked others is told how many wait for another letter."""
    mine = [ticket for ticket in fit if ticket.lead_opd_id == fit[0].lead_opd_id]
    if mine and len(mine) < asked and request.method == "GET":
        left = asked - len(mine)
        flash(f"{left} tiket lain tidak ikut: satu surat hanya untuk satu OPD, dan untuk tiket yang belum selesai.")
    return mine


def _offer(form: PaperForm, kind: PaperKind, chosen: Sequence[Ticket]) -> list[Ticket]:
    """A request may list any open ticket of the OPD; a paper to the press is about the one it came from."""
    if kind.to_the_press:
        return list(chosen)
    opd_ids = {ticket.lead_opd_id for ticket in chosen}
    more = queries.askable(next(iter(opd_ids)), current_user.seat) if len(opd_ids) == 1 else ()
    offered = [*chosen, *(ticket for ticket in more if ticket not in chosen)]
    form.tickets.choices = [(ticket.id, f"#{ticket.number} {ticket.shown_title}") for ticket in offered]
    return offered


def _about(form: PaperForm, kind: PaperKind, chosen: Sequence[Ticket], offered: Sequence[Ticket]) -> list[Ticket]:
    if kind.to_the_press:
        return list(chosen)
    return [ticket for ticket in offered if ticket.id in (form.tickets.data or ())]


def _pick(form: PaperForm, chosen: Sequence[Ticket]) -> None:
    if "tickets" in form:
        form.tickets.data = [ticket.id for ticket in chosen]


def _begin(form: PaperForm, kind: PaperKind, chosen: Sequence[Ticket]) -> None:
    """What a fresh paper says before anybody has typed a word."""
    first = chosen[0]
    form.closing.data, form.nature.data = CLOSING[kind], _nature(chosen)
    _pick(form, chosen)
    if kind is PaperKind.REQUEST:
        form.subject.data, form.opening.data = "Permintaan tindak lanjut", OPENING
        form.to.data = first.lead.head_position or f"Kepala {first.lead.name}"
        return
    answer = queries.approved_answer(first, current_user.seat)
    form.body.data = answer.public_text if answer else ""
    form.to.data = "Pemimpin Redaksi"
    form.subject.data = kind.label
    for row in queries.news_behind([first.id])[:1]:
        told = told_outside(row._mapping)
        medium = told["media"] or told["source"]
        form.medium.data, form.headline.data, form.url.data = medium, told["title"], told["url"]
        form.published.data = clock.long_day(told["published_at"])
        form.to.data, form.subject.data = f"Pemimpin Redaksi {medium}", f"{kind.label} atas pemberitaan {medium}"


def _nature(chosen: Sequence[Ticket]) -> str:
    urgent = {ticket.level.outside.label for ticket in chosen}
    return next((nature for nature in ("Sangat segera", "Segera") if nature in urgent), "Biasa")


def _refused(form, kind, chosen, offered, refused: Refused, paper_id: int | None = None):
    db.session.rollback()
    paper = policy.own_paper(paper_id, current_user.seat) if paper_id else None
    form.refuse(refused.errors)
    return _page(form, kind, chosen, offered, paper, status=422)


def _page(form, kind: PaperKind, chosen, offered, paper: Paper | None = None, clash=None, status: int = 200):
    head = shaping.head_of(current_user.seat.opd)
    told = {"form": form, "kind": kind, "paper": paper, "clash": clash, "head": head, "guidance": GUIDANCE.get(kind)}
    return page("papers/write.html", status, chosen=chosen, offered=offered, here=request.full_path.rstrip("?"), **told)
