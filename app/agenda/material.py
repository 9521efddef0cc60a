"""Bahan rakor: what a rakor has before it, as one shape; frozen as bytes, told to each reader as far as it may know.

The frozen bytes never change. What has become a secret since then is left out or masked while it is read, so that
neither a page nor a paper tells more than the rows do.
"""

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from app.agenda import policy, queries
from app.agenda.models import AgendaItem, Plan, Rakor, RakorItem
from app.core import clock, storage
from app.extensions import db
from app.people.models import Seat
from app.tickets.models import Ticket

Material = dict[str, Any]
WORDS = ("question", "background", "cause", "why", "narrative", "spokesperson", "target", "indicator")
"""What is told of a matter beside its title, unless it is sensitive."""


def fresh(rakor: Rakor, seat: Seat) -> Material:
    """As the rows are now; matters of restricted tickets are not taken along by anybody."""
    closed = restricted_items()
    matters = [matter for matter in policy.matters_of(rakor, seat) if matter.item_id not in closed]
    return {
        "rakor": _meeting(rakor),
        "guests": [_office(guest.opd) for guest in rakor.guests],
        "plans": [_plan(plan) for plan in queries.open_plans(seat, but_of=rakor.id) if plan.item_id not in closed],
        "matters": _matters(matters),
    }


def frozen(rakor: Rakor) -> Material | None:
    """As it was locked; None before. What a reader gets goes through `told`."""
    return json.loads(storage.read(rakor.snapshot_key)) if rakor.snapshot_key else None


def as_bytes(material: Material) -> bytes:
    """The same material is the same bytes."""
    return json.dumps(material, ensure_ascii=False, sort_keys=True, indent=1).encode()


def of(rakor: Rakor, seat: Seat) -> Material:
    """What pages and papers are made from: the frozen material where there is one, else a draft; told to `seat`."""
    kept = frozen(rakor)
    return told(kept if kept is not None else fresh(rakor, seat), seat)


def shown(rakor: Rakor, seat: Seat) -> Material:
    """What paper and projector show to a whole room, whoever opens them.

    Nothing of a matter that became restricted, and of a sensitive one its title alone.
    """
    material = of(rakor, seat)
    closed = restricted_items()
    return material | {
        "plans": [plan for plan in material["plans"] if plan["item"] not in closed],
        "matters": [
            matter | (dict.fromkeys(WORDS, "") | {"notes": []} if matter["sensitive"] else {})
            for matter in material["matters"]
            if matter["id"] not in closed
        ],
    }


def restricted_items() -> set[int]:
    """Matters that became restricted."""
    return set(db.session.scalars(select(AgendaItem.id).where(queries.restricted())))


def told(material: Material, seat: Seat) -> Material:
    """The material as far as `seat` may know of it today; an invited OPD gets titles, questions and its own plans."""
    ids = [matter["id"] for matter in material["matters"]]
    open_ones = select(AgendaItem).where(AgendaItem.id.in_(ids), policy.open_to(seat))
    known = {item.id: item for item in db.session.scalars(open_ones)}
    tickets = _tickets_now(material)
    plans = _plans_seen(material, seat)
    return material | {
        "plans": [
            plan | {"late": plan["due_on"] < clock.today().isoformat()}
            for plan in material["plans"]
            if plan["id"] in plans
        ],
        "matters": [
            _told_matter(matter, known[matter["id"]], tickets, seat)
            for matter in material["matters"]
            if matter["id"] in known
        ],
    }


def _told_matter(matter: Material, item: AgendaItem, tickets: dict[int, Ticket], seat: Seat) -> Material:
    safe = {"title": item.title} if item.sensitive else {}
    if not policy.reads_rakor(seat):
        words = {} if item.sensitive else {"question": matter["question"]}
        plain = {name: matter[name] for name in ("id", "position", "title", "lead", "lead_code", "stage")}
        return plain | safe | {"sensitive": item.sensitive} | words
    silent: Material = {} if policy.reads_words(item, seat) else dict.fromkeys(WORDS, "") | {"notes": []}
    shown = [
        row | {"title": tickets[row["id"]].shown_title}
        for row in matter["tickets"]
        if row["id"] in tickets and not tickets[row["id"]].restricted
    ]
    return matter | safe | {"sensitive": item.sensitive, "tickets": shown} | silent


def _plans_seen(material: Material, seat: Seat) -> set[int]:
    listed = [plan["id"] for plan in material["plans"]]
    if not listed:
        return set()
    return set(db.session.scalars(policy.visible_plans(seat).with_only_columns(Plan.id).where(Plan.id.in_(listed))))


def _tickets_now(material: Material) -> dict[int, Ticket]:
    ids = {row["id"] for matter in material["matters"] for row in matter["tickets"]}
    if not ids:
        return {}
    return {ticket.id: ticket for ticket in db.session.scalars(select(Ticket).where(Ticket.id.in_(ids)))}


def _meeting(rakor: Rakor) -> Material:
    lines = {name: getattr(rakor, name) for name in ("id", "topic", "place", "chair", "secretary", "note_taker")}
    return lines | {"starts_at": clock.for_input(rakor.starts_at)}


def _office(opd) -> Material:
    return {"code": opd.code, "short": opd.short, "name": opd.name}


def _plan(plan: Plan) -> Material:
    return {
        "id": plan.id, "item": plan.item_id, "text": plan.text, "opd": plan.opd.short, "opd_code": plan.opd.code,
        "supports": [support.opd.short for support in plan.supports], "origin": plan.origin.label,
        "due_on": plan.due_on.isoformat(), "progress": plan.progress, "indicator": plan.indicator,
    }  # fmt: skip


def _matters(matters: list[RakorItem]) -> list[Material]:
    ids = [matter.item_id for matter in matters]
    behind, tickets, sources = queries.coverage(ids), queries.tickets_behind(ids), queries.sources_of(ids)
    return [
        _matter(place, matter.item, behind.get(matter.item_id), tickets.get(matter.item_id, []))
        | {"notes": [_note(source) for source in sources.get(matter.item_id, []) if source.note]}
        for place, matter in enumerate(matters, 1)
    ]


def _matter(place: int, item: AgendaItem, behind, tickets) -> Material:
    return {
        "id": item.id, "position": place, "title": item.title, "stage": item.stage.label,
        "lead": item.lead.short if item.lead else "", "lead_code": item.lead.code if item.lead else "",
        "alerts": behind.alerts if behind else 0, "negative": behind.negative if behind else 0,
        "positive": behind.positive if behind else 0, "latest_on": _day(behind.latest_at if behind else None),
        "instrument": item.instrument.label, "tickets": [_ticket(row) for row in tickets],
        **{name: getattr(item, name) for name in WORDS},
    }  # fmt: skip


def _ticket(row) -> Material:
    told = {"id": row.id, "title": row.shown_title, "state": row.state.label, "lead": row.lead or ""}
    return told | {"due_on": _day(row.due_at)}


def _note(source) -> Material:
    return {"note": source.note, "noted_on": _day(source.noted_on)}


def short_day(iso: str) -> str:
    """«Kam 26 Nov» of a day in the material."""
    return clock.short_day(date.fromisoformat(iso)) if iso else ""


def _day(moment: date | None) -> str:
    return clock.day_of(moment).isoformat() if moment else ""
