"""Two people at once: who was first, when, what they changed, and both versions side by side."""

from app.core import clock
from app.tickets import policy, queries
from app.tickets.models import Ticket
from app.tickets.rules import MOVES, Level, Truth
from app.tickets.rules.sentences import sentence
from app.web.forms import Form

LONGEST = 160


def conflict_of(block: str, view, form: Form) -> dict:
    """What `ui.conflict` shows: who, at, what, rows of (label, stored, mine). `view`: a ticket before a seat."""
    rows = ROWS[block](view.ticket, form.data, view.reads_original)
    last = queries.last_change(view.ticket, view.seat)
    if last is None:
        return {
            "who": "Orang lain",
            "at": "baru saja",
            "what": "Tiket ini berubah.",
            "rows": rows,
        }
    event = last[0]
    return {
        "who": event.actor,
        "at": clock.short(event.at),
        "what": f"{event.actor} {sentence(event.kind, event.before, event.after, inside=view.inside)}",
        "rows": rows,
    }


def _status(ticket: Ticket, mine: dict, reveals: bool) -> list[tuple[str, str, str]]:
    move = MOVES.get(mine.get("move") or "")
    rows = [("Status", ticket.state.label, move.label if move else "belum memilih langkah")]
    words = [mine.get(name) for name in ("reason", "note") if mine.get(name)]
    answer = policy.pending_answer(ticket) if reveals else None
    if mine.get("answer"):
        rows.append(("Jawaban", shortened(answer.text) if answer else "belum ada", shortened(mine["answer"])))
    return [*rows, ("Catatan", "", shortened(" ".join(words)))] if words else rows


def _opd(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    return [("OPD pengampu", ticket.lead.short if ticket.lead else "belum ada", mine.get("opd") or "-")]


def _assign(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    names = {str(seat.id): seat.person.name for seat in policy.assignable(ticket)}
    return [("Narahubung", names.get(str(ticket.seat_id), "belum ditunjuk"), names.get(mine.get("seat") or "", "-"))]


def _level(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    wanted = mine.get("level")
    return [("Tingkat", ticket.level.label, Level(wanted).label if wanted in list(Level) else "-")]


def _due(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    stored = clock.short(ticket.due_at) if ticket.due_at else "belum ada"
    return [
        ("Tenggat", stored, (mine.get("due_at") or "-").replace("T", " ")),
        ("Alasan", ticket.due_reason, mine.get("reason") or ""),
    ]


def _note(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    return [("Status", ticket.state.label, ""), ("Catatan", "", shortened(mine.get("text") or ""))]


def _file(ticket: Ticket, _mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    return [("Status", ticket.state.label, "berkas belum terlampir; pilih lagi")]


def _task(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    return [("Status", ticket.state.label, ""), ("Tugas baru", "", shortened(mine.get("text") or ""))]


def _truth(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    wanted = mine.get("truth")
    rows = [("Status kebenaran", ticket.truth.label, Truth(wanted).label if wanted in list(Truth) else "-")]
    return [*rows, ("Dasar", shortened(ticket.truth_basis), shortened(mine.get("basis") or ""))]


def _redacted(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    answer = policy.pending_answer(ticket)
    return [("Kalimat", shortened(answer.public_text) if answer else "", shortened(mine.get("text") or ""))]


def _published(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    return [("Status", ticket.state.label, ""), ("Publikasi", "", mine.get("channel") or "-")]


def _head(ticket: Ticket, _mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    return [("Status", ticket.state.label, "minta persetujuan kepala")]


def _ask_ruling(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    return [("Status", ticket.state.label, ""), ("Kepada", "", mine.get("asked_of") or "-")]


def _record_ruling(ticket: Ticket, mine: dict, _reveals: bool) -> list[tuple[str, str, str]]:
    lead = ticket.lead.short if ticket.lead else "belum ada"
    return [("Status", ticket.state.label, ""), ("OPD pengampu", lead, mine.get("opd") or "-")]


def shortened(text: str) -> str:
    """As much of it as stands in a row."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


ROWS = {
    "status": _status,
    "opd": _opd,
    "penugasan": _assign,
    "tingkat": _level,
    "tenggat": _due,
    "catatan": _note,
    "berkas": _file,
    "tugas": _task,
    "kebenaran": _truth,
    "sunting": _redacted,
    "publikasi": _published,
    "kepala": _head,
    "putusan": _ask_ruling,
    "penetapan": _record_ruling,
}
