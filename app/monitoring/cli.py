"""Commands about sources and intake (design.md §7)."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from app.core import clock, storage, work
from app.core.cli import COULD_NOT, refuse
from app.core.refused import Refused
from app.extensions import db
from app.monitoring import actions, queries, readers
from app.monitoring.actions.runs import IMPORT
from app.monitoring.actions.sources import POLL
from app.monitoring.models import IngestRun, Profile, RejectedRow, Source
from app.monitoring.readers import guarded, sniff
from app.monitoring.rules import links
from app.monitoring.rules.kinds import RunState, SourceKind
from app.monitoring.rules.mapping import Mapping, signature_of, with_columns

KINDS = click.Choice([kind.value for kind in SourceKind])
PATIENCE = 3600

source = AppGroup("source", help="Sources: feeds, sheets, webhooks, the SP4N mirror.")

profile = AppGroup("profile", help="Profiles: how the columns of a source's sheets are read.")


def register_cli(app: Flask) -> None:
    app.cli.add_command(source)
    app.cli.add_command(profile)
    app.cli.add_command(poll)
    app.cli.add_command(ingest)


@source.command("add")
@click.argument("name")
@click.option("--kind", type=KINDS, required=True, help="rss takes RSS, Atom and JSON Feed.")
@click.option("--url", default="", help="Address of a feed.")
@with_appcontext
def add(name: str, kind: str, url: str) -> None:
    """Add a source; a webhook's secret is printed once."""
    if kind == SourceKind.RSS and not links.showable(url):
        refuse("Sebut alamat umpan dengan --url, dimulai http:// atau https://.")
    try:
        new = actions.add_source({"name": name, "kind": kind, "url": url}, None)
    except Refused as refused:
        refuse(str(refused))
    secret = actions.new_secret(new) if kind == SourceKind.WEBHOOK else ""
    db.session.commit()
    click.echo(f"Sumber {new.id}: {new.name} ({new.kind})")
    if secret:
        click.echo(f"Rahasia (hanya ditampilkan sekali): {secret}")


@source.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@with_appcontext
def show(as_json: bool) -> None:
    """List all sources with their health."""
    rows = db.session.scalars(select(Source).order_by(Source.name)).all()
    if as_json:
        keys = ("id", "name", "kind", "url", "enabled", "failures", "trouble")
        click.echo(json.dumps({"sources": [{key: getattr(row, key) for key in keys} for row in rows]}))
        return
    for row in rows:
        state = row.trouble or ("aktif" if row.enabled else "dijeda")
        click.echo(f"{row.id}\t{row.kind}\t{row.name}\t{row.url}\t{state}")


@profile.command("add")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", "source_name", required=True, help="Name of the source; made when missing.")
@click.option("--column", "chosen", multiple=True, metavar="TARGET=HEADER", help="What the synonyms do not know.")
@with_appcontext
def remember(name: str, file: Path, source_name: str, chosen: tuple[str, ...]) -> None:
    """Remember how this file's columns are read, and show its first rows read so."""
    try:
        seen = guarded.peek(file, clock.now())
        if seen.kind != "table":
            refuse("Ini bukan lembar: umpan dan ekspor SP4N tidak memerlukan profil.")
        columns = dict(one.partition("=")[::2] for one in chosen)
        mapping = with_columns(Mapping.from_dict(seen.mapping), columns)
        shown = guarded.peek(file, clock.now(), mapping=mapping)
        new = actions.remember_layout(actions.found_or_added(source_name, SourceKind.SHEET), name, mapping, None)
    except readers.Refused as refused:
        _list_headers(refused.headers)
        refuse(refused.reason)
    except (Refused, ValueError) as refused:
        refuse(str(refused))
    db.session.commit()
    for column in mapping.columns:
        click.echo(f"{column.target}: {', '.join(column.headers)}")
    for row in shown.rows[:3]:
        told = row["taken"]
        click.echo(f"baris {row['line']}: {'; '.join(row['errors'].values()) or told.get('title') or told.get('text')}")
    click.echo(f"Profil {new.id}: {new.name}")


@click.command()
@click.argument("name", metavar="[SOURCE]", required=False)
@with_appcontext
def poll(name: str | None) -> None:
    """Fetch one feed now, or every active one, and read what came."""
    chosen = select(Source).where(Source.kind == SourceKind.RSS)
    chosen = chosen.where(Source.name == name) if name else chosen.where(Source.enabled.is_(True))
    feeds = [(row.id, row.name) for row in db.session.scalars(chosen.order_by(Source.id))]
    if name and not feeds:
        refuse(f"Tidak ada umpan bernama '{name}'. Lihat: flask source list")
    well = [_poll_one(source_id, called) for source_id, called in feeds]
    sys.exit(0 if all(well) else COULD_NOT)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", "name", required=True, help="Name of the source; made when missing.")
