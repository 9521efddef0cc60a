"""`flask demo`: the story, or any volume, into an empty database."""

import sys
from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import with_appcontext

COULD_NOT = 2
TICKETS_PER_OPD = 10
NOT_EMPTY = (
    "Basis data ini sudah berisi data, jadi demo tidak dimuat. Pakai basis data kosong "
    "(TANGGAP_INSTANCE_PATH ke folder baru), lalu ulangi."
)


def register_cli(app: Flask) -> None:
    app.cli.add_command(demo)


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

    if not schema.is_empty():
        click.echo(NOT_EMPTY, err=True)
        sys.exit(COULD_NOT)
    now = now or clock.now().replace(microsecond=0)
    if tickets:
        loading.load_volume(tickets, opds, alerts or tickets * 10, seed, now, lambda line: click.echo(line, err=True))
    else:
        loading.load_story(now)
    click.echo("Demo dimuat. Kata sandi semua akun demo ada di instance/demo_password.", err=True)
