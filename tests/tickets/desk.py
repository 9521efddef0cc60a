"""Things on a desk for tests: alerts, tickets in any state, and the four people who act on them."""

import io

from PIL import Image

from app.core import clock
from app.extensions import db
from app.monitoring.models import Alert, Source
from app.people.models import Seat
from app.tickets import actions
from app.tickets.models import Ticket
from app.tickets.rules import State

OPERATOR, HEAD = "operator@diskominfo.demo", "kepala@diskominfo.demo"
ADMIN, NARAHUBUNG = "admin@disdikbud.demo", "narahubung@disdikbud.demo"
OTHER_ADMIN, OTHER_NARAHUBUNG, LEADER = "admin@dpu.demo", "narahubung@dpu.demo", "pimpinan@kukar.demo"
ANSWER = "Atap sudah diperbaiki Senin 23 November; kelas dipakai lagi Rabu 25 November."


def alert(title="Atap SDN 014 roboh, murid belajar di teras", **facts) -> Alert:
    source = db.session.scalar(db.select(Source)) or Source(name="Kabar Etam", kind="rss")
    db.session.add(source)
    db.session.flush()
    usual = {"media": "Kabar Etam", "published_at": clock.now()}
    row = Alert(source_id=source.id, title=title, **usual | facts)
    db.session.add(row)
    db.session.flush()
    return row


def ticket(people: dict[str, Seat], *steps: tuple, opd="DISDIKBUD", **values) -> Ticket:
    """A ticket for `opd`, brought on by `steps`: (move, email, {values})."""
    row = actions.promote([alert()], people[OPERATOR], {"opd": opd, "title": "Atap SDN 014 roboh"} | values)
    for name, email, *given in steps:
        actions.move(row, name, people[email], *given)
    db.session.commit()
    return row


WAYS: dict[State, tuple[tuple, ...]] = {
    State.FORWARDED: (),
    State.IN_PROGRESS: (("take_on", ADMIN),),
    State.CONTESTED: (("object", ADMIN, {"reason": "Gedung milik yayasan.", "proposed": "luar"}),),
    State.ON_HOLD: (("take_on", ADMIN), ("hold", ADMIN, {"reason": "Menunggu bahan.", "until": "2099-01-01T08:00"})),
    State.AWAITING_APPROVAL: (("take_on", ADMIN), ("submit", ADMIN, {"answer": ANSWER})),
    State.UNDER_REVIEW: (("take_on", ADMIN), ("answer", NARAHUBUNG, {"answer": ANSWER})),
    State.ARCHIVED: (("archive", OPERATOR, {"reason": "Salah buka."}),),
    State.OTHER_AUTHORITY: (("refer", OPERATOR, {"body": "PLN", "reference": "500/12"}),),
}
WAYS[State.NEEDS_WORK] = (*WAYS[State.UNDER_REVIEW], ("rework", OPERATOR, {"note": "Sebut tanggalnya."}))
WAYS[State.RESOLVED] = (*WAYS[State.UNDER_REVIEW], ("resolve", OPERATOR, {"outcome": "perbaikan_lapangan"}))
WAYS[State.CLOSED] = (*WAYS[State.RESOLVED], ("close", OPERATOR))
WAYS[State.AWAITING_BUDGET] = (
    *WAYS[State.UNDER_REVIEW],
    ("await_budget", OPERATOR, {"year": str(clock.today().year + 1), "kind": "murni"}),
)


def ticket_in(state: State, people: dict[str, Seat]) -> Ticket:
    """A ticket of Disdikbud in `state`, brought there by the moves of the table."""
    if state is State.NEW:
        return ticket(people, opd="")
    return ticket(people, *WAYS[state])


def picture(width=40, height=30) -> io.BytesIO:
    shot = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(shot, "PNG")
    shot.seek(0)
    return shot
