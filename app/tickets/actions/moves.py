"""`move`: the one way in which a ticket changes state. Routes, personal links, bulk and clock use it alike."""

from datetime import timedelta

from sqlalchemy import select, update

from app.core import calendar, clock, events
from app.core.db import insert
from app.extensions import db
from app.people import actions as people
from app.people.models import Opd, Seat, opd_by_code
from app.tickets import policy
from app.tickets.actions.findable import make_findable
from app.tickets.models import Answer, Evidence, FormerLead, Ticket, TicketCount
from app.tickets.rules import (
    ANSWER_DAYS,
    BUDGET_KINDS,
    LINKS_END,
    MOVES,
    OPD_CLOCK_RUNS,
    OUTCOMES,
    PROPOSED_OUTSIDE,
    PROPOSED_UNKNOWN,
    REACTION_HOURS,
    AnswerKind,
    Audience,
    Move,
    State,
    missing,
)

UNCOUNTED = 0
NOT_POSSIBLE = "Langkah ini tidak tersedia untuk Anda pada keadaan tiket sekarang. Muat ulang untuk melihat pilihannya."
YEARS_AHEAD = 5


class Refused(Exception):
    """The values were not enough or not right: field → sentence that says what to do."""

    def __init__(self, errors: dict[str, str]):
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def move(ticket: Ticket, name: str, seat: Seat | None, values: dict | None = None) -> events.Event:
    """Make one move of the table as `seat` (None: the clock) with what the move needs.

    `values` are strings as a browser sends them (design.md §7), `evidence` an Evidence of this ticket.
    Records the event; does not commit. Raises Refused.
    """
    given = {key: value.strip() if isinstance(value, str) else value for key, value in (values or {}).items()}
    wanted = _permitted(ticket, name, seat)
    details = _checked(wanted, ticket, seat, given)
    held_by, before = ticket.lead_opd_id, ticket.state
    prepare = BEFORE.get(name)
    if prepare:
        prepare(ticket, given, seat)
    ticket.make(name)
    _mind_the_clock(ticket, before, name)
    follow = AFTER.get(name)
    if follow:
        details |= follow(ticket, given, seat) or {}
    if ticket.state in LINKS_END:
        people.end_links(subject=ticket.stream)
    count(ticket, held_by, before)
    return events.record(
        ticket.stream,
        f"ticket.{name}",
        seat,
        before={"state": before.value},
        after={"state": ticket.state.value} | details,
        text=given.get("note") or given.get("reason") or None,
        audience=_audience(name),
    )


def _permitted(ticket: Ticket, name: str, seat: Seat | None) -> Move:
    for candidate in policy.moves_for(ticket, seat):
        if candidate.name == name:
            return candidate
    raise Refused({"move": NOT_POSSIBLE if name in MOVES else "Pilih langkah dari daftar."})


def _checked(wanted: Move, ticket: Ticket, seat: Seat | None, given: dict) -> dict:
    """The values that are to be remembered in history. Raises Refused with every fault at once."""
    errors = missing(policy.needs_of(wanted, ticket, seat), given)
    details = {}
    for field, check in CHECKS.get(wanted.name, {}).items():
        if field not in errors and given.get(field):
            try:
                details[field] = check(given, ticket)
            except ValueError as error:
                errors[field] = str(error)
    if errors:
        raise Refused(errors)
    return details


def _audience(name: str) -> str:
    """What passes between an OPD's own people stays there until it is approved."""
    return Audience.INTERNAL if name in ("submit", "send_back") else Audience.SHARED


def _opd(given: dict, ticket: Ticket) -> str:
    opd = opd_by_code(given["opd"])
    if opd is None:
        raise ValueError("Pilih OPD dari daftar.")
    if opd.outside:
        raise ValueError("Instansi luar tidak punya akun. Pakai langkah 'Kewenangan instansi lain'.")
    if opd.id == ticket.lead_opd_id and ticket.state is not State.CONTESTED:
        raise ValueError("OPD ini sudah menjadi pengampu. Pilih OPD lain.")
    given["opd_row"] = opd
    return opd.short


def _proposed(given: dict, _ticket: Ticket) -> str:
    if given["proposed"] in (PROPOSED_OUTSIDE, PROPOSED_UNKNOWN):
        return {"luar": "instansi luar", "tidak_tahu": "tidak tahu"}[given["proposed"]]
    opd = opd_by_code(given["proposed"])
    if opd is None:
        raise ValueError("Pilih OPD dari daftar, 'instansi luar', atau 'tidak tahu'.")
    return opd.short


