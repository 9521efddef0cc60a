"""Who may see sources and what they brought: Diskominfo; only its system admins keep them."""

from __future__ import annotations

from flask import abort
from sqlalchemy import Select, false, select

from app.core.db import held
from app.extensions import db
from app.monitoring.models import IngestRun, Profile, RejectedRow, Source
from app.monitoring.rules.kinds import SourceKind
from app.people.models import Seat
from app.people.rules import Role


def visible_sources(seat: Seat) -> Select[Source]:
    """Every source for Diskominfo, none for anybody else."""
    return select(Source) if seat.role is Role.DISKOMINFO else select(Source).where(false())


def visible_source(source_id: int, seat: Seat) -> Source:
    """That source, or 404."""
    return db.session.scalar(held(visible_sources(seat).where(Source.id == source_id), Source)) or abort(404)


def visible_webhook(source_id: int, seat: Seat) -> Source:
    """That source, or 404, also when it is no webhook."""
    source = visible_source(source_id, seat)
    return source if source.kind is SourceKind.WEBHOOK else abort(404)


def visible_runs(seat: Seat) -> Select[IngestRun]:
    """Every reading of a visible source."""
    runs = select(IngestRun).join(IngestRun.source)
    return runs if seat.role is Role.DISKOMINFO else runs.where(false())


def visible_run(run_id: int, seat: Seat) -> IngestRun:
    """That reading, or 404."""
    return db.session.scalar(visible_runs(seat).where(IngestRun.id == run_id)) or abort(404)


def answerable_run(run_id: int, seat: Seat) -> IngestRun:
    """`visible_run` for answering what it asks of a file: two answers do not meet."""
    run = db.session.scalar(held(visible_runs(seat).where(IngestRun.id == run_id), IngestRun)) or abort(404)
    return abort(404) if run.is_search else run


def visible_search(run_id: int, seat: Seat) -> IngestRun:
    """That search for feeds, or 404, also when it is a reading of anything else."""
    run = visible_run(run_id, seat)
    return run if run.is_search else abort(404)


def visible_profile(source: Source, profile_id: int) -> Profile:
    """That layout of a visible source, or 404."""
    own = select(Profile).where(Profile.source_id == source.id, Profile.id == profile_id)
    return db.session.scalar(held(own, Profile)) or abort(404)


def visible_rejected(run: IngestRun) -> Select[RejectedRow]:
    """The rows of a visible reading that were not taken, in the order of the file."""
    return select(RejectedRow).where(RejectedRow.run_id == run.id).order_by(RejectedRow.id)


def visible_rejected_row(run: IngestRun, row_id: int) -> RejectedRow:
    """That row of a visible reading, or 404; what somebody else has just done with it is seen."""
    return db.session.scalar(held(visible_rejected(run).where(RejectedRow.id == row_id), RejectedRow)) or abort(404)


def waiting_rejected(run: IngestRun) -> Select[RejectedRow]:
    """Those of them that nobody has corrected or dropped."""
    return visible_rejected(run).where(RejectedRow.settled_at.is_(None))


def keeps_sources(seat: Seat) -> bool:
    """System admins of Diskominfo add, change and pause sources."""
    return seat.role is Role.DISKOMINFO and seat.is_admin
