"""Measures pages as the server makes them: through WSGI, signed in, with CSRF, policy, history and compression on.

No network and no second process: what is measured is this code and its database.
"""

from __future__ import annotations

import contextlib
import contextvars
import gzip
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, session
from flask_login import login_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event, func, select
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.core.events import Event
from app.extensions import db
from app.people import actions as people
from app.people.models import LoginSession, Person, Seat, secret_digest
from app.people.routes.identity import Acting
from app.tickets.models import Ticket
from app.tickets.rules import State

OPERATOR, ADMIN, LEADER = "operator@diskominfo.demo", "admin@dpu.demo", "pimpinan@kukar.demo"
WARM_UP, REPEATS, UPDATES = 5, 40, 30
NOTES = 10
UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")
HIDDEN = re.compile(r'<input[^>]*\bname="(csrf_token|acting|version|nonce)"[^>]*>')
VALUE = re.compile(r'\bvalue="([^"]*)"')


class NoDemo(Exception):
    """There is nothing to measure; the message says in Indonesian what to load."""


@dataclass(frozen=True)
class Row:
    """One operation: milliseconds in the middle and at worst (19 of 20), statements, bytes as sent (gzip)."""

    name: str
    p50_ms: float
    p95_ms: float
    statements: int
    bytes: int


@dataclass
class Visitor:
    """A signed-in browser without the browser."""

    app: Flask
    cookie: str

    def call(self, path: str, data: dict | None = None, fragment: bool = False) -> bytes:
        """The body of the answer as it goes over the wire. Raises RuntimeError unless it is a 200."""
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip", "Host": self.host}
        if fragment:
            headers |= {"HX-Request": "true", "HX-Request-Type": "partial"}
        if data is not None:
            headers |= {"Origin": self.app.config["BASE_URL"]}
        body = urlencode(data).encode() if data is not None else None
        environ = EnvironBuilder(
            path, self.app.config["BASE_URL"], method="POST" if body else "GET", headers=headers, data=body,
            content_type="application/x-www-form-urlencoded" if body else None,
        ).get_environ()  # fmt: skip
        parts, status, _ = contextvars.Context().run(run_wsgi_app, self.app, environ, buffered=True)
        if not status.startswith("200"):
            raise RuntimeError(f"{path} answered {status}")
        return b"".join(parts)

    @property
    def host(self) -> str:
        return self.app.config["BASE_URL"].partition("://")[2]


def pages(app: Flask, clock: Callable[[], float] = time.perf_counter) -> list[Row]:
    """Every page that has a budget. Writes: run it on demo data only. Raises NoDemo."""
    operator, admin, leader = (_sign_in(app, email) for email in (OPERATOR, ADMIN, LEADER))
    ticket_id = _busy_ticket()
    reads = [
        ("antrean, operator", operator, "/tiket?tampilan=terbuka"),
        ("antrean, giliran operator", operator, "/tiket"),
        ("antrean, admin OPD", admin, "/tiket"),
        ("antrean, pimpinan", leader, "/tiket"),
        ("tiket dengan 10 catatan", operator, f"/tiket/{ticket_id}"),
        ("pantauan", operator, "/pantauan"),
        ("cari, kata jarang", operator, f"/cari?q={ticket_id:04d}"),
        ("cari, kata umum", operator, "/cari?q=warga"),
        ("meja operator", operator, "/"),
        ("meja admin OPD", admin, "/"),
        ("meja pimpinan", leader, "/"),
    ]
    rows = [_row(app, name, clock, lambda who=who, path=path: who.call(path)) for name, who, path in reads]
    return [*rows, *_updates(app, operator, clock, ticket_id)]


def _row(app: Flask, name: str, clock: Callable[[], float], act: Callable[[], bytes]) -> Row:
    for _ in range(WARM_UP):
        body = act()
    with _counting() as statements:
        act()
    return _timed(name, [_time(clock, act) for _ in range(REPEATS)], len(statements), len(body))


