"""Thin commands: parse, call, print. Each feature adds its own in <feature>/cli.py: `register_cli(app)`."""

import importlib
import json
import sys
from importlib.util import find_spec

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.core import work  # noqa: F401 - its tables belong to every installation
from app.core.cli import refuse

FEATURES = ("core", "people", "monitoring", "tickets", "notify", "desk", "demo")


def init_cli(app: Flask) -> None:
    """Hang every command on the app."""
    for command in (setup, up, worker, clock, doctor):
        app.cli.add_command(command)
    for name in FEATURES:
        if find_spec(f"app.{name}.cli"):
            importlib.import_module(f"app.{name}.cli").register_cli(app)


@click.command()
@with_appcontext
def setup() -> None:
    """Make folders and secret, migrate, seed what every office starts with, and load the demo story when empty."""
    from app.core import schema, supervise

    try:
        supervise.prepare(current_app.config)
        schema.upgrade()
    except (supervise.CannotStart, schema.Refused) as error:
        refuse(error)
    _seed()
    if current_app.config["DEMO"] and schema.is_empty():
        click.get_current_context().invoke(current_app.cli.commands["demo"])


def _seed() -> None:
    """Agencies, holidays, hours and terms: what is missing is added, what people edited stays."""
    from app.extensions import db
    from app.people import actions
    from app.tickets.actions import seed_modules
    from app.tickets.actions.terms import seed_policies

    actions.seed_opds()
    seed_modules()
    actions.seed_holidays()
    actions.seed_hours()
    seed_policies()
    db.session.commit()


@click.command()
@with_appcontext
def up() -> None:
    """Run web, worker, clock and queue under one supervisor, until Ctrl-C or SIGTERM."""
    from app.core import schema, supervise

    try:
        schema.check()
        supervise.up(dict(current_app.config))
    except (supervise.CannotStart, schema.Refused) as error:
        refuse(error)


@click.command()
def worker() -> None:
    """Do what the work table says, one forked process each."""
    from app.core import queue

    queue.work_forever(current_app._get_current_object())


@click.command()
def clock() -> None:
    """Offer due work and run periodic duties every 15 seconds."""
    from app.core import ticking

    ticking.tick_forever(current_app._get_current_object())


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Check the health of this installation; exit code 1 on a finding, 2 when its database cannot be used."""
    from app.core import doctor as clinic
    from app.core import schema

    try:
        schema.check()
    except schema.Refused as error:
        if as_json:
            _tell_json([clinic.Finding("basis data", False, str(error))])
        refuse(error)
    findings = clinic.examine()
    if as_json:
        _tell_json(findings)
    else:
        _tell(findings)
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


def _tell_json(findings: list) -> None:
    told = {"ok": all(finding.ok for finding in findings), "checks": [finding.as_dict() for finding in findings]}
    click.echo(json.dumps(told, ensure_ascii=False))


def _tell(findings: list) -> None:
    """One line a check; what is to be done stands behind it."""
    for finding in findings:
        mark = "PERLU " if not finding.ok else "SARAN " if finding.advice else "baik  "
        click.echo(f"{mark} {finding.name}: {finding.says}" + (f". {finding.do}" if finding.do else ""))
