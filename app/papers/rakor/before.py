"""Papers that call a rakor together: undangan, bahan, daftar hadir."""

from datetime import date

from flask import current_app

from app.agenda import material
from app.agenda.models import Rakor, RakorGuest
from app.agenda.rules import Attendance as Came
from app.agenda.rules import PlanState, RakorState, is_late
from app.agenda.rules.plans import LATE
from app.core import clock
from app.papers.rakor.common import SILENT, convener, covered, day, facts, kop, signed_by, when
from app.papers.rules.meetings import Attendance, Brought, GuestLine, Invitation, MeetingMaterial, PlanLine, Sheet
from app.papers.rules.shapes import Letter, paragraphs
from app.papers.rules.signing import head_of_region, signature
from app.papers.shaping import head_of, place_and_date
from app.people.models import Opd, Seat

MOST_IN_LETTER = 8
"""So many are named in the letter itself; more stand on a list behind it."""
MOST_TICKETS = 12
OPENING = (
    "Dalam rangka menindaklanjuti hasil pemantauan media dan pengaduan masyarakat, dengan ini kami mengundang Saudara "
    "pada rapat koordinasi yang akan dilaksanakan pada:"
)
CLOSING = (
    "Mohon Saudara hadir tepat waktu. Apabila berhalangan, mohon diwakili pejabat yang berwenang mengambil keputusan.",
    "Atas perhatian dan kehadiran Saudara, kami ucapkan terima kasih.",
)
TICKS = (Came.PRESENT, Came.REPRESENTED, Came.ABSENT)


def invitation(rakor: Rakor, seat: Seat) -> Invitation:
    """Undangan to the heads of the invited offices, as the rows are: a place that changed after the lock counts."""
    guests = tuple(_addressed(guest.opd) for guest in rakor.guests)
    annexed = len(guests) > MOST_IN_LETTER
    letter = Letter(
        letterhead=kop(seat),
        place_and_date=place_and_date(None),
        number="",
        nature="Penting",
        attachment="1 (satu) lembar" if annexed else "-",
        subject="Undangan rapat koordinasi",
        to="daftar undangan terlampir" if annexed or not guests else "",
        to_place=current_app.config["PLACE"],
        signature=signature(head_of(convener(seat))),
        copies=(f"{head_of_region(current_app.config['GOVERNMENT'])} (sebagai laporan)", "Arsip"),
    )
    annex = (("Lampiran", "Surat undangan rapat koordinasi"), ("Nomor", ""), ("Tanggal", "")) if annexed else ()
    told = (*when(rakor), ("Tempat", rakor.place), ("Acara", rakor.topic))
    return Invitation(letter, guests, annexed, annex, (OPENING,), tuple(row for row in told if row[1]), CLOSING, "", "")


def _addressed(opd: Opd) -> str:
    return head_of(opd).position


def meeting_material(rakor: Rakor, seat: Seat) -> MeetingMaterial:
    """Bahan rakor: as it was locked, or as the rows are now, and then it is a draft."""
    told = material.shown(rakor, seat)
    as_of = clock.day_of(rakor.locked_at) if rakor.locked_at else clock.today()
    plans = tuple(_plan(plan, as_of) for plan in told["plans"])
    brought = tuple(_brought(matter) for matter in told["matters"])
    overview = (f"Rakor ini membahas {len(brought)} perkara. {_opens_with(plans)}",)
    return MeetingMaterial(_around(rakor, told["rakor"], seat), overview, plans, brought)


def _opens_with(plans: tuple[PlanLine, ...]) -> str:
    late = sum(plan.state.startswith(LATE) for plan in plans)
    if not plans:
        return "Tidak ada rencana tindak lanjut yang masih terbuka."
    told = f"Lebih dulu dibuka dengan {len(plans)} rencana tindak lanjut yang masih berjalan"
    return f"{told}, {late} di antaranya lewat target." if late else f"{told}."


