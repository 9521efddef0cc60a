"""Verbs about looking for the feed of a site. A search is a run that asks a person which of the feeds is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from app.core import clock, events, work
from app.core.refused import Refused
from app.extensions import db
from app.monitoring import queries
from app.monitoring.actions.sources import add_source, change_source, free_name, poll_now, set_enabled
from app.monitoring.models import SEARCH_OF_A_SITE, IngestRun, Source
from app.monitoring.rules import links
from app.monitoring.rules.kinds import RunState, SourceKind
from app.monitoring.rules.media import medium_of
from app.people.models import Seat

SEARCH = "source.search"
DIED = "Pencarian berhenti mendadak setiap kali dicoba. Tempel alamat umpannya sendiri bila Anda mengetahuinya."


def search_site(address: str, by: Seat) -> IngestRun:
    """A site that is no source yet becomes one that is paused, and its feeds are looked for. Raises Refused."""
    known = queries.feed_of_host(links.host_of(address))
    if known is None:
        return start_search(_site(address, by), by, address)
    if known.enabled or known.worked_at:
        raise Refused(
            {"site": f"Situs ini sudah menjadi sumber: {known.name}. Untuk umpan keduanya, isi formulir di bawah."}
        )
    return start_search(known, by, address)


def start_search(source: Source, by: Seat, address: str = "") -> IngestRun:
    """Have a worker look for feeds at `address`, else where the source's feed was, once this is committed."""
    asked = {"address": address or source.url, "found": []}
    facts = {"source_id": source.id, "seat_id": by.id, "media_type": SEARCH_OF_A_SITE, "asked": asked}
    run = IngestRun(state=RunState.WAITING, started_at=clock.now(), **facts)
    db.session.add(run)
    db.session.flush()
    events.record(f"source:{source.id}", "source.searched", by, after={"address": asked["address"]}, ref_id=run.id)
    work.later(SEARCH, run.id, key=f"{SEARCH}:{run.id}")
    return run


def end_search(run: IngestRun, found: list[dict[str, Any]], trouble: str) -> None:
    """What was found waits for a person; nothing found is said with the reason."""
    run.asked = {**run.asked, "found": found}
    run.state = RunState.ASKING if found else RunState.REFUSED
    run.trouble, run.finished_at = trouble[:500], clock.now()


def bury_searches(run_ids: Iterable[int]) -> None:
    """Searches whose work was given up."""
    for run_id in run_ids:
        end_search(db.session.get_one(IngestRun, run_id), [], DIED)


def use_found(run: IngestRun, source: Source, url: str, by: Seat) -> None:
    """«Pakai umpan ini»: the source is that feed from now on, and is asked at once. Raises Refused.

    One that still bears the name of its site takes that of the feed. What was found is forgotten.
    """
    feed = next((one for one in run.asked["found"] if one["url"] == url), None)
    if feed is None or run.state is not RunState.ASKING:
        raise Refused({"feed": "Pencarian ini sudah selesai dipakai. Cari umpan lagi bila perlu."})
    other = queries.feeds_by_address().get(links.canonical(url), source.id)
    if other != source.id:
        raise Refused({"feed": "Umpan ini sudah menjadi sumber lain."})
    values = {"url": url}
    if feed["title"] and source.name == links.host_of(run.asked["address"]):
        values["name"] = free_name(feed["title"])
    change_source(source, values, by)
    set_enabled(source, True, by)
    poll_now(source.id)
    run.state, run.asked = RunState.DONE, {**run.asked, "found": []}


def _site(address: str, by: Seat) -> Source:
    host = links.host_of(address)
    medium = medium_of(host)
    values = {"kind": SourceKind.RSS, "url": urljoin(address, "/"), "government": bool(medium and medium.government)}
    return add_source(values | {"name": free_name(medium.name if medium else host)}, by, enabled=False)
