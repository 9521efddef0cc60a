"""/impor: a sheet is uploaded, kept, and read by a worker; the page tells how far it is and what was not taken."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core import storage
from app.core.refused import Refused
from app.extensions import db
from app.monitoring import actions, policy, queries
from app.monitoring.forms import NEW, ImportForm
from app.monitoring.models import IngestRun, RejectedRow, Source
from app.monitoring.routes import bp
from app.monitoring.routes.asking import asked
from app.monitoring.routes.correcting import settled_said
from app.monitoring.routes.sources import operators
from app.monitoring.rules.kinds import RunState, SourceKind
from app.web import errors, menu
from app.web.fragments import fragment, not_modified, page, tagged, unchanged, wants_fragment
from app.web.lists import int_arg, slice_of
from app.web.nonce import first_use

menu.offer("monitoring.imports", "Impor", "Unggah lembar IMA, ISA, atau lainnya; lihat hasil dan baris yang ditolak.")


@bp.route("/impor", methods=["GET", "POST"])
@operators
def imports():
    form = ImportForm(_sheets())
    if request.method == "GET":
        return _form(form)
    if not form.validate_on_submit():
        return _form(form, 422)
    if not first_use(form.nonce.data):
        return redirect(url_for("monitoring.imports"), 303)
    try:
        run = _started(form)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _form(form, 422)
    except storage.DiskFull as full:
        raise errors.DiskFull from full
    db.session.commit()
    flash("Berkas diterima dan sedang dibaca.")
    return redirect(url_for("monitoring.imports_run", run_id=run.id), 303)


@bp.get("/impor/<int:run_id>")
@operators
def imports_run(run_id: int):
    run = policy.visible_run(run_id, current_user.seat)
    if run.is_search:
        return redirect(url_for("monitoring.sources_search", run_id=run.id), 303)
    after = int_arg("sesudah", -1) or -1
    rows = policy.visible_rejected(run).where(RejectedRow.id > after).limit(51)
    rejected = slice_of(db.session.scalars(rows).all(), _row_cursor)
    return page("monitoring/run.html", run=run, rejected=rejected, tag=_tag(run), **settled_said(run), **asked(run))


@bp.get("/impor/<int:run_id>/kemajuan")
@operators
def imports_progress(run_id: int):
    run = policy.visible_run(run_id, current_user.seat)
    if not wants_fragment():
        return redirect(url_for("monitoring.imports_run", run_id=run.id), 303)
    if run.state is RunState.ASKING:
        return "", 200, {"HX-Redirect": url_for("monitoring.imports_run", run_id=run.id)}
    tag = _tag(run)
    if unchanged(tag):
        return not_modified(tag)
    return tagged(fragment("monitoring/run.html", "progress", run=run, tag=tag, **settled_said(run)), tag)


def _row_cursor(row) -> str:
    return str(row.id)


def _sheets() -> list[Source]:
    sheets = policy.visible_sources(current_user.seat).where(Source.kind.in_((SourceKind.SHEET, SourceKind.SP4N)))
    return list(db.session.scalars(sheets.order_by(Source.name)))


def _form(form: ImportForm, status: int = 200):
    return page("monitoring/imports.html", status, form=form, runs=queries.recent_files())


def _started(form: ImportForm) -> IngestRun:
    source = form.chosen.get(form.source.data) or actions.add_source(
        {"name": form.name.data, "kind": SourceKind.SHEET, "channel": form.channel.data}, current_user.seat
    )
    upload = form.file.data
    return actions.start_run(source, upload.stream, file_name=upload.filename or NEW, by=current_user.seat)


def _tag(run: IngestRun) -> str:
    return f"{run.id}-{run.state}-{run.rows_done}"