def _around(rakor: Rakor, told: dict, seat: Seat) -> Sheet:
    """Time and place too as they were locked."""
    starts = clock.parse_local(told["starts_at"])
    lines = (
        ("Topik", told["topic"]),
        ("Hari, tanggal", clock.long_day(starts)),
        ("Waktu", f"{clock.local(starts):%H.%M} {clock.zone_name()}"),
        ("Tempat", told["place"]),
        ("Pimpinan rapat", told["chair"]),
    )
    locked = rakor.state is not RakorState.PREPARING and rakor.locked_at
    mark = "" if locked else "DRAF"
    aged = f"Bahan dikunci {clock.long(locked)}" if locked else f"Draf, data per {clock.long(clock.now())}"
    return Sheet(kop(seat), "Bahan rapat koordinasi", "", tuple(row for row in lines if row[1]), mark, aged)


def _plan(plan: dict, as_of: date) -> PlanLine:
    due = date.fromisoformat(plan["due_on"])
    state = LATE if is_late(PlanState.RUNNING, due, as_of) else PlanState.RUNNING.label
    details = tuple(
        f"{what}: {words}" for what, words in (("Asal", plan["origin"]), ("Indikator", plan["indicator"])) if words
    )
    helped = ", ".join(plan["supports"])
    return PlanLine(plan["text"], details, plan["opd"], helped, day(due), f"{state}, {plan['progress']}\u00a0%")


def _brought(matter: dict) -> Brought:
    lines = [("OPD pengampu", matter["lead"] or "belum ditetapkan"), ("Tahap", matter["stage"])]
    if matter["sensitive"]:
        return Brought(matter["title"], tuple(lines), (SILENT,), (), "")
    lines.append(("Akar masalah", matter["cause"]))
    told = paragraphs(matter["background"]) or paragraphs(matter["why"])
    return Brought(
        matter["title"], tuple(row for row in lines if row[1]), told, tuple(_evidence(matter)), matter["question"]
    )


def _evidence(matter: dict):
    if counted := covered(matter["alerts"], matter["negative"]):
        latest = f", terbaru {clock.long_day(date.fromisoformat(matter['latest_on']))}" if matter["latest_on"] else ""
        yield counted + latest
    for row in matter["tickets"][:MOST_TICKETS]:
        who = f", {row['lead']}" if row["lead"] else ""
        yield f"Tiket {row['id']:04d}: {row['title']} ({row['state']}{who})"
    if (more := len(matter["tickets"]) - MOST_TICKETS) > 0:
        yield f"dan {more} tiket lain"
    for note in matter["notes"]:
        noted = f" {clock.long_day(date.fromisoformat(note['noted_on']))}" if note["noted_on"] else ""
        yield f"Kesepakatan{noted}: {' '.join(note['note'].split())}"


def attendance(rakor: Rakor, seat: Seat) -> Attendance:
    """Daftar hadir: empty boxes before the rakor, ticked ones after it."""
    around = Sheet(kop(seat), "Daftar hadir", "", facts(rakor), "", "")
    guests = tuple(_guest(guest) for guest in rakor.guests)
    return Attendance(around, guests, came(rakor), signed_by("Sekretaris rapat", rakor.secretary))


def _guest(guest: RakorGuest) -> GuestLine:
    ticks = tuple((each.label, guest.attendance is each) for each in TICKS)
    return GuestLine(guest.opd.name, guest.represented_by, ticks)


def came(rakor: Rakor) -> str:
    """«Diundang 12 OPD: 9 hadir, 2 diwakili, 1 tidak hadir.»"""
    counted = [(sum(guest.attendance is each for guest in rakor.guests), each.label.lower()) for each in TICKS]
    told = ", ".join(f"{number} {how}" for number, how in counted if number)
    return f"Diundang {len(rakor.guests)} OPD{': ' if told else ''}{told}."
