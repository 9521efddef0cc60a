"""/rakor: which are to come and which were held, and one of them as its reader may know it."""

from flask import flash, redirect, request, url_for
from flask_login import current_user
from sqlalchemy.orm import selectinload

from app.agenda import actions, material, policy, queries
from app.agenda.forms import ATTENDANCES, BareForm, CancelForm, RakorForm, TakeUpForm
from app.agenda.models import Rakor
from app.agenda.routes import bp
from app.agenda.routes.changing import DONE, carry_out, renew
from app.agenda.rules import RakorState, sentence
from app.agenda.rules.changes import since
from app.core import clock, events
from app.extensions import db
from app.people.rules import OUTSIDE, Role
from app.web.access import allow, signed_in
from app.web.forms import Form
from app.web.fragments import page

WAY = (RakorState.PREPARING, RakorState.LOCKED, RakorState.FINISHED)
HELD = 30
"""As many of those that were held as the list shows."""


@bp.get("/rakor")
@signed_in
def rakor_list():
    seat, guests = current_user.seat, selectinload(Rakor.guests)
    coming = db.session.scalars(queries.meetings(seat, coming=True).options(guests).limit(queries.MOST)).all()
    held = db.session.scalars(queries.meetings(seat, coming=False).options(guests).limit(HELD)).all()
    taken = queries.taken_up([rakor.id for rakor in (*coming, *held)], seat) if policy.reads_rakor(seat) else {}
    return page("agenda/rakor_list.html", coming=coming, held=held, taken=taken, writes=policy.may_write(seat))


@bp.route("/rakor/baru", methods=["GET", "POST"])
@allow(Role.DISKOMINFO)
def new_rakor():
    form = RakorForm()
    if request.method == "GET":
        return _form_page(form)
    made: list[Rakor] = []
    status = carry_out(form, lambda: made.append(actions.arrange(current_user.seat, form.values())))
    if status == DONE:
        flash("Rakor dijadwalkan. Susun acaranya, lalu kunci bahannya.")
        return redirect(url_for("agenda.rakor", rakor_id=made[0].id) if made else url_for("agenda.rakor_list"), 303)
    return _form_page(form, status=status)


@bp.get("/rakor/<int:rakor_id>")
@signed_in
def rakor(rakor_id):
    return show(policy.visible_meeting(rakor_id, current_user.seat))


@bp.route("/rakor/<int:rakor_id>/ubah", methods=["GET", "POST"])
@allow(Role.DISKOMINFO)
def rearrange(rakor_id):
    """Time, place, and who is invited."""
    found = policy.own_meeting(rakor_id, current_user.seat)
    lines = {name: getattr(found, name) for name in ("topic", "place", "chair", "secretary", "note_taker")}
    invited = [guest.opd.code for guest in found.guests]
    form = RakorForm(of=found, data=lines | {"starts_at": clock.for_input(found.starts_at), "guests": invited})
    if request.method == "GET":
        return _form_page(form, found)
    status = carry_out(form, lambda: actions.rearrange(found, current_user.seat, form.values()), found)
    if status == DONE:
        flash("Tersimpan.")
        return redirect(url_for("agenda.rakor", rakor_id=rakor_id), 303)
    found = policy.visible_meeting(rakor_id, current_user.seat)
    renew(form, found)
    return _form_page(form, found, status)


def show(rakor: Rakor, status: int = 200, **forms: Form):
    """The page of a rakor; `forms` are those that were refused, by the name the template gives them."""
    seat = current_user.seat
    if not policy.reads_rakor(seat):
        return _invited_page(rakor)
    bahan, fresh = material.of(rakor, seat), None
    if rakor.snapshot_key and rakor.state.open:
        fresh = material.told(material.fresh(rakor, seat), seat)
    matters = policy.matters_of(rakor, seat)
    prepares, holds = policy.may_prepare(rakor, seat), policy.may_hold(rakor, seat)
    return page(
        "agenda/rakor.html",
        status,
        rakor=rakor,
        reads_words=lambda item: policy.reads_words(item, seat),
        here=WAY.index(rakor.state) if rakor.state in WAY else -1,
        way=WAY,
        bahan=bahan,
        day=material.short_day,
        matters=matters,
        plans=queries.plans_made_in(rakor.id, seat),
        changes=since(bahan, fresh) if fresh else [],
        compared=fresh is not None,
        prepares=prepares,
        holds=holds,
        writes=policy.may_write(seat),
        ready=queries.ready_for(rakor.id, seat) if prepares else [],
        undecided=sum(not matter.outcome for matter in matters),
        attendances=ATTENDANCES,
        take_up_form=forms.get("take_up") or TakeUpForm(of=rakor, formdata=None),
        cancel_form=forms.get("cancel") or CancelForm(of=rakor, formdata=None),
        attend_form=forms.get("attend") or BareForm(of=rakor, formdata=None),
        refused=forms,
        typed=request.form if "attend" in forms else {},
        bare=lambda: BareForm(of=rakor, formdata=None),
        story=[(event, sentence(event.kind)) for event in events.latest(rakor.stream, 12)],
    )


def _invited_page(rakor: Rakor):
    """What an invited OPD is told: where and when, the frozen titles, and its own plans."""
    seat = current_user.seat
    bahan = material.of(rakor, seat) if rakor.snapshot_key else None
    mine = queries.plans_made_in(rakor.id, seat)
    return page("agenda/rakor_invited.html", rakor=rakor, bahan=bahan, plans=mine, day=material.short_day)


def _form_page(form: RakorForm, rakor: Rakor | None = None, status: int = 200):
    offices = queries.offices()
    inner = [row for row in offices if row.kind != OUTSIDE]
    outer = [row for row in offices if row.kind == OUTSIDE]
    return page("agenda/rakor_form.html", status, form=form, rakor=rakor, inner=inner, outer=outer, here=request.path)
