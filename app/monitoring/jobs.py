"""Work behind the pages: feeds, files, letters, links, sites. All of it may be repeated at any point without harm."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from app.core import clock, storage
from app.core.db import refresh_statistics
from app.core.refused import Refused as NotNow
from app.core.work import GiveUp, Lease, Retry, every, handler
from app.extensions import db, only_reading
from app.monitoring import actions, asking, queries
from app.monitoring.actions.links import CHECK
from app.monitoring.actions.mailing import FETCH
from app.monitoring.actions.runs import IMPORT
from app.monitoring.actions.searching import SEARCH
from app.monitoring.actions.sources import POLL
from app.monitoring.models import Alert, IngestRun, Source
from app.monitoring.readers import Refused, guarded
from app.monitoring.rules import mailing
from app.monitoring.rules.kinds import RunState, SourceKind
from app.monitoring.rules.reach import Link, judged

if TYPE_CHECKING:  # httpx is imported by a worker when it fetches, never by the web
    from app.monitoring.fetch import Fetched
    from app.monitoring.mailroom import Mailroom
    from app.monitoring.readers.site import Sight

POLL_LEASE = 25
READ_LEASE = 15
LETTER_LEASE = 120
LONGEST_FETCH = 240
MAILBOX_PAUSE = 300
NO_ROOM = "Ruang penyimpanan hampir habis."


@every(30, "sources.poll")
def offer_polls() -> None:
    """Feeds that are due are fetched by a worker; runs that killed every worker are refused."""
    actions.offer_polls()
    actions.bury_runs(queries.buried_runs(IMPORT))
    actions.bury_searches(queries.buried_runs(SEARCH))


@every(6 * 3600, "webhooks.forget_old")
def forget_deliveries() -> None:
    """Ids of deliveries are kept for a week."""
    actions.forget_deliveries()


@every(60, "mail.fetch")
def offer_fetch() -> None:
    """The mailbox of forwarded letters is looked into, where the office has one."""
    if current_app.config["IMAP_URL"]:
        actions.offer_fetch()


@every(24 * 3600, "mail.forget_refused")
def forget_refused() -> None:
    """Who wrote what in vain is nobody's business for longer than needed."""
    actions.forget_refused()


@handler(FETCH, attempts=10_000)
def fetch_letters(_ref_id: int | None, lease: Lease) -> None:
    """Take in what is unread. While the mailbox is down this one work stays and is tried again, and says why."""
    from app.monitoring import mailroom

    url = current_app.config["IMAP_URL"]
    if not url:
        return
    lease.renew(LETTER_LEASE)
    until = time.monotonic() + LONGEST_FETCH
    try:
        with mailroom.opened(url) as room:
            for uid in room.unread():
                if time.monotonic() > until:
                    break  # the next work goes on
                _take_letter(room, uid, lease)
    except mailroom.MailboxDown as down:
        raise Retry(str(down), after=MAILBOX_PAUSE) from down
    except storage.DiskFull as full:
        raise Retry(NO_ROOM, after=600) from full


@handler(POLL, attempts=5)
def poll(source_id: int | None, lease: Lease) -> None:
    """Ask a feed once; what is new is kept and read by another work."""
    from app.monitoring.fetch import FetchFailed

    source = db.session.get(Source, source_id)
    if source is None or source.kind is not SourceKind.RSS or not source.url:
        return
    url, etag, last_modified = source.url, source.etag, source.last_modified
    lease.renew(POLL_LEASE)
    try:
        fetched = _fetched(url, etag, last_modified)
    except FetchFailed as failed:
        actions.note_failed(db.session.get_one(Source, source_id), failed.reason, failed.after, failed.gone)
        return
    _keep(db.session.get_one(Source, source_id), url, fetched)


@handler(IMPORT, attempts=6)
def read(run_id: int | None, lease: Lease) -> None:
    """Read a run to its end, or from where an earlier attempt was interrupted."""
    run = db.session.get(IngestRun, run_id)
    if run is None:
        raise GiveUp("Pembacaan ini tidak ada lagi.")
    if run.state not in queries.OPEN_RUNS or not asking.settled(run.id, lease):
        return
    path, started_at, media_type, done = storage.path(run.raw_key), run.started_at, run.media_type, run.rows_done
    mapping = actions.mapping_of(run)
    intake, mirror = actions.Intake(run.source).ready(), run.source.kind is SourceKind.SP4N
    lease.renew(READ_LEASE)
    try:
        batches = guarded.read(path, started_at, media_type, mapping, mirror=mirror, study=intake.study)
        for batch in actions.not_yet_taken(batches, done):
            actions.take_batch(db.session.get_one(IngestRun, run_id), intake, batch)
            (lease.advance if batch.items else lease.renew)(READ_LEASE)
    except Refused as refused:
        db.session.rollback()
        actions.refuse_run(db.session.get_one(IngestRun, run_id), refused.reason, refused.headers)
    else:
        actions.finish_run(db.session.get_one(IngestRun, run_id))
        refresh_statistics()


