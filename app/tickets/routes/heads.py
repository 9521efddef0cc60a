"""The page on which a kepala OPD approves an answer or sends it back: shows on GET, asks again, acts once on POST."""

from flask import make_response, render_template, request
from sqlalchemy import select

from app.core.db import held
from app.core.words import plain
from app.extensions import db
from app.people.models import Opd
from app.tickets import actions
from app.tickets.actions import Refused
from app.tickets.forms import HeadAnswerForm
from app.tickets.models import Answer, HeadApproval, Ticket
from app.tickets.routes import bp
from app.tickets.routes.quiet import ended, quiet
from app.tickets.rules.answers import parts
from app.web import nonce
from app.web.access import by_link

THANKS = {
    True: "Jawaban Anda setujui. Petugas OPD meneruskannya; tidak ada lagi yang perlu Anda kerjakan.",
    False: "Jawaban kembali ke petugas OPD bersama catatan Anda.",
}


def head_page(token: str, asked: HeadApproval, answer: Answer, form=None, status: int = 200, sure: str = ""):
    """The answer with its two ways; `sure` (setuju, kembalikan): the question before it counts."""
    ticket, opd = db.session.get_one(Ticket, answer.ticket_id), db.session.get_one(Opd, answer.opd_id)
    told = {"t": ticket, "opd": opd, "asked": asked, "answer": answer, "parts": parts(answer.text)}
    form = form or HeadAnswerForm(formdata=None, personal=True)
    return quiet(make_response(render_template("link/head.html", token=token, form=form, sure=sure, **told), status))


@bp.post("/t/<token>/kepala")
@by_link
def head_decides(token):
    """`pilihan` is setuju or kembalikan; only a second press, with `yakin`, counts."""
    found = actions.find_head_request(token)
    if found is None:
        ended()
    form, choice = HeadAnswerForm(personal=True), request.form.get("pilihan", "")
    if choice not in ("setuju", "kembalikan"):
        return head_page(token, *found, form=form, status=422)
    if not request.form.get("yakin"):
        if choice == "kembalikan" and not (form.words.data or "").strip():
            form.refuse({"words": "Tulis apa yang perlu diperbaiki."})
            return head_page(token, *found, form=form, status=422)
        return head_page(token, *found, form=form, sure=choice)
    return _decided(token, form, choice == "setuju")


def _decided(token: str, form: HeadAnswerForm, approves: bool):
    answer = actions.find_head_request(token)[1]
    ticket = db.session.scalar(held(select(Ticket).where(Ticket.id == answer.ticket_id), Ticket))
    db.session.expire_all()
    found = actions.find_head_request(token)
    if found is None or not nonce.first_use(form.nonce.data):
        ended()
    asked, answer = found
    try:
        actions.decide(ticket, asked, answer, approves=approves, words=plain(form.words.data or ""))
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return head_page(token, *actions.find_head_request(token), form=form, status=422)
    db.session.commit()
    return quiet(make_response(render_template("link/done.html", words=THANKS[approves])))
