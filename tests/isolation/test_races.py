"""Several people at the same moment: each thing happens once, nobody sees a broken page, every count stays true."""

import random
import threading
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.core import clock, events
from app.core.events import EventText
from app.extensions import db
from app.monitoring.models import Alert, Source
from app.people.models import Opd, Person
from app.tickets.models import Ticket, TicketAlert, TicketCount
from tests.harness import client as browsing
from tests.isolation import world as worlds
from tests.isolation.test_side_doors import OPERATOR, _ticket

A, B = worlds.A, worlds.B
HEAD = "kepala@diskominfo.demo"
MOVES = (
    *("take_on", "object", "reroute", "forward", "submit", "approve", "answer", "rework", "resolve", "hold"),
    *("resume", "close", "archive", "reopen", "refer", "send_back", "proceed"),
)
NEEDS = {
    "reason": "acak", "note": "acak", "proposed": "DPU", "answer": "Sudah.", "until": "2030-01-01T10:00", "body": "PLN",
    "outcome": "perbaikan_lapangan", "reference": "1", "approver": "Kadis", "basis": "SK",
}  # fmt: skip


def _at_once(*acts) -> list:
    """Run them in threads that start together; their answers."""
    answers: list = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(n: int) -> None:
        start.wait()
        answers[n] = acts[n]()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _filled(browser, path: str, action: str, **values) -> dict:
    return browsing.fields_of(browsing.parse(browser.get(path).text).css_first(f'form[action="{action}"]')) | values


def _posting(browser, path: str, data: dict):
    return lambda: browser.post(path, data=data).status_code


def test_one_alert_becomes_one_ticket(people, login):
    source = Source(name="Umpan", kind="rss")
    db.session.add(source)
    db.session.flush()
    alert = Alert(source_id=source.id, title="Banjir", published_at=clock.now())
    db.session.add(alert)
    db.session.commit()
    path = f"/pantauan/{alert.id}"
    browsers = [login(OPERATOR), login(HEAD)]
    acts = [
        _posting(browser, f"{path}/tiket", _filled(browser, path, f"{path}/tiket", opd="DPU", title="Banjir"))
        for browser in browsers
    ]
    assert sorted(_at_once(*acts))[-1] in (409, 422)
    assert db.session.scalar(select(func.count(TicketAlert.alert_id))) == 1
    assert db.session.scalar(select(func.count(Ticket.id))) == 1


def test_a_form_that_is_sent_eight_times_at_once_acts_once(people, login):
    ticket = _ticket("Jalan", people, A)
    path, browser = f"/tiket/{ticket.id}", login(OPERATOR)
    data = _filled(browser, path, f"{path}/catatan", text="sekali saja", audience="shared")
    assert set(_at_once(*[_posting(browser, f"{path}/catatan", data)] * 8)) == {303}
    assert db.session.scalar(select(func.count()).where(EventText.text == "sekali saja")) == 1


def test_of_two_changes_of_one_version_exactly_one_wins(people, login):
    ticket = _ticket("Jalan", people, A)
    path = f"/tiket/{ticket.id}"
    admin, other, operator = login(f"admin@{A}.demo"), login(f"narahubung@{A}.demo"), login(OPERATOR)
    acts = [
        _posting(admin, f"{path}/status", _filled(admin, path, f"{path}/status", move="take_on")),
        _posting(other, f"{path}/status", _filled(other, path, f"{path}/status", move="take_on")),
        _posting(operator, f"{path}/opd", _filled(operator, path, f"{path}/opd", opd=B.upper(), reason="Salah")),
    ]
    answers = Counter(_at_once(*acts))
    assert answers[303] == 1
    assert set(answers) <= {303, 404, 409}


def test_two_keepers_of_one_person_break_nothing(people, login):
    person = people[f"admin@{A}.demo"].person
    path = f"/pengaturan/orang/{person.id}"
    browsers = [login(HEAD) for _ in range(4)]
    for turn in range(6):
        acts = [
            _posting(browser, path, _filled(browser, path, path, name=f"Nama {turn} {n}", email=person.email))
            for n, browser in enumerate(browsers)
        ]
        answers = _at_once(*acts)
        assert max(answers) < 500, answers
        assert answers.count(303) == 1, answers
    db.session.expire_all()
    assert db.session.get(Person, person.id).name.startswith("Nama 5")


@pytest.mark.parametrize("seed", [1])
def test_random_moves_at_once_leave_true_counters_and_whole_histories(people, login, seed):
    tickets = [_ticket(f"Perkara {n}", people, A).id for n in range(3)]
    names = (OPERATOR, HEAD, *(f"{role}@{opd}.demo" for opd in (A, B) for role in ("admin", "narahubung")))
    browsers = [login(name) for name in names]
    tokens = [
        browsing.parse(browser.get("/").text).css_first('input[name="csrf_token"]').attributes["value"]
        for browser in browsers
    ]
    plans = [(n, random.Random(seed * 100 + n)) for n in range(len(names))]

    def live(n: int, chance: random.Random) -> set[int]:
        codes = set()
        for _ in range(34):
            data = NEEDS | {
                "csrf_token": tokens[n],
                "move": chance.choice(MOVES),
                "opd": chance.choice(("DPU", B.upper())),
            }
            codes.add(browsers[n].post(f"/tiket/{chance.choice(tickets)}/status", data=data).status_code)
        return codes

    codes = set().union(*_at_once(*(lambda n=n, chance=chance: live(n, chance) for n, chance in plans)))
    assert max(codes) < 500 and 303 in codes
    lead = func.coalesce(Ticket.lead_opd_id, 0)
    real = {
        (opd, state): many
        for opd, state, many in db.session.execute(
            select(lead, Ticket.state, func.count()).group_by(lead, Ticket.state)
        )
    }
    kept = {(row.opd_id, row.state): row.n for row in db.session.scalars(select(TicketCount)) if row.n}
    assert kept == real
    assert not list(events.broken_links())
    assert db.session.scalar(select(func.count(Opd.id)))
