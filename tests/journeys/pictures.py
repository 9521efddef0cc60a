"""Pictures for README and guide, taken from a running demo: `python -m tests.journeys.pictures URL PASSWORD`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from app.config import ROOT
from tests.harness.chromium import DESK, FLAGS, PHONE, executable

FOLDER = ROOT / "docs" / "gambar"
PICTURES = (
    ("pantauan", "operator@diskominfo.demo", "/pantauan"),
    ("tiket", "operator@diskominfo.demo", "/tiket?tampilan=giliran"),
    ("surat", "operator@diskominfo.demo", "/surat-keluar"),
    ("meja-operator", "operator@diskominfo.demo", "/"),
    ("meja-admin", "admin@tirtamahakam.demo", "/"),
    ("meja-pimpinan", "pimpinan@kukar.demo", "/"),
    ("sumber", "kepala@diskominfo.demo", "/pengaturan/sumber"),
)
SIZES = {"1440": DESK, "390": PHONE}


def main(root: str, password: str) -> None:
    """Write every picture at both sizes, light; the ticket also in the dark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=[*FLAGS, "--no-sandbox"])
        cookies: dict[str, list] = {}
        for name, email, path in PICTURES:
            cookies.setdefault(email, _sign_in(browser, root, email, password) if email not in cookies else [])
            for size, viewport in SIZES.items():
                _take(browser, root + path, cookies[email], viewport, FOLDER / f"{name}-{size}.png")
        browser.close()


def _sign_in(browser, root: str, email: str, password: str) -> list:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{root}/masuk")
    page.fill('[name="email"]', email)
    page.fill('[name="password"]', password)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk" not in url)
    cookies = context.cookies()
    context.close()
    return cookies


def _take(browser, url: str, cookies: list, viewport: dict, path: Path, scheme: str = "light") -> None:
    context = browser.new_context(viewport=viewport, locale="id-ID", color_scheme=scheme, timezone_id="Asia/Makassar")
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(url)
    page.wait_for_timeout(400)
    page.screenshot(path=path)
    context.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