def _updates(app: Flask, operator: Visitor, clock: Callable[[], float], ticket_id: int) -> Iterator[Row]:
    """Forms sent by HTMX: check, nonce, history, letters, and the fragment back."""
    levels = [(ticket_id, "tingkat", {"level": ("segera", "biasa")[turn % 2]}) for turn in range(UPDATES)]
    yield _sent(app, "ubah tingkat", operator, clock, levels)
    waiting = select(Ticket.id).where(Ticket.state == State.UNDER_REVIEW).order_by(Ticket.id.desc()).limit(UPDATES)
    rework = {"move": "rework", "note": "Sebut tanggal selesainya."}
    moves = [(number, "status", rework) for number in db.session.scalars(waiting).all()]
    db.session.rollback()
    if len(moves) > 3:
        yield _sent(app, "ubah status, dengan surat", operator, clock, moves)


def _sent(app: Flask, name: str, who: Visitor, clock: Callable[[], float], forms: list[tuple[int, str, dict]]) -> Row:
    times: list[float] = []
    for ticket_id, block, values in forms:
        hidden = _hidden(who, ticket_id, block)
        with _counting() as seen:
            started = clock()
            body = who.call(f"/tiket/{ticket_id}/{block}", hidden | values, fragment=True)
            times.append((clock() - started) * 1000)
    return _timed(name, times[2:], len(seen), len(body))


def _hidden(visitor: Visitor, ticket_id: int, block: str) -> dict[str, str]:
    """The hidden fields of one of the ticket's forms, as its page gives them."""
    html = visitor.call(f"/tiket/{ticket_id}")
    text = (gzip.decompress(html) if html[:2] == b"\x1f\x8b" else html).decode()
    form = text[text.index(f'action="/tiket/{ticket_id}/{block}"') :]
    fields = HIDDEN.finditer(form[: form.index("</form>")])
    return {field[1]: VALUE.search(field[0])[1] for field in fields}  # type: ignore[index]


def _time(clock: Callable[[], float], act: Callable[[], bytes]) -> float:
    started = clock()
    act()
    return (clock() - started) * 1000


def _timed(name: str, times: list[float], statements: int, size: int) -> Row:
    worst = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return Row(name, round(statistics.median(times), 2), round(worst, 2), statements, size)


@contextlib.contextmanager
def _counting() -> Iterator[list[str]]:
    """Statements that run meanwhile; BEGIN, COMMIT and PRAGMA are not counted."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.lstrip().upper().startswith(UNCOUNTED):
            seen.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _sign_in(app: Flask, email: str) -> Visitor:
    """A session of that demo account, and the cookie that carries it."""
    seat = db.session.scalar(select(Seat).join(Seat.person).where(Person.email == email).order_by(Seat.id).limit(1))
    if seat is None:
        raise NoDemo("Akun demo tidak ada. Muat dulu: flask --app wsgi demo --tickets 1000, di basis data kosong.")
    secret = people.open_session(seat)
    db.session.commit()
    row = db.session.get_one(LoginSession, secret_digest(secret))
    with app.test_request_context():
        session["person"] = seat.person_id
        login_user(Acting(secret, row))
        generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"
    db.session.rollback()
    return Visitor(app, cookie)


def _busy_ticket() -> int:
    """The newest open ticket with ten notes, else the one that has most."""
    notes = func.count().label("notes")
    streams = select(Event.stream, notes).where(Event.kind == "ticket.note").group_by(Event.stream)
    best = db.session.execute(
        streams.having(notes <= NOTES).order_by(notes.desc(), Event.stream.desc()).limit(1)
    ).first()
    db.session.rollback()
    if best is None:
        raise NoDemo("Belum ada tiket dengan percakapan. Muat dulu: flask --app wsgi demo, di basis data kosong.")
    return int(best.stream.partition(":")[2])
