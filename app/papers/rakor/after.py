"""Papers of what a rakor decided: notula, berita acara kesepakatan, nota dinas laporan hasil."""

from collections.abc import Sequence
from dataclasses import replace

from flask import current_app

from app.agenda import policy
from app.agenda.models import Plan, Rakor, RakorGuest, RakorItem
from app.agenda.rules import Attendance as Came
from app.core import clock
from app.papers.rakor import common
from app.papers.rakor.before import came
from app.papers.rules import spelled
from app.papers.rules.meetings import Agreement, Discussed, MeetingReport, Minutes, Pairs, Picture, Sheet
from app.papers.rules.shapes import Section, paragraphs
from app.papers.rules.signing import head_of_region
from app.papers.shaping import head_of, place_and_date
from app.people.models import Seat

MOST_NAMED = 5
"""So many matters are named in the head of the notula; they all follow below."""
THERE = (Came.PRESENT, Came.REPRESENTED)


def minutes(rakor: Rakor, seat: Seat) -> Minutes:
    """Notula, as yet without photos."""
    taken, plans = common.matters(rakor, seat), common.plans_by_matter(rakor, seat)
    titles = [matter.item.title for matter in taken]
    agenda = "; ".join(titles) if len(titles) <= MOST_NAMED else f"{len(titles)} perkara, sebagaimana di bawah"
    more = (("Agenda", agenda), ("Pimpinan rapat", rakor.chair), ("Sekretaris", rakor.secretary))
    return Minutes(
        sheet=common.sheet("Notula", rakor, seat, *more, ("Notulis", rakor.note_taker)),
        participants=tuple((guest.opd.name, _how(guest)) for guest in rakor.guests),
        matters=tuple(_discussed(matter, plans.get(matter.id, []), seat) for matter in taken),
        closing=(f"{came(rakor)} Demikian notula ini dibuat untuk dipergunakan sebagaimana mestinya.",),
        signatures=(common.signed_by("Pimpinan rapat", rakor.chair), common.signed_by("Notulis", rakor.note_taker)),
        pictures=(),
    )


def with_photos(told: Minutes, photos: Sequence[bytes], captions: Sequence[str]) -> Minutes:
    """The notula with its photo annex; a photo without words goes by those of the rakor."""
    own = dict(told.sheet.facts).get("Topik", "")
    words = [*captions, *[""] * len(photos)]
    pictures = tuple(Picture(caption or own, photo) for photo, caption in zip(photos, words, strict=False))
    return replace(told, pictures=pictures)


def _how(guest: RakorGuest) -> str:
    return f"Diwakili oleh {guest.represented_by}" if guest.represented_by else guest.attendance.label


def _discussed(matter: RakorItem, plans: list[Plan], seat: Seat) -> Discussed:
    said = (common.SILENT,) if matter.item.sensitive else paragraphs(matter.discussion)
    lines = tuple(common.plan_line(plan) for plan in plans)
    return Discussed(matter.item.title, said, _outcome(matter, seat), lines)


def _outcome(matter: RakorItem, seat: Seat) -> tuple[str, ...]:
    return paragraphs(matter.outcome) if policy.reads_words(matter.item, seat) else (common.SILENT,)


def agreement(rakor: Rakor, seat: Seat) -> Agreement:
    """Berita acara kesepakatan of those matters that were decided, signed by the offices that came."""
    led = f", dipimpin oleh {rakor.chair}" if rakor.chair else ""
    where = f"bertempat di {rakor.place}, " if rakor.place else ""
    opening = (
        f"Pada hari ini, {spelled.day(clock.day_of(rakor.starts_at))}, {where}telah dilaksanakan rapat koordinasi "
        f"dengan topik {rakor.topic}{led}, dengan kesepakatan sebagai berikut:"
    )
    around = common.sheet("Berita acara kesepakatan", rakor, seat, number=common.UNNUMBERED)
    return Agreement(
        sheet=Sheet(around.letterhead, around.title, around.number, (), around.mark, around.foot),
        opening=(opening,),
        points=_decided(rakor, seat, with_plans=True),
        closing=("Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",),
        parties=tuple((guest.opd.name, guest.represented_by) for guest in rakor.guests if guest.attendance in THERE),
        signature=common.signed_by("Pimpinan rapat", rakor.chair),
    )


def _decided(rakor: Rakor, seat: Seat, *, with_plans: bool) -> tuple[Section, ...]:
    plans = common.plans_by_matter(rakor, seat)
    found = []
    for matter in common.matters(rakor, seat):
        lines = tuple(_sentence(plan) for plan in plans.get(matter.id, [])) if with_plans else ()
        if matter.outcome:
            found.append(Section(matter.item.title, (*_outcome(matter, seat), *lines)))
    return tuple(found)


def _sentence(plan: Plan) -> str:
    helped = common.supporting(plan)
    told = f"{plan.text.rstrip('.')}: {plan.opd.short}{f' didukung {helped}' if helped else ''}"
    return f"{told}, paling lambat {clock.long_day(plan.due_on)}."


def report(rakor: Rakor, seat: Seat) -> MeetingReport:
    """Nota dinas to the head of the region, through the Sekda."""
    office, leader = common.convener(seat), head_of_region(current_app.config["GOVERNMENT"])
    head: Pairs = (
        ("Kepada", f"Yth. {leader}"), ("Melalui", "Sekretaris Daerah"), ("Dari", head_of(office).title),
        ("Tanggal", place_and_date(None).partition(", ")[2]), ("Nomor", common.UNNUMBERED), ("Sifat", "Penting"),
        ("Lampiran", "Notula dan matriks tindak lanjut"), ("Hal", "Laporan hasil rapat koordinasi"),
    )  # fmt: skip
    around = common.sheet("Nota dinas", rakor, seat)
    plans = common.plans_by_matter(rakor, seat)
    results = _decided(rakor, seat, with_plans=False)
    return MeetingReport(
        sheet=Sheet(around.letterhead, around.title, "", head, around.mark, around.foot),
        opening=("Dengan hormat kami laporkan hasil rapat koordinasi yang telah dilaksanakan sebagai berikut:",),
        held=common.facts(rakor, ("Pimpinan rapat", rakor.chair), ("Peserta", came(rakor).rstrip("."))),
        results=results,
        plans=tuple(common.plan_line(plan) for listed in plans.values() for plan in listed),
        closing=(
            f"Rakor memutuskan {len(results)} perkara. Atas kebijakannya kami mohon arahan dan persetujuan.",
            "Demikian kami laporkan, atas perhatian Bapak/Ibu kami ucapkan terima kasih.",
        ),
        signature=common.own_signature(seat),
        copies=("Arsip",),
    )
