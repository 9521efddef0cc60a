"""A child and a harm in one alert: the operator is asked for a judul aman, in the list and beside the forms."""

from tests.factories import make_alert
from tests.harness.client import submit

OPERATOR = "operator@diskominfo.demo"


def test_the_list_and_the_page_ask_until_there_is_one(people, db_session, login, visit_as):
    alert = make_alert("Anak di Loa Janan diduga dirundung teman sekolah")
    plain = make_alert("Jalan rusak di Loa Janan")
    db_session.commit()
    visit = visit_as(OPERATOR)
    listed = visit("/pantauan")
    assert "beri judul aman?" in listed.css_first(f"#pantauan-{alert.id}").text()
    assert "beri judul aman?" not in listed.css_first(f"#pantauan-{plain.id}").text()
    page = visit(f"/pantauan/{alert.id}")
    assert "Menyebut “anak” dan “dirundung”" in page.text() and "open" in page.css_first("details#aman").attributes
    browser = login(OPERATOR)
    submit(browser, page_of(browser, alert), f"#judul-aman-{alert.id}", safe_title="Peristiwa di Loa Janan")
    assert "Menyebut" not in visit(f"/pantauan/{alert.id}").text()


def page_of(browser, alert):
    from tests.harness.client import parse

    return parse(browser.get(f"/pantauan/{alert.id}").text)
