"""A rakor is held in a hall with a poor network: the projector by its keys, and a decision that survives a lost line."""

import threading

import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from app.agenda.models import Plan, RakorItem
from app.extensions import db
from tests.agenda.hall import matter, rakor
from tests.harness.client import PASSWORD
from tests.tickets.desk import OPERATOR

pytestmark = pytest.mark.browser


@pytest.fixture
def root(app, people):
    db.session.commit()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def signed_in(root, open_browser):
    page = open_browser()
    page.goto(f"{root}/masuk")
    page.fill('input[name="email"]', OPERATOR)
    page.fill('input[name="password"]', PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk" not in url)
    return page


def test_the_projector_is_driven_by_two_keys(root, people, open_browser):
    meeting = rakor(people, matter(people), matter(people, title="Air keruh di hulu"), locked=True)
    page = signed_in(root, open_browser)
    page.goto(f"{root}/rakor/{meeting.id}/layar/0")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/layar/1")
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Air keruh di hulu").wait_for()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/layar/1")


def test_what_was_typed_survives_a_lost_line_and_is_recorded_once(root, people, open_browser):
    item = matter(people)
    meeting = rakor(people, item, locked=True)
    page, where = signed_in(root, open_browser), f"{root}/rakor/{meeting.id}/perkara/{item.id}"
    db.session.commit()
    page.goto(where)
    page.fill('textarea[name="outcome"]', "Rehab bertahap mulai Januari.")
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Simpan keputusan").click(no_wait_after=True)
    page.context.set_offline(False)
    page.goto(where)
    assert page.input_value('textarea[name="outcome"]') == "Rehab bertahap mulai Januari."
    page.get_by_role("button", name="Simpan keputusan").click()
    page.get_by_text("Keputusan tersimpan.").wait_for()
    given = {"text": "Perbaiki atap SDN 014", "due_on": "2026-12-31"}
    for _ in range(2):  # the answer to the first was lost: it is typed and sent again
        if page.locator('textarea[name="text"]').is_hidden():
            page.get_by_text("Tambah rencana").click()
        page.fill('textarea[name="text"]', given["text"])
        page.select_option('select[name="opd"]', "DISDIKBUD")
        page.fill('input[name="due_on"]', given["due_on"])
        page.get_by_role("button", name="Catat rencana").click()
    page.get_by_text("Rencana yang sama sudah tercatat").first.wait_for()
    assert db.session.scalar(select(RakorItem.outcome)) == "Rehab bertahap mulai Januari."
    assert db.session.scalar(select(func.count()).select_from(Plan)) == 1
    db.session.rollback()