def _until(given: dict, _ticket: Ticket) -> str:
    try:
        given["until_at"] = clock.parse_local(given["until"])
    except ValueError:
        raise ValueError("Tanggal itu tidak ada. Pilih tanggal lain.") from None
    if given["until_at"] <= clock.now():
        raise ValueError("Pilih tanggal yang belum lewat.")
    return clock.short(given["until_at"])


def _year(given: dict, _ticket: Ticket) -> int:
    this_year = clock.today().year
    if not given["year"].isdigit() or not this_year <= int(given["year"]) <= this_year + YEARS_AHEAD:
        raise ValueError(f"Isi tahun anggaran antara {this_year} dan {this_year + YEARS_AHEAD}.")
    return int(given["year"])


def _one_of(field: str, labels: dict[str, str]):
    def check(given: dict, _ticket: Ticket) -> str:
        if given[field] not in labels:
            raise ValueError("Pilih dari daftar.")
        return labels[given[field]]

    return check


def _plain(field: str, longest: int = 500):
    def check(given: dict, _ticket: Ticket) -> str:
        if len(given[field]) > longest:
            raise ValueError(f"Terlalu panjang: paling banyak {longest} huruf.")
        return given[field]

    return check


def _own_file(given: dict, ticket: Ticket) -> str:
    if given["evidence"].ticket_id != ticket.id:
        raise ValueError("Berkas itu bukan milik tiket ini.")
    return given["evidence"].name


CHECKS = {
    "forward": {"opd": _opd, "basis": _plain("basis")},
    "reroute": {"opd": _opd},
    "object": {"proposed": _proposed},
    "hold": {"until": _until},
    "approve": {"approver": _plain("approver", 200), "basis": _plain("basis"), "evidence": _own_file},
    "resolve": {"outcome": _one_of("outcome", OUTCOMES)},
    "await_budget": {"year": _year, "kind": _one_of("kind", BUDGET_KINDS)},
    "refer": {"body": _plain("body", 200), "reference": _plain("reference", 200)},
}


def _change_lead(ticket: Ticket, given: dict, _seat: Seat | None) -> None:
    """The former lead keeps a read-only proof; its links, its officer and its clock end."""
    new: Opd = given["opd_row"]
    if ticket.lead_opd_id and ticket.lead_opd_id != new.id:
        leave_lead(ticket)
    ticket.lead_opd_id, ticket.lead = new.id, new
    start_opd_clock(ticket)


def leave_lead(ticket: Ticket) -> None:
    """End the present lead's part: proof kept, links dead, nobody assigned."""
    now = clock.now()
    proof = insert(FormerLead).values(ticket_id=ticket.id, opd_id=ticket.lead_opd_id, until=now)
    proof = proof.on_conflict_do_update(index_elements=["ticket_id", "opd_id"], set_={"until": now})
    db.session.execute(proof)
    people.end_links(subject=ticket.stream)
    ticket.seat_id = None
    ticket.lead_opd_id, ticket.lead = None, None


def start_opd_clock(ticket: Ticket) -> None:
    """Each OPD's own clock starts at its own receipt; the matter's (`opened_at`) never restarts."""
    now, off = clock.now(), calendar.days_off()
    ticket.due_at = calendar.add_working_days(now, ANSWER_DAYS[ticket.ticket_class], off)
    ticket.react_by = reaction_due(ticket, now, off)
    ticket.due_reason, ticket.paused_at = "", None


def reaction_due(ticket: Ticket, start, off):
    """First reaction: hours at high levels, else the next working day at the same hour."""
    hours = REACTION_HOURS.get(ticket.level)
    return start + timedelta(hours=hours) if hours else calendar.add_working_days(start, 1, off)


def _mind_the_clock(ticket: Ticket, before: State, name: str) -> None:
    """The OPD's clock stands outside its running states; the due date shifts by the working days it stood."""
    if before in OPD_CLOCK_RUNS and ticket.state not in OPD_CLOCK_RUNS:
        ticket.paused_at = clock.now()
    elif ticket.state in OPD_CLOCK_RUNS and ticket.paused_at and name not in ("forward", "reroute"):
        stood = calendar.working_days_between(ticket.paused_at, clock.now())
        if ticket.due_at and stood:
            ticket.due_at = calendar.add_working_days(ticket.due_at, stood)
        ticket.paused_at = None


def _write_answer(ticket: Ticket, given: dict, seat: Seat) -> Answer:
    kind = AnswerKind.FIRST_STATEMENT if given.get("answer_kind") == AnswerKind.FIRST_STATEMENT else AnswerKind.FULL
    answer = Answer(
        ticket_id=ticket.id,
        opd_id=ticket.lead_opd_id,
        kind=kind,
        text=given["answer"],
        written_by_id=seat.id,
        written_by=seat.signature,
    )
    db.session.add(answer)
    return answer


