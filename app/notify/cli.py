"""`flask release`: let go what a restore held back."""

import click
from flask import Flask
from flask.cli import with_appcontext

from app.extensions import db
from app.notify import actions


def register_cli(app: Flask) -> None:
    app.cli.add_command(release)


@click.command()
@with_appcontext
def release() -> None:
    """Let go the letters that a restore held back."""
    count = actions.release(None)
    db.session.commit()
    click.echo(f"{count} surat dilepas.")
