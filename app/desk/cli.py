"""`flask verify`: does what is stored still agree with itself?"""

import json
import sys

import click
from flask import Flask
from flask.cli import with_appcontext

from app.core.cli import refuse


def register_cli(app: Flask) -> None:
    app.cli.add_command(verify)


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
