"""History is append-only, chained, and told to its readers inside the transaction."""

import pytest
from sqlalchemy import select, text

from app.core import events
from app.core.events import Event


@pytest.fixture
def told():
    """A reader that remembers, taken away again."""
    seen = []
    events.subscribe(seen.append)
    yield seen
    events._readers.remove(seen.append)


def test_each_stream_counts_and_chains_for_itself(db_session):
    first = events.record("ticket:1", "ticket.note", None, text="satu")
    other = events.record("ticket:2", "ticket.note", None)
    second = events.record("ticket:1", "ticket.note", None)
    assert (first.seq, second.seq, other.seq) == (1, 2, 1)
    assert second.prev_hash == first.hash and other.prev_hash == events.GENESIS
    db_session.commit()
    assert list(events.broken_links()) == []


def test_a_change_behind_the_triggers_is_found(db_session):
    """Whoever gets past the triggers still breaks the chain."""
    for word in ("satu", "dua", "tiga"):
        events.record("ticket:1", "ticket.note", None, text=word, after={"n": word})
    db_session.commit()
    _without_triggers(db_session, "UPDATE event SET actor = 'orang lain' WHERE seq = 2")
    assert [(stream, seq) for stream, seq, _ in events.broken_links()] == [("ticket:1", 2)]


def test_a_missing_event_is_found(db_session):
    for word in ("satu", "dua", "tiga"):
        events.record("ticket:1", "ticket.note", None, after={"n": word})
    db_session.commit()
    _without_triggers(db_session, "DELETE FROM event WHERE seq = 2")
    assert [seq for _, seq, _ in events.broken_links()]


def _without_triggers(session, statement):
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
    else:
        for name in session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'")
        ):
            session.execute(text(f"DROP TRIGGER {name[0]}"))
    session.execute(text(statement))
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE event ENABLE TRIGGER USER"))
    session.commit()


def test_readers_hear_of_it_before_the_commit(db_session, told):
    event = events.record("person:3", "person.noted", None)
    assert told == [event]
    db_session.rollback()
    assert db_session.scalar(select(Event)) is None


def test_the_text_stands_beside_the_chain(db_session):
    event = events.record("ticket:1", "ticket.note", None, text="nomor telepon 0812")
    assert "0812" not in str(event.after) and event.body.text == "nomor telepon 0812"
    assert event.body.digest == events.text_digest(event.body.salt, event.body.text)
