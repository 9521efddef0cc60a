"""/isu: what is put together is shown, what is hidden is not even a number, and everything can be taken apart."""

from datetime import timedelta

import pytest

from app.core import clock
from app.desk.queries import isu as isu_queries
from app.desk.rules.isu import days_of, ticks
from app.extensions import db
from app.monitoring.actions import sorting
from app.monitoring.actions.isu import merge, put_together, take_out
from app.monitoring.models import Isu, IsuLink, Mirrored
from app.monitoring.rules.kinds import Tone
from app.tickets import actions
from tests.factories import make_alert, make_source
from tests.harness.client import fields_of, parse

OPERATOR, HEAD, LEADER = "operator@diskominfo.demo", "kepala@diskominfo.demo", "pimpinan@kukar.demo"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
BUDGET, PAGE_BUDGET = 8, 12


@pytest.fixture
def operator(login):
    return login(OPERATOR)


def make_isu(people, title, *alerts) -> Isu:
    isu = put_together(alerts or [make_alert(title)], people[OPERATOR], title)
    db.session.commit()
    return isu


def titles(page) -> list[str]:
    return [a.text() for a in page.css(".item-isu .title a")]


def send(client, isu, name, **changes):
    page = parse(client.get(f"/isu/{isu.id}").text)
    form = page.css_first(f'form[action="/isu/{isu.id}/{name}"]')
    return client.post(f"/isu/{isu.id}/{name}", data=fields_of(form) | changes, follow_redirects=True)


def where(alert) -> int | None:
    db.session.expire_all()
    link = db.session.get(IsuLink, alert.id)
    return link and link.isu_id


@pytest.mark.parametrize(
    "who, status",
    [(OPERATOR, 200), (HEAD, 200), (LEADER, 200), ("admin@disdikbud.demo", 404), ("narahubung@dpu.demo", 404)],
)
def test_diskominfo_and_leaders_read_isu(login, people, who, status):
    isu = make_isu(people, "Kanari isu")
    client = login(who)
    for path in ("/isu", f"/isu/{isu.id}"):
        answer = client.get(path)
        assert answer.status_code == status and ("Kanari" in answer.text) is (status == 200)


@pytest.mark.parametrize("then", ["sensitive", "restricted"])
def test_a_title_that_is_hidden_later_is_not_left_behind_as_the_name_of_an_isu(login, people, then):
    alert = make_alert("Kanari anak di sekolah")
    isu = make_isu(people, "", alert, make_alert("Air keruh"))
    take_out([alert], people[OPERATOR])
    if then == "sensitive":
        sorting.set_safe_title(alert, people[OPERATOR], "Perkara anak di Anggana")
    else:
        actions.promote([alert], people[OPERATOR], {"opd": "DISDIKBUD"}).restricted = True
    client = login(LEADER)
    assert "Kanari" not in client.get("/isu").text + client.get(f"/isu/{isu.id}").text


@pytest.mark.parametrize("question, answer", [("summaries", {}), ("per_day", [])])
def test_an_isu_that_loses_its_last_alert_while_it_is_read_is_404(operator, people, monkeypatch, question, answer):
    isu = make_isu(people, "Air keruh")
    monkeypatch.setattr(isu_queries, question, lambda *_: answer)
    assert operator.get(f"/isu/{isu.id}").status_code == 404


def test_leaders_change_nothing(login, people):
    alert = make_alert("Air keruh")
    isu, other = make_isu(people, "Air bersih", alert), make_isu(people, "Jalan rusak")
    client = login(LEADER)
    assert parse(client.get(f"/isu/{isu.id}").text).css_first("#atur") is None
    token = parse(client.get("/").text).css_first('input[name="csrf_token"]').attributes["value"]
    sent = {"csrf_token": token, "title": "Ganti judul", "into": str(other.id), "alert": str(alert.id), "part": "1"}
    for name in ("judul", "satukan", "pisah", "keluarkan"):
        assert client.post(f"/isu/{isu.id}/{name}", data=sent).status_code == 404
    assert where(alert) == isu.id


@pytest.mark.parametrize("many", [2, 55])
@pytest.mark.parametrize("path", ["/isu", "/isu/{}", "/isu?q=air"])
def test_pages_cost_the_same_whatever_they_show(operator, people, statements, many, path):
    source = make_source()
    isus = [put_together([make_alert(f"Air {n}", source)], people[OPERATOR]) for n in range(many)]
    put_together([make_alert(f"Lain {n}", source) for n in range(many)], people[OPERATOR], isu=isus[0])
    merge(isus[1], isus[0], people[OPERATOR])
    db.session.commit()
    operator.get("/isu")
    with statements() as seen:
        assert operator.get(path.format(isus[0].id)).status_code == 200
    assert len(seen) <= (PAGE_BUDGET if "{" in path else BUDGET), seen


