"""«Periksa tautan» in a browser: the reader waits for the worker and tells what the site said."""

import threading

import pytest
from werkzeug.serving import make_server

from app.core import clock
from app.extensions import db
from app.monitoring.rules.evidence import Content
from tests.factories import make_alert, make_source
from tests.harness.client import PASSWORD
from tests.harness.pressroom import Pressroom
from tests.tickets.desk import OPERATOR

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(app, db_session, people):
    """The app on loopback with one alert whose page is gone; returns its address."""
    room = Pressroom()
    app.config["FETCH_ALLOW"] = room.host
    now, url = clock.now(), room.url("/berita/lampu-jalan-padam-di-anggana-sudah-dua-pekan")
    content = Content("Lampu jalan padam di Anggana", url, now, "Warga mengeluh.")
    make_alert(
        content.title, make_source("Kabar Etam"), text=content.text, url=url, published_at=now, seen_hash=content.hash()
    )
    db.session.commit()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    room.stop()
    app.config["FETCH_ALLOW"] = ""


def test_the_reader_beside_the_list_tells_when_the_page_is_gone(desk, open_browser, work_off):
    page = open_browser()
    complaints = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(f"{desk}/masuk")
    page.fill('input[name="email"]', OPERATOR)
    page.fill('input[name="password"]', PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{desk}/pantauan")
    page.get_by_role("link", name="Lampu jalan padam di Anggana").first.click()
    page.get_by_text("Bukti tayang").click()
    page.get_by_role("button", name="Periksa tautan").click()
    page.get_by_text("Sedang diperiksa").wait_for()
    work_off()
    page.get_by_text("Situs menjawab 404.").first.wait_for()
    assert page.locator("details[open] >> text=Tautan hilang").count() == 1
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Unduh bukti.txt").click()
    assert sheet.value.suggested_filename.startswith("bukti-pantauan-")
    assert complaints == []
