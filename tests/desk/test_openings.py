"""Who saw what between A and B: openings with person, item and reason, as a page and as a sheet without formulas."""

import csv
import io
from datetime import timedelta

import pytest

from app.core import clock
from app.core.events import Event
from app.extensions import db
from app.monitoring.actions import sorting
from app.tickets import actions as tickets
from app.web.downloads import harmless
from tests.desk.test_sorting import opened
from tests.factories import make_alert
from tests.harness.client import fields_of, parse, read
from tests.tickets.desk import ADMIN, HEAD, LEADER, OPERATOR

PAGE = "/pengaturan/pembukaan"
REASON = "Menghubungi keluarga korban"


@pytest.fixture
def opening(db_session, people):
    """The operator read personal data ten days ago and an original today; the lead OPD a ticket's original."""
    alert = make_alert("Siswi kanari", sensitive=True, safe_title="Perkara anak di Anggana")
    with clock.pretend(clock.now() - timedelta(days=10)):
        sorting.note_unmasked(alert, people[OPERATOR], ["NIK"], REASON)
    sorting.note_opened(alert, people[OPERATOR])
    ticket = opened(alert, people, opd="DISDIKBUD")
    tickets.open_original(ticket, people[ADMIN])
    db.session.commit()
    return alert, ticket


def rows(client, query="") -> list[str]:
    page = read(client.get(PAGE + query).text)
    return [" ".join(row.text(separator=" ").split()) for row in page.css("tbody tr")]


def test_each_opening_is_told_with_who_what_and_why(login, opening):
    alert, ticket = opening
    told = rows(login(HEAD))
    assert len(told) == 3 and "Siswi kanari" not in " ".join(told)
    assert all("Perkara anak di Anggana" in row for row in told)
    assert f"data pribadi (NIK) Pantauan {alert.id}" in told[-1] and REASON in told[-1]
    assert f"judul asli Tiket #{ticket.number}" in " ".join(told[:2])


def test_period_person_and_item_narrow_it(login, people, opening):
    alert, ticket = opening
    client, today = login(HEAD), clock.today()
    ago = today - timedelta(days=10)
    assert len(rows(client, f"?dari={ago}&sampai={ago}")) == 1
    assert len(rows(client, f"?dari={today}&sampai={ago - timedelta(days=1)}")) == 3  # turned around
    assert len(rows(client, f"?dari={today}&sampai={today}")) == 2
    assert len(rows(client, f"?orang={people[ADMIN].person_id}")) == 1
    assert len(rows(client, f"?hal=pantauan+{alert.id}")) == 2 and len(rows(client, f"?hal=%23{ticket.number}")) == 1
    assert rows(client, "?hal=apa+saja") == [] and rows(client, "?dari=besok&orang=x&sebelum=y") != []


def test_the_sheet_holds_the_same_starts_no_formula_and_is_written_down(login, people, opening):
    alert, _ticket = opening
    sorting.note_unmasked(alert, people[OPERATOR], ["NIK"], "=HYPERLINK(kanari) untuk keluarga")
    db.session.commit()
    client = login(HEAD)
    form = parse(client.get(PAGE).text).css_first(f'form[method="post"][action="{PAGE}"]')
    answer = client.post(PAGE, data=fields_of(form))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="pembukaan-data-')
    sheet = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert sheet[0][-1] == "Alasan" and len(sheet) == 5
    reasons = {row[-1] for row in sheet[1:]}
    assert reasons == {"'=HYPERLINK(kanari) untuk keluarga", REASON, ""}
    event = db.session.scalar(db.select(Event).where(Event.kind == "person.openings_taken"))
    assert event.after["rows"] == 4 and event.person_id == people[HEAD].person_id


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_begins_a_formula(start):
    assert harmless(f"{start}1") == f"'{start}1" and harmless(f"a{start}") == f"a{start}"


def test_a_restricted_matter_is_told_to_those_named_on_it(login, people, opening):
    _alert, ticket = opening
    client = login(HEAD)
    tickets.set_secrecy(ticket, people[HEAD], safe_title="Perkara anak di Anggana", named=[people[OPERATOR].person_id])
    db.session.commit()
    assert rows(client) == []
    assert people[ADMIN].person.name not in client.get(PAGE).text.partition("</select>")[0]
    tickets.set_secrecy(ticket, people[HEAD], safe_title="Perkara anak di Anggana", named=[people[HEAD].person_id])
    db.session.commit()
    assert len(rows(client)) == 3


def test_fifty_on_a_page(login, people, opening):
    alert, _ticket = opening
    for _ in range(50):
        sorting.note_opened(alert, people[OPERATOR])
    db.session.commit()
    client = login(HEAD)
    page = read(client.get(PAGE).text)
    assert len(page.css("tbody tr")) == 50
    assert len(rows(client, page.css_first("a[rel=next]").attributes["href"].removeprefix(PAGE))) == 3


@pytest.mark.parametrize("email", [OPERATOR, ADMIN, LEADER])
def test_it_is_for_system_admins_alone(login, opening, email):
    client = login(email)
    assert client.get(PAGE).status_code == 404 and PAGE not in client.get("/").text
    token = parse(client.get("/").text).css_first('input[name="csrf_token"]').attributes["value"]
    assert client.post(PAGE, data={"csrf_token": token}).status_code == 404
