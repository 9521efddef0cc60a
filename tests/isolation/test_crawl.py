"""The isolation crawl: every route, by everybody who should not, against everything of somebody else (guard.md).

It is generated from the URL map: a new route joins by itself, and a new kind of id makes it fail until it is taught.
"""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select, text

from app.core import clock
from app.core.events import Event
from app.extensions import Base, db
from app.monitoring.models import Alert, Source
from app.notify import jobs
from app.notify.models import Letter
from app.people.actions import mint_link
from app.people.models import Opd
from app.tickets import actions
from app.tickets.models import Answer
from tests.harness import client as browsing
from tests.isolation import world as worlds
from tests.isolation.addresses import FORM, every_request

VISITORS = (
    *("nobody", f"admin@{worlds.A}.demo", f"narahubung@{worlds.A}.demo", "pimpinan@kukar.demo"),
    f"token of {worlds.A}",
)
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
BOOKKEEPING = {"login_session", "form_nonce", "work", "duty", "clock_lease", "throttle"}
"""Tables that a visit may touch without having reached anything of anybody."""


@pytest.fixture
def world(app, db_session, people):
    built = worlds.build(people)
    _complete_ids(built)
    return built


def _complete_ids(world):
    """Ids of what the features wrote by themselves: letters, events, answers, work."""
    b = db.session.scalar(select(Opd).where(Opd.code == worlds.B.upper()))
    world.keep("opd", b.id)
    world.keep("letter", *db.session.scalars(select(Letter.id).where(Letter.seat.has(opd_id=b.id))).all()[:4])
    world.keep("answer", *db.session.scalars(select(Answer.id).where(Answer.opd_id == b.id)).all())
    world.keep("event", *db.session.scalars(select(Event.id).where(Event.opd_id == b.id)).all()[:4])
    world.keep("work", *db.session.execute(text("SELECT id FROM work ORDER BY id LIMIT 3")).scalars())
    world.keep("row", *db.session.execute(text("SELECT id FROM rejected_row ORDER BY id LIMIT 1")).scalars())
    world.keep("token", "x" * 43)
    db.session.commit()


def _browser(app, world, login, visitor):
    if visitor == "nobody":
        return app.test_client()
    if visitor.startswith("token"):
        seat = world.people[f"admin@{worlds.A}.demo"]
        own = mint_link("ticket", f"ticket:{world.ids['once'][0]}", seat.person_id, seat_id=seat.id)
        db.session.commit()
        world.ids["token"] = [own, "x" * 43]
        return app.test_client()
    return login(visitor)


def _send(browser, method, path, form, headers):
    if method == "GET":
        return browser.get(path, headers=headers)
    data = form | {"file": (io.BytesIO(b"%PDF-1.4 x"), "x.pdf")}
    return browser.open(path, method=method, data=data, content_type="multipart/form-data")


def _csrf(browser, visitor) -> dict:
    if "@" not in visitor:
        return {}
    page = browsing.parse(browser.get("/").text)
    field = page.css_first('input[name="csrf_token"]')
    return {"csrf_token": field.attributes["value"]}


def _leaks(response, forbidden) -> list[str]:
    told = response.get_data().decode(errors="replace") + str(response.headers)
    return [name for name, word in forbidden.items() if word in told]


def _snapshot():
    """Every row of every table but the bookkeeping, as text."""
    db.session.rollback()
    rows = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in BOOKKEEPING:
            order = list(table.primary_key.columns)
            rows[table.name] = [tuple(map(str, row)) for row in db.session.execute(table.select().order_by(*order))]
    db.session.commit()
    return rows


@pytest.mark.parametrize("visitor", VISITORS)
def test_nothing_of_another_opd_is_told_or_changed(app, world, login, visitor):
    browser = _browser(app, world, login, visitor)
    forbidden = worlds.forbidden_for(world, visitor)
    form = FORM | _csrf(browser, visitor)
    before, leaks, faults = _snapshot(), [], []
    with_partials = db.engine.dialect.name == "sqlite"  # the same questions are asked for a part as for the page
    for method, path, endpoint in every_request(app, world.ids):
        if endpoint == "people.sign_out":
            continue
        for headers in ({}, PARTIAL) if method == "GET" and with_partials else ({},):
            response = _send(browser, method, path, form, headers)
            leaks += [f"{method} {path} {headers}: {name}" for name in _leaks(response, forbidden)]
            if response.status_code >= 500:
                faults.append(f"{method} {path} {headers}: {response.status_code}")
    assert not leaks
    assert not faults
    changed = _changes(before, _snapshot())
    assert not changed, f"{visitor} changed {changed}"


def _changes(before, after) -> dict[str, list]:
    """New or changed rows per table, less what a visitor may do for itself (its own account, its own proposals)."""
    changed = {}
    for table, rows in after.items():
        old = set(before[table])
        news = [row for row in rows if row not in old and not _of_oneself(table, row)]
        gone = [row for row in before[table] if row not in set(rows)]
        if news or gone:
            changed[table] = news[:3] + gone[:3]
    return changed


def _of_oneself(table: str, row: tuple) -> bool:
    """A person proposed by A for A itself, and the history and letter of it; a text module of A's own; that A took a
    list along."""
    told = " ".join(row)
    if table == "event" and "list.taken" in row:
        return True
    if table == "text_module" or (table == "event" and "text.saved" in row):
        return "kanari" not in told
    if table == "saved_view":
        return "Nama" in told
    return table in ("person", "seat", "event", "event_text", "letter", "personal_link") and (
        "baru@example.test" in told or "person:" in told or "seat:" in told or (table == "seat" and "Seat" not in told)
    )


