"""Checks of what a move was given: each returns what history remembers, or says what to do."""

from collections.abc import Callable
from datetime import datetime

from app.core import clock
from app.core.numbers import whole
from app.people.models import opd_by_code
from app.tickets.actions.publishing import is_published, wrong_publication
from app.tickets.models import Task, Ticket
from app.tickets.rules import BUDGET_KINDS, OUTCOMES, PROPOSED_OUTSIDE, PROPOSED_UNKNOWN, State, TicketClass
from app.tickets.rules.answers import is_full, response_of, wrong_with

YEARS_AHEAD = 5
WITHOUT_PUBLICATION = ("perbaikan_lapangan", "tidak_dipublikasikan")
NOT_PUBLISHED = (
    "Tiket media selesai bila publikasinya tercatat. Isi kanal dan juru bicaranya di bawah, atau pilih "
    "«Perbaikan lapangan» atau «Tidak dipublikasikan» dengan alasannya."
)


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


def _proposed(given: dict, ticket: Ticket) -> str:
    if given["proposed"] in (PROPOSED_OUTSIDE, PROPOSED_UNKNOWN):
        return {"luar": "instansi luar", "tidak_tahu": "tidak tahu"}[given["proposed"]]
    opd = opd_by_code(given["proposed"])
    if opd is None:
        raise ValueError("Pilih OPD dari daftar, 'instansi luar', atau 'tidak tahu'.")
    if opd.id == ticket.lead_opd_id:
        raise ValueError("Pilih OPD selain OPD Anda sendiri, atau 'tidak tahu'.")
    return opd.short


def until(given: dict, _thing: Ticket | Task) -> str:
    """Until when it is put off."""
    given["until_at"] = moment_ahead(given["until"])
    return clock.short(given["until_at"])


def moment_ahead(typed: str) -> datetime:
    """A local moment that lies ahead. Raises ValueError in words."""
    try:
        at = clock.parse_local(typed)
    except ValueError:
        raise ValueError("Tanggal itu tidak ada. Pilih tanggal lain.") from None
    if at <= clock.now():
        raise ValueError("Pilih tanggal yang belum lewat.")
    return at


def _year(given: dict, _ticket: Ticket) -> int:
    this_year = clock.today().year
    year = whole(given["year"])
    if year is None or not this_year <= year <= this_year + YEARS_AHEAD:
        raise ValueError(f"Isi tahun anggaran antara {this_year} dan {this_year + YEARS_AHEAD}.")
    return year


def _one_of(field: str, labels: dict[str, str]) -> Callable[[dict, Ticket], str]:
    def check(given: dict, _ticket: Ticket) -> str:
        if given[field] not in labels:
            raise ValueError("Pilih dari daftar.")
        return labels[given[field]]

    return check


def short(field: str, longest: int = 500) -> Callable[[dict, Ticket | Task], str]:
    """Words that are not too long."""

    def check(given: dict, _thing: Ticket | Task) -> str:
        if len(given[field]) > longest:
            raise ValueError(f"Terlalu panjang: paling banyak {longest} huruf.")
        return given[field]

    return check


def _own_file(given: dict, ticket: Ticket) -> str:
    if given["evidence"].ticket_id != ticket.id:
        raise ValueError("Berkas itu bukan milik tiket ini.")
    return given["evidence"].name


def _outcome(given: dict, ticket: Ticket) -> str:
    """A media matter is finished by a repair, a publication, or a reason why there is none (mission.md, fact 10)."""
    label = _one_of("outcome", OUTCOMES)(given, ticket)
    told = given["outcome"] in WITHOUT_PUBLICATION or given.get("channel")
    if ticket.ticket_class is TicketClass.MEDIA and not told and not is_published(ticket):
        raise ValueError(NOT_PUBLISHED)
    return label


def _publication(given: dict, _ticket: Ticket) -> None:
    if errors := wrong_publication(given):
        raise ValueError(" ".join(errors.values()))


def _answer(given: dict, _ticket: Ticket) -> None:
    """A full answer that only promises, or lacks a part its kind must have, comes back; a first statement does not."""
    if not is_full(given.get("answer_kind")):
        return
    wrong = wrong_with(given["answer"], response_of(given.get("response")))
    if wrong:
        raise ValueError(wrong)


def _correction(given: dict, ticket: Ticket) -> None:
    """Words that the approver changed are held to the same; the draft as it stands was looked at before."""
    waits = ticket.waiting_answers
    if waits and given["answer"].replace("\r\n", "\n") != waits[0].text:
        _answer({"answer_kind": waits[0].kind, "response": given.get("response") or waits[0].response} | given, ticket)


CHECKS: dict[str, dict[str, Callable[[dict, Ticket], object]]] = {
    "submit": {"answer": _answer},
    "answer": {"answer": _answer, "approver": short("approver", 200), "basis": short("basis")},
    "forward": {"opd": _opd, "basis": short("basis")},
    "reroute": {"opd": _opd},
    "object": {"proposed": _proposed},
    "hold": {"until": until},
    "approve": {
        "answer": _correction,
        "approver": short("approver", 200),
        "basis": short("basis"),
        "evidence": _own_file,
    },
    "resolve": {"outcome": _outcome, "channel": _publication},
    "await_budget": {"year": _year, "kind": _one_of("kind", BUDGET_KINDS)},
    "refer": {"body": short("body", 200), "reference": short("reference", 200)},
}
