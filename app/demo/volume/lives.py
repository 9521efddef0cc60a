"""One invented ticket from opening to its present state, as rows. Pure: no database, one random stream."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from app.demo.volume import words
from app.demo.volume.chain import Chain, Row
from app.demo.volume.tasks import Step, ask
from app.demo.volume.world import Actor, Office, World
from app.tickets.rules import MOVES, AnswerKind, Level, Origin, State, TicketClass, turn_of
from app.tickets.rules.terms import DEFAULTS, What, choose

ANSWERED = ("forward", "take_on", "submit", "approve")
PATHS: dict[State, tuple[str, ...]] = {
    State.NEW: (),
    State.FORWARDED: ("forward",),
    State.IN_PROGRESS: ("forward", "take_on"),
    State.CONTESTED: ("forward", "object"),
    State.ON_HOLD: ("forward", "take_on", "hold"),
    State.AWAITING_APPROVAL: ("forward", "take_on", "submit"),
    State.UNDER_REVIEW: ANSWERED,
    State.NEEDS_WORK: (*ANSWERED, "rework"),
    State.RESOLVED: (*ANSWERED, "resolve"),
    State.CLOSED: (*ANSWERED, "resolve", "close"),
    State.OTHER_AUTHORITY: ("refer",),
    State.AWAITING_BUDGET: (*ANSWERED, "await_budget"),
    State.ARCHIVED: ("archive",),
}
OLD = {
    State.CLOSED: 880, State.RESOLVED: 30, State.ARCHIVED: 40, State.OTHER_AUTHORITY: 25, State.AWAITING_BUDGET: 18,
    State.ON_HOLD: 3, State.IN_PROGRESS: 3, State.NEEDS_WORK: 1,
}  # fmt: skip
RECENT = {
    State.CLOSED: 260, State.RESOLVED: 170, State.IN_PROGRESS: 160, State.FORWARDED: 90, State.UNDER_REVIEW: 60,
    State.AWAITING_APPROVAL: 50, State.NEEDS_WORK: 50, State.NEW: 50, State.ON_HOLD: 40, State.CONTESTED: 25,
    State.OTHER_AUTHORITY: 20, State.AWAITING_BUDGET: 15, State.ARCHIVED: 10,
}  # fmt: skip
RECENT_DAYS = 60
LEVELS = {Level.BIASA: 70, Level.SEGERA: 22, Level.SANGAT_SEGERA: 7, Level.KRISIS: 1}
CLASSES = {TicketClass.MEDIA: 70, TicketClass.ADUAN: 20, TicketClass.ASPIRASI: 6, TicketClass.INFORMASI: 4}
NOTES = {0: 10, 1: 16, 2: 20, 3: 18, 4: 14, 5: 9, 6: 5, 8: 4, 10: 3, 14: 1}
"""How many notes a ticket has: 3.2 in the middle, 10 and more on busy ones."""

BY_ADMIN = frozenset({"take_on", "object", "hold", "submit"})


@dataclass
class Life:
    """Everything one ticket leaves behind."""

    ticket: Row
    chain: Chain
    office: Office
    answers: list[Row] = field(default_factory=list)
    letters: list[Row] = field(default_factory=list)
    former: list[Row] = field(default_factory=list)
    named: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    told: list[list[Step]] = field(default_factory=list)
    histories: list[Chain] = field(default_factory=list)


def weighted(rng: Random, table: dict):
    return rng.choices(list(table), weights=list(table.values()))[0]


def sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def fill(rng: Random, sentence: str) -> str:
    return sentence.format(day=rng.choice(words.DAYS), number=rng.randint(2, 14))


def live(ticket_id: int, first_event: int, opened_at: datetime, now: datetime, world: World, rng: Random) -> Life:
    """Invent a ticket opened at that instant and let it live until `now`."""
    recent = now - opened_at < timedelta(days=RECENT_DAYS)
    state = weighted(rng, RECENT if recent else OLD)
    office = rng.choice(world.offices)
    place, topic = rng.choice(world.places), rng.choice(office.topics)
    title = rng.choice(words.TITLES).format(place=place, topic=topic)
    life = Life(
        _ticket(ticket_id, title[0].upper() + title[1:], opened_at, rng),
        Chain(f"ticket:{ticket_id}", first_event, rng),
        office,
    )
    _secrecy(life, world, rng)
    pace = _pace(opened_at, now, len(PATHS[state]), rng)
    operator = rng.choice(world.centre)
    life.chain.add("ticket.open", opened_at, operator, after={"state": "new", "alerts": 1})
    notes = weighted(rng, NOTES)
    for name in PATHS[state]:
        share = rng.randint(0, notes) if name != PATHS[state][-1] else notes
        _step(life, name, next(pace), operator, rng)
        if name == "take_on":
            ask(life, PATHS[state][-1] not in ("take_on", "hold"), operator, world)
        _talk(life, share, operator, rng, now)
        notes -= share
    _talk(life, notes, operator, rng, now)
    life.ticket["version"] = len(life.chain.rows)
    return life


def _pace(opened_at: datetime, now: datetime, steps: int, rng: Random) -> Iterator[datetime]:
    """An instant for each step: a few days apart, all before `now`."""
    room = (now - opened_at) / (steps + 1)
    at = opened_at
    for _ in range(steps):
        at += min(room, timedelta(days=3)) * (0.1 + 0.8 * rng.random())
        yield at.replace(microsecond=0)


def _ticket(ticket_id: int, title: str, opened_at: datetime, rng: Random) -> Row:
    return {
        "id": ticket_id, "title": title[:300], "safe_title": "", "sensitive": False, "restricted": False,
        "ticket_class": weighted(rng, CLASSES), "level": weighted(rng, LEVELS), "crisis_proposed": False,
        "state": State.NEW, "open": True, "turn": turn_of(State.NEW), "lead_opd_id": None, "seat_id": None,
        "opened_at": opened_at, "received_at": None, "taken_on_at": None, "objected_at": None, "react_by": None,
        "due_at": None, "due_reason": "", "paused_at": None, "ended_at": None, "hold_until": None, "budget_year": None,
        "outcome": "", "alerts": 0, "refusals": 0, "open_tasks": 0,
    }  # fmt: skip


def _secrecy(life: Life, world: World, rng: Random) -> None:
    """A few sensitive ones under a judul aman, fewer restricted to two named officers."""
    draw = rng.random()
    if draw < 0.005:
        life.ticket |= {"sensitive": True, "safe_title": "Perkara yang memerlukan kerahasiaan"}
    elif draw < 0.007:
        life.ticket["restricted"] = True
        officers = (life.office.admins[0], world.centre[-1])
        life.named = [{"ticket_id": life.ticket["id"], "person_id": officer.person_id} for officer in officers]


def _step(life: Life, name: str, at: datetime, operator: Actor, rng: Random) -> None:
    """One move: the ticket's columns, and the event that tells it."""
    ticket, before = life.ticket, life.ticket["state"]
    state, at = MOVES[name].target, max(at, life.chain.rows[-1]["at"])
    actor = _actor(life.office, name, operator, rng)
    if name == "forward" and rng.random() < 0.04:
        _objection_of_another(life, at, operator)
    details, text = STEPS.get(name, _plain)(life, at, actor, rng)
    ticket |= {"state": state, "open": not state.ended, "turn": turn_of(state)}
    ticket["ended_at"] = (ticket["ended_at"] or at) if state.ended else None
    audience = "internal" if name == "submit" else "shared"
    facts = {"before": {"state": before.value}, "after": {"state": state.value} | details, "audience": audience}
    event_id = life.chain.add(f"ticket.{name}", at, actor, text=text, **facts)
    if name == "forward":
        life.letters.append(_letter(life, event_id, at))


