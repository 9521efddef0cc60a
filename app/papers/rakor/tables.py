"""Papers of many columns: the matriks of what was agreed, and the register of agenda prioritas."""

from collections.abc import Sequence
from dataclasses import replace

from app.agenda import material
from app.agenda import queries as agenda
from app.agenda.models import AgendaItem, Plan, Rakor
from app.agenda.rules import Approval, Instrument, PlanState
from app.core import clock
from app.monitoring.rules.shield import told_outside
from app.papers import queries
from app.papers.rakor import common
from app.papers.rules.meetings import MATRIX_HEAD, AgendaEntry, AgendaRegister, FollowUp, FollowUpMatrix, Sheet
from app.papers.rules.shapes import paragraphs
from app.papers.shaping import news_line
from app.people.models import Seat

MOST_SOURCES, MOST_PLACES = 1, 3


def matrix(rakor: Rakor, seat: Seat) -> FollowUpMatrix:
    """Matriks tindak lanjut of what this rakor decided."""
    return _matrix(common.sheet("Matriks tindak lanjut", rakor, seat), common.plans_of(rakor, seat), seat)


def open_matrix(plans: Sequence[Plan], seat: Seat) -> FollowUpMatrix:
    """Of plans of any origin."""
    return _matrix(_as_of("Matriks tindak lanjut", seat), common.printable(plans), seat)


def _matrix(around: Sheet, plans: Sequence[Plan], seat: Seat) -> FollowUpMatrix:
    items = {plan.item.id: plan.item for plan in plans if plan.item}
    behind, news = agenda.tickets_behind(items), queries.news_of_matters(items)
    rows = tuple(_row(plan, behind.get(plan.item_id or 0, []), news.get(plan.item_id or 0, [])) for plan in plans)
    return FollowUpMatrix(around, MATRIX_HEAD, rows, _summed(plans), common.own_signature(seat))


def _row(plan: Plan, tickets, news) -> FollowUp:
    item = plan.item
    quiet = item is None or item.sensitive
    notes = (
        f"Instrumen: {plan.instrument.label}" if plan.instrument is not Instrument.NONE else "",
        f"Juru bicara: {plan.spokesperson}" if plan.spokesperson else "",
        plan.reason,
    )
    return FollowUp(
        isu=item.title if item else _origin(plan),
        sources=() if quiet else (*(f"Tiket {row.id:04d}" for row in tickets), *_told(news)),
        place="" if quiet else ", ".join(list(dict.fromkeys(row.place for row in news if row.place))[:MOST_PLACES]),
        lead=plan.opd.short,
        supporting=common.supporting(plan),
        action=plan.text,
        due=common.day(plan.due_on),
        indicator=plan.indicator,
        state=plan.standing,
        progress=str(plan.progress),
        note=". ".join(words for words in notes if words),
    )


def _origin(plan: Plan) -> str:
    return f"{plan.origin.label}: {plan.given_by}" if plan.given_by else plan.origin.label


def _told(news) -> list[str]:
    told = [news_line(told_outside(row._mapping)) for row in news[:MOST_SOURCES]]
    more = len(news) - MOST_SOURCES
    return [*told, f"dan {more} pantauan lain"] if more > 0 else told


def _summed(plans: Sequence[Plan]) -> str:
    """«12 rencana: 9 berjalan (2 lewat target), 3 terlaksana.»"""
    counted = {state: sum(plan.state is state for plan in plans) for state in PlanState}
    late = sum(plan.late for plan in plans)
    words = [f"{number} {state.label.lower()}" for state, number in counted.items() if number]
    if late and words:
        words[0] += f" ({late} lewat target)"
    return f"{len(plans)} rencana{': ' if words else ''}{', '.join(words)}."


def register(rakor: Rakor, seat: Seat) -> AgendaRegister:
    """Register of the matters that this rakor took up."""
    items = [matter.item for matter in common.matters(rakor, seat)]
    return _register(common.sheet("Register agenda prioritas", rakor, seat), items, seat)


def whole_register(items: Sequence[AgendaItem], seat: Seat) -> AgendaRegister:
    """Of the whole agenda."""
    hidden = material.restricted_items()
    shown = [item for item in items if item.id not in hidden]
    return _register(_as_of("Register agenda prioritas", seat), shown, seat)


def _register(around: Sheet, items: Sequence[AgendaItem], seat: Seat) -> AgendaRegister:
    ids = [item.id for item in items]
    counted, plans, held = agenda.coverage(ids), agenda.plans_of_items(ids, seat), agenda.held_before(ids, seat)
    rows = tuple(_entry(item, counted.get(item.id), plans.get(item.id, []), held.get(item.id, [])) for item in items)
    stages = {item.stage: sum(other.stage is item.stage for other in items) for item in items}
    told = ", ".join(f"{number} {stage.label.lower()}" for stage, number in stages.items())
    summary = f"{len(items)} perkara{': ' if told else ''}{told}."
    return AgendaRegister(around, rows, summary, common.own_signature(seat))


def _entry(item: AgendaItem, counted, plans: Sequence[Plan], held) -> AgendaEntry:
    helping = dict.fromkeys(support.opd.short for plan in plans for support in plan.supports)
    last = held[0].rakor if held else None
    told = AgendaEntry(
        title=item.title,
        period=item.period,
        background=(*paragraphs(item.background), *_counted(counted), f"Rincian: {common.address(item)}"),
        cause=item.cause,
        lead=item.lead.short if item.lead else "",
        supporting=", ".join(name for name in helping if not item.lead or name != item.lead.short),
        actions=tuple(f"{plan.text} ({common.standing(plan)})" for plan in plans),
        instrument=item.instrument.label if item.instrument is not Instrument.NONE else "",
        narrative=item.narrative,
        spokesperson=item.spokesperson,
        target=item.target,
        indicator=item.indicator,
        rakor=clock.long_day(last.starts_at) if last else "",
        state=item.stage.label,
        approval=_approved(item),
        review=clock.long_day(item.review_on) if item.review_on else "",
    )
    return _quiet(told) if item.sensitive else told


def _quiet(told: AgendaEntry) -> AgendaEntry:
    """Of a sensitive matter."""
    silent = dict.fromkeys(("cause", "narrative", "spokesperson", "target", "indicator"), "")
    return replace(told, background=(common.SILENT,), **silent)


def _counted(row) -> tuple[str, ...]:
    words = common.covered(row.alerts, row.negative) if row else ""
    return (words,) if words else ()


def _approved(item: AgendaItem) -> str:
    if item.approval_kind is Approval.NONE:
        return ""
    number = f" nomor {item.approval_number}" if item.approval_number else ""
    day = f", {clock.long_day(item.approval_on)}" if item.approval_on else ""
    return f"{item.approval_kind.label}{number}{day}"


def _as_of(title: str, seat: Seat) -> Sheet:
    """Around a table of what stands now."""
    return Sheet(common.kop(seat), title, "", (), "", common.foot(True))
