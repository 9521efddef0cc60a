"""Judul aman, the circle of a restricted matter, emergency opening, and child cases. Nothing here commits."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock, events
from app.core.db import insert
from app.core.refused import Refused
from app.core.words import one_line
from app.extensions import db
from app.monitoring.actions import sorting
from app.monitoring.models import Alert
from app.monitoring.rules.care import wrong_safe_title
from app.people.models import Person, Seat
from app.tickets import policy
from app.tickets.actions.counting import UNLED, change_counts
from app.tickets.actions.findable import hide_proofs, make_findable
from app.tickets.models import NamedOfficer, Ticket, TicketAlert
from app.tickets.policy import secrecy
from app.tickets.rules import Audience
from app.tickets.rules.secrecy import (
    EMERGENCY_LASTS,
    LONGEST_REASON,
    LONGEST_REFERENCE,
    wrong_circle,
    wrong_summary,
)

NOT_YOURS = "Hanya Diskominfo yang dapat mengubah ini."
NOT_OPENED = "Tidak ada tiket terbatas dengan nomor itu yang dapat Anda buka. Periksa nomornya pada surat atau catatan."
STILL_HIDDEN = "Ada pantauan sensitif di belakang tiket ini, jadi judul amannya tetap dipakai."


def set_secrecy(ticket: Ticket, seat: Seat, *, safe_title: str | None = None, named: list[int] | None = None) -> None:
    """Sensitive under a judul aman (empty: no more), restricted to these persons (none: no more). Raises Refused.

    What is not given stays as it is. The circle is not judged here; people come by `restrict` and `unrestrict`.
    """
    if not policy.may_steer(seat):
        raise Refused({"safe_title": NOT_YOURS})
    was_counted = not ticket.restricted
    if safe_title is not None:
        ticket.safe_title, ticket.sensitive = safe_title.strip(), bool(safe_title.strip())
    if named is not None:
        ticket.restricted = bool(named)
        _name(ticket, named, ())
    if was_counted == ticket.restricted:
        change_counts([(ticket.lead_opd_id or UNLED, ticket.state, -1 if ticket.restricted else 1)])
    make_findable(ticket)
    if ticket.sensitive or ticket.restricted:
        hide_proofs(ticket)
    after = {"sensitive": ticket.sensitive, "restricted": ticket.restricted}
    events.record(ticket.stream, "ticket.secrecy", seat, after=after, audience=Audience.INTERNAL)


def mark_sensitive(ticket: Ticket, seat: Seat, safe_title: str) -> None:
    """From now on this judul aman is the ticket's only title. Raises Refused."""
    title = one_line(safe_title)
    if wrong := wrong_safe_title(title):
        raise Refused({"safe_title": wrong})
    set_secrecy(ticket, seat, safe_title=title)


def unmark_sensitive(ticket: Ticket, seat: Seat) -> None:
    """The title may be told again. Not of a child case, nor while the news behind is sensitive. Raises Refused."""
    if ticket.child_case:
        raise Refused({"safe_title": "Perkara anak selalu memakai judul aman. Cabut dulu tanda perkara anaknya."})
    if db.session.scalar(_behind(ticket).where(Alert.sensitive).limit(1)):
        raise Refused({"safe_title": STILL_HIDDEN})
    words = ticket.safe_title
    set_secrecy(ticket, seat, safe_title="")
    ticket.safe_title = words  # kept for whoever takes this back


def restrict(ticket: Ticket, seat: Seat, officers: Sequence[int], deputies: Sequence[int]) -> None:
    """Only these persons know of the ticket from here on: two officers at least, and their deputies. Raises Refused."""
    _may_change(ticket, seat, "officers")
    _check_circle(ticket, officers, deputies)
    with db.session.no_autoflush:
        if not ticket.restricted:
            set_secrecy(ticket, seat, named=list(officers))
        _name(ticket, officers, deputies)
    _let_go_of_holder(ticket, {*officers, *deputies})
    flag_modified(ticket, "restricted")  # the circle is part of what a form was made from
    _record_circle(ticket, seat, officers, deputies)


def unrestrict(ticket: Ticket, seat: Seat, reason: str) -> None:
    """«Cabut batasan»: everybody in reach sees the ticket again. Raises Refused."""
    if not ticket.restricted:
        raise Refused({"reason": "Tiket ini sudah tidak terbatas."})
    _may_change(ticket, seat, "reason")
    reason = _reason(reason, "Sebut mengapa batasannya dicabut.")
    set_secrecy(ticket, seat, named=[])
    events.record(ticket.stream, "ticket.unrestricted", seat, text=reason)


def name_anew(ticket: Ticket, seat: Seat, officers: Sequence[int], deputies: Sequence[int]) -> None:
    """A system admin names a new circle where nobody is left of the old one, without reading. Raises Refused."""
    if not secrecy.may_reopen_circle(seat):
        raise Refused({"officers": NOT_YOURS})
    _check_circle(ticket, officers, deputies)
    _name(ticket, officers, deputies)
    flag_modified(ticket, "restricted")
    _record_circle(ticket, seat, officers, deputies)