def _submitted(ticket: Ticket, given: dict, seat: Seat) -> dict:
    answer = _write_answer(ticket, given, seat)
    return {"answer_kind": answer.kind.value}


def _approved(ticket: Ticket, given: dict, seat: Seat) -> dict:
    """Approve the pending draft, or the narahubung's corrected version of it."""
    answer = policy.pending_answer(ticket)
    if answer is None:
        raise Refused({"move": "Belum ada jawaban yang bisa disetujui."})
    corrected = given.get("answer")
    if corrected and corrected != answer.text:
        answer.returned_at = clock.now()
        answer = _write_answer(ticket, given | {"answer_kind": answer.kind}, seat)
    return _approve(answer, given, seat) | {"corrected": bool(corrected)}


def _answered(ticket: Ticket, given: dict, seat: Seat) -> dict:
    answer = _write_answer(ticket, given, seat)
    return {"answer_kind": answer.kind.value} | _approve(answer, given, seat)


def _approve(answer: Answer, given: dict, seat: Seat) -> dict:
    """Mark approved and let the OPD's internal evidence be seen by those on the ticket."""
    answer.approved_at, answer.approved_by_id = clock.now(), seat.id
    answer.approved_by = given.get("approver") or seat.signature
    answer.approval_basis = given.get("basis") or ""
    released = update(Evidence).where(
        Evidence.ticket_id == answer.ticket_id, Evidence.opd_id == answer.opd_id, Evidence.audience == Audience.INTERNAL
    )
    db.session.execute(released.values(audience=Audience.SHARED))
    return {"approved_by": answer.approved_by, "stands_in": seat.opd_id != answer.opd_id}


def _returned(ticket: Ticket, _given: dict, _seat: Seat) -> None:
    answer = policy.pending_answer(ticket)
    if answer:
        answer.returned_at = clock.now()


def _accepted(ticket: Ticket, given: dict, seat: Seat) -> dict:
    """Remember the outcome, and visibly when a lone operator had to review an own answer."""
    answer = policy.pending_answer(ticket)
    own = bool(answer and policy.is_own(answer, seat))
    if answer:
        answer.accepted_at = clock.now()
    ticket.outcome = given.get("outcome") or ticket.outcome
    if given.get("year"):
        ticket.budget_year = int(given["year"])
    return {"alone": True} if own else {}


def _objected(ticket: Ticket, _given: dict, _seat: Seat) -> None:
    people.end_links(subject=ticket.stream)


def _held(ticket: Ticket, given: dict, _seat: Seat) -> None:
    ticket.hold_until = given["until_at"]


def _reopened(ticket: Ticket, _given: dict, _seat: Seat | None) -> None:
    if ticket.state is State.NEW and ticket.lead_opd_id:
        leave_lead(ticket)
        make_findable(ticket)
    ticket.outcome = ""


def _forwarded(ticket: Ticket, _given: dict, _seat: Seat | None) -> None:
    make_findable(ticket)


BEFORE = {"forward": _change_lead, "reroute": _change_lead}
AFTER = {
    "forward": _forwarded,
    "reroute": _forwarded,
    "object": _objected,
    "hold": _held,
    "submit": _submitted,
    "approve": _approved,
    "answer": _answered,
    "send_back": _returned,
    "rework": _returned,
    "proceed": _accepted,
    "resolve": _accepted,
    "await_budget": _accepted,
    "reopen": _reopened,
}


def count(ticket: Ticket, opd_before: int | None, state_before: State | None) -> None:
    """Keep the counters per OPD and state true, in the same transaction."""
    if ticket.restricted:
        return
    after = (ticket.lead_opd_id or UNCOUNTED, ticket.state)
    rows = [(*after, 1)]
    if state_before:
        before = (opd_before or UNCOUNTED, state_before)
        rows = [] if before == after else [(*before, -1), (*after, 1)]
    change_counts(rows)


def change_counts(rows: list[tuple[int, State, int]]) -> None:
    """Add `n` to each (OPD, state); one statement, rows in one order so that writers never deadlock."""
    if not rows:
        return
    values = [{"opd_id": opd, "state": state, "n": n} for opd, state, n in sorted(rows)]
    statement = insert(TicketCount).values(values)
    statement = statement.on_conflict_do_update(
        index_elements=["opd_id", "state"], set_={"n": TicketCount.n + statement.excluded.n}
    )
    db.session.execute(statement)


def counts(opd_id: int | None = None) -> dict[State, int]:
    """Tickets per state, of one lead OPD or of all."""
    rows = select(TicketCount.state, TicketCount.n)
    if opd_id is not None:
        rows = rows.where(TicketCount.opd_id == opd_id)
    totals: dict[State, int] = {}
    for state, n in db.session.execute(rows):
        totals[state] = totals.get(state, 0) + n
    return totals