def _take_letter(room: Mailroom, uid: str, lease: Lease) -> None:
    """One letter is one transaction; only then is it marked as read. Killed between, it comes again and is known."""
    size = room.size(uid)
    if size is None:
        return
    fits = size <= mailing.LARGEST
    raw = room.letter(uid, mailing.LARGEST) if fits else room.head(uid)
    letter = guarded.letter(raw, clock.now())
    letter.trouble = letter.trouble if fits else mailing.TOO_LARGE
    with only_reading():
        seat_id, reason = actions.judge(letter)
        db.session.rollback()
    kept = actions.keep_files(letter, raw) if seat_id else None
    try:
        actions.take_letter(letter, raw, seat_id, reason, kept)
    except NotNow as refused:
        raise Retry(" ".join(refused.errors.values()), after=MAILBOX_PAUSE) from refused
    lease.advance(LETTER_LEASE)
    room.mark_read(uid)


@handler(CHECK, attempts=3)
def check_link(alert_id: int | None, lease: Lease) -> None:
    """Ask whether the page of an alert is still there."""
    alert = db.session.get(Alert, alert_id) if alert_id else None
    if alert is None or not alert.url:
        return
    checked, url = alert.id, alert.url
    lease.renew(POLL_LEASE)
    actions.note_link(checked, *_reached(url))


def _reached(url: str) -> tuple[Link, str]:
    """Outside of any transaction."""
    from app.monitoring.fetch import FetchFailed, probe

    try:
        answered = probe(url, allowed=_allowed())
    except FetchFailed as failed:
        return Link.UNKNOWN, failed.reason
    return judged(url, answered.status, answered.url)


def _allowed() -> list[str]:
    return [pair.strip() for pair in current_app.config["FETCH_ALLOW"].split(",") if pair.strip()]


@handler(SEARCH, attempts=3)
def search(run_id: int | None, lease: Lease) -> None:
    """Look for the feeds of a site. Nothing of it is kept but what a person is to choose from."""
    from app.monitoring.discovery import discover

    run = db.session.get(IngestRun, run_id)
    if run is None or run.state is not RunState.WAITING:
        return

    def get(url: str) -> Fetched:
        lease.renew(POLL_LEASE)
        return _fetched(url, "", "")

    def look(fetched: Fetched, url: str) -> Sight:
        address, waiting = fetched.url or url, partial(lease.renew, READ_LEASE)
        return guarded.sight(fetched.body or b"", fetched.media_type, address, clock.now(), waiting=waiting)

    found, trouble = discover(run.asked["address"], get, look)
    if run := db.session.get(IngestRun, run_id):  # its source may have been dropped meanwhile
        actions.end_search(run, found, trouble)


def _fetched(url: str, etag: str, last_modified: str) -> Fetched:
    """Outside of any transaction."""
    from app.monitoring.fetch import DEMO_SCHEME, bundled, fetch

    if url.startswith(DEMO_SCHEME):
        return bundled(url, demo_folder())
    return fetch(url, etag=etag, last_modified=last_modified, allowed=_allowed())


def _keep(source: Source, url: str, fetched: Fetched) -> None:
    """Keep the bytes and have them read, unless they are those of the last time."""
    if source.url != url:
        return  # the address was changed meanwhile; the new one is asked at once
    known = fetched.body is None or fetched.digest == source.body_hash
    if not known and fetched.body is not None:
        try:
            actions.start_run(source, fetched.body, media_type=fetched.media_type)
        except storage.DiskFull as full:
            raise Retry(NO_ROOM, after=600) from full
    actions.note_fetched(source, fetched, known)


def demo_folder() -> Path:
    """Where the feeds of the demo story lie, with dates set to its now."""
    return Path(current_app.config["INSTANCE_PATH"]) / "demo"
