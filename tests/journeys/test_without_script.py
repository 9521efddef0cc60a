"""The core story with JavaScript off, everybody signed in: every form is a form first."""

import re

import pytest

from tests.journeys.test_whole_card import ANSWER, open_fold, password_of

pytestmark = [pytest.mark.browser, pytest.mark.tree, pytest.mark.xdist_group("demo")]


@pytest.fixture
def enter(office, open_browser):
    """`enter(email)`: a browser without JavaScript, signed in to the demo office."""

    def sign_in(email: str):
        page = open_browser(java_script_enabled=False)
        page.goto(f"{office.url}/masuk")
        page.fill('input[name="email"]', email)
        page.fill('input[name="password"]', password_of(office))
        page.get_by_role("button", name="Masuk").click()
        page.goto(f"{office.url}/")
        page.root = office.url
        return page

    return sign_in


def move(page, address: str, name: str, **fields) -> None:
    """Make a move on the ticket's page as a browser without script sends it."""
    page.goto(page.root + address)
    form = page.locator('form[action$="/status"]').first
    open_fold(page, form) if page.locator("details", has=form).count() else None
    form.locator(f'[name="move"][value="{name}"]').check()
    for field, value in fields.items():
        place = form.locator(f'[name="{field}"]').first
        place.select_option(value) if place.evaluate("e => e.tagName") == "SELECT" else place.fill(value)
    form.get_by_role("button", name="Simpan").click()
    page.wait_for_load_state()


def state(page, address: str) -> str:
    page.goto(page.root + address)
    return page.locator(f"#ticket-{address.rpartition('/')[2]}-status [data-state]").first.get_attribute("data-state")


def test_from_alert_to_resolved_without_javascript(enter):
    operator = enter("operator@diskominfo.demo")
    address = promote(operator)
    assert state(operator, address) == "forwarded"
    admin = enter("admin@dishub.demo")
    move(admin, address, "take_on")
    assert state(admin, address) == "in_progress"
    move(admin, address, "submit", answer=ANSWER)
    narahubung = enter("narahubung@dishub.demo")
    assert ANSWER in narahubung.goto(narahubung.root + address).text()
    move(narahubung, address, "approve")
    assert state(operator, address) == "under_review"
    move(operator, address, "resolve", outcome="perbaikan_lapangan")
    assert state(operator, address) == "resolved"


def promote(operator) -> str:
    operator.goto(f"{operator.root}/pantauan")
    operator.locator("article[data-row] h3 a").first.click()
    form = operator.locator('form[action$="/tiket"]').first
    form.locator('select[name="opd"]').select_option("DISHUB")
    form.get_by_role("button", name="Jadikan tiket").click()
    operator.wait_for_load_state()
    return operator.locator("main a", has_text=re.compile(r"#\d{4}")).first.get_attribute("href")
