"""The whole card: from a feed to a ticket answered by e-mail link, each role in its own view.

A real tree (web, worker, clock, queue), a newspaper on loopback, a real SMTP catcher, Chromium. The operator sits
at a desk of 1440 pixels; the narahubung has a phone of 390 without JavaScript.
"""

import io
import re
import urllib.request
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from PIL import Image

from tests.harness.chromium import PHONE
from tests.harness.pressroom import Page
from tests.harness.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.tree, pytest.mark.xdist_group("demo")]

HEADLINE = "Jalan poros Kota Bangun berlubang, dua pengendara jatuh pagi ini"
ANSWER = "Lubang di KM 12 ditambal Rabu 25 November pukul 14.00; pengaspalan ulang mulai Senin 30 November."


def feed() -> bytes:
    """A newspaper with one item that appeared just now."""
    return f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar Uji</title><item>
      <title>{HEADLINE}</title><guid>uji-1</guid><link>https://kabaruji.example/jalan?utm_source=x</link>
      <pubDate>{format_datetime(datetime.now(UTC))}</pubDate>
      <description>Warga Kota Bangun meminta jalan rusak segera diperbaiki.</description>
      </item></channel></rss>""".encode()


@pytest.fixture
def demo(office):
    """The demo office with one more newspaper."""
    office.press["/feed.xml"] = Page(feed(), headers={"Content-Type": "application/rss+xml"})
    office.flask("source", "add", "Kabar Uji", "--kind", "rss", "--url", office.press.url("/feed.xml"))
    return office


@pytest.fixture
def mailbox(office):
    return office.mailbox


def password_of(tree) -> str:
    line = until(lambda: next((line for line in tree.printed if line.startswith("Kata sandi demo: ")), None))
    return line.partition(": ")[2]


def sign_in(page, tree, email: str) -> None:
    page.goto(f"{tree.url}/masuk")
    page.fill('input[name="email"]', email)
    page.fill('input[name="password"]', password_of(tree))
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk" not in url)


def link_in(letter) -> str:
    """The bare address, alone on its line in the text part."""
    text = letter.get_body(("plain",)).get_content()
    return next(line for line in text.splitlines() if re.fullmatch(r"http://\S+/t/\S+", line.strip())).strip()


def letter_about(mailbox, address: str):
    return next((letter for letter in mailbox.to(address) if "Jalan poros" in letter["Subject"]), None)


def photo(tmp_path) -> str:
    path = tmp_path / "bukti.jpg"
    shot = io.BytesIO()
    Image.new("RGB", (1600, 1200), "gray").save(shot, "JPEG")
    path.write_bytes(shot.getvalue())
    return str(path)


def promote(page, tree) -> str:
    """The operator finds the item and makes it a ticket of Dinas PU in place; returns the ticket's address."""
    page.goto(f"{tree.url}/pantauan")
    row = page.locator("[data-row]", has_text=HEADLINE)
    until(lambda: page.reload() and row.count() > 0, 40, every=1)
    row.get_by_role("link", name=HEADLINE).focus()
    row.get_by_role("link", name=HEADLINE).click()
    form = page.locator('form[action$="/tiket"]').first
    form.wait_for()
    form.locator('select[name="opd"]').select_option("DPU")
    form.get_by_role("button", name="Jadikan tiket").click()
    link = page.locator('a[href^="/tiket/"]', has_text=re.compile(r"#\d{4}")).first
    link.wait_for()
    return link.get_attribute("href")


def test_from_a_feed_to_an_answer_by_link(demo, mailbox, open_browser, tmp_path):
    operator = open_browser()
    sign_in(operator, demo, "operator@diskominfo.demo")
    address = promote(operator, demo)
    operator.goto(f"{demo.url}{address}")
    badge = operator.locator(f"#ticket-{address.rpartition('/')[2]}-status [data-state]").first
    assert badge.get_attribute("data-state") == "forwarded"

    letter = until(lambda: letter_about(mailbox, "narahubung@dpu.demo"), 40)
    link = link_in(letter)
    for _ in range(5):  # mail scanners open every link; opening burns nothing
        with urllib.request.urlopen(link) as seen:
            assert seen.status == 200 and "Set-Cookie" not in seen.headers

    phone = open_browser(viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)
    phone.goto(link)
    assert HEADLINE in phone.content()
    take_on(phone)
    until(lambda: badge.get_attribute("data-state") == "in_progress", 30)

    answer(phone, link, photo(tmp_path))
    until(lambda: badge.get_attribute("data-state") == "under_review", 30)

    operator.reload()
    assert ANSWER in operator.content()
    resolve(operator)
    until(lambda: badge.get_attribute("data-state") == "resolved", 15)


def take_on(phone) -> None:
    sent(phone, phone.get_by_role("button", name="Terima & tangani").first)
    confirm(phone)
    phone.get_by_text("Ditangani OPD").first.wait_for()


def confirm(phone) -> None:
    """A summary comes before anything acts, where the move has one."""
    sure = phone.get_by_role("button", name=re.compile("^Ya, "))
    if sure.count():
        sent(phone, sure.first)


def sent(phone, button) -> None:
    """Press it and wait for the next page: without JavaScript each press leads to one."""
    with phone.expect_navigation():
        button.click()


def answer(phone, link: str, file: str) -> None:
    phone.goto(link)
    upload = phone.locator('form[action$="/berkas"]')
    open_fold(phone, upload)
    upload.locator('input[type="file"][capture]').set_input_files(file)
    upload.get_by_role("button").first.click()
    phone.goto(link)
    form = phone.locator("form", has=phone.locator('textarea[name="answer"]')).first
    open_fold(phone, form)
    form.locator('textarea[name="answer"]').fill(ANSWER)
    sent(phone, form.get_by_role("button", name="Periksa lalu kirim"))
    confirm(phone)
    phone.get_by_text("Menunggu telaah Diskominfo").first.wait_for()


def open_fold(phone, inner) -> None:
    """A form may lie in a fold (`details`), which opens without JavaScript."""
    if not inner.first.is_visible():
        inner.first.locator("xpath=ancestor::details[1]/summary").click()


def resolve(operator) -> None:
    form = operator.locator('form[action$="/status"]').first
    open_fold(operator, form)
    form.locator('[name="move"][value="resolve"]').check()
    form.locator('select[name="outcome"]').select_option("perbaikan_lapangan")
    form.get_by_role("button", name="Selesai").click()
