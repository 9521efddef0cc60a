"""A picture from the clipboard goes into the form; words that are pasted with one stay words; without script, chosen."""

import pytest

from app.extensions import db
from app.monitoring.models import AlertFile
from tests.desk.test_capture import shot
from tests.desk.test_pasting_in_browser import root  # noqa: F401 - a fixture
from tests.harness.chromium import PHONE
from tests.harness.client import PASSWORD
from tests.harness.waiting import until

pytestmark = pytest.mark.browser

BRING = """async ([kind, bytes, words]) => {
  const brought = new DataTransfer();
  brought.items.add(new File([new Uint8Array(bytes)], "layar.png", { type: "image/png" }));
  if (words) brought.setData("text/plain", words);
  const facts = { bubbles: true, cancelable: true };
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { ...facts, clipboardData: brought })
    : new DragEvent("drop", { ...facts, dataTransfer: brought });
  document.querySelector("main").dispatchEvent(event);
  return document.querySelector("input[type=file]").files.length;
}"""


def opened(root, page):  # noqa: F811
    page.goto(f"{root}/masuk")
    page.fill('input[name="email"]', "operator@diskominfo.demo")
    page.fill('input[name="password"]', PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{root}/pantauan/tempel")
    page.get_by_role("link", name="Tangkapan layar atau video").click()
    page.get_by_role("heading", name="Tangkapan layar atau video").wait_for()


def test_pasted_and_dropped_pictures_are_sent_with_what_was_chosen(root, open_browser):  # noqa: F811
    page, complaints = open_browser(viewport=PHONE), []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    opened(root, page)
    content = list(shot())
    assert page.evaluate(BRING, ["paste", content, "sel dari Excel"]) == 0
    assert page.evaluate(BRING, ["paste", content, ""]) == 1
    assert page.evaluate(BRING, ["drop", content, ""]) == 2
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.fill('input[name="title"]', "Banjir di Anggana")
    page.get_by_role("button", name="Masukkan").click()
    page.get_by_role("link", name="Banjir di Anggana").click()
    shown = "[...document.querySelectorAll('.shots img')].map((img) => img.naturalWidth)"
    until(lambda: page.evaluate(shown) == [60, 60])  # asked from outside: the page's own policy allows no eval
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert complaints == []


def test_a_forgotten_title_is_asked_for_before_the_picture_is_sent(root, open_browser):  # noqa: F811
    page = open_browser()
    opened(root, page)
    page.evaluate(BRING, ["paste", list(shot()), ""])
    page.get_by_role("button", name="Masukkan").click()
    title = "document.querySelector('input[name=title]')"
    assert page.evaluate(f"{title}.validationMessage") == "Beri judul, atau tulis keterangannya."
    assert page.evaluate(f"document.activeElement === {title}")
    page.keyboard.type("Banjir di Anggana")
    page.get_by_role("button", name="Masukkan").click()
    page.get_by_role("heading", name="Hasil tempelan").wait_for()
    assert db.session.scalar(db.select(db.func.count()).select_from(AlertFile)) == 1
    db.session.rollback()


def test_without_script_the_file_is_chosen(root, open_browser):  # noqa: F811
    page = open_browser(java_script_enabled=False)
    opened(root, page)
    page.set_input_files("input[type=file]", {"name": "a.png", "mimeType": "image/png", "buffer": shot()})
    page.fill('input[name="title"]', "Banjir di Anggana")
    page.get_by_role("button", name="Masukkan").click()
    page.get_by_role("heading", name="Hasil tempelan").wait_for()
    assert db.session.scalar(db.select(db.func.count()).select_from(AlertFile)) == 1
    db.session.rollback()
