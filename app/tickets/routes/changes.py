"""What each form of a ticket's page does, and what it says afterwards."""

from collections.abc import Callable

from app.people.models import Seat
from app.tickets import actions, policy
from app.tickets.actions import Refused
from app.tickets.forms import FORMS
from app.tickets.models import Ticket
from app.tickets.routes.conflicts import conflict_of
from app.tickets.routes.cycle import Kind
from app.tickets.routes.publishing import last_spokesperson, one_door
from app.tickets.routes.sentfiles import chosen_files
from app.tickets.routes.view import TicketView
from app.tickets.rules import AnswerKind, Audience, Level, State
from app.tickets.rules.answers import response_of, wrong_with
from app.web.forms import Form


def _move(ticket: Ticket, seat: Seat, form) -> str:
    values = form.values()
    for uploaded in chosen_files():
        values["evidence"] = actions.attach(ticket, seat, uploaded.stream, uploaded.filename)
    before = last_spokesperson(ticket, seat) if values.get("channel") else ""
    actions.move(ticket, form.move.data or "", seat, values)
    return " ".join((f"Status menjadi {ticket.state.label}, oleh Anda.", *_advice(values, before))).strip()


def _advice(values: dict, spoke_before: str) -> list[str]:
    """What is worth a thought although nothing was refused."""
    said = []
    if values.get("answer_kind") == AnswerKind.FIRST_STATEMENT and values.get("answer"):
        said.append(wrong_with(values["answer"], response_of(values.get("response"))))
    if values.get("channel"):
        said.append(one_door(spoke_before, values.get("spokesperson") or ""))
    return [words for words in said if words]


def _opd(ticket: Ticket, seat: Seat, form) -> str:
    """Whichever of forward and reroute the state allows; a ruling's basis is the reason."""
    offered = {move.name for move in policy.moves_for(ticket, seat)}
    name = "forward" if "forward" in offered else "reroute"
    reason = form.reason.data or ""
    basis = {"basis": reason} if ticket.state is State.CONTESTED else {"reason": reason}
    try:
        actions.move(ticket, name, seat, {"opd": form.opd.data or ""} | basis)
    except Refused as refused:
        errors = refused.errors
        raise Refused({{"basis": "reason", "move": "opd"}.get(key, key): why for key, why in errors.items()}) from None
    return f"OPD pengampu menjadi {ticket.lead.short}, oleh Anda."


def _assign(ticket: Ticket, seat: Seat, form) -> str:
    actions.assign(ticket, seat, form.seat.data or "")
    return f"Dipegang {ticket.seat.person.name}." if ticket.seat else "Belum ada pemegang."


def _level(ticket: Ticket, seat: Seat, form) -> str:
    wanted = form.level.data or ""
    actions.set_level(ticket, seat, wanted)
    if wanted == Level.KRISIS and ticket.level is not Level.KRISIS:
        return "Tingkat Krisis diusulkan ke kepala Diskominfo."
    return f"Tingkat menjadi {ticket.level.label}."


def _due(ticket: Ticket, seat: Seat, form) -> str:
    actions.set_due(ticket, seat, form.due_at.data or "", form.reason.data or "")
    return "Tenggat tersimpan."


def _note(ticket: Ticket, seat: Seat, form) -> str:
    audience = form.audience.data or ""
    actions.note(ticket, seat, form.text.data or "", audience)
    return f"{Audience(audience).label} terkirim."


def _file(ticket: Ticket, seat: Seat, _form) -> str:
    kept = [actions.attach(ticket, seat, uploaded.stream, uploaded.filename) for uploaded in chosen_files()]
    if not kept:
        raise Refused({"file": "Pilih berkasnya dulu."})
    return f"{', '.join(evidence.name for evidence in kept)} terlampir."


def _truth(ticket: Ticket, seat: Seat, form) -> str:
    actions.set_truth(ticket, seat, form.truth.data or "", form.basis.data or "")
    return f"Status kebenaran: {ticket.truth.label}."


def _redact(ticket: Ticket, seat: Seat, form) -> str:
    note, substance = form.note.data or "", bool(form.substance.data)
    if actions.redact(ticket, seat, form.text.data or "", note, substance=substance):
        return "Usulan isi dikirim ke OPD untuk disetujui lagi."
    return "Suntingan tersimpan."


def _publish(ticket: Ticket, seat: Seat, form) -> str:
    before = last_spokesperson(ticket, seat)
    given = {
        name: (value or "").strip() for name, value in form.data.items() if isinstance(value, str) or value is None
    }
    row = actions.publish(ticket, seat, given)
    return f"Publikasi di {row.channel} tercatat. {one_door(before, row.spokesperson)}".strip()


def _ask_head(ticket: Ticket, seat: Seat, _form) -> str:
    asked = actions.ask_head(ticket, seat)
    return f"Surat permintaan persetujuan dikirim ke {asked.name}."


def _ask_ruling(ticket: Ticket, seat: Seat, form) -> str:
    actions.ask_ruling(ticket, seat, form.asked_of.data or "", form.question.data or "")
    return "Permintaan putusan tercatat. Salin teksnya dan kirimkan sendiri."


def _record_ruling(ticket: Ticket, seat: Seat, form) -> str:
    files = [(uploaded.stream, uploaded.filename) for uploaded in chosen_files()]
    actions.record_ruling(ticket, seat, {name: form.data.get(name) for name in RULED} | {"files": files})
    return f"Putusan tercatat, diteruskan ke {ticket.lead.short}."


RULED = ("opd", "ruled_by", "ruled_on", "basis")


def _task(ticket: Ticket, seat: Seat, form) -> str:
    task = actions.open_task(ticket, seat, {name: form[name].data for name in ("opd", "text", "due_at")})
    return f"Tugas {task.number} untuk {task.opd.short} dibuka; suratnya dikirim."


ACTS: dict[str, Callable[[Ticket, Seat, Form], str]] = {
    "status": _move,
    "opd": _opd,
    "penugasan": _assign,
    "tingkat": _level,
    "tenggat": _due,
    "catatan": _note,
    "berkas": _file,
    "tugas": _task,
    "kebenaran": _truth,
    "sunting": _redact,
    "publikasi": _publish,
    "kepala": _ask_head,
    "putusan": _ask_ruling,
    "penetapan": _record_ruling,
}

TICKET = Kind(
    page="tickets/show.html",
    find=policy.visible_ticket,
    view=TicketView,
    forms=FORMS,
    acts=ACTS,
    conflict=conflict_of,
    fresh=(
        *("alur", "status", "opd", "penugasan", "tingkat", "tenggat", "putusan", "penetapan"),
        *("kebenaran", "jawaban", "kepala", "publikasi", "tugas", "percakapan", "bukti", "jam", "riwayat"),
    ),
    typed=("catatan", "berkas", "sunting"),
)
