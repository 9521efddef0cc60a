"""/impor/<id> while a sheet waits for its columns to be confirmed: look again, try out, save and take in, cancel."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_login import current_user

from app.core.refused import Refused
from app.extensions import db
from app.monitoring import actions, policy, queries
from app.monitoring.forms import AskForm
from app.monitoring.forms.asking import Answer
from app.monitoring.models import IngestRun
from app.monitoring.routes import bp
from app.monitoring.routes.sources import operators
from app.monitoring.rules.asking import Question
from app.monitoring.rules.kinds import RunState
from app.monitoring.rules.mapping import TARGET_LABELS, TARGETS
from app.web.fragments import page
from app.web.nonce import first_use

ANSWERED = "Pertanyaan ini baru saja dijawab orang lain. Di bawah ini keadaannya sekarang."


@bp.post("/impor/<int:run_id>/susunan")
@operators
def imports_answer(run_id: int):
    run = policy.answerable_run(run_id, current_user.seat)
    if run.state is not RunState.ASKING:
        return _page(run, 409, overtaken=ANSWERED)
    question = Question.of(run.asked)
    form = _form(run, question)
    if form.is_stale(question):
        return _page(run, 409, form=AskForm(question, form.name.data or "", formdata=None), overtaken=ANSWERED)
    if not form.validate_on_submit():
        return _page(run, 422, form=form)
    if first_use(form.nonce.data):
        try:
            _answer(run, form)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused.errors)
            return _page(policy.visible_run(run_id, current_user.seat), 422, form=form)
        db.session.commit()
    return redirect(url_for("monitoring.imports_run", run_id=run_id), 303)


def asked(run: IngestRun, form: AskForm | None = None) -> dict[str, Any]:
    """What the page of a run shows of its question; nothing when it asks none."""
    if run.state is not RunState.ASKING:
        return {}
    question = Question.of(run.asked)
    shown = {column.target for column in question.mapping.columns}
    shown |= {target for row in question.seen["rows"] for target in row["errors"]}
    return {
        "question": question,
        "form": form or _form(run, question),
        "all_targets": TARGETS,
        "targets": {target: TARGET_LABELS[target] for target in TARGETS if target in shown},
        "wrong": sum(bool(row["errors"]) for row in question.seen["rows"]),
    }


def _form(run: IngestRun, question: Question) -> AskForm:
    return AskForm(question, queries.free_profile_name(run.source.name))


def _page(run: IngestRun, status: int, form: AskForm | None = None, overtaken: str = ""):
    return page("monitoring/run.html", status, run=run, overtaken=overtaken, tag="", **asked(run, form))


def _answer(run: IngestRun, form: AskForm) -> None:
    """Do what the button says. Raises Refused."""
    if form.do.data == Answer.CANCEL:
        actions.cancel(run, current_user.seat)
        flash("Impor dibatalkan. Berkas aslinya tetap tersimpan.")
    elif form.do.data == Answer.SAVE:
        many = actions.confirm(run, form.name.data or "", form.mapping(), current_user.seat)
        others = f" {many - 1} berkas lain dengan susunan yang sama ikut dibaca." if many > 1 else ""
        flash("Susunan disimpan, berkasnya sedang dibaca." + others)
    else:
        actions.look_again(run, form.wish())
