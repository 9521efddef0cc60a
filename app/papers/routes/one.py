"""One paper: what it says, where it stands, and its next step."""

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core import events, storage
from app.core.refused import Refused
from app.core.uploads import NotAllowedFile
from app.extensions import db
from app.papers import actions, policy, queries
from app.papers.forms import NumberForm, StageForm
from app.papers.models import Paper
from app.papers.routes import bp
from app.papers.rules import GUIDANCE, Stage, sentence
from app.people.models import Seat
from app.web import nonce
from app.web.access import allow
from app.web.fragments import page

NO_ROOM_STATUS = 507
NO_ROOM = (
    "Ruang penyimpanan server hampir penuh, jadi berkas belum diterima. Nomor dan tanggal yang Anda ketik masih di "
    "sini. Beri tahu admin sistem, lalu unggah lagi."
)


class NoRoom(Refused):
    """The signed file cannot be kept for want of room; nothing has changed."""


STEPS = {
    "ajukan": (actions.hand_in, "Surat diajukan untuk ditandatangani."),
    "kembalikan": (actions.take_back, "Surat kembali menjadi draf."),
    "hapus": (actions.discard, "Draf dihapus."),
}


@bp.get("/surat/<int:paper_id>")
@allow(*policy.READERS)
def show(paper_id):
    return _page(policy.visible_paper(paper_id, current_user.seat))


@bp.post(f"/surat/<int:paper_id>/<any({','.join(STEPS)}):step>")
@allow(*policy.READERS)
def take_step(paper_id, step):
    seat, form = current_user.seat, StageForm()
    act, said = STEPS[step]
    if not nonce.first_use(form.nonce.data):
        return redirect(url_for("papers.register"), 303)
    paper = policy.own_paper(paper_id, seat)
    try:
        _fresh(paper, form)
        act(paper, seat)
    except Refused as refused:
        return _refused(paper_id, form, refused, 409)
    db.session.commit()
    flash(said)
    gone = step == "hapus"
    return redirect(url_for("papers.register") if gone else url_for("papers.show", paper_id=paper_id), 303)


@bp.post("/surat/<int:paper_id>/nomor")
@allow(*policy.READERS)
def number(paper_id):
    """`do=simpan` keeps number and date for the copy that is printed; `do=final` also takes the signed file."""
    seat, form = current_user.seat, NumberForm()
    if not nonce.first_use(form.nonce.data):
        return redirect(url_for("papers.show", paper_id=paper_id), 303)
    paper = policy.own_paper(paper_id, seat)
    final = request.form.get("do") == "final"
    stale = form.is_stale(paper)
    try:
        _fresh(paper, form)
        _number(paper, seat, form, final)
    except Refused as refused:
        status = NO_ROOM_STATUS if isinstance(refused, NoRoom) else 409 if stale else 422
        return _refused(paper_id, form, refused, status)
    db.session.commit()
    flash("Surat menjadi final dan terdaftar." if final else "Nomor dan tanggal tersimpan.")
    return redirect(url_for("papers.show", paper_id=paper_id), 303)


def _number(paper: Paper, seat: Seat, form: NumberForm, final: bool) -> None:
    if not form.validate():
        raise Refused({})
    actions.number(paper, seat, form.number.data, form.dated.data)
    if final:
        sent = request.files.get("file")
        try:
            actions.finish(paper, seat, sent.stream if sent and sent.filename else None)
        except NotAllowedFile as reason:
            raise Refused({"file": str(reason)}) from reason
        except storage.DiskFull as full:
            raise NoRoom({"file": NO_ROOM}) from full


def _fresh(paper: Paper, form: StageForm | NumberForm) -> None:
    if form.is_stale(paper):
        last = events.latest(paper.stream, 1)
        who = last[0].actor if last else "Orang lain"
        raise Refused({"": f"{who} lebih dulu mengubah surat ini. Periksa dulu yang terlihat sekarang."})


def _refused(paper_id: int, form, refused: Refused, status: int):
    db.session.rollback()
    paper = policy.visible_paper(paper_id, current_user.seat)
    form.refuse(refused.errors)
    form.version.data = str(paper.version)
    return _page(paper, form, status)


def _page(paper: Paper, refused=None, status: int = 200):
    seat = current_user.seat
    numbering = refused if isinstance(refused, NumberForm) else NumberForm(formdata=None, of=paper, obj=paper)
    return page(
        "papers/paper.html",
        status,
        paper=paper,
        tickets=queries.behind(paper, seat),
        changes=policy.may_change(paper, seat),
        numbering=numbering,
        step_form=lambda: StageForm(formdata=None, of=paper),
        trouble=refused.form_errors if isinstance(refused, StageForm) else [],
        guidance=GUIDANCE.get(paper.kind),
        final=paper.stage is Stage.FINAL,
        story=[(event.actor, sentence(event.kind), event.at) for event in events.latest(paper.stream, 12)],
    )
