"""The forms of a ticket: find, spend the nonce, compare versions, act, show, commit."""

from collections.abc import Callable, Sequence

from flask import request
from flask_login import current_user

from app.extensions import db
from app.people.models import Seat
from app.tickets import actions, policy
from app.tickets.actions import Refused
from app.tickets.forms import FORMS
from app.tickets.models import Task, Ticket
from app.tickets.routes import bp
from app.tickets.routes.conflicts import conflict_of
from app.tickets.routes.publishing import last_spokesperson, one_door
from app.tickets.routes.sentfiles import chosen_files, file_troubles_told
from app.tickets.routes.show import BLOCKS, PAGE, home_of
from app.tickets.routes.view import TicketView
from app.tickets.routes.writing import forget_sent, insert_module, keep_typed
from app.tickets.rules import AnswerKind, Audience, Level, State
from app.tickets.rules.answers import response_of, wrong_with
from app.web import nonce
from app.web.access import signed_in
from app.web.forms import Form
from app.web.fragments import answer, fragment, page, wants_fragment


@bp.post(f"/tiket/<int:ticket_id>/<{BLOCKS}:block>")
@signed_in
def change(ticket_id, block):
    """One form of the page. 422 what was refused, 409 on a stale version; a repeat shows the first result."""
    seat = current_user.seat
    ticket = policy.visible_ticket(ticket_id, seat, lock=True)
    form = FORMS[block](of=ticket)
    if "insert" in request.form:
        return _inserted(ticket_id, block, form)
    if block == "status" and request.form.get("salin"):
        return _compiled(ticket, form)
    if not nonce.first_use(form.nonce.data):
        return _shown(ticket, block)
    if form.is_stale(ticket):
        return _stale(ticket_id, block, form)
    try:
        said = carry_out(block, ticket, seat, form)
    except Refused as refused:
        return _refused(ticket_id, block, form, refused.errors)
    forget_sent(block, ticket, seat)
    response = _shown(ticket, block, said)
    db.session.commit()
    return response


def carry_out(block: str, ticket: Ticket, seat: Seat, form: Form) -> str:
    """Do what a block's form asks; returns what to say about it. Raises Refused."""
    with file_troubles_told():
        said = ACTS[block](ticket, seat, form)
    db.session.flush()
    return said


def _shown(ticket: Ticket, block: str, said: str = ""):
    """The block as it is now; what it lacks comes with the parts it asks for next.

    It is written before the commit, so that it tells exactly what is committed.
    """
    view = TicketView(ticket, current_user.seat, partial=True, announce=said)
    view.refreshes = view.quick = True
    return answer(PAGE, block, to=home_of(ticket, block), v=view, t=ticket)


def _compiled(ticket: Ticket, form: Form):
    """«Salin paragraf tugas»: the form comes back with the paragraphs below what was typed. Nothing is changed."""
    view = TicketView(ticket, current_user.seat, partial=wants_fragment())
    compile_answer(form, view.paragraphs)
    view.forms["status"], view.copied = form, True
    if wants_fragment():
        return fragment(PAGE, "status", v=view, t=ticket)
    return page(PAGE, v=view, t=ticket)


def compile_answer(form: Form, tasks: Sequence[Task]) -> None:
    """Add to the answer what supporting OPDs submitted, each under its name, once."""
    told = (form.answer.data or "").replace("\r\n", "\n")
    new = [f"{task.opd.short}: {task.answer}" for task in tasks if task.answer not in told]
    form.answer.data = "\n\n".join(words for words in (told.rstrip(), *new) if words)


def _refused(ticket_id: int, block: str, form: Form, errors: dict[str, str]):
    _keep_what_was_typed(ticket_id, block, form)
    view = _again(ticket_id, block, form)
    form.refuse(errors)
    return answer(PAGE, block, to="", status=422, v=view, t=view.ticket)


def _stale(ticket_id: int, block: str, form: Form):
    _keep_what_was_typed(ticket_id, block, form)
    view = _again(ticket_id, block, form)
    view.conflict = conflict_of(block, view.ticket, view.seat, form)
    form.version.data = str(view.ticket.version)
    return answer(PAGE, block, to="", status=409, v=view, t=view.ticket)


def _keep_what_was_typed(ticket_id: int, block: str, form: Form) -> None:
    """What was refused is not lost with the page either."""
    db.session.rollback()
    keep_typed(block, policy.visible_ticket(ticket_id, current_user.seat), current_user.seat, form)
    db.session.commit()


def _inserted(ticket_id: int, block: str, form: Form):
    """«Sisipkan»: the form comes back as it was sent, with the text module after what was written."""
    view = _again(ticket_id, block, form)
    insert_module(view, block, form)
    keep_typed(block, view.ticket, view.seat, form)
    db.session.commit()
    view = _again(ticket_id, block, form)
    view.keeps_open = block
    return fragment(PAGE, block, v=view, t=view.ticket) if wants_fragment() else page(PAGE, v=view, t=view.ticket)


def _again(ticket_id: int, block: str, form: Form) -> TicketView:
    """The ticket as it is, with the form as it was sent."""
    ticket = policy.visible_ticket(ticket_id, current_user.seat)
    view = TicketView(ticket, current_user.seat, partial=wants_fragment())
    view.forms[block] = form
    return view


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
