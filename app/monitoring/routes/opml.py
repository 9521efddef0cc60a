"""/pengaturan/sumber/opml: the feeds of another reader are listed, the ticked ones become sources that are paused."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.extensions import db
from app.monitoring import actions, queries
from app.monitoring.forms import FeedsForm, OpmlForm
from app.monitoring.routes import bp
from app.monitoring.routes.sources import keepers
from app.monitoring.rules import opml
from app.web.fragments import page
from app.web.nonce import first_use

TEMPLATE = "monitoring/opml.html"


@bp.route("/pengaturan/sumber/opml", methods=["GET", "POST"])
@keepers
def sources_opml_in():
    """Nothing is kept of the file: what is ticked in the list comes back with the form."""
    form = OpmlForm()
    if request.method == "GET":
        return page(TEMPLATE, form=form, feeds=[])
    if not form.validate_on_submit():
        return page(TEMPLATE, 422, form=form, feeds=[])
    try:
        feeds = opml.feeds_in(form.body())
    except opml.Unreadable as unreadable:
        form.refuse({"file": str(unreadable)})
        return page(TEMPLATE, 422, form=form, feeds=[])
    return page(TEMPLATE, form=FeedsForm(formdata=None), feeds=opml.seen(feeds, queries.feeds_by_address()))


@bp.post("/pengaturan/sumber/opml/tambah")
@keepers
def sources_opml_add():
    form = FeedsForm()
    if form.validate_on_submit() and first_use(form.nonce.data):
        added = actions.add_feeds(form.feed.data or [], current_user.seat)
        db.session.commit()
        flash(_told(len(added)))
    return redirect(url_for("monitoring.sources"), 303)


def _told(added: int) -> str:
    if not added:
        return "Tidak ada yang ditambahkan: tidak ada yang dicentang, atau semuanya sudah menjadi sumber."
    return f"{added} sumber ditambahkan, semuanya dijeda. Buka sumbernya lalu tekan Lanjutkan untuk mulai mengambil."