def test_a_living_link_of_a_reaches_nothing_of_b(app, world, client):
    """The link that the crawl carries is dead, as A no longer leads; this one lives."""
    operator, seat = world.people["operator@diskominfo.demo"], world.people[f"admin@{worlds.A}.demo"]
    alert = Alert(
        source_id=db.session.scalar(select(Source.id)), title="Parit", media="Kabar", published_at=clock.now()
    )
    db.session.add(alert)
    db.session.flush()
    ticket = actions.promote([alert], operator, {"opd": worlds.A.upper()})
    living = mint_link("ticket", ticket.stream, seat.person_id, seat_id=seat.id)
    db.session.commit()
    forbidden, leaks, answers = worlds.forbidden_for(world, f"token of {worlds.A}"), [], []
    for method, path, _ in every_request(app, world.ids | {"token": [living]}):
        if path.startswith("/t/") and not path.endswith("/pindah"):
            response = _send(client, method, path, FORM, {})
            answers.append(response.status_code)
            leaks += [f"{method} {path}: {name}" for name in _leaks(response, forbidden)]
            assert response.status_code < 500, path
    assert not leaks
    assert 200 in answers and 404 in answers


@pytest.mark.parametrize("visitor", VISITORS[1:4])
def test_what_is_not_yours_reads_like_what_does_not_exist(app, world, login, visitor):
    """The same status and the same words for B's ticket and for one that never was."""
    browser = _browser(app, world, login, visitor)
    hidden = (
        world.ids["restricted"] if visitor.startswith("pimpinan") else world.ids["restricted"] + world.ids["ticket"][:2]
    )
    missing = browser.get("/tiket/999999")
    assert missing.status_code == 404
    for ticket_id in hidden:
        answer = browser.get(f"/tiket/{ticket_id}")
        assert answer.status_code == 404
        assert _plain(answer.text) == _plain(missing.text)


def _plain(html: str) -> str:
    """The page without what differs from one response to the next."""
    return re.sub(r'(nonce|value|csp-nonce)="[^"]*"|[0-9A-F]{4}-[0-9A-F]{2}|999999|/tiket/\d+', "", html)


def test_an_operator_who_is_not_named_never_meets_a_restricted_ticket(app, world, login):
    browser = login("operator@diskominfo.demo")
    forbidden = worlds.forbidden_for(world, "operator")
    leaks = []
    for method, path, _endpoint in every_request(app, world.ids):
        if method == "GET":
            leaks += [f"{path}: {name}" for name in _leaks(browser.get(path), forbidden)]
    assert not leaks


@pytest.mark.parametrize("visitor", VISITORS[1:4])
def test_search_filters_and_counts_know_nothing_of_others(app, world, login, visitor):
    browser = _browser(app, world, login, visitor)
    forbidden = worlds.forbidden_for(world, visitor)
    for word in forbidden.values():
        for path in (f"/cari?q={word}", f"/tiket?q={word}", f"/tiket?tampilan=semua&q={word}"):
            page = browsing.parse(browser.get(path).text)
            found = page.css("a[href^='/tiket/'], a[href^='/pantauan/']")
            assert not [a for a in found if word in (a.text() + a.parent.text())], path


def test_letters_to_a_tell_nothing_of_b(app, world, work_off):
    """Every letter that goes to A's people, as sent: of a move, and the bundled one of a clock."""
    operator = world.people["operator@diskominfo.demo"]
    source = db.session.scalar(select(Source))
    alert = Alert(source_id=source.id, title="Parit tersumbat", published_at=clock.now())
    db.session.add(alert)
    db.session.flush()
    actions.promote([alert], operator, {"opd": worlds.A.upper()})
    db.session.commit()
    work_off()
    later = clock.local(clock.now()).replace(hour=10) + timedelta(days=14)
    with time_machine.travel(later + timedelta(days=(2 - later.weekday()) % 7)):
        jobs.remind()
        work_off()
    forbidden = worlds.forbidden_for(world, f"admin@{worlds.A}.demo")
    letters = [path.read_bytes() for path in Path(app.config["INSTANCE_PATH"]).rglob("*.eml")]
    of_a = [letter for letter in letters if f"@{worlds.A}.demo".encode() in letter]
    assert len(of_a) >= 2, "the forward wrote letters to A"
    assert any(b"Subject: Pengingat" in letter for letter in of_a)
    for letter in of_a:
        assert not [name for name, word in forbidden.items() if word.encode() in letter]


def test_the_canaries_sing(app, world, login):
    """The crawl would hear a leak: B's own admin and the operator meet on their pages what others may not."""
    heard = {
        visitor: _heard(app, world, login, visitor)
        for visitor in (f"admin@{worlds.B}.demo", "operator@diskominfo.demo")
    }
    own = {
        "normaltitle",
        "normaldraft",
        "normalnoteinternal",
        "normalevidence",
        "normalsubmit",
        "sensitivesafe",
        "person",
    }
    centre = {"normaltitle", "normaltext", "normalnoteshared", "normalcentre", "looseauthor", "source", "rejected"}
    assert own - heard[f"admin@{worlds.B}.demo"] == set()
    assert centre - heard["operator@diskominfo.demo"] == set()


def _heard(app, world, login, visitor) -> set[str]:
    browser = login(visitor)
    told = [browser.get(path) for method, path, _ in every_request(app, world.ids) if method == "GET"]
    return {name for response in told for name in _leaks(response, world.canaries)}


def test_links_of_b_are_not_in_the_database(world):
    """No secret of a personal link is stored anywhere."""
    rows = str(_snapshot())
    assert not [name for name, secret in world.tokens.items() if secret in rows]
