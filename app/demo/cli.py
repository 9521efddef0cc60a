"""`flask demo`: the story, or any volume, into an empty database. `flask bench`: how fast it is then."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from app.core.cli import refuse

NOT_EMPTY = (
    "Basis data ini sudah berisi data, jadi demo tidak dimuat. Pakai basis data kosong "
    "(TANGGAP_INSTANCE_PATH ke folder baru), lalu ulangi."
)

bench = AppGroup(
    "bench", help="Measure pages and intake on demo data. Writes a little: never run it on an office's data."
)


def register_cli(app: Flask) -> None:
    app.cli.add_command(demo)
    app.cli.add_command(bench)


class Instant(click.ParamType):
    """An ISO time; without a zone it is local."""

    name = "iso"

    def convert(self, value, param, ctx):
        from app.core import clock

        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail("Tulis waktu seperti 2026-11-24T10:00.", param, ctx)
        return (instant if instant.tzinfo else instant.replace(tzinfo=clock.zone())).astimezone(UTC)


@click.command()
@click.option("--tickets", type=click.IntRange(1, 5_000_000), help="Load this many tickets instead of the story.")
@click.option(
    "--opd", "opds", type=click.IntRange(10, 1000), default=50, show_default=True, help="Agencies in a volume."
)
@click.option("--alerts", type=click.IntRange(1), help="Alerts in a volume; ten per ticket unless told otherwise.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--now", type=Instant(), help="The time at which the data ends; default: the present.")
@with_appcontext
def demo(tickets, opds, alerts, seed, now) -> None:
    """Load the demo story into an empty database, or with --tickets a volume for measuring."""
    from app.core import clock, schema
    from app.demo import loading
    from app.demo.password import FILE

    try:
        schema.check()
    except schema.Refused as reason:
        refuse(str(reason))
    if not schema.is_empty():
        refuse(NOT_EMPTY)
    now = now or clock.now().replace(microsecond=0)
    if tickets:
        loading.load_volume(tickets, opds, alerts or tickets * 10, seed, now, lambda line: click.echo(line, err=True))
    else:
        loading.load_story(now)
    path = Path(current_app.config["INSTANCE_PATH"]) / FILE
    click.echo(f"Demo dimuat. Kata sandi semua akun demo ada di {path}.", err=True)


@bench.command("pages")
@click.option("--cpu", is_flag=True, help="CPU time of this process instead of time passed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@with_appcontext
def bench_pages(cpu: bool, as_json: bool) -> None:
    """Time every page that has a budget: half and 19 of 20 requests, statements, bytes as sent."""
    from app.demo import bench as measuring

    try:
        rows = measuring.pages(current_app._get_current_object(), time.process_time if cpu else time.perf_counter)
    except measuring.NoDemo as reason:
        refuse(str(reason))
    _show(rows, as_json)


@bench.command("ingest")
@click.option("--rows", type=click.IntRange(100, 200_000), default=20_000, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@with_appcontext
def bench_ingest(rows: int, as_json: bool) -> None:
    """Time the intake of a workbook and of a signed webhook, beside a bare parse and bulk insert of the same rows."""
    from app.demo import bench_intake, bench_webhook

    _show([*bench_intake.ingest(rows), *bench_webhook.deliver(rows)], as_json)


def _show(rows: Sequence, as_json: bool) -> None:
    table = [asdict(row) for row in rows]
    if as_json:
        click.echo(json.dumps({"rows": table}, ensure_ascii=False))
        return
    for row in table:
        name, *figures = row.items()
        click.echo(f"{name[1]:28}" + "".join(f"  {key} {figure:>8}" for key, figure in figures))
