"""An operator's morning: two feeds, an IMA and an ISA sheet of different layouts, an SP4N export, five pasted links
and one push, taken in at a real tree in Chromium with every click of the operator counted."""

import base64
import hashlib
import hmac
import json
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.harness.pressroom import Page
from tests.harness.waiting import until
from tests.journeys.test_whole_card import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.tree, pytest.mark.xdist_group("demo")]

CLICKS = {"IMA": 2, "ISA": 2, "IMA hari berikutnya": 1, "SP4N": 1, "tempelan": 3}
"""What each costs, from the page where it begins; typing, and choosing a file or from a list, is not a click."""
TOPICS = ("jalan rusak di Loa Kulu", "air keruh di Anggana", "sampah menumpuk di Tenggarong")


def feed(name: str) -> bytes:
    items = "".join(
        f"<item><title>{name}: warga keluhkan {topic}</title><guid>{name}-{n}</guid>"
        f"<link>https://{name.lower()}.example/{n}</link><pubDate>{format_datetime(datetime.now(UTC))}</pubDate></item>"
        for n, topic in enumerate(TOPICS)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()


def workbook(path: Path, rows: list[tuple]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
    sheet = book.add_worksheet("Ekspor")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def ima(path: Path, day: int) -> Path:
    """A title block first, then Indonesian names."""
    head = ("Tanggal", "Media", "Judul", "Isi", "URL", "Sentimen")
    rows = [
        (
            f"{day}/11/2026 07.1{n}",
            "Kabar Etam",
            f"Berita {day}-{n} tentang {topic}",
            "Isi berita.",
            f"https://etam.example/{day}-{n}",
            "Negatif",
        )
        for n, topic in enumerate(TOPICS)
    ]
    return workbook(path, [("Laporan pemantauan media daring",), (), head, *rows])


def isa(path: Path) -> Path:
    """English names, a post without a title."""
    head = ("date_created", "platform", "username", "post", "link", "sentiment_overall")
    rows = [
        (
            "2026-11-24 06:30:00",
            "Facebook",
            f"warga{n}",
            f"Unggahan {n}: {topic}, mohon perhatian",
            f"https://facebook.com/{n}00",
            "-1",
        )
        for n, topic in enumerate(TOPICS)
    ]
    return workbook(path, [head, *rows])


def sp4n(path: Path) -> Path:
    head = (
        "Tracking ID",
        "Tanggal Laporan Masuk",
        "Waktu Laporan Masuk",
        "Nama Pelapor",
        "Klasifikasi Laporan",
        "Judul Laporan",
        "Isi Laporan Awal",
        "Tipe Laporan",
        "Instansi Terdisposisi",
        "Status Laporan",
    )
    rows = [
        (
            9001298.0 + n,
            "22 Nov 2026",
            "08:02:00",
            "Tidak Ditampilkan",
            "Pengaduan",
            f"Laporan warga: {topic}",
            f"Sudah seminggu {topic}.",
            "Anonim",
            "Dinas PU",
            "Belum Ditindaklanjuti",
        )
        for n, topic in enumerate(TOPICS)
    ]
    return workbook(path, [("Data Laporan SP4N-LAPOR!",), ("Diunduh", "23 Nov 2026 08.10"), head, *rows, ("Jumlah", 3)])


@dataclass
class Hand:
    """The operator's hand: clicks by the words on the button, and counts."""

    page: object
    clicks: int = 0

    def click(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.clicks += 1

    def counted(self) -> int:
        done, self.clicks = self.clicks, 0
        return done


def push(tree, secret: str) -> int:
    """What another program does; no hand of the operator's."""
    item = {
        "external_id": "p-1",
        "title": "Banjir rendam dua RT di Samboja",
        "published_at": "2026-11-24T07:12:00+08:00",
    }
    body, stamp = json.dumps({"items": [item]}).encode(), str(int(time.time()))
    mac = hmac.digest(
        base64.b64decode(secret.removeprefix("whsec_")), f"msg_1.{stamp}.".encode() + body, hashlib.sha256
    )
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": stamp,
        "webhook-signature": "v1," + base64.b64encode(mac).decode(),
        "content-type": "application/json",
    }
    with urllib.request.urlopen(urllib.request.Request(f"{tree.url}/api/v1/alerts/Pemantau", body, headers)) as answer:
        return json.load(answer)["accepted"]


@pytest.fixture
def sources(office):
    """The sources that are asked and pushed; their first news are on the way."""
    for name, path in (("Etamnews", "/a.xml"), ("Kutaipos", "/b.xml")):
        office.press[path] = Page(feed(name))
        office.flask("source", "add", name, "--kind", "rss", "--url", office.press.url(path))
    office.flask("source", "add", "Ekspor SP4N", "--kind", "sp4n")


def upload(hand: Hand, tree, path: Path, source: str, new: bool) -> None:
    page = hand.page
    page.goto(f"{tree.url}/impor")
    page.set_input_files('input[type="file"]', str(path))
    if new:
        page.select_option('select[name="source"]', "baru")
        page.fill('input[name="name"]', source)
    else:
        page.select_option('select[name="source"]', label=source)
    hand.click("button", "Unggah")


def confirm(hand: Hand) -> None:
    """The columns of a first sheet, as they are suggested; the page asks by itself."""
    hand.page.get_by_role("heading", name="Periksa kolom").wait_for(timeout=60_000)
    hand.click("button", "Simpan susunan & masukkan")


def finished(hand: Hand, many: int) -> int:
    """The page tells by itself when the file is read; the clicks until there."""
    hand.page.get_by_text(f"Pilah {many} pantauan baru").wait_for(timeout=60_000)
    return hand.counted()


LINKS = "\n".join(f"https://kabaretam.example/wa/{n}/tautan-dari-grup-nomor-{n}" for n in range(5))


def test_a_morning_is_taken_in_and_every_click_is_counted(office, sources, open_browser, tmp_path):
    secret = next(
        line
        for line in office.flask("source", "add", "Pemantau", "--kind", "webhook").stdout.splitlines()
        if "whsec_" in line
    )
    hand, told = Hand(open_browser()), {}
    sign_in(hand.page, office, "operator@diskominfo.demo")

    for name, path in (("IMA", ima(tmp_path / "ima.xlsx", 23)), ("ISA", isa(tmp_path / "isa.xlsx"))):
        upload(hand, office, path, f"{name} baru", new=True)
        confirm(hand)
        told[name] = finished(hand, 3)
    upload(hand, office, ima(tmp_path / "besok.xlsx", 24), "IMA baru", new=False)
    told["IMA hari berikutnya"] = finished(hand, 3)
    upload(hand, office, sp4n(tmp_path / "sp4n.xlsx"), "Ekspor SP4N", new=False)
    told["SP4N"] = finished(hand, 3)

    hand.page.goto(f"{office.url}/pantauan")
    hand.click("link", "Tempel dari WhatsApp")
    hand.page.fill('textarea[name="text"]', LINKS)
    hand.click("button", "Lihat hasilnya")
    hand.click("button", "Masukkan 5 pantauan")
    hand.page.get_by_role("heading", name="Hasil tempelan").wait_for()
    told["tempelan"] = hand.counted()

    assert push(office, secret[secret.index("whsec_") :].strip()) == 1
    hand.page.goto(f"{office.url}/pantauan?umur=30")
    for words in (
        "Etamnews: warga",
        "Kutaipos: warga",
        "Berita 23-0",
        "Berita 24-0",
        "Unggahan 0",
        "Laporan warga",
        "Tautan dari grup nomor 4",
        "Banjir rendam",
    ):
        row = hand.page.locator("[data-row]", has_text=words).first
        until(lambda row=row: row.count() > 0 or hand.page.reload() is None and row.count() > 0, 60, every=1)
    assert told == CLICKS
