"""Verbs about plans (RTL): make, report progress, and how they end."""

from datetime import date

from sqlalchemy import select

from app.agenda import queries
from app.agenda.models import AgendaItem, Plan, PlanSupport, RakorItem
from app.agenda.rules import Instrument, PlanOrigin, PlanState, RakorState
from app.core import clock, events
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.people.models import Opd, Seat

LINES = ("given_by", "way", "indicator", "spokesperson")


def make(seat: Seat, values: dict, matter: RakorItem | None = None, item: AgendaItem | None = None) -> Plan:
    """A plan of a rakor's matter, or from elsewhere (an instruction, a hearing, a visit, the press).

    `values`: origin, text, opd (a code), due_on, supports (codes), instrument, LINES, given_on. Raises Refused.
    """
    origin = PlanOrigin.RAKOR if matter else PlanOrigin(values.get("origin") or PlanOrigin.INSTRUCTION)
    lead, supports = _check(values, origin)
    if matter:
        _of_held(matter)
        _not_twice(matter, values, lead)
    about = matter.item_id if matter else (item.id if item else None)
    lines = {name: one_line(values.get(name) or "") for name in LINES}
    plan = Plan(
        origin=origin,
        rakor_item_id=matter.id if matter else None,
        item_id=about,
        text=values["text"].strip(),
        opd_id=lead.id,
        due_on=values["due_on"],
        instrument=Instrument(values.get("instrument") or ""),
        given_on=values.get("given_on"),
        seat_id=seat.id,
        **lines,
    )
    plan.supports = [PlanSupport(opd_id=opd.id) for opd in supports if opd.id != lead.id]
    db.session.add(plan)
    db.session.flush()
    told = {"opd": lead.code, "due_on": plan.due_on.isoformat(), "origin": origin.value}
    events.record(plan.stream, "plan.made", seat, after=told, opd_id=lead.id)
    return plan


def report(plan: Plan, seat: Seat, progress: int, note: str) -> None:
    """How far it is, in per cent, and a sentence. Raises Refused."""
    _running(plan)
    if not note.strip():
        raise Refused({"note": "Tulis apa yang sudah dikerjakan."})
    before, plan.progress = plan.progress, progress
    plan.touch()
    was, told = {"progress": before}, {"progress": progress}
    events.record(plan.stream, "plan.progress", seat, before=was, after=told, text=note.strip(), opd_id=plan.opd_id)


def keep(plan: Plan, seat: Seat, note: str) -> None:
    """«Terlaksana». Raises Refused."""
    _running(plan)
    plan.progress = 100
    _end(plan, seat, PlanState.KEPT, note)


def drop(plan: Plan, seat: Seat, reason: str) -> None:
    """«Tidak dilanjutkan», with the reason. Raises Refused."""
    _running(plan)
    if not reason.strip():
        raise Refused({"note": "Tulis mengapa rencana ini tidak dilanjutkan."})
    plan.reason = reason.strip()[:600]
    _end(plan, seat, PlanState.DROPPED, reason)


def _end(plan: Plan, seat: Seat, state: PlanState, words: str) -> None:
    plan.state, plan.ended_at = state, clock.now()
    told = {"state": state.value}
    events.record(plan.stream, f"plan.{state.value}", seat, after=told, text=words.strip() or None, opd_id=plan.opd_id)


def _check(values: dict, origin: PlanOrigin) -> tuple[Opd, list[Opd]]:
    errors = {}
    lead = queries.office(values.get("opd") or "")
    if not (values.get("text") or "").strip():
        errors["text"] = "Tulis apa yang akan dikerjakan."
    if lead is None:
        errors["opd"] = "Pilih OPD pengampunya."
    due_on: date | None = values.get("due_on")
    if due_on is None:
        errors["due_on"] = "Isi target waktunya."
    given_on = values.get("given_on")
    if origin is PlanOrigin.INSTRUCTION and not (values.get("given_by") or "").strip():
        errors["given_by"] = "Tulis arahan siapa."
    if origin is not PlanOrigin.RAKOR and given_on is None:
        errors["given_on"] = "Isi tanggalnya."
    if given_on and given_on > clock.today():
        errors["given_on"] = "Tanggal ini belum tiba."
    found = [queries.office(code, outside=True) for code in values.get("supports") or ()]
    supports = [opd for opd in found if opd]
    if len(supports) < len(found):
        errors["supports"] = "Pilih OPD dari daftar."
    if errors or lead is None:
        raise Refused(errors)
    return lead, supports


def _of_held(matter: RakorItem) -> None:
    if matter.rakor.state not in (RakorState.LOCKED, RakorState.FINISHED):
        raise Refused({"": "Kunci bahannya dulu, lalu catat rencana dari rakor ini."})


def _not_twice(matter: RakorItem, values: dict, lead: Opd) -> None:
    """Whoever lost the network and sends again what had arrived makes no second plan."""
    same = select(Plan.id).where(Plan.rakor_item_id == matter.id, Plan.opd_id == lead.id)
    same = same.where(Plan.text == values["text"].strip(), Plan.due_on == values["due_on"])
    if db.session.scalar(same.limit(1)):
        raise Refused({"text": "Rencana yang sama sudah tercatat untuk perkara ini."})


def _running(plan: Plan) -> None:
    if plan.state is not PlanState.RUNNING:
        raise Refused({"": f"Rencana ini sudah dicatat: {plan.state.label.lower()}."})
