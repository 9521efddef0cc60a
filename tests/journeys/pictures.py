"""Pictures for README and guide, from a running demo: `python -m tests.journeys.pictures URL PASSWORD MAILFOLDER`."""

import re
import sys
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import sync_playwright

from app.config import ROOT
from tests.harness.chromium import DESK, FLAGS, PHONE, executable

FOLDER = ROOT / "docs" / "gambar"
TICKET = "Air bersih Tenggarong Seberang: pompa sadap Kerta Buana"
PICTURES = (
    ("pantauan", "operator@diskominfo.demo", "/pantauan"),
    ("tiket", "operator@diskominfo.demo", TICKET),
    ("antrean", "operator@diskominfo.demo", "/tiket"),
    ("surat", "operator@diskominfo.demo", "/surat-keluar"),
    ("meja-operator", "operator@diskominfo.demo", "/"),
    ("meja-admin", "admin@tirtamahakam.demo", "/"),
    ("meja-pimpinan", "pimpinan@kukar.demo", "/"),
    ("isu", "operator@diskominfo.demo", "/isu/1"),
    ("kelengkapan", "operator@diskominfo.demo", "/kelengkapan"),
    ("sumber", "kepala@diskominfo.demo", "/pengaturan/sumber"),
)
SIZES = {"1440": DESK, "390": PHONE}


def main(root: str, password: str, mail: str) -> None:
    """Write every picture at both sizes; the two main pages also in the dark; the page of a personal link."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=[*FLAGS, "--no-sandbox"])
        cookies: dict[str, list] = {}
        for name, email, path in PICTURES:
            cookies.setdefault(email, _sign_in(browser, root, email, password) if email not in cookies else [])
            for size, viewport in SIZES.items():
                _take(browser, root, path, cookies[email], viewport, f"{name}-{size}")
            if name in ("pantauan", "tiket"):
                _take(browser, root, path, cookies[email], DESK, f"{name}-gelap", "dark")
        _take(browser, "", _link(Path(mail)), [], PHONE, "tautan-390")
        browser.close()


def _link(mail: Path) -> str:
    """The link of the newest letter that asks for an approval."""
    newest = sorted(mail.glob("*submit*.eml"))[-1]
    letter = message_from_bytes(newest.read_bytes(), policy=policy.default)
    return re.search(r"^http\S+/t/\S+", letter.get_body(("plain",)).get_content(), re.MULTILINE).group()


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


def _take(browser, root: str, place: str, cookies: list, viewport: dict, name: str, scheme: str = "light") -> None:
    """`place` is an address, or the title of a ticket to look for."""
    context = browser.new_context(viewport=viewport, locale="id-ID", color_scheme=scheme, timezone_id="Asia/Makassar")
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{root}/cari?q={place.rpartition(': ')[2]}" if place == TICKET else root + place)
    if place == TICKET:
        page.get_by_role("link", name=TICKET).first.click()
        page.wait_for_url("**/tiket/*")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
