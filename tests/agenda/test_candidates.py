"""What the app proposes by itself: terms that can be counted again, and never what is a secret or stands there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.agenda.candidates import candidates
from app.agenda.rules.candidates import ENOUGH, Facts, score, why
from app.core import clock
from app.monitoring.actions.isu import put_together
from app.monitoring.models import Alert
from app.tickets import actions as tickets
from app.tickets.actions import secrecy
from app.tickets.models import TicketAlert
from tests.agenda.hall import matter
from tests.tickets.desk import HEAD, OPERATOR, OTHER_ADMIN, ticket


@pytest.mark.parametrize(
    "facts, points, words",
    [
        (Facts(), 0, ""),
        (Facts(refusals=2), 6, "2 kali bukan kewenangan."),
        (Facts(offices=3, negative=7), 6, "3 OPD terlibat, 7 pantauan negatif."),
        (Facts(overdue_days=1, siblings=1), 3, "1 tiket lain dari isu yang sama, 1 hari lewat tenggat."),
        (Facts(overdue_days=400), 5, "400 hari lewat tenggat."),
    ],
)
def test_the_sum_and_its_sentence(facts, points, words):
    assert (score(facts), why(facts)) == (points, words)


def of_many_offices(people):
    row = ticket(people)
    for code in ("DPU", "PLN"):
        tickets.open_task(row, people[OPERATOR], {"opd": code, "text": "Bantu.", "contact": "DPU"})
    return row


def test_many_offices_and_a_matter_that_comes_back_call_for_a_rakor(people, db_session):
    calm, row = ticket(people), of_many_offices(people)
    other = ticket(people)
    behind = select(TicketAlert.alert_id).where(TicketAlert.ticket_id.in_([row.id, other.id]))
    news = db_session.scalars(select(Alert).where(Alert.id.in_(behind))).all()
    put_together(list(news), people[OPERATOR], "Atap sekolah")
    found = {each.id: each for each in candidates(people[OPERATOR])}
    assert row.id in found and calm.id not in found
    assert found[row.id].why == "3 OPD terlibat, 1 tiket lain dari isu yang sama."
    assert found[row.id].score == 6 >= ENOUGH


def test_what_is_late_weighs_by_its_days(people):
    row = ticket(people)
    row.due_at = clock.now() - timedelta(days=20)
    assert [(each.id, each.why) for each in candidates(people[OPERATOR])] == [(row.id, "20 hari lewat tenggat.")]


def test_no_secret_and_nothing_that_stands_there_already(people):
    secret, known = of_many_offices(people), of_many_offices(people)
    secrecy.set_secrecy(secret, people[HEAD], named=[people[HEAD].person_id])
    matter(people, known)
    assert candidates(people[HEAD]) == []


def test_an_operator_proposes_it_with_its_sentence(people, visit_as):
    row = of_many_offices(people)
    page = visit_as(OPERATOR)("/agenda")
    assert "3 OPD terlibat." in page.html and f'href="/tiket/{row.id}/usulkan"' in page.html
    form = visit_as(OPERATOR)(f"/tiket/{row.id}/usulkan")
    assert form.css_first('input[name="why"]').attributes["value"] == "3 OPD terlibat."
    visit_as(OTHER_ADMIN)("/agenda", 404)
