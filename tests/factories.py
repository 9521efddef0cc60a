"""Objects for tests: sensible by default and flushed; the test's session commits before a request."""

import itertools
from datetime import timedelta

from app.core import clock
from app.extensions import db
from app.monitoring.models import Alert, Source
from app.monitoring.rules.kinds import SourceKind
from app.people import actions
from app.people.models import Opd, Person, Seat
from app.people.rules import Role
from app.tickets.models import Ticket
from tests.harness.people import cheap_hash

_numbers = itertools.count(1)


def make_opd(code: str | None = None, **values) -> Opd:
    """An OPD; its code stands in its name, so that a leak can be seen."""
    code = code or f"OPD{next(_numbers)}"
    defaults = {"name": f"Dinas {code}", "short": code.title(), "kind": "dinas", "position": next(_numbers)}
    return _saved(Opd(code=code, **defaults | values))


def make_person(name: str | None = None, **values) -> Person:
    """A person whose password is tests.harness.client.PASSWORD."""
    number = next(_numbers)
    defaults = {"email": f"orang{number}@kantor.demo", "password_hash": cheap_hash()}
    return _saved(Person(name=name or f"Orang {number}", **defaults | values))


def make_seat(role: Role = Role.ADMIN_OPD, opd: Opd | None = None, person: Person | None = None, **values) -> Seat:
    """A confirmed seat; OPD and person are made unless given. `admin=True` makes a system admin of Diskominfo."""
    opd = opd or (_office() if role is Role.DISKOMINFO else make_opd())
    defaults = {"basis": "SK 1/2026", "confirmed_at": clock.now(), "is_admin": values.pop("admin", False)}
    return _saved(Seat(person=person or make_person(), opd=opd, role=role, **defaults | values))


def make_ticket(lead: Opd | None = None, **values) -> Ticket:
    """A ticket as it lies in the table, without history."""
    number = next(_numbers)
    defaults = {"title": f"Perkara {number}", "opened_at": clock.now()}
    if lead is not None:
        defaults |= {"lead_opd_id": lead.id, "received_at": clock.now()}
    return _saved(Ticket(**defaults | values))


def make_source(name: str | None = None, **values) -> Source:
    defaults = {"kind": SourceKind.RSS, "url": "https://media.demo/umpan"}
    return _saved(Source(name=name or f"Sumber {next(_numbers)}", **defaults | values))


def make_alert(title: str | None = None, source: Source | None = None, **values) -> Alert:
    """A pantauan an hour old."""
    number = next(_numbers)
    defaults = {"published_at": clock.now() - timedelta(hours=1), "url": f"https://media.demo/{number}"}
    source = source or make_source()
    return _saved(Alert(title=title or f"Berita {number}", source_id=source.id, **defaults | values))


def sign_in(client, seat: Seat):
    """Let `client` act in `seat` without the form; returns the client."""
    secret = actions.open_session(seat)
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = secret
    return client


def _office() -> Opd:
    known = db.session.scalar(db.select(Opd).where(Opd.code == "DISKOMINFO"))
    return known or make_opd("DISKOMINFO", name="Dinas Komunikasi dan Informatika", short="Diskominfo")


def _saved(thing):
    db.session.add(thing)
    db.session.flush()
    return thing
