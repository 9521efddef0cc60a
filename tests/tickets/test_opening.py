"""From alerts to a ticket, and back: promote, merge, release."""

import pytest
from sqlalchemy import func

from app.core.events import Event
from app.extensions import db
from app.monitoring.rules.kinds import AlertState
from app.notify.models import Letter
from app.tickets import actions
from app.tickets.models import Ticket, TicketAlert
from app.tickets.rules import State
from tests.tickets import desk


def test_with_an_opd_it_is_promoted_and_forwarded_in_one_go(people):
    alerts = [desk.alert(), desk.alert("Berita serupa")]
    ticket = actions.promote(
        alerts, people[desk.OPERATOR], {"opd": "DISDIKBUD", "level": "segera", "note": "Mohon cek."}
    )
    db.session.commit()
    assert (ticket.state, ticket.lead.code, ticket.level, ticket.alerts) == (State.FORWARDED, "DISDIKBUD", "segera", 2)
    assert {alert.state for alert in alerts} == {AlertState.TICKETED}
    kinds = db.session.scalars(db.select(Event.kind).where(Event.stream == ticket.stream).order_by(Event.seq)).all()
    assert kinds == ["ticket.open", "ticket.forward"]
    assert db.session.scalar(db.select(func.count(Letter.id)).where(Letter.ticket_id == ticket.id)) == 2


def test_without_an_opd_it_is_new_and_mails_nobody(people):
    ticket = actions.promote([desk.alert()], people[desk.OPERATOR], {})
    assert ticket.state is State.NEW and ticket.title == "Atap SDN 014 roboh, murid belajar di teras"
    assert db.session.scalar(db.select(func.count(Letter.id))) == 0


@pytest.mark.parametrize(
    "values, field",
    [({"opd": "PLN"}, "opd"), ({"opd": "X"}, "opd"), ({"ticket_class": "x"}, "ticket_class"), ({"level": "x"}, "level"),
     ({"title": "x" * 400}, "title")],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(values, field, people):
    with pytest.raises(actions.Refused) as refused:
        actions.promote([desk.alert()], people[desk.OPERATOR], values)
    assert field in refused.value.errors


def test_an_alert_stands_behind_one_ticket_at_most(people):
    alert = desk.alert()
    actions.promote([alert], people[desk.OPERATOR], {})
    for again in (
        lambda: actions.promote([alert], people[desk.HEAD], {}),
        lambda: actions.promote([], people[desk.HEAD], {}),
    ):
        with pytest.raises(actions.Refused):
            again()


def test_a_merged_alert_makes_the_ticket_findable_by_its_words(people, visit_as):
    ticket = desk.ticket(people)
    actions.merge([desk.alert("Plafon kelas runtuh")], ticket, people[desk.OPERATOR])
    db.session.commit()
    page = visit_as(desk.OPERATOR)("/tiket?q=plafon")
    assert page.css_first(f"#tiket-{ticket.id}")


@pytest.mark.parametrize("state", [State.CLOSED, State.ARCHIVED])
def test_nothing_is_merged_into_what_has_ended(state, people):
    with pytest.raises(actions.Refused):
        actions.merge([desk.alert()], desk.ticket_in(state, people), people[desk.OPERATOR])


def test_a_sensitive_alert_needs_a_ticket_with_a_judul_aman(people):
    alert = desk.alert("Siswi korban", sensitive=True, safe_title="Perkara perlindungan anak")
    with pytest.raises(actions.Refused):
        actions.merge([alert], desk.ticket(people), people[desk.OPERATOR])


def test_undoing_a_promotion_brings_the_alerts_back(people):
    alerts = [desk.alert(), desk.alert("Dua")]
    ticket = actions.promote(alerts, people[desk.OPERATOR], {})
    actions.release(alerts, people[desk.OPERATOR])
    assert {alert.state for alert in alerts} == {AlertState.NEW}
    assert ticket.state is State.ARCHIVED and db.session.scalar(db.select(func.count(TicketAlert.alert_id))) == 0


def test_what_was_forwarded_cannot_be_undone_for_its_letter_is_out(people):
    alert = desk.alert()
    actions.promote([alert], people[desk.OPERATOR], {"opd": "DISDIKBUD"})
    with pytest.raises(actions.Refused, match="suratnya terkirim"):
        actions.release([alert], people[desk.OPERATOR])


def test_where_diskominfo_leads_its_seats_stand_for_both(people):
    ticket = desk.ticket(people, opd="DISKOMINFO")
    operator, head = people[desk.OPERATOR], people[desk.HEAD]
    actions.move(ticket, "take_on", operator)
    actions.move(ticket, "answer", operator, {"answer": desk.ANSWER})
    with pytest.raises(actions.Refused):
        actions.move(ticket, "resolve", operator, {"outcome": "perbaikan_lapangan"})
    actions.move(ticket, "resolve", head, {"outcome": "perbaikan_lapangan"})
    assert db.session.get(Ticket, ticket.id).state is State.RESOLVED


def test_a_lone_operator_may_review_the_own_answer_and_history_says_so(people):
    from app.core import clock

    people[desk.HEAD].ended_at = clock.now()
    ticket = desk.ticket(people, opd="DISKOMINFO")
    for name, values in (("take_on", {}), ("answer", {"answer": desk.ANSWER})):
        actions.move(ticket, name, people[desk.OPERATOR], values)
    event = actions.move(ticket, "resolve", people[desk.OPERATOR], {"outcome": "perbaikan_lapangan"})
    assert event.after["alone"] is True
