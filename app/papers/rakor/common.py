"""What several papers of a rakor say in the same words."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from app.agenda import material, policy, queries
from app.agenda.models import AgendaItem, Plan, Rakor, RakorItem
from app.agenda.rules import Instrument, RakorState
from app.core import clock
from app.papers import queries as papers
from app.papers.rules.meetings import Pairs, PlanLine, Sheet
from app.papers.rules.shapes import Letterhead
from app.papers.rules.signing import BLANK, Signature, signature
from app.papers.shaping import head_of, letterhead, place_and_date
from app.people.models import Opd, Seat
from app.people.rules import OFFICE

SILENT = "Perkara sensitif: uraiannya tidak dicetak."
UNNUMBERED = "…………………………"
"""Numbers come from the office's register; until then there is room for one."""


def convener(seat: Seat) -> Opd:
    """Whose paper it is: Diskominfo's, whoever prints it."""
    return papers.office(OFFICE) or seat.opd


def kop(seat: Seat) -> Letterhead:
    return letterhead(convener(seat))


def when(rakor: Rakor) -> Pairs:
    """Day and hour in words."""
    there = clock.local(rakor.starts_at)
    return (("Hari, tanggal", clock.long_day(rakor.starts_at)), ("Waktu", f"{there:%H.%M} {clock.zone_name()}"))


def facts(rakor: Rakor, *more: tuple[str, str]) -> Pairs:
    """Topic, time and place, and what else is known of them."""
    told = (("Topik", rakor.topic), *when(rakor), ("Tempat", rakor.place), *more)
    return tuple((what, words) for what, words in told if words)


def sheet(title: str, rakor: Rakor, seat: Seat, *more: tuple[str, str], number: str = "") -> Sheet:
    """Around a paper that tells what was decided: a draft until the rakor has ended."""
    ended = rakor.state is RakorState.FINISHED
    return Sheet(kop(seat), title, number, facts(rakor, *more), "" if ended else "DRAF", foot(ended))


def foot(ended: bool) -> str:
    """How old the facts are."""
    return f"{'Data' if ended else 'Draf, data'} per {clock.long(clock.now())}"


def own_signature(seat: Seat) -> Signature:
    """Of who leads the convening office, with place and a day to be written."""
    made = signature(head_of(convener(seat)))
    return Signature((place_and_date(None), *made.lines), made.name, made.rank, made.nip)


def signed_by(role: str, name: str) -> Signature:
    """Of somebody whose rank nobody told us."""
    return Signature((f"{role},",), name or BLANK)


def matters(rakor: Rakor, seat: Seat) -> Sequence[RakorItem]:
    hidden = material.restricted_items()  # on no paper, whoever prints it
    return [matter for matter in policy.matters_of(rakor, seat) if matter.item_id not in hidden]


def plans_of(rakor: Rakor, seat: Seat) -> Sequence[Plan]:
    """What this rakor decided on."""
    return printable(queries.plans_made_in(rakor.id, seat))


def printable(plans: Sequence[Plan]) -> Sequence[Plan]:
    hidden = material.restricted_items()
    return [plan for plan in plans if plan.item_id not in hidden]


def plans_by_matter(rakor: Rakor, seat: Seat) -> dict[int, list[Plan]]:
    """The same, under each of its matters."""
    found: dict[int, list[Plan]] = {}
    for plan in plans_of(rakor, seat):
        found.setdefault(plan.rakor_item_id or 0, []).append(plan)
    return found


def plan_line(plan: Plan) -> PlanLine:
    told = (
        ("Indikator", plan.indicator),
        ("Instrumen", plan.instrument.label if plan.instrument is not Instrument.NONE else ""),
        ("Juru bicara", plan.spokesperson),
    )
    details = tuple(f"{what}: {words}" for what, words in told if words)
    return PlanLine(plan.text, details, plan.opd.short, supporting(plan), day(plan.due_on), standing(plan))


def day(when: date) -> str:
    """«25 Desember 2026», for narrow columns."""
    return clock.long_day(when).partition(", ")[2]


def supporting(plan: Plan) -> str:
    return ", ".join(support.opd.short for support in plan.supports)


def standing(plan: Plan) -> str:
    """«Berjalan, 40 %»; what has ended needs no number."""
    return plan.standing if plan.ended_at else f"{plan.standing}, {plan.progress}\u00a0%"


def covered(alerts: int, negative: int) -> str:
    """«12 pantauan, 9 bernada negatif»; nothing where there are none."""
    tone = f", {negative} bernada negatif" if negative else ""
    return f"{alerts} pantauan{tone}" if alerts else ""


def address(item: AgendaItem) -> str:
    """Where whoever doubts a number finds the items behind it."""
    return f"{current_app.config['BASE_URL']}/agenda/{item.id}"
