"""/agenda: matters by stage, and one matter with what it stands on."""

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.agenda import actions, policy, queries
from app.agenda.candidates import candidates
from app.agenda.forms import BareForm, MatterForm, MergeForm, MoveForm, offer
from app.agenda.models import AgendaItem
from app.agenda.routes import bp
from app.agenda.routes.changing import DONE, carry_out, renew
from app.agenda.rules import AgendaStage, sentence
from app.core import events
from app.core.uploads import neutral_name
from app.extensions import db
from app.people.rules import Role
from app.web.access import allow
from app.web.downloads import send_kept
from app.web.fragments import page
from app.web.lists import arg, here_with
from app.web.numbers import id_in

SAID = {
    "agree": "Tercatat: disepakati rakor.",
    "approve": "Persetujuan pimpinan tercatat.",
    "start": "Tercatat: berjalan.",
    "review": "Tinjauan tercatat.",
    "drop": "Tercatat: tidak dilanjutkan.",
    "propose": "Diusulkan lagi.",
}
STAGES = [stage for stage in AgendaStage if stage is not AgendaStage.DROPPED]
"""The way of a matter, as its page draws it."""


@bp.get("/agenda")
@allow(*policy.READERS)
def agenda():
    seat, asked = current_user.seat, arg("tahap", "", list(AgendaStage))
    items = db.session.scalars(queries.at_stage(seat, AgendaStage(asked) if asked else None).limit(queries.MOST)).all()
    counts, ids = queries.stage_counts(seat), [item.id for item in items]
    open_ones = sum(number for stage, number in counts.items() if stage is not AgendaStage.DROPPED)
    return page(
        "agenda/agenda.html",
        items=items,
        behind=queries.coverage(ids),
        plans=queries.plans_of_items(ids, seat),
        stages=[("Semua yang berjalan", here_with(tahap=""), not asked, open_ones)]
        + [(each.label, here_with(tahap=each.value), each == asked, counts.get(each, 0)) for each in AgendaStage],
        asked=asked,
        candidates=candidates(seat) if policy.may_write(seat) and asked in ("", AgendaStage.PROPOSED) else [],
        writes=policy.may_write(seat),
    )


@bp.get("/agenda/<int:item_id>")
@allow(*policy.READERS)
def matter(item_id):
    item = policy.visible_item(item_id, current_user.seat)
    if item.into_id:
        return redirect(url_for("agenda.matter", item_id=item.into_id), 303)
    return _page(item)


@bp.route("/agenda/<int:item_id>/isi", methods=["GET", "POST"])
@allow(Role.DISKOMINFO)
def words(item_id):
    """What is said of a matter."""
    item = policy.own_item(item_id, current_user.seat)
    told = {name: getattr(item, name) for name in MatterForm.WORDS if name != "lead"}
    form = MatterForm(of=item, data=told | {"lead": item.lead.code if item.lead else ""})
    offer(form.lead, queries.offices(), "Belum ditentukan")
    if request.method == "GET":
        return page("agenda/words.html", item=item, form=form)
    status = carry_out(form, lambda: actions.revise(item, current_user.seat, form.values()), item)
    if status == DONE:
        flash("Uraian tersimpan.")
        return redirect(url_for("agenda.matter", item_id=item_id), 303)
    item = policy.visible_item(item_id, current_user.seat)
    renew(form, item)
    return page("agenda/words.html", status, item=item, form=form)


@bp.post("/agenda/<int:item_id>/tahap")
@allow(Role.DISKOMINFO)
def move(item_id):
    item, form, seat = policy.own_item(item_id, current_user.seat), MoveForm(), current_user.seat
    sent = request.files.get("file")
    file = sent.stream if sent and sent.filename else None
    name = form.move.data or ""
    status = carry_out(form, lambda: actions.move(item, name, seat, form.values(), file), item)
    return _answer(item_id, status, SAID.get(name, "Tersimpan."), moving=form)


@bp.post("/agenda/<int:item_id>/satukan")
@allow(Role.DISKOMINFO)
def merge(item_id):
    """`other` goes into this matter."""
    seat = current_user.seat
    item = policy.own_item(item_id, seat)
    form = MergeForm.among(queries.mergeable(item, seat))
    other = policy.own_item(id_in(form.other.data), seat) if id_in(form.other.data) else None
    if form.other.data and other is None:
        abort(404)
    status = carry_out(form, lambda: actions.merge(other or item, item, seat), item)
    return _answer(item_id, status, "Disatukan ke sini; sumbernya ikut.", merging=form)


@bp.get("/agenda/<int:item_id>/persetujuan.pdf")
@allow(*policy.READERS)
def approval(item_id):
    """The leaders' approval as it was uploaded; of a sensitive matter for Diskominfo alone."""
    item = policy.visible_item(item_id, current_user.seat)
    if not item.approval_key or not policy.reads_words(item, current_user.seat):
        abort(404)
    return send_kept(item.approval_key, "application/pdf", neutral_name(item.id, "persetujuan.pdf"))


def _answer(item_id: int, status: int, said: str, **forms):
    if status == DONE:
        flash(said)
        return redirect(url_for("agenda.matter", item_id=item_id), 303)
    item = policy.visible_item(item_id, current_user.seat)
    for form in forms.values():
        renew(form, item)
    return _page(item, status, **forms)


def _page(item: AgendaItem, status: int = 200, *, moving: MoveForm | None = None, merging: MergeForm | None = None):
    seat = current_user.seat
    writes = policy.may_write(seat)
    others = queries.mergeable(item, seat) if writes else []
    return page(
        "agenda/matter.html",
        status,
        item=item,
        reads=policy.reads_words(item, seat),
        writes=writes,
        river=[(stage.label, None, "") for stage in STAGES],
        here=STAGES.index(item.stage) if item.stage in STAGES else -1,
        behind=queries.coverage([item.id]).get(item.id),
        sources=queries.sources_of([item.id]).get(item.id, []),
        tickets=queries.tickets_behind([item.id]).get(item.id, []),
        meetings=queries.held_before([item.id], seat).get(item.id, []),
        plans=queries.plans_of_items([item.id], seat).get(item.id, []),
        moves=policy.moves_for(item, seat),
        moving=moving or MoveForm(of=item, formdata=None),
        refused=moving.move.data if moving else "",
        merging=merging or MergeForm.among(others, of=item, formdata=None),
        others=others,
        bare=lambda: BareForm(of=item, formdata=None),
        story=[(event, sentence(event.kind)) for event in events.latest(item.stream, 15)],
    )
