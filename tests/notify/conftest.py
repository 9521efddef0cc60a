"""A ticket on its way, and the letters that its moves cause."""

import pytest
from sqlalchemy import select

from app.extensions import db
from app.monitoring.models import AlertState
from app.notify.models import Letter
from app.tickets import actions
from app.tickets.models import Ticket
from tests import factories

ANSWER = "Pipa diganti 27 November 2026 dan air mengalir lagi di tiga desa."


class Matter:
    """One ticket and the people around it; `go` makes a move as the seat of that email."""

    def __init__(self, people, ticket: Ticket):
        self.people, self.ticket = people, ticket

    def go(self, move: str, email: str, **values) -> None:
        actions.move(self.ticket, move, self.people[email], values)
        db.session.commit()

    def letters(self, kind: str | None = None) -> list[Letter]:
        wanted = select(Letter).where(Letter.ticket_id == self.ticket.id).order_by(Letter.id)
        return list(db.session.scalars(wanted.where(Letter.kind == kind) if kind else wanted).unique())

    def readers(self, kind: str) -> list[str]:
        return sorted(letter.person.email for letter in self.letters(kind))


OPERATOR = "operator@diskominfo.demo"
ADMIN, LIAISON = "admin@disdikbud.demo", "narahubung@disdikbud.demo"


@pytest.fixture
def matter(db_session, people):
    """A new ticket, opened by the operator from one alert."""
    alert = factories.make_alert("Plafon SD ambruk di Muara Muntai")
    assert alert.state is AlertState.NEW
    ticket = actions.promote([alert], people[OPERATOR], {"ticket_class": "media"})
    db_session.commit()
    return Matter(people, ticket)


@pytest.fixture
def forwarded(matter):
    matter.go("forward", OPERATOR, opd="DISDIKBUD", note="Mohon jadwal perbaikan.")
    return matter


@pytest.fixture
def letterbox(app, mailbox):
    """The scripted SMTP server as this app's mail server."""
    before, app.config["MAIL_URL"] = app.config["MAIL_URL"], mailbox.url
    yield mailbox
    app.config["MAIL_URL"] = before
