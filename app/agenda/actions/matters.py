"""Verbs about matters of the agenda: propose, describe, merge, and move from stage to stage."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from sqlalchemy import select

from app.agenda import policy, queries
from app.agenda.actions.hushing import hush_news
from app.agenda.models import AgendaItem, AgendaSource, Rakor, RakorItem
from app.agenda.rules import LONGEST_TITLE, AgendaStage, Approval, Instrument, RakorState
from app.core import clock, events, uploads
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.people.models import Seat
from app.tickets.models import Ticket

WORDS = (
    *("question", "background", "cause", "why", "narrative", "spokesperson", "target", "indicator", "period"),
    *("instrument", "review_on"),
)
"""What is typed about a matter, beside its title and its lead."""


@dataclass(frozen=True)
class Origin:
    """What a matter comes from: a ticket, an isu with the title it may be told by, or an agreement with its day."""

    ticket: Ticket | None = None
    isu_id: int | None = None
    title: str = ""
    note: str = ""
    noted_on: date | None = None


def propose(seat: Seat, values: dict, origin: Origin) -> AgendaItem:
    """«Usulkan ke agenda». `values`: title (default: the origin's), lead (an OPD's code), and WORDS. Raises Refused."""
    _check_origin(origin, seat)
    ticket = origin.ticket
    item = AgendaItem(title=_title(values.get("title") or origin.title, ticket), seat_id=seat.id)
    item.sensitive = bool(ticket and ticket.sensitive)
    if ticket and ticket.sensitive:
        item.title = ticket.safe_title
    _describe(item, values)
    if ticket and not item.lead_opd_id:
        item.lead_opd_id = ticket.lead_opd_id
    db.session.add(item)
    db.session.flush()
    _stand_behind(item, origin)
    events.record(item.stream, "agenda.proposed", seat, after={"why": item.why} | _told(origin), audience="internal")
    return item


def revise(item: AgendaItem, seat: Seat, values: dict) -> None:
    """Other words; the title too. Raises Refused."""
    _standing(item)
    item.title = _title(values.get("title") or item.title, None)
    _describe(item, values)
    events.record(item.stream, "agenda.changed", seat, audience="internal")


def merge(item: AgendaItem, into: AgendaItem, seat: Seat) -> None:
    """«Satukan»: one proposal goes into another matter, which stands on its sources too. Raises Refused."""
    _standing(item)
    _standing(into)
    if item.id == into.id or into.stage is AgendaStage.DROPPED:
        raise Refused({"other": "Pilih usulan lain."})
    if item.stage is not AgendaStage.PROPOSED:
        raise Refused({"other": f"Perkara ini sudah {item.stage.label.lower()}. Hanya usulan yang bisa disatukan."})
    waiting = select(RakorItem.id).join(Rakor, Rakor.id == RakorItem.rakor_id).where(RakorItem.item_id == item.id)
    if db.session.scalar(waiting.where(Rakor.state.in_([state for state in RakorState if state.open])).limit(1)):
        raise Refused({"other": "Usulan ini ada dalam acara rakor. Keluarkan dulu dari sana, lalu satukan."})
    behind = queries.sources_of([item.id, into.id])
    known = {_same(source) for source in behind.get(into.id, ())}
    new = [source for source in behind.get(item.id, ()) if _same(source) not in known]
    db.session.add_all(AgendaSource(item_id=into.id, noted_on=source.noted_on, **dict(_same(source))) for source in new)
    if item.sensitive and not into.sensitive:
        into.title, into.sensitive = item.title, True
    item.into_id = into.id
    events.record(item.stream, "agenda.merged_into", seat, after={"into": into.id}, audience="internal")
    events.record(into.stream, "agenda.merged", seat, after={"from": item.id}, audience="internal")
    db.session.flush()


def move(item: AgendaItem, name: str, seat: Seat, values: dict | None = None, file: BinaryIO | None = None) -> None:
    """One step of the table. `values`: note and what the step needs; `file`: the signed approval.

    Raises Refused, uploads.NotAllowedFile and storage.DiskFull.
    """
    given = values or {}
    step = policy.move_for(name, item, seat)
    if step is None:
        raise Refused({"move": f"Perkara ini sekarang {item.stage.label.lower()}. Muat ulang untuk melihatnya."})
    _check_needs(step.needs, given)
    before = item.stage
    if name == "approve":
        _approve(item, given, file)
    item.stage = step.target
    told = {"stage": item.stage.value} | _approved(item, name)
    text = (given.get("note") or "").strip() or None
    was = {"stage": before.value}
    events.record(item.stream, f"agenda.{name}", seat, before=was, after=told, text=text, audience="internal")


def _approve(item: AgendaItem, given: dict, file: BinaryIO | None) -> None:
    if given["approval_kind"] not in list(Approval):
        raise Refused({"approval_kind": "Pilih bentuk persetujuan dari daftar."})
    if given["approval_on"] > clock.today():
        raise Refused({"approval_on": "Tanggal ini belum tiba. Isi tanggal pada surat atau arahannya."})
    item.approval_kind, item.approval_on = Approval(given["approval_kind"]), given["approval_on"]
    item.approval_number = one_line(given.get("approval_number") or "")
    if file is not None:
        kept = uploads.keep_document(file, "persetujuan.pdf")
        if kept.media_type != "application/pdf":
            raise Refused({"file": "Unggah persetujuannya sebagai PDF."})
        item.approval_key = kept.key


def _approved(item: AgendaItem, name: str) -> dict:
    if name != "approve":
        return {}
    told = {"kind": item.approval_kind.value, "number": item.approval_number, "sha256": item.approval_key}
    return told | {"on": item.approval_on.isoformat() if item.approval_on else ""}


NEEDED = {
    "note": "Tulis alasannya.",
    "approval_kind": "Pilih bentuk persetujuannya.",
    "approval_on": "Isi tanggal persetujuannya.",
}


def _check_needs(needs: tuple[str, ...], given: dict) -> None:
    missing = {name: NEEDED[name] for name in needs if not (str(given.get(name) or "")).strip()}
    if missing:
        raise Refused(missing)


def _check_origin(origin: Origin, seat: Seat) -> None:
    if origin.ticket is None and origin.isu_id is None and not origin.note.strip():
        raise Refused({"note": "Tempel kesepakatannya, atau usulkan dari tiket atau isu."})
    if origin.note.strip() and origin.noted_on is None:
        raise Refused({"noted_on": "Isi tanggal kesepakatannya."})
    if origin.noted_on and origin.noted_on > clock.today():
        raise Refused({"noted_on": "Tanggal ini belum tiba."})
    if origin.ticket and origin.ticket.restricted:
        raise Refused({"": "Perkara terbatas tidak dibawa ke agenda rakor."})
    known = None
    if origin.ticket:
        known = queries.item_of_ticket(origin.ticket.id, seat)
    elif origin.isu_id:
        known = queries.item_of_isu(origin.isu_id, seat)
    if known:
        raise Refused({"": f"Sudah ada di agenda sebagai nomor {known.id}: {known.title}."})


def _stand_behind(item: AgendaItem, origin: Origin) -> None:
    ticket_id = origin.ticket.id if origin.ticket else None
    noted = {"note": origin.note.strip(), "noted_on": origin.noted_on}
    db.session.add(AgendaSource(item_id=item.id, ticket_id=ticket_id, isu_id=origin.isu_id, **noted))
    if origin.isu_id:
        hush_news(item, origin.isu_id)
    db.session.flush()


def _same(source: AgendaSource) -> tuple[tuple[str, object], ...]:
    """Two sources that say this are one."""
    return ("ticket_id", source.ticket_id), ("isu_id", source.isu_id), ("note", source.note)


def _told(origin: Origin) -> dict:
    if origin.ticket:
        return {"ticket": origin.ticket.id}
    if origin.isu_id:
        return {"isu": origin.isu_id}
    return {"noted_on": origin.noted_on.isoformat() if origin.noted_on else ""}


def _title(title: str, ticket: Ticket | None) -> str:
    words = one_line(title or (ticket.shown_title if ticket else ""))
    if not words:
        raise Refused({"title": "Isi judul perkaranya."})
    if len(words) > LONGEST_TITLE:
        raise Refused({"title": f"Judul paling banyak {LONGEST_TITLE} huruf."})
    return words


def _describe(item: AgendaItem, values: dict) -> None:
    for name in WORDS:
        if name in values:
            value = values[name]
            setattr(item, name, Instrument(value or "") if name == "instrument" else value)
    if "lead" in values:
        lead = queries.office(values["lead"]) if values["lead"] else None
        if values["lead"] and lead is None:
            raise Refused({"lead": "Pilih OPD dari daftar."})
        item.lead = lead
        item.lead_opd_id = lead.id if lead else None


def _standing(item: AgendaItem) -> None:
    if item.into_id is not None:
        raise Refused({"": f"Usulan ini sudah disatukan ke nomor {item.into_id}. Buka yang itu."})
