"""A name that several places share is settled by a person, on the alert's page."""

import pytest

from tests.desk.test_sorting import HTMX, form_on, fresh, kinds, parse, send
from tests.factories import make_alert

OPERATOR = "operator@diskominfo.demo"
UNCLEAR = "Warga Desa Sumber Sari mengeluh"


@pytest.fixture
def operator(login):
    return login(OPERATOR)


def buttons(client, alert) -> dict[str, str]:
    page = parse(client.get(f"/pantauan/{alert.id}").text)
    return {b.text().strip(): b.attributes["value"] for b in page.css(f"#tempat-{alert.id} button[name=place]")}


def test_a_shared_name_is_asked_with_each_place_as_a_button(operator, db_session):
    alert = make_alert(UNCLEAR)
    assert list(buttons(operator, alert)) == [
        "Sumber Sari, Loa Kulu",
        "Sumber Sari, Sebulu",
        "Sumber Sari, Kota Bangun Darat",
    ]


def test_the_choice_is_kept_and_told(operator, db_session):
    alert = make_alert(UNCLEAR)
    answer = send(operator, alert, "tempat", place=buttons(operator, alert)["Sumber Sari, Sebulu"])
    assert answer.status_code == 200 and "Sumber Sari, Sebulu" in answer.text
    assert fresh(alert).place == "Sumber Sari, Sebulu" and kinds(f"alert:{alert.id}") == ["alert.place"]
    assert "menetapkan tempatnya: Sumber Sari, Sebulu." in operator.get(f"/pantauan/{alert.id}").text
    assert f"/pantauan/{alert.id}" in operator.get("/pantauan?q=sebulu").text


def test_without_script_it_leads_back_to_the_page(operator, db_session):
    alert = make_alert(UNCLEAR)
    place = buttons(operator, alert)["Sumber Sari, Sebulu"]
    assert send(operator, alert, "tempat", headers={}, place=place).status_code == 303


@pytest.mark.parametrize("code", ["", "64.02.04", "x' OR 1=1"])
def test_a_place_the_text_does_not_name_is_refused(operator, db_session, code):
    alert = make_alert(UNCLEAR)
    answer = send(operator, alert, "tempat", place=code)
    assert answer.status_code == 422 and "Pilih tempat dari daftar" in answer.text
    assert fresh(alert).place == ""


def test_a_stale_screen_is_told(operator, db_session):
    alert = make_alert(UNCLEAR)
    place = buttons(operator, alert)["Sumber Sari, Sebulu"]
    sent = form_on(operator, alert, "tempat") | {"place": place, "version": "0"}
    assert operator.post(f"/pantauan/{alert.id}/tempat", data=sent, headers=HTMX).status_code == 409
    assert fresh(alert).place == ""


def test_a_sensitive_alert_tells_no_places_and_takes_none(operator, db_session):
    alert = make_alert(UNCLEAR)
    sent = form_on(operator, alert, "tempat") | {"place": buttons(operator, alert)["Sumber Sari, Sebulu"]}
    alert.sensitive, alert.safe_title = True, "Judul yang aman"
    db_session.commit()
    assert buttons(operator, alert) == {}
    sent["version"] = str(fresh(alert).version)
    assert operator.post(f"/pantauan/{alert.id}/tempat", data=sent, headers=HTMX).status_code == 422
    assert fresh(alert).place == ""


def test_one_clear_place_is_not_asked_about(operator, db_session):
    assert buttons(operator, make_alert("Banjir di Desa Sungai Meriam")) == {}
