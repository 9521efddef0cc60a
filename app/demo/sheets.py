"""The sheets that monitoring sends twice a day: written from the stories' items, read by the house's own readers."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from app.core import clock, storage
from app.core.work import Work, WorkState
from app.demo.stage import Item
from app.extensions import db
from app.monitoring import actions
from app.monitoring.actions.runs import IMPORT
from app.monitoring.models import Source
from app.monitoring.readers import guarded
from app.monitoring.rules.kinds import Channel, SourceKind
from app.people.models import Seat

NEWS, SOCIAL = "IMA, media daring", "ISA, media sosial"
NEWS_HEAD = ("Tanggal", "Media", "Judul", "Isi", "URL", "Sentimen")
SOCIAL_HEAD = ("date_created", "platform", "username", "text", "link", "sentiment")
ENGLISH = {"Negatif": "negative", "Netral": "neutral", "Positif": "positive"}
Row = tuple[datetime, Item, str]


def add_sources() -> dict[bool, Source]:
    """The two sources of sheets, by whether they are about social media."""
    kinds = {False: (NEWS, Channel.NEWS), True: (SOCIAL, Channel.SOCIAL)}
    return {
        social: actions.add_source({"name": name, "kind": SourceKind.SHEET, "channel": channel}, None)
        for social, (name, channel) in kinds.items()
    }


def bring(source: Source, rows: Sequence[Row], by: Seat) -> None:
    """Somebody uploads the sheet with these items; it is read at once, as a worker would. Does not commit."""
    social = source.channel is Channel.SOCIAL
    content = _social_sheet(rows) if social else _news_sheet(rows)
    name = f"{'ISA' if social else 'IMA'} {clock.local(clock.now()):%Y-%m-%d %H.%M}.csv"
    upload(source, content, name, by)


def upload(source: Source, content: bytes, name: str, by: Seat) -> None:
    """Somebody uploads a CSV; it is read at once. Does not commit."""
    read_at_once(source, content, name, "text/csv", by)


def read_at_once(source: Source, content: bytes, name: str = "", media_type: str = "", by: Seat | None = None) -> None:
    """Read what a worker would read in a moment. Does not commit."""
    run = actions.start_run(source, content, file_name=name, media_type=media_type, by=by)
    intake, mirror = actions.Intake(source), source.kind is SourceKind.SP4N
    for batch in guarded.read(storage.path(run.raw_key), run.started_at, run.media_type, mirror=mirror):
        actions.take_batch(run, intake, batch)
    actions.finish_run(run)
    done = update(Work).where(Work.kind == IMPORT, Work.ref_id == run.id)
    db.session.execute(done.values(state=WorkState.DONE, finished_at=clock.now()))


def _news_sheet(rows: Sequence[Row]) -> bytes:
    """As IMA-like exports come: a title block first, then the header; `;` between, dates the Indonesian way."""
    lines = [("Laporan pemantauan media daring",), ("Wilayah", "Kutai Kartanegara"), (), NEWS_HEAD]
    lines += [
        (f"{clock.local(at):%d/%m/%Y %H.%M.%S}", item.media, item.title, item.text, url, item.tone)
        for at, item, url in rows
    ]
    return _csv(lines, ";").encode("utf-8-sig")


def _social_sheet(rows: Sequence[Row]) -> bytes:
    """As ISA-like exports come: a plain table with English names; a post has a text and no title."""
    lines = [SOCIAL_HEAD]
    lines += [
        (f"{clock.local(at):%Y-%m-%d %H:%M:%S}", "Facebook", "", f"{item.title}. {item.text}", url, ENGLISH[item.tone])
        for at, item, url in rows
    ]
    return _csv(lines, ",").encode()


def _csv(lines: Sequence[Sequence[str]], delimiter: str) -> str:
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows(lines)
    return table.getvalue()