def open_in_emergency(ticket_id: int | None, seat: Seat, reason: str) -> Ticket:
    """Let this person in for a day, and have all named officers told. Raises Refused, in one sentence for whatever
    cannot be opened, so that nobody learns here which numbers are restricted."""
    reason = _reason(reason, "Sebut keadaan daruratnya dalam satu kalimat; semua petugas yang ditunjuk membacanya.")
    ticket = secrecy.closed_to(ticket_id, seat)
    if ticket is None:
        raise Refused({"number": NOT_OPENED})
    until = clock.now() + EMERGENCY_LASTS
    row = {"until": until, "reason": reason, "deputy": False}
    opened = insert(NamedOfficer).values(ticket_id=ticket.id, person_id=seat.person_id, **row)
    opened = opened.on_conflict_do_update(index_elements=["ticket_id", "person_id"], set_=row)
    db.session.execute(opened)
    events.record(ticket.stream, "ticket.emergency", seat, after={"until": clock.short(until)}, text=reason)
    return ticket


def mark_child_case(ticket: Ticket, seat: Seat, values: dict) -> None:
    """«Perkara anak»: sensitive, the news behind it too; kept are a status, two safe sentences and DP3A's number.

    `values`: safe_title, safe_summary, case_reference. Raises Refused.
    """
    if not policy.may_steer(seat):
        raise Refused({"safe_title": NOT_YOURS})
    given = {name: (values.get(name) or "").strip() for name in ("safe_title", "safe_summary", "case_reference")}
    _check_child_case(given)
    before = {"child_case": ticket.child_case}
    with db.session.no_autoflush:
        if not ticket.sensitive or ticket.safe_title != one_line(given["safe_title"]):
            mark_sensitive(ticket, seat, given["safe_title"])
        ticket.child_case, ticket.safe_summary = True, given["safe_summary"]
        ticket.case_reference = one_line(given["case_reference"])
    hide_news(ticket, seat)
    after = {"reference": ticket.case_reference}
    events.record(ticket.stream, "ticket.child_case", seat, before=before, after=after, audience=Audience.SHARED)


def unmark_child_case(ticket: Ticket, seat: Seat) -> None:
    """It was no child case. The judul aman stays until somebody lifts it. Raises Refused."""
    if not policy.may_steer(seat):
        raise Refused({"safe_summary": NOT_YOURS})
    ticket.child_case, ticket.safe_summary, ticket.case_reference = False, "", ""
    events.record(ticket.stream, "ticket.child_case_lifted", seat)


def hide_news(ticket: Ticket, seat: Seat) -> None:
    """The alerts behind a child case go by its judul aman, where they have none of their own."""
    for alert in db.session.scalars(_behind(ticket).where(Alert.sensitive.is_(False)).order_by(Alert.id)).all():
        sorting.set_safe_title(alert, seat, ticket.safe_title)


def _behind(ticket: Ticket):
    behind = select(Alert).join(TicketAlert, TicketAlert.alert_id == Alert.id)
    return behind.where(TicketAlert.ticket_id == ticket.id)


def _check_child_case(given: dict) -> None:
    errors = {
        "safe_title": wrong_safe_title(one_line(given["safe_title"])),
        "safe_summary": wrong_summary(given["safe_summary"]),
    }
    if len(given["case_reference"]) > LONGEST_REFERENCE:
        errors["case_reference"] = f"Nomor rujukan paling banyak {LONGEST_REFERENCE} huruf."
    if wrong := {name: why for name, why in errors.items() if why}:
        raise Refused(wrong)


def _may_change(ticket: Ticket, seat: Seat, field: str) -> None:
    if not secrecy.may_change_circle(ticket, seat):
        raise Refused({field: "Batasan ini hanya diubah petugas Diskominfo yang ditunjuk pada tiketnya."})


def _check_circle(ticket: Ticket, officers: Sequence[int], deputies: Sequence[int]) -> None:
    known = [seat.person_id for seat in secrecy.candidates(ticket)]
    if wrong := wrong_circle(officers, deputies, known):
        raise Refused({"officers": wrong})


def _name(ticket: Ticket, officers: Iterable[int], deputies: Iterable[int]) -> None:
    """The circle anew. Emergency openings of others stay for the record, until nothing is restricted any more."""
    rows = {person: {"deputy": True} for person in deputies} | {person: {"deputy": False} for person in officers}
    gone = NamedOfficer.until.is_(None) | NamedOfficer.person_id.in_(rows)
    old = delete(NamedOfficer).where(NamedOfficer.ticket_id == ticket.id)
    db.session.execute(old.where(gone) if rows else old)
    db.session.add_all(NamedOfficer(ticket_id=ticket.id, person_id=person, **row) for person, row in rows.items())
    db.session.flush()


def _let_go_of_holder(ticket: Ticket, circle: set[int]) -> None:
    """Whoever is left out holds it no more."""
    holder = db.session.get(Seat, ticket.seat_id) if ticket.seat_id else None
    if holder and holder.person_id not in circle:
        ticket.seat_id, ticket.seat = None, None


def _record_circle(ticket: Ticket, seat: Seat, officers: Sequence[int], deputies: Sequence[int]) -> None:
    names = dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_([*officers, *deputies]))).all())
    told = {"officers": [names[each] for each in officers], "deputies": [names[each] for each in deputies]}
    events.record(ticket.stream, "ticket.circle", seat, after=told)


def _reason(text: str, wanted: str) -> str:
    reason = text.strip()
    if not reason:
        raise Refused({"reason": wanted})
    if len(reason) > LONGEST_REASON:
        raise Refused({"reason": f"Alasan paling banyak {LONGEST_REASON} huruf."})
    return reason