def _actor(office: Office, name: str, operator: Actor, rng: Random) -> Actor:
    if name in BY_ADMIN:
        return rng.choice(office.admins)
    return rng.choice(office.narahubung) if name == "approve" else operator


def _objection_of_another(life: Life, at: datetime, operator: Actor) -> None:
    """The matter had gone to Diskominfo itself first: a former lead keeps its read-only proof."""
    if life.office.opd_id != operator.opd_id:
        life.former.append({"ticket_id": life.ticket["id"], "opd_id": operator.opd_id, "until": at})


def _plain(_life: Life, _at: datetime, _actor: Actor, _rng: Random) -> tuple[Row, str | None]:
    return {}, None


def _forward(life: Life, at: datetime, _actor: Actor, _rng: Random) -> tuple[Row, str | None]:
    term = choose(DEFAULTS, What.FINISHED, life.ticket["ticket_class"], life.ticket["level"], Origin.MEDIA, at.date())
    due = at + timedelta(days=term.amount * 7 // 5)
    react = at + timedelta(hours=4 if life.ticket["level"] in (Level.SANGAT_SEGERA, Level.KRISIS) else 24)
    life.ticket |= {"lead_opd_id": life.office.opd_id, "received_at": at, "due_at": due, "react_by": react}
    return {"opd": life.office.short}, None


def _take_on(life: Life, at: datetime, actor: Actor, _rng: Random) -> tuple[Row, str | None]:
    life.ticket |= {"taken_on_at": at, "seat_id": actor.seat_id}
    return {}, None


def _object(life: Life, at: datetime, _actor: Actor, rng: Random) -> tuple[Row, str | None]:
    life.ticket |= {"objected_at": at, "refusals": 1, "paused_at": at}
    return {"proposed": "tidak tahu"}, rng.choice(words.REASONS)


def _hold(life: Life, at: datetime, _actor: Actor, rng: Random) -> tuple[Row, str | None]:
    life.ticket |= {"hold_until": at + timedelta(days=90), "paused_at": at}
    return {"until": "90 hari lagi"}, rng.choice(words.REASONS)


def _submit(life: Life, at: datetime, actor: Actor, rng: Random) -> tuple[Row, str | None]:
    life.answers.append({
        "ticket_id": life.ticket["id"], "opd_id": life.office.opd_id, "kind": AnswerKind.FULL,
        "text": fill(rng, rng.choice(words.ANSWERS)), "written_by_id": actor.seat_id, "written_by": actor.signature,
        "submitted_at": at, "approved_at": None, "approved_by_id": None, "approved_by": "", "approval_basis": "",
        "accepted_at": None, "returned_at": None,
    })  # fmt: skip
    return {"answer_kind": AnswerKind.FULL.value}, None


def _approve(life: Life, at: datetime, actor: Actor, _rng: Random) -> tuple[Row, str | None]:
    approved = {"approved_at": at, "approved_by_id": actor.seat_id, "approved_by": actor.signature}
    life.answers[-1] |= approved
    life.ticket["paused_at"] = at
    return {"approved_by": actor.signature, "stands_in": False, "corrected": False}, None


def _rework(life: Life, at: datetime, _actor: Actor, rng: Random) -> tuple[Row, str | None]:
    life.answers[-1]["returned_at"] = at
    life.ticket["paused_at"] = None
    return {}, fill(rng, rng.choice(words.NOTES))


def _resolve(life: Life, at: datetime, _actor: Actor, _rng: Random) -> tuple[Row, str | None]:
    life.answers[-1]["accepted_at"] = at
    life.ticket["outcome"] = "perbaikan_lapangan"
    return {"outcome": "Perbaikan lapangan"}, None


def _await_budget(life: Life, at: datetime, _actor: Actor, _rng: Random) -> tuple[Row, str | None]:
    life.answers[-1]["accepted_at"] = at
    life.ticket["budget_year"] = at.year + 1
    return {"year": at.year + 1, "kind": "APBD murni"}, None


def _refer(_life: Life, _at: datetime, _actor: Actor, rng: Random) -> tuple[Row, str | None]:
    return {"body": rng.choice(words.BODIES), "reference": f"{rng.randint(100, 999)}/contoh"}, None


def _archive(_life: Life, _at: datetime, _actor: Actor, rng: Random) -> tuple[Row, str | None]:
    return {}, rng.choice(words.REASONS)


STEPS = {
    "forward": _forward, "take_on": _take_on, "object": _object, "hold": _hold, "submit": _submit, "approve": _approve,
    "rework": _rework, "resolve": _resolve, "await_budget": _await_budget, "refer": _refer, "archive": _archive,
}  # fmt: skip


def _talk(life: Life, notes: int, operator: Actor, rng: Random, now: datetime) -> None:
    """Some notes after the last event: most shared, some internal, a few as answers to Diskominfo."""
    at = life.chain.rows[-1]["at"]
    involved = [operator]
    if life.ticket["lead_opd_id"]:
        involved += [rng.choice(life.office.admins), rng.choice(life.office.narahubung)]
    for _ in range(notes):
        at = min(at + timedelta(minutes=rng.randint(2, 20)), now)
        by = rng.choice(involved)
        audience = rng.choices(("shared", "internal"), weights=(4, 1))[0]
        life.chain.add("ticket.note", at, by, text=fill(rng, rng.choice(words.NOTES)), audience=audience)


def _letter(life: Life, event_id: int, at: datetime) -> Row:
    to = life.office.narahubung[0]
    return {
        "kind": "forward", "event_id": event_id, "ticket_id": life.ticket["id"], "person_id": to.person_id,
        "seat_id": to.seat_id, "state": "sent", "created_at": at, "sent_at": at + timedelta(seconds=20), "attempts": 1,
        "trouble": "", "message_id": f"<{event_id}.volume@tanggap.demo>", "file_name": "",
    }  # fmt: skip
