"""Generates chunk by chunk and writes chunk by chunk: however many tickets, the memory is that of one chunk."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter
from random import Random

from sqlalchemy import insert, text

from app.core import search
from app.core.db import insert as upsert
from app.core.events import Event, EventText
from app.demo.volume import tasks
from app.demo.volume.chain import Row
from app.demo.volume.lives import Life, live
from app.demo.volume.news import Newsroom, keys
from app.demo.volume.world import World, build
from app.extensions import Base, db
from app.monitoring.models import Alert, AlertKey
from app.notify.models import Letter
from app.tickets.models import Answer, FormerLead, NamedOfficer, Task, Ticket, TicketAlert, TicketCount

CHUNK = 500
YEARS = timedelta(days=3 * 365)
BEHIND = {1: 70, 2: 20, 3: 10}
NUMBERED = ("alert", "ticket", "task", "event")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much to make; `alerts` are all of them, those behind tickets included."""

    tickets: int
    opds: int
    alerts: int

    @property
    def alerts_each(self) -> int:
        return max(1, self.alerts // self.tickets)


def load(size: Size, seed: int, now: datetime, password_hash: str, tell: Tell) -> None:
    """Fill an empty database. Commits chunk by chunk."""
    world = build(size.opds, now, password_hash)
    counts: Counter = Counter()
    done = 0
    for chunk in _chunks(size, world, now, Random(seed)):  # noqa: S311 - to be repeated, not to be secret
        _write(chunk)
        counts.update(chunk.counts())
        db.session.commit()
        done += len(chunk.lives)
        if done % (CHUNK * 20) == 0 or done == size.tickets:
            tell(f"{done} tiket, {done * size.alerts_each} pantauan")
    _write_counts(counts)
    _set_sequences()
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


@dataclass
class Chunk:
    """The rows of some tickets and of the alerts of the same days."""

    lives: list[Life] = field(default_factory=list)
    alerts: list[Row] = field(default_factory=list)
    behind: list[Row] = field(default_factory=list)

    def counts(self) -> Counter:
        """Tickets per lead OPD and state, as `ticket_count` has them: restricted ones do not count."""
        tickets = (life.ticket for life in self.lives if not life.ticket["restricted"])
        return Counter((ticket["lead_opd_id"] or 0, ticket["state"]) for ticket in tickets)


def _chunks(size: Size, world: World, now: datetime, rng: Random) -> Iterator[Chunk]:
    newsroom = Newsroom(world, now, rng)
    start, step = now - YEARS, YEARS / (size.tickets + 1)
    chunk, next_event, next_task = Chunk(), 1, 1
    for ticket_id in range(1, size.tickets + 1):
        opened_at = (start + step * ticket_id).replace(microsecond=0)
        life = live(ticket_id, next_event, opened_at, now, world, rng)
        next_task, next_event = tasks.number(life, next_task, life.chain.next_id)
        _report(chunk, life, newsroom, size.alerts_each, step, rng)
        chunk.lives.append(life)
        if len(chunk.lives) == CHUNK or ticket_id == size.tickets:
            yield chunk
            chunk = Chunk()


def _report(chunk: Chunk, life: Life, newsroom: Newsroom, each: int, step: timedelta, rng: Random) -> None:
    """The alerts that came since the ticket before, the last of them those that caused this one."""
    ticket = life.ticket
    causes = min(each, rng.choices(list(BEHIND), weights=list(BEHIND.values()))[0])
    for number in range(each):
        at = (ticket["opened_at"] - step * (each - number) / (each + 1)).replace(microsecond=0)
        is_cause = number >= each - causes
        alert = newsroom.behind(ticket, life.office, at) if is_cause else newsroom.noise(at)
        chunk.alerts.append(alert)
        if is_cause:
            chunk.behind.append({"alert_id": alert["id"], "ticket_id": ticket["id"]})
    ticket["alerts"] = causes


def _write(chunk: Chunk) -> None:
    lives = chunk.lives
    _insert(Alert, chunk.alerts)
    _insert_keys([row for alert in chunk.alerts for row in keys(alert)])
    search.put_many("alert", [(row["id"], f"{row['title']} {row['media']} {row['text']}", ()) for row in chunk.alerts])
    _insert(Ticket, [life.ticket for life in lives])
    _insert(TicketAlert, chunk.behind)
    _insert(Task, [row for life in lives for row in life.tasks])
    chains = [chain for life in lives for chain in (life.chain, *life.histories)]
    _insert(Event, [row for chain in chains for row in chain.rows])
    _insert(EventText, [row for chain in chains for row in chain.texts])
    _insert(Answer, [row for life in lives for row in life.answers])
    _insert(Letter, [row for life in lives for row in life.letters])
    _insert(FormerLead, [row for life in lives for row in life.former])
    _insert(NamedOfficer, [row for life in lives for row in life.named])
    search.put_many("ticket", [_findable(life) for life in lives if not life.ticket["restricted"]])


def _insert(model: type[Base], rows: list[Row]) -> None:
    if rows:
        db.session.execute(insert(model.__table__), rows)


def _insert_keys(rows: list[Row]) -> None:
    """The same words on the same day give the same fingerprint: the first item keeps it, as with an import."""
    statement = upsert(AlertKey).on_conflict_do_nothing(index_elements=["key"])
    db.session.execute(statement, sorted(rows, key=itemgetter("key")))


def _findable(life: Life) -> tuple[int, str, list[str]]:
    ticket = life.ticket
    opds = {ticket["lead_opd_id"], *(row["opd_id"] for row in (*life.former, *life.tasks))} - {None}
    title = ticket["safe_title"] if ticket["sensitive"] else ticket["title"]
    return ticket["id"], f"{ticket['id']:04d} {title}", [f"opd{opd_id}" for opd_id in sorted(opds)]


def _write_counts(counts: Counter) -> None:
    rows = [{"opd_id": opd_id, "state": state, "n": n} for (opd_id, state), n in sorted(counts.items())]
    _insert(TicketCount, rows)


def _set_sequences() -> None:
    """PostgreSQL counts ids by itself; rows that brought theirs have to be told."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in NUMBERED:
        db.session.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, 'id'), (SELECT max(id) FROM " + table + "))"),  # noqa: S608
            {"table": table},
        )
