"""Commands about the data as a whole: backup and restore; and how a command refuses."""

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext

COULD_NOT = 2
FOLDER = click.Path(path_type=Path, file_okay=False)


def register_cli(app) -> None:
    for command in (backup, restore):
        app.cli.add_command(command)


@click.command()
@click.argument("directory", type=FOLDER)
@with_appcontext
def backup(directory: Path) -> None:
    """Write database and files into the new folder DIRECTORY, while everything runs on."""
    from app.core import backup as safe

    try:
        manifest = safe.backup(directory.resolve())
    except safe.CannotDo as error:
        refuse(error)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    click.echo(f"Cadangan selesai: {rows} baris, {len(manifest['files'])} berkas di {directory}")


@click.command()
@click.argument("directory", type=FOLDER)
@with_appcontext
def restore(directory: Path) -> None:
    """Load the backup in DIRECTORY into an empty installation; unsent letters are held."""
    from app.core import backup as safe
    from app.core import events, schema, supervise

    try:
        manifest = safe.restore(directory.resolve())
    except (safe.CannotDo, schema.Refused, supervise.CannotStart) as error:
        refuse(error)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    click.echo(f"Pulih: {rows} baris, {len(manifest['files'])} berkas dari {manifest['made_at'][:16]}")
    if manifest["held"]:
        click.echo(f"{manifest['held']} surat lama ditahan. Lepaskan dengan: flask --app wsgi release")
    broken = next(events.broken_links(), None)
    if broken:
        click.echo(f"Riwayat {broken[0]} nomor {broken[1]}: {broken[2]}", err=True)
        sys.exit(1)


def refuse(sentence: object) -> NoReturn:
    """Say why it could not be done, and leave."""
    click.echo(str(sentence), err=True)
    sys.exit(COULD_NOT)
