"""«Cetak halaman»: a ticket from Chromium's printer has its whole history on few sheets, and nothing to press."""

import re
import shutil
import subprocess

import pytest

from tests.journeys.test_whole_card import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.tree, pytest.mark.xdist_group("demo")]


def test_a_printed_ticket_tells_its_history_and_offers_nothing(office, open_browser):
    reader = shutil.which("pdftotext") or pytest.skip("pdftotext was not found")
    page = open_browser()
    sign_in(page, office, "operator@diskominfo.demo")
    page.goto(f"{office.url}/tiket?q=pompa+sadap&tampilan=semua")
    page.get_by_role("link", name=re.compile("pompa sadap Kerta Buana")).first.click()
    page.locator("[id$=riwayat]").wait_for()
    paper = page.pdf(format="A4")
    told = subprocess.run([reader, "-layout", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
    lines = [" ".join(line.split()) for line in told.splitlines() if line.strip()]
    assert any(re.search("meneruskan ke Perumda Tirta Mahakam", line) for line in lines), "a sentence stays one line"
    assert "membuka tiket dari" in told and "Tanpa catatan internal" in told
    for button in ("Simpan", "Batal", "Kirim catatan", "Salin untuk grup", "Cetak & surat", "Unduh", "Masuk sebagai"):
        assert not any(line.startswith(button) for line in lines), button
    for place in ("Pantauan Isu Tiket", "Pengaturan", "Cari"):
        assert place not in lines
    assert told.count("\f") <= 5
