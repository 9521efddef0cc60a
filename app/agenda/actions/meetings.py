"""Verbs about a rakor: arrange, prepare, freeze, hold, finish."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app.agenda import material, queries
from app.agenda.models import AgendaItem, Plan, Rakor, RakorGuest, RakorItem
from app.agenda.rules import MOST_MATTERS, AgendaStage, Attendance, RakorState
from app.core import clock, events, storage
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.people.models import Opd, Seat

LINES = ("topic", "place", "chair", "secretary", "note_taker")


def arrange(seat: Seat, values: dict) -> Rakor:
    """«Jadwalkan rakor». `values`: LINES, starts_at, guests (codes). Raises Refused."""
    rakor = Rakor(seat_id=seat.id, starts_at=values["starts_at"], **_lines(values))
    rakor.guests = [RakorGuest(opd_id=opd.id) for opd in _invited(values)]
    db.session.add(rakor)
    db.session.flush()
    events.record(rakor.stream, "rakor.arranged", seat, after=_told(rakor))
    return rakor


def rearrange(rakor: Rakor, seat: Seat, values: dict) -> None:
    """Another time, place or circle, until it has ended. Who was invited already keeps its place. Raises Refused."""
    _open(rakor)
    before = _told(rakor)
    for name, words in _lines(values).items():
        setattr(rakor, name, words)
    rakor.starts_at = values["starts_at"]
    wanted = {opd.id for opd in _invited(values)}
    there = {guest.opd_id: guest for guest in rakor.guests}
    kept = [guest for opd_id, guest in there.items() if opd_id in wanted]
    rakor.guests = kept + [RakorGuest(opd_id=opd_id) for opd_id in sorted(wanted - there.keys())]
    rakor.touch()
    events.record(rakor.stream, "rakor.changed", seat, before=before, after=_told(rakor))
    db.session.flush()


def take_up(rakor: Rakor, seat: Seat, items: Sequence[AgendaItem]) -> None:
    """These matters come to the end of its agenda. Raises Refused."""
    _open(rakor)
    if not items:
        raise Refused({"items": "Pilih paling sedikit satu perkara."})
    taken = set(db.session.scalars(select(RakorItem.item_id).where(RakorItem.rakor_id == rakor.id)))
    new = [item for item in items if item.id not in taken]
    if len(taken) + len(new) > MOST_MATTERS:
        raise Refused({"items": f"Satu rakor memuat paling banyak {MOST_MATTERS} perkara."})
    closed = select(AgendaItem.id).where(AgendaItem.id.in_([item.id for item in new]), queries.restricted())
    if db.session.scalar(closed.limit(1)):
        raise Refused({"items": "Perkara terbatas tidak dibawa ke rakor."})
    if any(item.stage is AgendaStage.DROPPED for item in new):
        raise Refused({"items": "Ada perkara yang sudah tidak dilanjutkan. Muat ulang, lalu pilih lagi."})
    last = max((matter.position for matter in _matters(rakor)), default=0)
    rows = (RakorItem(rakor_id=rakor.id, item_id=item.id, position=place) for place, item in enumerate(new, last + 1))
    db.session.add_all(rows)
    _order_changed(rakor, seat)


def drop_matter(rakor: Rakor, seat: Seat, matter: RakorItem) -> None:
    """Not at this rakor; it stays on the agenda. Raises Refused."""
    _open(rakor)
    decided = matter.outcome or matter.discussion
    if decided or db.session.scalar(select(Plan.id).where(Plan.rakor_item_id == matter.id).limit(1)):
        raise Refused({"": "Perkara ini sudah dibahas: ada catatan, keputusan, atau rencananya. Biarkan di acara."})
    db.session.delete(matter)
    _order_changed(rakor, seat)


def order(rakor: Rakor, seat: Seat, matter: RakorItem, up: bool) -> None:
    """One place up or down. Raises Refused."""
    _open(rakor)
    rows = list(_matters(rakor))
    at = rows.index(matter)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    for place, row in enumerate(rows, 1):
        row.position = place
    _order_changed(rakor, seat)


def lock(rakor: Rakor, seat: Seat) -> None:
    """«Kunci bahan»: the material as it is now, frozen. Again: frozen anew, the former stays in the history.

    Raises Refused and storage.DiskFull.
    """
    _open(rakor)
    if not _matters(rakor):
        raise Refused({"": "Masukkan paling sedikit satu perkara ke acara, lalu kunci bahannya."})
    before = {"sha256": rakor.snapshot_key} if rakor.snapshot_key else None
    rakor.snapshot_key = storage.put(material.as_bytes(material.fresh(rakor, seat)))
    rakor.state, rakor.locked_at = RakorState.LOCKED, clock.now()
    events.record(rakor.stream, "rakor.locked", seat, before=before, after={"sha256": rakor.snapshot_key})
    db.session.flush()


def attend(rakor: Rakor, seat: Seat, came: Mapping[int, tuple[Attendance, str]]) -> None:
    """Who came: by the id of the guest, with the name of who represented it. Raises Refused."""
    _held(rakor)
    for guest in rakor.guests:
        attendance, by = came.get(guest.id, (guest.attendance, guest.represented_by))
        guest.attendance = attendance
        guest.represented_by = one_line(by) if attendance is Attendance.REPRESENTED else ""
        if guest.attendance is Attendance.REPRESENTED and not guest.represented_by:
            raise Refused({f"by-{guest.id}": f"Tulis siapa yang mewakili {guest.opd.short}."})
    rakor.touch()
    there = {guest.opd.code: guest.attendance.value for guest in rakor.guests}
    events.record(rakor.stream, "rakor.attendance", seat, after=there)
    db.session.flush()


def decide(rakor: Rakor, matter: RakorItem, seat: Seat, discussion: str, outcome: str, agreed: bool) -> None:
    """What was said and decided of one matter; `agreed`: as agenda prioritas. Raises Refused."""
    _held(rakor)
    if agreed and not outcome.strip():
        raise Refused({"outcome": "Tulis keputusannya dengan kata-kata."})
    matter.discussion, matter.outcome = discussion.strip(), outcome.strip()
    events.record(rakor.stream, "rakor.decided", seat, after={"item": matter.item_id, "agreed": agreed})
    if agreed and matter.item.stage is AgendaStage.PROPOSED:
        matter.item.stage = AgendaStage.AGREED
        was, told = {"stage": AgendaStage.PROPOSED.value}, {"stage": AgendaStage.AGREED.value, "rakor": rakor.id}
        events.record(matter.item.stream, "agenda.agree", seat, before=was, after=told, audience="internal")
    db.session.flush()


def finish(rakor: Rakor, seat: Seat) -> None:
    """«Rakor selesai». Raises Refused."""
    if rakor.state is not RakorState.LOCKED:
        raise Refused({"": "Kunci bahannya dulu: rakor yang selesai mempunyai bahan yang tidak berubah lagi."})
    rakor.state, rakor.finished_at = RakorState.FINISHED, clock.now()
    decided = sum(bool(matter.outcome) for matter in _matters(rakor))
    events.record(rakor.stream, "rakor.finished", seat, after={"matters": len(_matters(rakor)), "decided": decided})
    db.session.flush()


def cancel(rakor: Rakor, seat: Seat, reason: str) -> None:
    """«Batalkan rakor»; its matters stay on the agenda. Raises Refused."""
    _open(rakor)
    if not reason.strip():
        raise Refused({"reason": "Tulis mengapa rakor dibatalkan."})
    rakor.state = RakorState.CANCELLED
    events.record(rakor.stream, "rakor.cancelled", seat, text=reason.strip())
    db.session.flush()


def _matters(rakor: Rakor) -> Sequence[RakorItem]:
    wanted = select(RakorItem).where(RakorItem.rakor_id == rakor.id).order_by(RakorItem.position, RakorItem.id)
    return db.session.scalars(wanted).all()


def _order_changed(rakor: Rakor, seat: Seat) -> None:
    db.session.flush()
    rakor.touch()
    told = {"items": [matter.item_id for matter in _matters(rakor)]}
    events.record(rakor.stream, "rakor.matters", seat, after=told, audience="internal")


def _lines(values: dict) -> dict[str, str]:
    lines = {name: one_line(values.get(name) or "") for name in LINES}
    if not lines["topic"]:
        raise Refused({"topic": "Isi topik rakornya."})
    if values.get("starts_at") is None:
        raise Refused({"starts_at": "Isi tanggal dan jam rakornya."})
    return lines


def _invited(values: dict) -> list[Opd]:
    codes: Iterable[str] = values.get("guests") or ()
    found = [queries.office(code, outside=True) for code in dict.fromkeys(codes)]
    invited = [opd for opd in found if opd]
    if len(invited) < len(found):
        raise Refused({"guests": "Pilih OPD dari daftar."})
    return sorted(invited, key=lambda opd: (opd.outside, opd.position, opd.name))


def _open(rakor: Rakor) -> None:
    if not rakor.state.open:
        raise Refused({"": f"Rakor ini {rakor.state.label.lower()} dan tidak diubah lagi."})


def _held(rakor: Rakor) -> None:
    if rakor.state not in (RakorState.LOCKED, RakorState.FINISHED):
        raise Refused({"": "Kunci bahannya dulu, lalu catat jalannya rakor."})


def _told(rakor: Rakor) -> dict:
    starts = rakor.starts_at.isoformat() if rakor.starts_at else ""
    return {"starts_at": starts, "place": rakor.place, "guests": sorted(guest.opd_id for guest in rakor.guests)}
