"""The system's Chromium, driven by Playwright. It talks to loopback only."""

import os
import shutil

import pytest

FLAGS = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-dev-shm-usage"),
    *("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost", "--password-store=basic"),
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def required() -> bool:
    return "browser" in os.environ.get("TANGGAP_TEST_REQUIRE", "").split(",")


def executable() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium():
    """One browser per process."""
    path = executable()
    if path is None:
        if required():
            pytest.fail("Chromium is required and was not found")
        pytest.skip("Chromium was not found")
    from playwright.sync_api import sync_playwright

    flags = [*FLAGS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium):
    """`open_browser(**context)`: a fresh page; by default a desk of 1440 × 900, in Indonesian, at the office's time."""
    contexts = []

    def make(**settings):
        defaults = {"viewport": DESK, "locale": "id-ID", "timezone_id": "Asia/Makassar"}
        contexts.append(chromium.new_context(**(defaults | settings)))
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_browser):
    return open_browser()
