"""The projector: one matter a screen, in type that the last row reads; first what the last rakor promised."""

from flask import abort, url_for
from flask_login import current_user

from app.agenda import material, policy, queries
from app.agenda.routes import bp
from app.web.access import allow
from app.web.fragments import page


@bp.get("/rakor/<int:rakor_id>/layar/<int:n>")
@allow(*policy.READERS)
def screen(rakor_id, n):
    """`n` 0: the plans that are still open; then the matters in their order."""
    seat = current_user.seat
    rakor = policy.visible_meeting(rakor_id, seat)
    bahan = material.shown(rakor, seat)
    total = len(bahan["matters"])
    if n > total:
        abort(404)
    told = bahan["matters"][n - 1] if n else None
    decided = {matter.item_id: matter for matter in policy.matters_of(rakor, seat)}
    made = [plan for plan in queries.plans_made_in(rakor.id, seat) if told and plan.item_id == told["id"]]
    return page(
        "agenda/screen.html",
        rakor=rakor,
        told=told,
        day=material.short_day,
        open_plans=bahan["plans"],
        matter=decided.get(told["id"]) if told else None,
        reads=bool(told) and not told["sensitive"],
        plans=made,
        n=n,
        total=total,
        before=url_for("agenda.screen", rakor_id=rakor_id, n=n - 1) if n else None,
        after=url_for("agenda.screen", rakor_id=rakor_id, n=n + 1) if n < total else None,
    )
