"""Triage as an operator does it: keys, the reader beside the list, news that wait, a phone."""

import threading

import pytest
from werkzeug.serving import make_server

from app.extensions import db
from app.monitoring.models import Alert
from app.monitoring.rules.kinds import AlertState
from app.people.models import Opd
from app.tickets.models import Ticket
from tests.factories import make_alert, make_source
from tests.harness.chromium import PHONE
from tests.harness.client import PASSWORD

pytestmark = pytest.mark.browser

OPERATOR = "operator@diskominfo.demo"
HINTS = [{"opd": "DPU", "words": ["jalan"], "score": 2}, {"opd": "DISDIKBUD", "words": ["SD"], "score": 1}]


@pytest.fixture
def desk(app, db_session, people):
    """The app on loopback with five alerts; returns its address."""
    source = make_source("Kabar Etam")
    for n in range(5):
        make_alert(f"Jalan berlubang {n}", source, text="Warga mengeluhkan jalan.", hints=HINTS, reach=n)
    db.session.commit()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def operator(desk, open_browser):
    """`operator(**context)`: a page on /pantauan, signed in; what the console complains about is kept."""

    def enter(**settings):
        page = open_browser(**settings)
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.goto(f"{desk}/masuk")
        page.fill('input[name="email"]', OPERATOR)
        page.fill('input[name="password"]', PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.goto(f"{desk}/pantauan")
        return page

    return enter


def read(page, alert_id):
    """Wait until the reader holds that alert."""
    page.locator(f'#baca [data-reader="pantauan-{alert_id}"]').wait_for()


def rows_of(page) -> list[str]:
    return page.eval_on_selector_all("[data-row]", "rows => rows.map(row => row.id.replace('pantauan-', ''))")


def asked(question):
    """A value of the database; the writer's lock is given back at once, for the server wants it too."""
    value = db.session.scalar(question)
    db.session.rollback()
    return value


def state_of(alert_id) -> AlertState:
    return asked(db.select(Alert.state).where(Alert.id == int(alert_id)))


def test_a_morning_by_keyboard(operator):
    page = operator()
    first, second, third, *_ = rows_of(page)
    read(page, first)
    page.keyboard.press("j")
    read(page, second)
    page.keyboard.press("j")
    page.keyboard.press("x")  # faster than the reader: the key waits for the row it is meant for
    page.locator(f"#abaikan-{third}[data-open]").wait_for()
    page.keyboard.press("2")
    page.get_by_text("Pantauan diabaikan: iklan atau advertorial.").wait_for()
    assert state_of(third) is AlertState.IGNORED and state_of(second) is AlertState.NEW
    page.keyboard.press("z")
    page.get_by_text("Pantauan kembali ke daftar pilah.").wait_for()
    assert state_of(third) is AlertState.NEW
    page.locator(f"#pantauan-{first} h3 a").click()
    read(page, first)
    page.keyboard.press("1")
    page.locator(f'#pantauan-{first} a[href^="/tiket/"]').wait_for()
    read(page, second)  # the next row that waits
    assert asked(db.select(Opd.code).join(Ticket, Ticket.lead_opd_id == Opd.id)) == "DPU"
    assert page.complaints == []


def test_a_selection_by_keyboard(operator):
    page = operator()
    first, second, *_ = rows_of(page)
    read(page, first)
    page.keyboard.press("Space")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    assert page.locator("[data-picked-count]").inner_text() == "2 dipilih"
    page.keyboard.press("x")
    page.locator("#pilihan-isian").wait_for()
    page.keyboard.press("4")
    page.locator("#toasts").get_by_text("2 pantauan diabaikan: berita lama.").wait_for()
    assert {state_of(first), state_of(second)} == {AlertState.IGNORED}
    assert page.locator(f"#pantauan-{first}[data-gone]").count() == 1 and rows_of(page)[0] == first
    page.keyboard.press("z")
    page.locator("#toasts").get_by_text("2 pantauan kembali ke daftar pilah.").wait_for()
    assert state_of(first) is AlertState.NEW and page.complaints == []


def test_what_is_refused_stays_in_the_reader_with_the_typed_words(operator):
    page = operator()
    first, *_ = rows_of(page)
    read(page, first)
    page.keyboard.press("m")
    page.fill(f"#gabung-{first} input[name=ticket]", "9999")
    page.keyboard.press("Enter")
    page.locator("#gabung-ticket-error").wait_for()
    assert page.input_value(f"#gabung-{first} input[name=ticket]") == "9999"
    page.keyboard.press("Escape")
    assert not page.locator(f"#gabung-{first}").is_visible()


def test_news_wait_in_their_line_and_no_row_moves(operator):
    page = operator()
    page.clock.install()
    page.reload()
    first, *_ = rows_of(page)
    read(page, first)
    at = page.locator(f"#pantauan-{first}").bounding_box()
    make_alert("Baru masuk")
    db.session.commit()
    page.locator(f"#pantauan-{first} [data-pick]").check()
    page.clock.run_for(20_000)
    assert page.get_by_text("pantauan baru. Tampilkan").count() == 0  # somebody is picking
    page.locator(f"#pantauan-{first} [data-pick]").uncheck()
    page.clock.run_for(20_000)
    page.get_by_text("1 pantauan baru. Tampilkan").wait_for()
    assert rows_of(page)[0] == first and page.locator(f"#pantauan-{first}").bounding_box() == at
    page.keyboard.press(".")
    page.get_by_role("link", name="Baru masuk").wait_for()


def test_on_a_phone_a_row_opens_its_own_page(operator):
    page = operator(viewport=PHONE, has_touch=True, is_mobile=True)
    first, *_ = rows_of(page)
    page.locator(f"#pantauan-{first} h3 a").click()
    page.wait_for_url(f"**/pantauan/{first}")
    page.locator("#tiket-opd").select_option("DPU")
    page.get_by_role("button", name="Jadikan tiket").click()
    page.locator('main a[href^="/tiket/"]').wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390 and page.complaints == []


def test_escape_leaves_the_field_that_a_key_led_into(operator):
    page = operator()
    first, *_ = rows_of(page)
    read(page, first)
    page.keyboard.press("s")
    page.locator(f"#baca #judul-aman-{first}").wait_for()
    page.keyboard.press("s")
    page.keyboard.type("Perkara anak")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('[data-row]').id") == f"pantauan-{first}"
    assert page.locator("#aman-safe_title").input_value() == "Perkara anak"
    page.keyboard.press("z")
    page.locator("#toasts").get_by_text("Pantauan tidak lagi ditandai sensitif.").wait_for()
    assert page.complaints == []


def test_one_key_makes_it_sensitive_and_the_same_key_names_it(operator):
    page = operator()
    first, second, *_ = rows_of(page)
    read(page, first)
    page.keyboard.press("j")
    page.keyboard.press("s")  # faster than the reader: the key waits for the row it is meant for
    page.locator("#toasts").get_by_text("Ditandai sensitif.").wait_for()
    assert asked(db.select(Alert.id).where(Alert.sensitive)) == int(second)
    page.locator(f"#baca #judul-aman-{second}").wait_for()
    page.keyboard.press("s")
    page.keyboard.type("Perkara anak di satu sekolah")
    page.keyboard.press("Enter")
    page.locator(f"#pantauan-{second} h3").get_by_text("Perkara anak di satu sekolah").wait_for()
    page.locator("#baca h2:has-text('Perkara anak di satu sekolah')").wait_for()
    page.keyboard.press("j")
    third = page.locator("[data-row][data-current]").get_attribute("id").removeprefix("pantauan-")
    page.keyboard.press("s")
    page.locator(f"#baca #judul-aman-{third}").wait_for()
    page.keyboard.press("z")
    page.locator("#toasts").get_by_text("Pantauan tidak lagi ditandai sensitif.").wait_for()
    page.locator(f"#pantauan-{third} h3").get_by_text("Jalan berlubang").wait_for()
    assert asked(db.select(Alert.id).where(Alert.id == int(third), Alert.sensitive)) is None and page.complaints == []
