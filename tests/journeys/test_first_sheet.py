"""The first sheet of a source at a real tree: its columns are told by a person, on a desk, on a phone, without script."""

from pathlib import Path

import pytest

from tests.harness.waiting import until
from tests.journeys import walk
from tests.journeys.test_morning import Hand, finished, upload, workbook
from tests.journeys.test_whole_card import password_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.tree, pytest.mark.xdist_group("demo")]

HEAD = ("Kapan", "Kepala Berita", "Kisah", "Rasa", "Tautan", "No HP")
ROWS = [
    ("11/23/2026", "Jalan rusak di Loa Kulu", "Warga minta perbaikan " * 12, "Merah", "https://etam.example/1", "0811"),
    ("11/23/2026", "Air keruh di Anggana", "Sudah tiga hari", "Merah", "https://etam.example/2", "0812"),
    ("kemarin", "Tanggalnya tidak terbaca", "", "Jingga", "etam", "0813"),
]


def strange(path: Path, *more: str, told: str = "") -> Path:
    """A sheet as nobody else makes it; `told` makes its headlines others than those of the sheet before."""
    head, rows = (*HEAD, *more), [(row[0], row[1] + told, row[2], row[3], row[4] + told, row[5], *more) for row in ROWS]
    return workbook(path, [("Laporan media, dibuat oleh kantor kami",), (), head, *rows])


def enter(office, open_browser, **settings):
    page = open_browser(**settings)
    page.goto(f"{office.url}/masuk")
    page.fill('input[name="email"]', "operator@diskominfo.demo")
    page.fill('input[name="password"]', password_of(office))
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk" not in url)
    return page


def faults(office, open_browser, cookies, address: str, theme: str, size: str) -> list[str]:
    page = open_browser(viewport=walk.SIZES[size], color_scheme=theme, reduced_motion="reduce")
    page.context.add_cookies(cookies)
    page.add_init_script(path=Path(walk.AXE))
    ear = walk.Ear(page, office.url)
    page.goto(address)
    page.get_by_text("Cara membaca isinya").click()
    wide = [f"{walk.overflow(page)} px wider than the window"] if walk.overflow(page) > 0 else []
    return [f"{theme}, {size}: {fault}" for fault in [*walk.complaints(page), *wide, *ear.said, *ear.foreign]]


def test_a_strange_sheet_is_told_tried_and_taken_in(office, open_browser, tmp_path):
    hand = Hand(open_browser())
    page = hand.page
    sign_in(page, office, "operator@diskominfo.demo")
    upload(hand, office, strange(tmp_path / "a.xlsx"), "Kliping kantor", new=True)
    page.get_by_role("heading", name="Periksa kolom").wait_for(timeout=60_000)
    address = page.url
    page.select_option('[name="col_published_at"]', label="Kapan · 11/23/2026")
    page.select_option('[name="col_title"]', label="Kepala Berita · Jalan rusak di Loa Kulu")
    page.select_option('[name="col_tone"]', label="Rasa · Merah")
    page.get_by_text("Cara membaca isinya").click()
    page.select_option('[name="date_order"]', "mdy")
    page.fill('[name="tone_words"]', "Merah = Negatif")
    hand.click("button", "Coba dulu")
    page.get_by_text("2 baru, 0 berulang, 1 ditolak").wait_for(timeout=60_000)
    assert "23/11/2026" in page.locator("tbody tr").first.inner_text()
    assert "0811" not in page.content()
    cookies = page.context.cookies()
    assert [fault for look in walk.LOOKS for fault in faults(office, open_browser, cookies, address, *look)] == []
    hand.click("button", "Simpan susunan & masukkan")
    assert finished(hand, 2) == 3
    upload(hand, office, strange(tmp_path / "b.xlsx", "Wilayah"), "Kliping kantor", new=False)
    page.get_by_text("Kolom baru: Wilayah").wait_for(timeout=60_000)
    assert page.locator('[name="tone_words"]').input_value().strip() == "Merah = Negatif"


def test_the_same_without_javascript(office, open_browser, tmp_path):
    page = enter(office, open_browser, java_script_enabled=False)
    upload(Hand(page), office, strange(tmp_path / "a.xlsx", told="-tanpa-skrip"), "Kliping tanpa skrip", new=True)
    page.wait_for_url("**/impor/*")
    _reloaded(page, "Periksa kolom")
    page.select_option('[name="col_published_at"]', "0")
    page.get_by_role("button", name="Simpan susunan").click()
    assert "Pilih kolom judul" in page.inner_text("main")
    assert page.locator('[name="col_published_at"]').input_value() == "0"
    page.select_option('[name="col_title"]', "1")
    page.get_by_role("button", name="Simpan susunan").click()
    _reloaded(page, "Pilah 2 pantauan baru")


def _reloaded(page, words: str) -> None:
    until(lambda: page.reload() is not None and words in page.content(), 60, every=1)
