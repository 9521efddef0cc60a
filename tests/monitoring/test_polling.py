"""A feed over its days: new, unchanged, ill, gone; one fetch at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.core import clock
from app.core.work import Work, WorkState
from app.monitoring import actions
from app.monitoring.actions.sources import POLL
from app.monitoring.jobs import offer_polls
from app.monitoring.models import Alert, IngestRun, Source
from app.monitoring.rules.health import next_poll
from app.monitoring.rules.kinds import RunState
from tests.harness.pressroom import Page

FEED = '<rss version="2.0"><channel><title>K</title>{}</channel></rss>'
ITEM = "<item><title>Judul nomor {0} yang cukup panjang</title><link>https://kabaretam.example/{0}</link></item>"


def feed(*numbers):
    return FEED.format("".join(ITEM.format(number) for number in numbers)).encode()


@pytest.fixture
def source(app, db_session, pressroom):
    app.config["FETCH_ALLOW"] = pressroom.host
    yield actions.add_source({"name": "K", "kind": "rss", "url": pressroom.url("/feed")}, None)
    app.config["FETCH_ALLOW"] = ""


@pytest.fixture
def poll(db_session, work_off):
    """`poll(source)`: ask now, as the button does; the source afterwards."""

    def ask(source):
        actions.poll_now(source.id)
        work_off()
        return db_session.get(Source, source.id, populate_existing=True)

    return ask


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_new_items_come_in_and_old_ones_do_not_come_twice(source, poll, pressroom, db_session):
    pressroom["/feed"] = Page(feed(1, 2), headers={"ETag": '"a"'})
    after = poll(source)
    assert count(db_session, Alert) == 2 and after.etag == '"a"' and after.worked_at and not after.trouble
    assert after.next_poll_at > clock.now()
    pressroom["/feed"] = Page(feed(3, 1, 2))
    poll(source)
    assert count(db_session, Alert) == 3 and pressroom.asked[-1][2]["If-None-Match"] == '"a"'


def test_unchanged_bytes_are_not_read_again(source, poll, pressroom, db_session):
    pressroom["/feed"] = Page(feed(1))
    poll(source)
    poll(source)
    assert count(db_session, IngestRun) == 1 and len(pressroom.asked) == 2


def test_304_is_health(source, poll, pressroom, db_session):
    pressroom["/feed"] = Page(b"", 304)
    after = poll(source)
    assert after.worked_at and after.failures == 0 and count(db_session, IngestRun) == 0


def test_failures_are_said_and_asked_later_and_later(source, poll, pressroom):
    pressroom["/feed"] = Page(b"x", 500)
    first = poll(source)
    wait = first.next_poll_at - clock.now()
    second = poll(source)
    assert second.failures == 2 and "500" in second.trouble
    assert second.next_poll_at - clock.now() > wait * 1.5
    pressroom["/feed"] = Page(feed(1))
    assert poll(source).failures == 0


def test_retry_after_is_honoured(source, poll, pressroom):
    pressroom["/feed"] = Page(b"x", 429, {"Retry-After": "7200"})
    assert poll(source).next_poll_at > clock.now() + timedelta(minutes=115)


def test_gone_switches_off(source, poll, pressroom):
    pressroom["/feed"] = Page(b"x", 410)
    after = poll(source)
    assert not after.enabled and "410" in after.trouble


def test_a_moved_feed_is_followed_from_then_on(source, poll, pressroom):
    pressroom["/feed"] = Page(b"", 301, {"Location": "/new"})
    pressroom["/new"] = Page(feed(1))
    assert poll(source).url == pressroom.url("/new")


def test_a_page_instead_of_a_feed_is_said_and_not_taken_for_known(source, poll, pressroom, db_session):
    pressroom["/feed"] = Page(b"<!doctype html><html><body>Situs dalam perbaikan</body></html>")
    after = poll(source)
    assert "halaman web biasa" in after.trouble and after.failures == 1 and after.body_hash == ""
    assert db_session.scalars(select(IngestRun.state)).one() is RunState.REFUSED


def test_a_poll_does_not_spoil_an_open_form(source, poll, pressroom):
    before = source.version
    pressroom["/feed"] = Page(feed(1))
    assert poll(source).version == before


def test_one_fetch_at_a_time(source, db_session):
    assert actions.poll_now(source.id)
    assert not actions.poll_now(source.id)
    assert actions.offer_polls() == 0
    assert count(db_session, Work) == 1


def test_due_feeds_are_offered_paused_ones_are_not(source, db_session):
    other = actions.add_source({"name": "L", "kind": "rss", "url": source.url + "2"}, None)
    paused = actions.add_source({"name": "M", "kind": "rss", "url": "https://m.example/feed"}, None)
    paused.enabled = False
    later = actions.add_source({"name": "N", "kind": "rss", "url": "https://n.example/feed"}, None)
    later.next_poll_at = clock.now() + timedelta(hours=1)
    db_session.flush()
    offer_polls()
    rows = db_session.execute(select(Work.ref_id, Work.next_try).where(Work.kind == POLL).order_by(Work.id)).all()
    assert [row.ref_id for row in rows] == [source.id, other.id]
    assert rows[1].next_try - rows[0].next_try >= timedelta(seconds=4), "one request per host at a time"


def test_a_poll_interrupted_after_fetching_is_repeated_without_harm(
    source, db_session, work_off, pressroom, monkeypatch
):
    pressroom["/feed"] = Page(feed(1, 2))
    note, dies = actions.note_fetched, [True]

    def once(*args):
        if dies and dies.pop():
            raise RuntimeError("killed")
        note(*args)

    monkeypatch.setattr(actions, "note_fetched", once)
    actions.poll_now(source.id)
    work_off()
    db_session.execute(update(Work).where(Work.state == WorkState.WAITING).values(next_try=clock.now()))
    work_off()
    assert count(db_session, Alert) == 2 and count(db_session, IngestRun) == 1


def test_another_address_forgets_the_old_one(source, people, db_session, poll, pressroom):
    pressroom["/feed"] = Page(feed(1), headers={"ETag": '"a"'})
    poll(source)
    actions.change_source(source, {"url": pressroom.url("/other")}, people["kepala@diskominfo.demo"])
    assert (source.etag, source.body_hash, source.failures) == ("", "", 0)


def test_the_pause_grows_to_a_day():
    now = clock.now()
    pauses = [next_poll(now, 15, failures) - now for failures in range(12)]
    assert timedelta(minutes=13) < pauses[0] < timedelta(minutes=17)
    assert pauses[3] > timedelta(minutes=100) and max(pauses) <= timedelta(hours=26.5)
    assert next_poll(now, 15, 0, after=5000) - now == timedelta(seconds=5000)