def test_the_list_pages_by_what_was_opened(visit_as, people):
    source = make_source()
    for n in range(53):
        put_together([make_alert(f"Perkara {n}", source)], people[OPERATOR])
    db.session.commit()
    visit = visit_as(OPERATOR)
    first = visit("/isu")
    rest = visit(first.css_first('a[rel="next"]').attributes["href"])
    assert titles(first)[0] == "Perkara 52" and len(titles(first)) == 50
    assert titles(rest) == ["Perkara 2", "Perkara 1", "Perkara 0"]


def test_a_row_counts_alerts_outlets_tones_and_tickets(visit_as, people):
    one, two = (make_alert(f"Air {n}", media="Kabar Etam", tone=Tone.NEGATIVE) for n in range(2))
    three = make_alert("Air 3", media="Suara Hulu", tone=Tone.POSITIVE)
    make_isu(people, "Air bersih", one, two, three)
    actions.promote([one, two], people[OPERATOR], {"opd": "DPU"})
    db.session.commit()
    told = " ".join(visit_as(OPERATOR)("/isu").css_first(".item-isu").text().split())
    for words in ("3 pantauan", "2 sumber", "1 tiket", "2 negatif", "1 positif"):
        assert words in told


def test_what_stands_behind_a_restricted_ticket_is_no_number_for_others(visit_as, login, people):
    hidden, shown = make_alert("Kanari terbatas", media="Kanari Pos"), make_alert("Air bersih")
    lonely = make_alert("Kanari kedua")
    isu, alone = make_isu(people, "", hidden, shown), make_isu(people, "Kanari sendiri", lonely)
    ticket = actions.promote([hidden, lonely], people[OPERATOR], {"opd": "DPU", "title": "Kanari tiket"})
    actions.set_secrecy(ticket, people[HEAD], named=[people[HEAD].person_id])
    db.session.commit()
    for who in (OPERATOR, LEADER):
        client = login(who)
        page = client.get("/isu")
        assert "anari" not in page.text and "1 pantauan" in page.text
        assert "anari" not in client.get(f"/isu/{isu.id}").text
        assert f"Isu nomor {isu.id}" in page.text
        assert client.get(f"/isu/{alone.id}").status_code == 404
        assert "anari" not in parse(client.get("/isu?q=kanari").text).css_first("main .items, main .empty p").text()
    assert "Kanari terbatas" in visit_as(HEAD)(f"/isu/{isu.id}").html


def test_one_isu_shows_both_channels_outlets_and_tickets(visit_as, people):
    news, complaint = make_alert("Air mati", media="Kabar Etam"), make_alert("Sejak subuh air tidak keluar")
    mirrored = {"tracking_id": "9001298", "raw_state": "Diproses", "reported_at": clock.now(), "data_at": clock.now()}
    db.session.add(Mirrored(alert_id=complaint.id, **mirrored))
    isu = make_isu(people, "Air bersih", news, complaint)
    ticket = actions.promote([news], people[OPERATOR], {"opd": "DPU", "title": "Pompa sadap"})
    db.session.commit()
    page = visit_as(OPERATOR)(f"/isu/{isu.id}")
    covers = [" ".join(each.text().split()) for each in page.css(".isu-cover")]
    assert len(covers) == 2 and any("SP4N 9001298, Diproses" in each and "data per" in each for each in covers)
    assert page.css_first(f'.isu-tickets a[href="/tiket/{ticket.id}"]').text().endswith("Pompa sadap")
    assert page.css_first(f'.isu-cover a[href="/pantauan/{news.id}"]') is not None
    assert page.css_first(".chart-scroll svg rect") is not None and len(page.css("main table tbody tr")) == 1


def test_a_sensitive_alert_is_told_by_its_judul_aman(visit_as, people):
    alert = make_alert("Kanari nama anak", text="kanari", media="Kanari Pos")
    isu = make_isu(people, "", alert)
    sorting.set_safe_title(alert, people[OPERATOR], "Perkara anak di Anggana")
    db.session.commit()
    for path in ("/isu", f"/isu/{isu.id}", "/isu?q=anak"):
        html = visit_as(LEADER)(path).html
        assert "anari" not in html and "Perkara anak di Anggana" in html


