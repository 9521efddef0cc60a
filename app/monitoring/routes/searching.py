"""«Cari umpan»: the address of a site is enough; a worker looks there, and a person chooses among what it found."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import abort, flash, redirect, url_for
from flask_login import current_user

from app.core.refused import Refused
from app.extensions import db
from app.monitoring import actions, policy, queries
from app.monitoring.forms import BareForm, FoundForm, NewSourceForm, SiteForm
from app.monitoring.models import IngestRun
from app.monitoring.routes import bp
from app.monitoring.routes.sources import keepers, new_source, operators
from app.monitoring.rules import links
from app.monitoring.rules.kinds import SourceKind
from app.web.fragments import fragment, not_modified, page, tagged, unchanged, wants_fragment
from app.web.nonce import first_use


@bp.post("/pengaturan/sumber/cari")
@keepers
def sources_search_site():
    form = SiteForm()
    if not form.validate_on_submit():
        return new_source(NewSourceForm(formdata=None), 422, site=form)
    if not first_use(form.nonce.data):
        return redirect(url_for("monitoring.sources"), 303)
    try:
        run = actions.search_site(form.address, current_user.seat)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return new_source(NewSourceForm(formdata=None), 422, site=form)
    return _begun(run)


@bp.post("/pengaturan/sumber/<int:source_id>/cari")
@keepers
def sources_search_again(source_id: int):
    source = policy.visible_source(source_id, current_user.seat)
    if source.kind is not SourceKind.RSS or not links.showable(source.url):
        abort(404)
    if not first_use(BareForm().nonce.data):
        return redirect(url_for("monitoring.sources_one", source_id=source.id), 303)
    return _begun(actions.start_search(source, current_user.seat))


@bp.get("/pengaturan/sumber/pencarian/<int:run_id>")
@operators
def sources_search(run_id: int):
    return _found(policy.visible_search(run_id, current_user.seat))


@bp.get("/pengaturan/sumber/pencarian/<int:run_id>/kemajuan")
@operators
def sources_search_progress(run_id: int):
    run = policy.visible_search(run_id, current_user.seat)
    if not wants_fragment():
        return redirect(url_for("monitoring.sources_search", run_id=run.id), 303)
    tag = _tag(run)
    if unchanged(tag):
        return not_modified(tag)
    return tagged(fragment("monitoring/search.html", "found", **_shown(run)), tag)


@bp.post("/pengaturan/sumber/pencarian/<int:run_id>/pakai")
@keepers
def sources_search_use(run_id: int):
    run = policy.visible_search(run_id, current_user.seat)
    source = policy.visible_source(run.source_id, current_user.seat)
    form = FoundForm(of=source)
    here = redirect(url_for("monitoring.sources_one", source_id=source.id), 303)
    if not form.validate_on_submit() or not first_use(form.nonce.data):
        return here
    if form.is_stale(source):
        abort(409)
    try:
        actions.use_found(run, source, form.feed.data or "", current_user.seat)
    except Refused as refused:
        db.session.rollback()
        return _found(policy.visible_search(run_id, current_user.seat), 422, str(refused))
    db.session.commit()
    flash(f"{source.name} memakai umpan ini dan sedang diambil.")
    return here


def _begun(run: IngestRun):
    db.session.commit()
    return redirect(url_for("monitoring.sources_search", run_id=run.id), 303)


def _found(run: IngestRun, status: int = 200, refused: str = ""):
    return page("monitoring/search.html", status, refused=refused, **_shown(run))


def _shown(run: IngestRun) -> dict:
    """Everything `monitoring/search.html` needs, and its fragment with it."""
    known = queries.feeds_by_address() if run.asked["found"] else {}
    return {
        "run": run,
        "tag": _tag(run),
        "host": urlsplit(run.asked["address"]).netloc,
        "feeds": [_told(one, known, run.source_id) for one in run.asked["found"]],
        "form": FoundForm(formdata=None, of=run.source),
        "keeps": policy.keeps_sources(current_user.seat),
    }


def _told(feed: dict, known: dict[str, int], source_id: int) -> dict:
    """A found feed as the page shows it; `other` is the source that it is already, if it is not this one."""
    newest = datetime.fromisoformat(feed["newest"]) if feed["newest"] else None
    owner = known.get(links.canonical(feed["url"]), source_id)
    return feed | {"newest": newest, "other": owner if owner != source_id else None}


def _tag(run: IngestRun) -> str:
    return f"{run.id}-{run.state}"
