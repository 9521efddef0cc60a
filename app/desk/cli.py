"""`flask verify`: does what is stored still agree with itself? And `flask shield old`: it is masked, too."""

import json
import sys

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from app.core.cli import refuse

shield = AppGroup("shield", help="The shield over personal data.")


def register_cli(app: Flask) -> None:
    app.cli.add_command(verify)
    app.cli.add_command(shield)


@shield.command("old")
@click.option("--before", type=int, help="Go on below this alert, as the last line of progress said.")
@with_appcontext
def shield_old(before: int | None) -> None:
    """Mask what was stored before there was a shield. Each batch is kept; running it again changes nothing more."""
    from app.desk.actions import shield_old_alerts
    from app.extensions import db
    from app.monitoring.actions.shielding import shield_rejected

    masked = rows = 0
    while (step := shield_old_alerts(before))[0] is not None:
        db.session.commit()
        before, masked = step[0], masked + step[1]
        click.echo(f"Sampai pantauan {before}: {masked} disamarkan", err=True)
    lowest = None
    while (step := shield_rejected(lowest))[0] is not None:
        db.session.commit()
        lowest, rows = step[0], rows + step[1]
    click.echo(f"Selesai: {masked} pantauan dan {rows} baris yang ditolak disamarkan.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@with_appcontext
def verify(as_json: bool) -> None:
    """Check history, counters and files; exit code 1 on a finding, 2 when there is nothing to check."""
    found = _found()
    if as_json:
        click.echo(json.dumps({"ok": not found, "findings": found}, ensure_ascii=False))
    elif found:
        click.echo("\n".join(found))
    else:
        click.echo("Riwayat, hitungan, dan berkas cocok.")
    sys.exit(1 if found else 0)


def _found() -> list[str]:
    from app.core import schema
    from app.desk.verify import findings
    from app.extensions import only_reading

    with only_reading():
        try:
            schema.check()
        except schema.Refused as reason:
            refuse(reason)
        return list(findings())
