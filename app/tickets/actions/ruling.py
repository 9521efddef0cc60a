"""«Minta putusan»: asked of the Asisten or Sekda by a person, then recorded with name, date and basis (fact 5)."""

from datetime import date

from sqlalchemy import update

from app.core import clock, events
from app.core.refused import Refused
from app.extensions import db
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import policy
from app.tickets.actions.clocks import start_rule_clock
from app.tickets.actions.moves import move
from app.tickets.actions.talking import keep_file
from app.tickets.models import Ruling, Ticket
from app.tickets.queries.authority import open_ruling
from app.tickets.rules import State

LONGEST_NAME, LONGEST_QUESTION, LONGEST_BASIS = 200, 1000, 250
NOT_CONTESTED = "Tiket ini tidak sedang menunggu penetapan pengampu. Muat ulang untuk melihat keadaannya."
NOT_ASKED = "Belum ada putusan yang diminta untuk tiket ini."


def ask_ruling(ticket: Ticket, seat: Seat, asked_of: str, question: str) -> Ruling:
    """Write down whom Diskominfo asks and what; asking somebody else ends the earlier request. Raises Refused.

    Nothing is sent: a person copies the text. The term of the ruling begins now.
    """
    asked_of, question = asked_of.strip(), question.strip()
    if seat.role is not Role.DISKOMINFO or ticket.state is not State.CONTESTED:
        raise Refused({"asked_of": NOT_CONTESTED})
    errors = _too_long({"asked_of": (asked_of, LONGEST_NAME), "question": (question, LONGEST_QUESTION)})
    if not asked_of:
        errors["asked_of"] = "Sebut nama dan jabatan yang diminta putusan."
    if not question:
        errors["question"] = "Tulis apa yang dimintakan putusan."
    if errors:
        raise Refused(errors)
    earlier = update(Ruling).where(Ruling.ticket_id == ticket.id, Ruling.closed_at.is_(None))
    db.session.execute(earlier.values(closed_at=clock.now()).execution_options(synchronize_session=False))
    ruling = Ruling(ticket_id=ticket.id, asked_of=asked_of, question=question, asked_by_id=seat.id)
    db.session.add(ruling)
    start_rule_clock(ticket)
    events.record(ticket.stream, "ticket.ruling_asked", seat, after={"asked_of": asked_of}, text=question)
    return ruling


def record_ruling(ticket: Ticket, seat: Seat, values: dict) -> events.Event:
    """Record who ruled (`ruled_by`), when (`ruled_on`), on what `basis`, and for which `opd`; that OPD gets the matter.

    Diskominfo records it, asked for or not; pimpinan and their staff what was asked. `files`: (stream, name) of what
    it stands on. Raises Refused, NotAllowedFile.
    """
    if not policy.may_rule(ticket, seat):
        raise Refused({"opd": NOT_CONTESTED})
    said = {name: (values.get(name) or "").strip() for name in ("opd", "ruled_by", "ruled_on", "basis")}
    errors = _too_long({"ruled_by": (said["ruled_by"], LONGEST_NAME), "basis": (said["basis"], LONGEST_BASIS)})
    errors |= {name: sentence for name, sentence in MISSING.items() if not said[name]}
    ruled_on = _day(said["ruled_on"], errors)
    if errors:
        raise Refused(errors)
    if open_ruling(ticket) is None:
        _note_unasked(ticket, seat, said["ruled_by"])
    basis = f"putusan {said['ruled_by']}, {clock.short_day(ruled_on)}: {said['basis']}"
    for file, name in values.get("files") or ():
        keep_file(ticket, seat, file, name)
    given = {"opd": said["opd"], "basis": basis, "said": said["basis"], "ruled_by": said["ruled_by"]}
    return move(ticket, "forward", seat, given | {"ruled_on": ruled_on, "note": values.get("note", "")}, ruled=True)


MISSING = {
    "opd": "Pilih OPD yang ditetapkan.",
    "ruled_by": "Sebut nama dan jabatan yang memutuskan.",
    "ruled_on": "Pilih tanggal putusannya.",
    "basis": "Sebut dasarnya: disposisi, nota dinas, rapat, atau pesan WhatsApp.",
}


def _note_unasked(ticket: Ticket, seat: Seat, ruled_by: str) -> None:
    """A ruling that came by itself is kept like one that was asked for."""
    if seat.role is not Role.DISKOMINFO:
        raise Refused({"opd": NOT_ASKED})
    db.session.add(Ruling(ticket_id=ticket.id, asked_of=ruled_by, asked_by_id=seat.id))
    db.session.flush()


def _day(text: str, errors: dict[str, str]) -> date:
    try:
        day = date.fromisoformat(text) if text else clock.today()
    except ValueError:
        errors["ruled_on"] = "Tanggal itu tidak ada. Pilih tanggal lain."
        return clock.today()
    if day > clock.today():
        errors["ruled_on"] = "Pilih tanggal yang sudah tiba."
    return day


def _too_long(texts: dict[str, tuple[str, int]]) -> dict[str, str]:
    return {name: f"Paling banyak {most} huruf." for name, (text, most) in texts.items() if len(text) > most}
