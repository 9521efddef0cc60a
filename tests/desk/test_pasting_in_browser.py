"""Five links from WhatsApp, pasted, seen, taken in: three clicks from the pantauan; also without JavaScript."""

import threading

import pytest
from werkzeug.serving import make_server

from app.extensions import db
from app.monitoring.models import Alert
from tests.harness.chromium import PHONE
from tests.harness.client import PASSWORD

pytestmark = pytest.mark.browser

TEXT = "[24/11 07.10] Budi: Cek ini\n" + "\n".join(
    f"https://kabaretam.example/berita/{n}/jalan-rusak-di-desa-nomor-{n}?utm_source=wa" for n in range(5)
)


@pytest.fixture
def root(app, people):
    db.session.commit()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("settings", [{}, {"viewport": PHONE}, {"java_script_enabled": False}])
def test_five_links_are_pasted_in_three_clicks(root, open_browser, settings):
    page = open_browser(**settings)
    complaints = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(f"{root}/masuk")
    page.fill('input[name="email"]', "operator@diskominfo.demo")
    page.fill('input[name="password"]', PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{root}/pantauan")

    page.get_by_role("link", name="Tempel dari WhatsApp").click()
    page.fill('textarea[name="text"]', TEXT)
    page.get_by_role("button", name="Lihat hasilnya").click()
    page.get_by_role("button", name="Masukkan 5 pantauan").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Masukkan 5 pantauan").click()
    page.get_by_role("heading", name="Hasil tempelan").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert db.session.scalar(db.select(db.func.count()).select_from(Alert)) == 5
    db.session.rollback()

    page.get_by_role("button", name="Urungkan").click()
    page.get_by_text("Tempelan ini diurungkan.").wait_for()
    assert db.session.scalar(db.select(db.func.count()).select_from(Alert)) == 0
    assert complaints == []
