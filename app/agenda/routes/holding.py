"""A rakor is held, one matter after the other: what was said, what was decided, who does what until when."""

from flask import flash, redirect, url_for
from flask_login import current_user

from app.agenda import actions, material, policy, queries
from app.agenda.forms import DecisionForm, PlanForm, offer
from app.agenda.models import Rakor, RakorItem
from app.agenda.routes import bp
from app.agenda.routes.changing import DONE, carry_out, renew
from app.agenda.rules import AgendaStage
from app.people.rules import Role
from app.web.access import allow
from app.web.fragments import page


@bp.get("/rakor/<int:rakor_id>/perkara/<int:item_id>")
@allow(*policy.READERS)
def of_rakor(rakor_id, item_id):
    rakor = policy.visible_meeting(rakor_id, current_user.seat)
    return _page(rakor, policy.visible_matter(item_id, rakor, current_user.seat))


@bp.post("/rakor/<int:rakor_id>/perkara/<int:item_id>/keputusan")
@allow(Role.DISKOMINFO)
def decide(rakor_id, item_id):
    seat, form = current_user.seat, DecisionForm()
    rakor = policy.own_meeting(rakor_id, seat)
    matter = policy.visible_matter(item_id, rakor, seat, lock=True)
    said = form.discussion.data or "", form.outcome.data or "", bool(form.agreed.data)
    status = carry_out(form, lambda: actions.decide(rakor, matter, seat, *said), matter, stream=rakor.stream)
    if status == DONE:
        flash("Keputusan tersimpan.")
        return redirect(url_for("agenda.of_rakor", rakor_id=rakor_id, item_id=item_id), 303)
    rakor = policy.visible_meeting(rakor_id, seat)
    matter = policy.visible_matter(item_id, rakor, seat)
    renew(form, matter)
    return _page(rakor, matter, status, deciding=form)


@bp.post("/rakor/<int:rakor_id>/perkara/<int:item_id>/rencana")
@allow(Role.DISKOMINFO)
def plan(rakor_id, item_id):
    seat, form = current_user.seat, PlanForm()
    rakor = policy.own_meeting(rakor_id, seat)
    matter = policy.visible_matter(item_id, rakor, seat)
    offer(form.opd, queries.offices(), "Pilih OPD")
    status = carry_out(form, lambda: actions.make(seat, form.values(), matter))
    if status == DONE:
        flash("Rencana tercatat.")
        return redirect(url_for("agenda.of_rakor", rakor_id=rakor_id, item_id=item_id, _anchor="rencana"), 303)
    rakor = policy.visible_meeting(rakor_id, seat)
    return _page(rakor, policy.visible_matter(item_id, rakor, seat), status, planning=form)


def _page(
    rakor: Rakor,
    matter: RakorItem,
    status: int = 200,
    *,
    deciding: DecisionForm | None = None,
    planning: PlanForm | None = None,
):
    seat = current_user.seat
    order = [row.item_id for row in policy.matters_of(rakor, seat)]
    at = order.index(matter.item_id)
    bahan = {row["id"]: row for row in material.of(rakor, seat)["matters"]}
    offices = queries.offices()
    plan_form = planning or PlanForm(formdata=None)
    lead = matter.item.lead.code if matter.item.lead else ""
    if planning is None:
        plan_form.opd.data = lead
    offer(plan_form.opd, offices, "Pilih OPD")
    said = {"discussion": matter.discussion, "outcome": matter.outcome}
    agreed = matter.item.stage is not AgendaStage.PROPOSED
    return page(
        "agenda/held.html",
        status,
        rakor=rakor,
        matter=matter,
        told=bahan.get(matter.item_id),
        day=material.short_day,
        number=at + 1,
        total=len(order),
        before=order[at - 1] if at else None,
        after=order[at + 1] if at + 1 < len(order) else None,
        plans=[row for row in queries.plans_made_in(rakor.id, seat) if row.item_id == matter.item_id],
        holds=policy.may_hold(rakor, seat),
        reads=policy.reads_words(matter.item, seat),
        deciding=deciding or DecisionForm(of=matter, formdata=None, data=said | {"agreed": agreed}),
        planning=plan_form,
        agreed=agreed,
        near=[guest.opd for guest in rakor.guests],
        offices=offices,
    )
