"""/pengaturan/sumber: where news comes from, how each source is doing, what it brought."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.monitoring import actions, policy, queries
from app.monitoring.forms import BareForm, NewSourceForm, SiteForm, SourceForm
from app.monitoring.models import Source
from app.monitoring.routes import bp
from app.monitoring.routes.profiles import profiles_said
from app.monitoring.rules import links
from app.monitoring.rules.health import advice
from app.monitoring.rules.kinds import SOURCE_FIELDS, SourceKind
from app.monitoring.rules.media import Medium, media_like, medium_of
from app.monitoring.rules.opml import opml
from app.people.rules import Role
from app.web import menu
from app.web.access import allow
from app.web.conflicts import conflict
from app.web.downloads import send_made
from app.web.fragments import page
from app.web.nonce import first_use

operators = allow(Role.DISKOMINFO)
keepers = allow(Role.DISKOMINFO, admin=True)

menu.offer("monitoring.sources", "Sumber", "Umpan berita dan lembar kerja: keadaan, jadwal, dan isinya.")


@bp.get("/pengaturan/sumber")
@operators
def sources():
    return page(
        "monitoring/sources.html",
        sources=db.session.scalars(policy.visible_sources(current_user.seat).order_by(Source.name)).all(),
        brought=queries.brought(),
        keeps=policy.keeps_sources(current_user.seat),
    )


@bp.get("/pengaturan/sumber/umpan.opml")
@operators
def sources_opml():
    """Every feed, also the paused ones, as a file for other feed readers."""
    feeds = policy.visible_sources(current_user.seat).where(Source.kind == SourceKind.RSS).order_by(Source.name)
    rows = db.session.execute(feeds.with_only_columns(Source.name, Source.url))
    written = opml("Sumber Tanggap", ((row.name, row.url) for row in rows), clock.now())
    return send_made(written, "text/x-opml; charset=utf-8", "sumber-tanggap.opml")


@bp.route("/pengaturan/sumber/baru", methods=["GET", "POST"])
@keepers
def sources_new():
    filled = medium_of(request.args.get("isi", "")) if request.method == "GET" else None
    form = NewSourceForm(data=filled.values if filled else None)
    if request.method == "GET":
        return new_source(form, filled=filled)
    if form.validate_on_submit():
        if not first_use(form.nonce.data):
            return redirect(url_for("monitoring.sources"), 303)
        try:
            source = actions.add_source(form.values(), current_user.seat)
        except Refused as refused:
            form.refuse(refused.errors)
        else:
            return _saved(source, f"{source.name} ditambahkan.")
    db.session.rollback()
    return new_source(form, 422)


@bp.get("/pengaturan/sumber/<int:source_id>")
@operators
def sources_one(source_id: int):
    return _one(policy.visible_source(source_id, current_user.seat))


@bp.route("/pengaturan/sumber/<int:source_id>/ubah", methods=["GET", "POST"])
@keepers
def sources_edit(source_id: int):
    source = policy.visible_source(source_id, current_user.seat)
    form = SourceForm(source.kind, of=source)
    if request.method == "GET":
        return page("monitoring/source_form.html", form=form, source=source, clash=None, filled=None)
    if form.is_stale(source):
        clash = conflict(f"source:{source.id}", source, form, SOURCE_FIELDS)
        return page("monitoring/source_form.html", 409, form=form, source=source, clash=clash, filled=None)
    if form.validate_on_submit():
        try:
            actions.change_source(source, form.values(), current_user.seat)
        except Refused as refused:
            form.refuse(refused.errors)
        else:
            return _saved(source, f"{source.name} tersimpan.")
    return page("monitoring/source_form.html", 422, form=form, source=source, clash=None, filled=None)


@bp.post("/pengaturan/sumber/<int:source_id>/jeda")
@keepers
def sources_pause(source_id: int):
    source = policy.visible_source(source_id, current_user.seat)
    actions.set_enabled(source, False, current_user.seat)
    return _saved(source, f"{source.name} dijeda.")


@bp.post("/pengaturan/sumber/<int:source_id>/lanjut")
@keepers
def sources_resume(source_id: int):
    source = policy.visible_source(source_id, current_user.seat)
    actions.set_enabled(source, True, current_user.seat)
    return _saved(source, f"{source.name} diambil lagi.")


@bp.post("/pengaturan/sumber/<int:source_id>/buang")
@keepers
def sources_drop(source_id: int):
    source = policy.visible_source(source_id, current_user.seat)
    name = source.name
    try:
        actions.drop_source(source, current_user.seat)
    except Refused as refused:
        return _saved(source, str(refused))
    db.session.commit()
    flash(f"{name} dibuang.")
    return redirect(url_for("monitoring.sources"), 303)


@bp.post("/pengaturan/sumber/<int:source_id>/ambil")
@operators
def sources_poll(source_id: int):
    source = policy.visible_source(source_id, current_user.seat)
    asked = actions.poll_now(source.id)
    return _saved(source, f"{source.name} sedang diambil." if asked else f"{source.name} memang sedang diambil.")


@bp.post("/pengaturan/sumber/<int:source_id>/kunci")
@keepers
def sources_key(source_id: int):
    """A new key is in this answer and nowhere else; the form sent again shows the page without it."""
    source = policy.visible_webhook(source_id, current_user.seat)
    form = BareForm(of=source)
    if not first_use(form.nonce.data):
        return redirect(url_for("monitoring.sources_one", source_id=source.id), 303)
    if form.is_stale(source):
        abort(409)
    secret = actions.new_secret(source, current_user.seat)
    db.session.commit()
    return _one(source, secret)


def _one(source: Source, secret: str = ""):
    return page(
        "monitoring/source.html",
        source=source,
        secret=secret,
        old_until=source.old_secret_until if len(actions.valid_secrets(source)) > 1 else None,
        address=url_for("monitoring.push", source=source.id, _external=True) if source.kind == "webhook" else "",
        runs=queries.recent_runs(source.id),
        by_day=queries.brought_by_day(source.id),
        became=queries.became(source.id, current_user.seat),
        sorted_by_day=queries.sorted_by_day(source.id, current_user.seat),
        latest=queries.latest_alerts(source.id, current_user.seat),
        advice=advice(source.trouble) if source.kind is SourceKind.RSS else "",
        form=BareForm(formdata=None, of=source),
        keeps=policy.keeps_sources(current_user.seat),
        **profiles_said(source),
    )


def new_source(form: NewSourceForm, status: int = 200, filled: Medium | None = None, site: SiteForm | None = None):
    """The form of a new source, with the search for the feed of a site above it, and suggested media below."""
    sought = one_line(request.args.get("cari", ""))[:80]
    visible = db.session.execute(policy.visible_sources(current_user.seat).with_only_columns(Source.id, Source.url))
    return page(
        "monitoring/source_form.html",
        status,
        form=form,
        source=None,
        clash=None,
        filled=filled,
        site=site or SiteForm(formdata=None, site=filled.domain if filled else ""),
        sought=sought,
        media=media_like(sought),
        kept={links.host_of(row.url): row.id for row in visible if row.url},
    )


def _saved(source: Source, words: str):
    db.session.commit()
    flash(words)
    return redirect(url_for("monitoring.sources_one", source_id=source.id), 303)
