"""/impor/<id>/baris/<id>: one rejected row is corrected and read again, or dropped. A row of the list by HTMX."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core import clock
from app.core.refused import Refused
from app.extensions import db
from app.monitoring import actions, policy, queries
from app.monitoring.forms import BareForm, CellsForm, form_of
from app.monitoring.models import IngestRun, RejectedRow
from app.monitoring.routes import bp
from app.monitoring.routes.sources import operators
from app.monitoring.rules import correcting
from app.monitoring.rules.correcting import Cell, Settled
from app.web.fragments import page, wants_fragment
from app.web.nonce import first_use

DONE = {
    Settled.NEW: "Baris {} masuk sebagai pantauan baru.",
    Settled.REPEATED: "Baris {} ternyata sudah ada; tidak menjadi ganda.",
}


@bp.get("/impor/<int:run_id>/baris/<int:row_id>")
@operators
def imports_row(run_id: int, row_id: int):
    run = policy.visible_run(run_id, current_user.seat)
    row = policy.visible_rejected_row(run, row_id)
    return _shown(run, row, opened="tutup" not in request.args)


@bp.post("/impor/<int:run_id>/baris/<int:row_id>")
@operators
def imports_row_again(run_id: int, row_id: int):
    run, row = _held(run_id, row_id)
    cells = _cells(run, row)
    form = form_of(cells)
    if hindered := _hindered(run, row, form):
        return hindered
    if not form.validate():
        return _shown(run, row, 422, form=form)
    try:
        how = actions.read_again(run, row, correcting.meant(cells, form.typed(), row.hidden), current_user.seat)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused.errors)
        return _shown(*_again(run_id, row_id), 422, form=form)
    return _settled(run, row, DONE[how].format(row.row_no))


@bp.post("/impor/<int:run_id>/baris/<int:row_id>/buang")
@operators
def imports_row_drop(run_id: int, row_id: int):
    run, row = _held(run_id, row_id)
    if hindered := _hindered(run, row, BareForm()):
        return hindered
    actions.drop_row(run, row, current_user.seat)
    return _settled(run, row, f"Baris {row.row_no} dibuang.", undo=True)


@bp.post("/impor/<int:run_id>/baris/<int:row_id>/urungkan")
@operators
def imports_row_undo(run_id: int, row_id: int):
    run, row = _held(run_id, row_id)
    if not first_use(BareForm().nonce.data):
        return _settled(run, row, "")
    if row.settled_as != Settled.DROPPED:
        return _overtaken(run, row)
    actions.take_drop_back(run, row, current_user.seat)
    return _settled(run, row, f"Baris {row.row_no} menunggu lagi.")


def settled_said(run: IngestRun) -> dict[str, Any]:
    """What the page of a run tells of its rejected rows, and whether they can be corrected there."""
    counts = queries.settled_counts(run.id) if run.new or run.rejected or run.repeated else {}
    labels = {how.value: how.label for how in Settled}
    return {"settled": counts, "correctable": not _hindrance(run, 1), "labels": labels}


def _hindrance(run: IngestRun, row_no: int) -> str:
    return correcting.hindrance(run.source.kind, run.state, row_no, mirror=run.data_at is not None)


def _held(run_id: int, row_id: int) -> tuple[IngestRun, RejectedRow]:
    """Two people meet at the run: the second waits, and then sees what the first did."""
    run = policy.answerable_run(run_id, current_user.seat)
    return run, policy.visible_rejected_row(run, row_id)


def _again(run_id: int, row_id: int) -> tuple[IngestRun, RejectedRow]:
    run = policy.visible_run(run_id, current_user.seat)
    return run, policy.visible_rejected_row(run, row_id)


def _cells(run: IngestRun, row: RejectedRow) -> list[Cell]:
    mapping = correcting.mapping_of(row.raw, actions.mapping_of(run))
    return correcting.cells_of(row.raw, row.hidden, mapping)


def _hindered(run: IngestRun, row: RejectedRow, form: BareForm | CellsForm):
    """The answer when nothing may be done now: sent twice, somebody was first, or the row cannot be corrected."""
    if not first_use(form.nonce.data):
        return _settled(run, row, "")
    if row.settled_at:
        return _overtaken(run, row)
    return _shown(run, row, 422) if _hindrance(run, row.row_no) else None


def _overtaken(run: IngestRun, row: RejectedRow):
    event = queries.settled_by(run, row)
    first = f"{event.actor} lebih dulu, {clock.short(event.at)}." if event else "Orang lain lebih dulu."
    now = (
        f"Baris ini sudah selesai: {Settled(row.settled_as).label.lower()}."
        if row.settled_as
        else "Baris ini menunggu."
    )
    return _shown(run, row, 409, opened=False, overtaken=f"{first} {now} Yang Anda tulis tidak dipakai.")


def _settled(run: IngestRun, row: RejectedRow, words: str, *, undo: bool = False):
    """Commit; the row as it is now, with a toast. Without script the page of the run."""
    run_id, row_id = run.id, row.id
    db.session.commit()
    if not wants_fragment():
        if words:
            flash(words)
        return redirect(url_for("monitoring.imports_run", run_id=run_id, _anchor=f"baris-{row_id}"), 303)
    return _shown(*_again(run_id, row_id), opened=False, words=words, undo=undo)


def _shown(
    run: IngestRun, row: RejectedRow, status: int = 200, form: CellsForm | None = None, opened: bool = True, **told: Any
):
    """The page of the row, or its place in the list."""
    cells = _cells(run, row)
    template = "monitoring/_rejected_answer.html" if wants_fragment() else "monitoring/rejected.html"
    return page(
        template,
        status,
        run=run,
        row=row,
        cells=cells,
        form=form or form_of(cells, fresh=True),
        bare=BareForm(formdata=None),
        opened=opened,
        apart=request.endpoint == "monitoring.imports_row_undo",
        hindrance=_hindrance(run, row.row_no),
        **settled_said(run),
        **told,
    )
