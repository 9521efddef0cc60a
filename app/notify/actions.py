"""The reader of events that writes letters, and what people do with letters that failed. Nothing here commits."""

from sqlalchemy import func, insert, select, update

from app.core import clock, events, upkeep, work
from app.core.events import Event
from app.core.refused import Refused
from app.extensions import db
from app.notify import mail, queries
from app.notify.models import Letter, LetterState
from app.notify.rules import CALLED, OCCASIONS, SENDING, Kind, Occasion
from app.people.models import Seat
from app.tickets.models import FieldRequest, Task, Ticket

LONGEST_TROUBLE = 300
LONGEST_CALL = 500


def write_letters(event: Event) -> None:
    """Put the letters that `event` causes into the outbox, in its transaction; three statements however many."""
    occasion = OCCASIONS.get(event.kind)
    if occasion is None:
        return
    rows = [_row(event, occasion) | reader for reader in _readers(event, occasion)]
    if rows:
        letter_ids = db.session.scalars(insert(Letter).returning(Letter.id), rows).all()
        work.later_many(SENDING, letter_ids)


def _readers(event: Event, occasion: Occasion) -> list[dict]:
    """Columns of the outbox that name the receiver and the matter."""
    if occasion.kind in (Kind.HANDOVER, Kind.TASK_HANDOVER):
        return _successor(event)
    if occasion.kind is Kind.HEAD:
        asked = {"person_id": event.person_id, "seat_id": None, "ticket_id": event.stream_id}
        return [asked | {"ref_id": event.ref_id}]
    if occasion.kind is Kind.EMERGENCY:
        return _named_officers(event)
    if occasion.kind is Kind.FIELD:
        return _field(event)
    if not occasion.roles:
        return [{"person_id": event.stream_id, "seat_id": None, "ticket_id": None}]
    if event.stream.startswith("task:"):
        return _task_readers(db.session.get_one(Task, event.stream_id), occasion, event.person_id)
    ticket = db.session.get_one(Ticket, event.stream_id)
    if ticket.lead_opd_id is None:
        return []
    found = queries.addressees(ticket, occasion, event.person_id)
    return [{"person_id": row.person_id, "seat_id": row.seat_id, "ticket_id": ticket.id} for row in found]


def _successor(event: Event) -> list[dict]:
    """Of a handover only the newcomer is told, where the request waits for them."""
    if event.ref_id is None:
        return []
    seat = db.session.get_one(Seat, event.ref_id)
    about = {"ticket_id": event.stream_id}
    if event.stream.startswith("task:"):
        about = {"ticket_id": db.session.get_one(Task, event.stream_id).ticket_id, "task_id": event.stream_id}
    return [{"person_id": seat.person_id, "seat_id": seat.id} | about]


def _task_readers(task: Task, occasion: Occasion, actor_id: int | None) -> list[dict]:
    """Who works on the task: the OPD asked, or the inner contact of an outside body."""
    about = {"ticket_id": task.ticket_id, "task_id": task.id}
    found = queries.task_addressees(task, occasion, actor_id)
    return [{"person_id": row.person_id, "seat_id": row.seat_id} | about for row in found]


def _named_officers(event: Event) -> list[dict]:
    """All who are named on a restricted ticket, but whoever just opened it."""
    found = queries.named_seats(event.stream_id, event.person_id)
    return [{"person_id": row.person_id, "seat_id": row.seat_id, "ticket_id": event.stream_id} for row in found]


def _field(event: Event) -> list[dict]:
    """A question to the field goes by mail where an address was given; the row names who asked."""
    asked = db.session.get_one(FieldRequest, event.ref_id)
    told = {"person_id": event.person_id, "seat_id": None, "ticket_id": asked.ticket_id, "ref_id": asked.id}
    return [told] if asked.to_email else []


def _row(event: Event, occasion: Occasion) -> dict:
    return {
        "kind": occasion.kind.value,
        "event_id": event.id,
        "state": LetterState.WAITING,
        "created_at": clock.now(),
        "message_id": mail.new_message_id(),
    }


def send_again(letter: Letter, seat: Seat) -> bool:
    """«Coba lagi»: a letter that failed, or waits after trouble, goes at once. False when somebody else was first."""
    troubled = (LetterState.FAILED, LetterState.WAITING) if letter.trouble else (LetterState.FAILED,)
    if not _change(letter, troubled, LetterState.WAITING, ""):
        return False
    begun = db.session.scalar(_work_of(letter).where(work.Work.state != work.WorkState.DONE))
    if begun is None:
        work.later(SENDING, letter.id)
    else:
        work.try_again(begun)
    events.record(f"letter:{letter.id}", "letter.sent_again", seat, after={"kind": letter.kind}, audience="internal")
    return True


def note_call(letter: Letter, seat: Seat, note: str) -> None:
    """«Sudah dihubungi»: somebody telephoned about a request whose letter nobody opened. Raises Refused."""
    if len(note) > LONGEST_CALL:
        raise Refused({"note": f"Paling banyak {LONGEST_CALL} huruf."})
    if letter.ticket is None or letter.seat is None:
        raise Refused({"note": "Surat ini tidak tentang sebuah permintaan."})
    who = {"person": letter.person.name, "opd": letter.seat.opd.short}
    said = note.strip() or None
    events.record(letter.ticket.stream, CALLED, seat, after=who, text=said, audience="internal", ref_id=letter.id)


def discard(letter: Letter, seat: Seat) -> bool:
    """«Buang»: a letter that failed or still waits is not sent. False when it is too late."""
    waiting = (LetterState.FAILED, LetterState.WAITING)
    if not _change(letter, waiting, LetterState.DROPPED, f"Dibuang oleh {seat.signature}."):
        return False
    buried = db.session.scalar(_work_of(letter).where(work.Work.state == work.WorkState.DEAD))
    if buried:
        work.discard(buried)
    events.record(f"letter:{letter.id}", "letter.discarded", seat, after={"kind": letter.kind}, audience="internal")
    return True


def _work_of(letter: Letter):
    return select(work.Work.id).where(work.Work.kind == SENDING, work.Work.ref_id == letter.id)


def _change(letter: Letter, sources: tuple[LetterState, ...], state: LetterState, trouble: str) -> bool:
    """Two people may press at once: only the first changes the row."""
    mine = update(Letter).where(Letter.id == letter.id, Letter.state.in_(sources))
    changed = mine.values(state=state, trouble=trouble, attempts=0).returning(Letter.id)
    return db.session.execute(changed).first() is not None


def release(seat: Seat | None) -> int:
    """Let the letters go that a restore held back. Returns how many."""
    count = upkeep.release_held()
    events.record("outbox:1", "letter.released", seat, after={"count": count}, audience="internal")
    return count


def fail_buried() -> None:
    """A letter whose work died without a word (a killed process each time) shows as failed, with the reason."""
    dead = select(func.substr(work.Work.last_error, 1, LONGEST_TROUBLE)).where(
        work.Work.kind == SENDING, work.Work.ref_id == Letter.id, work.Work.state == work.WorkState.DEAD
    )
    lost = update(Letter).where(Letter.state == LetterState.WAITING, dead.exists())
    lost = lost.values(state=LetterState.FAILED, trouble=dead.order_by(work.Work.id.desc()).limit(1).scalar_subquery())
    db.session.execute(lost.execution_options(synchronize_session=False))
