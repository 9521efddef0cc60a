"""/rtl: plans, the late first; one plan with its progress; an instruction is recorded."""

from collections.abc import Callable

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.agenda import actions, policy, queries
from app.agenda.forms import EndForm, InstructionForm, ProgressForm, offer
from app.agenda.models import Plan
from app.agenda.routes import bp
from app.agenda.routes.changing import DONE, carry_out, renew
from app.agenda.rules import PlanOrigin, sentence
from app.core import events
from app.extensions import db
from app.web.access import allow, signed_in
from app.web.forms import Form
from app.web.fragments import page
from app.web.lists import arg, here_with

VIEWS = {"terbuka": "Terbuka", "lewat": "Lewat target", "terlaksana": "Terlaksana", "batal": "Tidak dilanjutkan"}


@bp.get("/rtl")
@signed_in
def plan_list():
    seat, view = current_user.seat, arg("tampilan", "terbuka", list(VIEWS))
    counts = queries.plan_counts(seat)
    return page(
        "agenda/plans.html",
        plans=db.session.scalars(queries.plans(seat, view).limit(queries.MOST)).all(),
        views=[(words, here_with(tampilan=each), each == view, counts[each]) for each, words in VIEWS.items()],
        view=view,
        instructs=policy.may_instruct(seat),
        reads=policy.reads_rakor(seat),
    )


@bp.route("/rtl/baru", methods=["GET", "POST"])
@allow(*policy.READERS)
def instruct():
    """An instruction of a leader, or a promise that was made elsewhere."""
    form, offices = InstructionForm(), queries.offices()
    offer(form.opd, offices, "Pilih OPD")
    if request.method == "GET":
        form.origin.data = arg("asal", PlanOrigin.INSTRUCTION, list(PlanOrigin))
        return page("agenda/instruct.html", form=form, offices=offices)
    made: list[Plan] = []
    status = carry_out(form, lambda: made.append(actions.make(current_user.seat, form.values())))
    if status == DONE:
        flash("Tercatat sebagai rencana tindak lanjut.")
        return redirect(url_for("agenda.plan_page", plan_id=made[0].id) if made else url_for("agenda.plan_list"), 303)
    return page("agenda/instruct.html", status, form=form, offices=queries.offices())


@bp.get("/rtl/<int:plan_id>")
@signed_in
def plan_page(plan_id):
    return _page(policy.visible_plan(plan_id, current_user.seat))


@bp.post("/rtl/<int:plan_id>/kemajuan")
@signed_in
def report(plan_id):
    seat, form = current_user.seat, ProgressForm()
    plan = policy.visible_plan(plan_id, seat, lock=True)
    if not policy.may_report(plan, seat):
        abort(404)
    words = form.note.data or ""
    return _step(plan, form, lambda: actions.report(plan, seat, form.progress.data or 0, words), "Kemajuan tercatat.")


@bp.post("/rtl/<int:plan_id>/akhir")
@signed_in
def end(plan_id):
    """`do`: terlaksana or batal."""
    seat, form = current_user.seat, EndForm()
    plan = policy.visible_plan(plan_id, seat, lock=True)
    if not policy.may_end(plan, seat):
        abort(404)
    verb = actions.drop if request.form.get("do") == "batal" else actions.keep
    said = "Tercatat: tidak dilanjutkan." if verb is actions.drop else "Tercatat: terlaksana."
    return _step(plan, form, lambda: verb(plan, seat, form.note.data or ""), said)


def _step(plan: Plan, form: Form, act: Callable[[], object], said: str):
    plan_id = plan.id
    status = carry_out(form, act, plan)
    if status == DONE:
        flash(said)
        return redirect(url_for("agenda.plan_page", plan_id=plan_id), 303)
    plan = policy.visible_plan(plan_id, current_user.seat)
    renew(form, plan)
    return _page(plan, status, form)


def _page(plan: Plan, status: int = 200, refused: Form | None = None):
    seat = current_user.seat
    progress = refused if isinstance(refused, ProgressForm) else ProgressForm(of=plan, formdata=None)
    if progress is not refused:
        progress.progress.data = plan.progress
    told = events.latest(plan.stream, 30)
    return page(
        "agenda/plan.html",
        status,
        plan=plan,
        reads=policy.reads_rakor(seat),
        reports=policy.may_report(plan, seat),
        ends=policy.may_end(plan, seat),
        progress=progress,
        ending=refused if isinstance(refused, EndForm) else EndForm(of=plan, formdata=None),
        story=[(event, sentence(event.kind)) for event in told],
    )