def test_renaming_merging_splitting_and_taking_out(operator, people):
    alert = make_alert("Air keruh")
    isu, other = make_isu(people, "Air bersih", alert), make_isu(people, "Pompa sadap")
    assert "Air bersih Separi" in send(operator, isu, "judul", title="Air bersih Separi").text
    merged = send(operator, isu, "satukan", into=str(other.id))
    assert merged.request.path == f"/isu/{other.id}" and "Air keruh" in merged.text
    assert operator.get(f"/isu/{isu.id}").status_code == 404
    assert send(operator, other, "pisah", part=str(isu.id)).status_code == 200
    assert "Air keruh" in operator.get(f"/isu/{isu.id}").text
    gone = send(operator, isu, "keluarkan", alert=str(alert.id))
    assert gone.request.path == "/isu" and where(alert) is None and operator.get(f"/isu/{isu.id}").status_code == 404


def test_what_is_wrong_is_said_and_what_was_typed_stays(operator, people):
    isu = make_isu(people, "Air bersih")
    refused = send(operator, isu, "judul", title="Air")
    assert refused.status_code == 422 and "5–300 huruf" in refused.text and 'value="Air"' in refused.text
    stale = send(operator, isu, "judul", title="Judul saya", version="0")
    assert stale.status_code == 409 and "diubah orang lain" in stale.text and 'value="Judul saya"' in stale.text
    assert db.session.get(Isu, isu.id).title == "Air bersih"


def test_one_alert_is_put_into_an_isu_from_its_page_and_taken_out_again(operator, people):
    alert, isu = make_alert("Air keruh"), make_isu(people, "Air bersih")
    page = parse(operator.get(f"/pantauan/{alert.id}").text)
    form = fields_of(page.css_first(f'form[action="/pantauan/{alert.id}/isu"]'))
    answer = operator.post(f"/pantauan/{alert.id}/isu", data=form | {"isu": str(isu.id)}, headers=HTMX)
    assert answer.status_code == 200 and where(alert) == isu.id
    assert parse(answer.text).css_first(f'a[href="/isu/{isu.id}"]').text() == "Air bersih"
    page = parse(operator.get(f"/pantauan/{alert.id}").text)
    form = fields_of(page.css_first(f'form[action="/pantauan/{alert.id}/lepas-isu"]'))
    assert operator.post(f"/pantauan/{alert.id}/lepas-isu", data=form, follow_redirects=True).status_code == 200
    assert where(alert) is None


def test_a_selection_becomes_an_isu_whatever_its_state_and_the_toast_takes_it_back(operator, people):
    one, two = make_alert("Air keruh"), make_alert("Air mati")
    actions.promote([two], people[OPERATOR], {})
    db.session.commit()
    page = parse(operator.get(f"/pantauan/pilihan?act=isu&ids={one.id}&ids={two.id}").text)
    form = fields_of(page.css_first("#pilihan-isian")) | {"ids": [str(one.id), str(two.id)], "title": "Air bersih"}
    answer = operator.post("/pantauan/pilihan", data=form, headers=HTMX)
    assert answer.status_code == 200 and where(one) == where(two) is not None
    undo = parse(answer.text).css_first("[data-toast] form")
    operator.post("/pantauan/pilihan", data=fields_of(undo) | {"ids": [str(one.id), str(two.id)]}, headers=HTMX)
    assert where(one) is None and where(two) is None


def test_the_days_of_a_chart_have_no_holes_and_its_side_reaches_the_top():
    today = clock.today()
    days = days_of([(today, Tone.NEGATIVE), (today - timedelta(days=3), None), (today, None)], today)
    assert [day.total for day in days] == [1, 0, 0, 2] and days[-1].negative == days[-1].unjudged == 1
    for most in range(1, 60):
        assert ticks(most)[-1] >= most and 2 <= len(ticks(most)) <= 5


def test_a_ticket_shows_its_isu_as_a_station_to_those_who_sort(visit_as, people):
    alert = make_alert("Air mati")
    isu = make_isu(people, "Air bersih", alert)
    ticket = actions.promote([alert], people[OPERATOR], {"opd": "DPU"})
    db.session.commit()
    stations = [a.attributes["href"] for a in visit_as(OPERATOR)(f"/tiket/{ticket.id}").css(".path a")]
    assert stations == [f"/isu/{isu.id}"]
    assert visit_as("admin@dpu.demo")(f"/tiket/{ticket.id}").css(".path a") == []
