"""An admin knows the site of a medium and nothing of its feed: in the browser, with worker, clock and a real fetch."""

import re
from pathlib import Path

import pytest

from tests.harness.chromium import DESK, PHONE
from tests.harness.pressroom import Page
from tests.journeys import walk
from tests.journeys.test_whole_card import sign_in
from tests.monitoring.test_discovery import feed, site

pytestmark = [pytest.mark.browser, pytest.mark.tree, pytest.mark.xdist_group("demo")]

KEEPER = "kepala@diskominfo.demo"
USE = "Pakai umpan ini"


@pytest.fixture
def press(office):
    office.press["/"] = Page(site("/kabar/feed", "/olahraga/feed"))
    office.press["/kabar/feed"] = Page(feed("Air bersih keruh sejak Jumat", "Jembatan diperiksa", "Harga beras naik"))
    office.press["/olahraga/feed"] = Page(feed("Mitra menang", name="Olahraga"))
    return office.press


def test_from_the_name_of_a_site_to_its_first_news(office, press, open_browser):
    page = open_browser(reduced_motion="reduce")
    page.add_init_script(path=Path(walk.AXE))
    ear = walk.Ear(page, office.url)
    sign_in(page, office, KEEPER)
    page.goto(f"{office.url}/pengaturan/sumber/baru")
    page.get_by_role("textbox", name="Alamat situs").fill(press.url("/"))
    page.get_by_role("button", name="Cari umpan").click()
    page.get_by_role("button", name=USE).first.wait_for(timeout=30_000)  # the page found it by itself
    assert page.locator("main h2").all_inner_texts() == ["Kabar Etam", "Olahraga"]
    assert page.get_by_text("Jembatan diperiksa").is_visible()
    _looks_well(page)
    page.get_by_role("button", name=USE).last.click()
    page.wait_for_url(re.compile(r"/sumber/\d+$"))
    _wait_for(page, "Mitra menang")
    assert page.get_by_role("heading", level=1).inner_text() == "Olahraga"
    _looks_well(page)
    assert ear.said == [] and ear.foreign == []


def _looks_well(page) -> None:
    """On a desk by day and on a phone by night."""
    for size, theme in ((DESK, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        assert walk.complaints(page) == [] and walk.overflow(page) <= 0
    page.set_viewport_size(DESK)


def _wait_for(page, words: str) -> None:
    """Until the worker has asked the feed and read it; the page of a source does not move by itself."""
    for _ in range(30):
        if page.get_by_role("link", name=words).count():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    raise AssertionError(f"{words} did not come")
