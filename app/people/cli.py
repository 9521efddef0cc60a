"""`flask person add`: the first system admin has nobody to be invited by."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.core import clock
from app.core.cli import refuse
from app.core.refused import Refused
from app.extensions import db
from app.people import actions, queries
from app.people.models import Opd, opd_by_code
from app.people.rules import Role, SeatKind, clean_email, is_email

person = AppGroup("person", help="People and their seats.")


def register_cli(app: Flask) -> None:
    app.cli.add_command(person)


@person.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--opd", "code", required=True, help="Code of the OPD, e.g. DISDIKBUD.")
@click.option("--admin", is_flag=True, help="A system admin of Diskominfo.")
def add(email: str, name: str, role: str, code: str, admin: bool) -> None:
    """Add a person (or a seat to a known one) and print the invitation link, once."""
    opd, address = opd_by_code(code), clean_email(email)
    if opd is None or not is_email(address):
        refuse(f"OPD {code} tidak ada." if opd is None else f"'{email}' bukan alamat email.")
    try:
        secret = _appoint(address, name.strip(), Role(role), opd, admin)
    except Refused as refused:
        refuse(refused)
    db.session.commit()
    click.echo(f"{current_app.config['BASE_URL']}/undangan/{secret}")


def _appoint(email: str, name: str, role: Role, opd: Opd, admin: bool) -> str:
    person = queries.person_by_email(email) or actions.add_person({"name": name, "email": email}, None)
    values = {"role": role, "kind": SeatKind.DEFINITIF, "is_admin": admin, "basis": "", "starts_on": clock.today()}
    actions.appoint(person, opd, values, None)
    return actions.mint_link("invite", f"person:{person.id}", person.id)
