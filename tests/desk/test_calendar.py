"""/kalender: what is dated, by day, for each reader no more than they may know; every number leads to exactly its items."""

from datetime import date, timedelta

import pytest

from app.core import clock
from app.core.calendar import Holiday
from app.desk.rules.month import Month, day_named
from app.extensions import db
from app.tickets import actions
from tests.agenda import hall
from tests.factories import make_alert
from tests.harness.client import parse
from tests.tickets.desk import ADMIN, LEADER, OPERATOR

BUDGET = 12
OUTSIDER = "admin@dpu.demo"


def test_a_month_is_whole_weeks_from_monday():
    month = Month(date(2026, 11, 1))
    assert (month.days[0], month.days[-1]) == (date(2026, 10, 26), date(2026, 12, 6))
    assert (month.before.name, month.after.name, Month(date(2026, 12, 1)).after.name) == (
        "2026-10",
        "2026-12",
        "2027-01",
    )
    assert Month(date(2027, 2, 1)).days == [date(2027, 2, 1) + timedelta(days=n) for n in range(28)]


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "26-11", "0001-01", "9999-12", "besok", "2026-11-01"])
def test_another_word_is_this_month(text):
    assert Month.read(text, date(2026, 11, 25)) == Month(date(2026, 11, 1))


@pytest.mark.parametrize("text", ["", "2026-02-30", "20261125", "1999-12-31", "2101-01-01", "2026-W48-3", "9999-12-31"])
def test_what_is_no_day_is_not_found(login, people, text):
    assert day_named(text) is None
    assert login(OPERATOR).get(f"/kalender/{text or 'x'}").status_code == 404


def due(people, title: str, day: date, opd: str = "DISDIKBUD", **values):
    ticket = actions.promote([make_alert(title)], people[OPERATOR], {"opd": opd} | values)
    ticket.due_at = clock.parse_local(f"{day}T23:59")
    db.session.commit()
    return ticket


def told(client, day: date) -> str:
    """The words of one day in its month."""
    page = parse(client.get(f"/kalender?bulan={day:%Y-%m}").text)
    (cell,) = [li for li in page.css(".month > li") if li.css_first(f"h2 a[href$='{day}']")]
    return " ".join(cell.text(separator=" ").split())


def titles(client, day: date) -> list[str]:
    return [link.text() for link in parse(client.get(f"/kalender/{day}").text).css("main .item h3 a")]


def test_a_deadline_a_minute_before_midnight_is_of_that_day_and_the_number_leads_to_it(login, people):
    day = clock.today() + timedelta(days=1)
    due(people, "Atap bocor", day)
    due(people, "Jalan putus", day, opd="DPU")
    assert "2 tenggat tiket" in told(login(OPERATOR), day)
    assert sorted(titles(login(OPERATOR), day)) == ["Atap bocor", "Jalan putus"]
    assert "tenggat" not in told(login(OPERATOR), day + timedelta(days=1))
    assert "1 tenggat tiket" in told(login(ADMIN), day) and titles(login(ADMIN), day) == ["Atap bocor"]


def test_a_restricted_matter_is_on_nobodys_calendar_but_of_those_named(login, people):
    day = clock.today() + timedelta(days=2)
    ticket = due(people, "Rahasia kanari", day)
    ticket.restricted = True
    db.session.commit()
    for who in (ADMIN, LEADER):
        assert "tenggat" not in told(login(who), day) and titles(login(who), day) == []


def test_a_day_off_says_what_it_is(login, people):
    db.session.add(Holiday(day=date(2026, 12, 25), name="Hari Raya Natal", collective_leave=False))
    db.session.commit()
    assert "Natal" in told(login(LEADER), date(2026, 12, 25))


@pytest.mark.parametrize("who", [OPERATOR, ADMIN, LEADER])
def test_it_costs_the_same_however_much_is_dated(login, people, statements, who):
    client, day = login(who), clock.today()
    client.get("/kalender")
    with statements() as few:
        client.get("/kalender")
    for n in range(6):
        due(people, f"Perkara {n}", day)
    with statements() as many:
        client.get("/kalender")
    assert len(few) == len(many) <= BUDGET, many
    assert client.get(f"/kalender/{day}").status_code == 200


def test_rakor_plans_and_reviews_stand_on_their_days_for_whom_they_concern(login, people):
    matter = hall.matter(people)
    meeting = hall.rakor(people, matter, guests=("DISDIKBUD",), locked=True)
    plan = hall.plan(people, matter, meeting, supports=[])
    matter.review_on = day = plan.due_on
    db.session.commit()
    held = clock.day_of(meeting.starts_at)
    assert f"Rakor: {meeting.topic}" in told(login(OPERATOR), held) and f"Rakor: {meeting.topic}" in told(
        login(LEADER), held
    )
    assert plan.text[:30] in told(login(LEADER), day) and f"Tinjau: {matter.title}" in told(login(LEADER), day)
    assert set(titles(login(LEADER), day)) >= {plan.text, matter.title}
    outsider = login(OUTSIDER)
    assert "Rakor" not in told(outsider, held) and plan.text[:30] not in told(outsider, day)
    assert titles(outsider, day) == []