@click.option("--kind", type=KINDS, default=None, help="Kind of a source that is made; told by the content else.")
@click.option("--profile", "profile_name", default="", help="Profile to read by; found by the header else.")
@click.option("--dry-run", is_flag=True, help="Count what would come, write nothing.")
@with_appcontext
def ingest(file: Path, name: str, kind: str | None, profile_name: str, dry_run: bool) -> None:
    """Take in a feed (RSS, Atom, JSON Feed) or sheet (XLSX, XLS, ODS, CSV, JSON, JSON lines), told by its content."""
    told = SourceKind(kind) if kind else _kind_of(file)
    profile = _profile(file, name, profile_name)
    if dry_run:
        _try_out(file, name, told, profile)
    owner = actions.found_or_added(name, told)
    try:
        with file.open("rb") as content:
            run = actions.start_run(owner, content, file_name=file.name, profile=profile)
    except storage.DiskFull:
        refuse("Ruang penyimpanan kurang dari 200 MB. Kosongkan dulu, lalu ulangi.")
    db.session.commit()
    done = _finished(run.id)
    if done.state is RunState.REFUSED:
        _explain(done)
    click.echo(_counts([done]))
    sys.exit(COULD_NOT if done.state is RunState.REFUSED else 0)


def _profile(file: Path, source_name: str, profile_name: str) -> Profile | None:
    """The profile that was named, else the source's own for this file's header. One that does not fit ends here."""
    owner = queries.source_named(source_name)
    if profile_name:
        named = queries.profile_named(profile_name)
        if named is None or owner is None or named.source_id != owner.id:
            refuse(f"Sumber '{source_name}' tidak punya profil bernama '{profile_name}'.")
        _refuse_unfit(file, Mapping.from_dict(named.mapping))
        return named
    if owner is None or not queries.has_profiles(owner.id):
        return None
    try:
        seen = guarded.peek(file, clock.now())
    except readers.Refused:
        return None  # the run itself will say why
    return queries.profile_for(owner.id, signature_of(seen.headers)) if seen.kind == "table" else None


def _refuse_unfit(file: Path, mapping: Mapping) -> None:
    try:
        next(iter(guarded.read(file, clock.now(), mapping=mapping)), None)
    except readers.Refused as refused:
        _list_headers(refused.headers)
        refuse(refused.reason)


def _try_out(file: Path, name: str, kind: SourceKind, profile: Profile | None) -> NoReturn:
    """Count and end, without a trace."""
    owner = queries.source_named(name)
    trial = actions.Trial(owner.id if owner else actions.NO_SOURCE)
    mirror = (owner.kind if owner else kind) is SourceKind.SP4N
    mapping = Mapping.from_dict(profile.mapping) if profile else None
    refused = None
    try:
        trial.take(guarded.read(file, clock.now(), mapping=mapping, mirror=mirror))
    except readers.Refused as error:
        refused = error
        trial.rejected += 1
        click.echo(error.reason, err=True)
        _list_headers(error.headers)
    click.echo(f"baru={trial.new} berulang={trial.repeated} ditolak={trial.rejected}")
    sys.exit(COULD_NOT if refused else 0)


def _list_headers(headers: Iterable[str]) -> None:
    if listed := ", ".join(map(str, headers)):
        click.echo("Kolom yang ditemukan: " + listed, err=True)


def _kind_of(file: Path) -> SourceKind:
    with file.open("rb") as content:
        head = content.read(sniff.HEAD)
    try:
        return SourceKind.RSS if sniff.kind_of(head) == "feed" else SourceKind.SHEET
    except readers.Refused:
        return SourceKind.SHEET


def _poll_one(source_id: int, called: str) -> bool:
    last = db.session.scalar(select(IngestRun.id).order_by(IngestRun.id.desc()).limit(1)) or 0
    actions.poll_now(source_id)
    db.session.commit()
    _work_through(POLL, source_id)
    new = select(IngestRun.id).where(IngestRun.source_id == source_id, IngestRun.id > last)
    runs = [_finished(run_id) for run_id in db.session.scalars(new).all()]
    now = db.session.get_one(Source, source_id)
    if now.trouble:
        click.echo(f"{called}: {now.trouble}", err=True)
    click.echo(f"{called}: {_counts(runs)}")
    return not now.trouble


def _finished(run_id: int) -> IngestRun:
    """The run, read here or by a worker that was quicker."""
    _work_through(IMPORT, run_id)
    run = db.session.get_one(IngestRun, run_id, populate_existing=True)
    if run.state not in (RunState.DONE, RunState.REFUSED):
        refuse("Pembacaan belum selesai. Lihat kemajuannya di halaman Sumber.")
    return run


def _work_through(kind: str, ref_id: int) -> None:
    """Do open work about a thing in the foreground, by the worker's own path; wait where a worker holds it."""
    deadline = time.monotonic() + PATIENCE
    while (open_work := queries.work_of(kind, ref_id)) and time.monotonic() < deadline:
        db.session.commit()
        tried = [work.perform(work_id) for work_id in open_work]
        if not any(tried):
            time.sleep(0.2)
        db.session.rollback()


def _explain(run: IngestRun) -> None:
    click.echo(run.trouble, err=True)
    rows = select(RejectedRow.raw).where(RejectedRow.run_id == run.id, RejectedRow.row_no == 0)
    if headers := db.session.scalar(rows.limit(1)):
        _list_headers(headers.values())


def _counts(runs: list[IngestRun]) -> str:
    new, repeated = sum(run.new for run in runs), sum(run.repeated for run in runs)
    return f"baru={new} berulang={repeated} ditolak={sum(run.rejected for run in runs)}"
