"""What hostile hands type or send: control and direction characters, huge words, files that are not what they say."""

import io
import struct
import zlib

import pytest
from PIL import Image

from app.core import storage
from app.extensions import db
from app.people.actions import mint_link
from app.tickets.models import Evidence
from tests.harness import client as browsing
from tests.isolation import world as worlds
from tests.isolation.test_side_doors import _ticket

A, B = worlds.A, worlds.B
NASTY = "Awal\x00\x07\u202egnimertxe\u2066 <script>alert(1)</script> {{7*7}} =HYPERLINK(1)\r\nbaris\tdua\ud7ff\ufeff"


def _csrf(browser) -> str:
    page = browsing.parse(browser.get("/").text)
    return page.css_first('input[name="csrf_token"]').attributes["value"]


def _post(browser, path, **values):
    return browser.post(path, data={"csrf_token": _csrf(browser)} | values)


def test_control_characters_in_any_field_break_nothing(people, login):
    ticket = _ticket("Jalan", people, A)
    browser, office = login(f"admin@{A}.demo"), login("kepala@diskominfo.demo")
    secret = mint_link("ticket", ticket.stream, people[f"admin@{A}.demo"].person_id, people[f"admin@{A}.demo"].id)
    db.session.commit()
    answers = [
        _post(browser, f"/tiket/{ticket.id}/catatan", text=NASTY, audience="shared"),
        _post(browser, f"/tiket/{ticket.id}/catatan", text=NASTY, audience="sha\x00red"),
        _post(browser, f"/tiket/{ticket.id}/status", move="take\x00_on", note=NASTY),
        _post(browser, f"/tiket/{ticket.id}/status", move="object", reason=NASTY, proposed="D\x00PU"),
        _post(browser, f"/tiket/{ticket.id}/penugasan", seat="\x001"),
        browser.post(f"/t/{secret}/catatan", data={"text": NASTY, "audience": "shared", "nonce": "\x00"}),
        browser.post(f"/t/{secret}/periksa", data={"move": "object", "reason": NASTY, "proposed": "\x00"}),
        _post(office, f"/tiket/{ticket.id}/tenggat", due_at="2030-01-01T10:00\x00", reason=NASTY),
        _post(office, f"/tiket/{ticket.id}/opd", opd="DISDIK\x00BUD", reason=NASTY),
        _post(office, f"/tiket/{ticket.id}/tingkat", level="\x00"),
        _post(browser, "/orang", name=NASTY, email="a\x00@b.test", role="narahubung", kind="plt"),
        _post(office, "/pengaturan/orang/baru", name=NASTY, email="x\x00@y.test"),
        _post(office, "/pengaturan/opd/baru", code="X\x00", name=NASTY, short=NASTY),
        _post(office, "/pengaturan/libur/hapus", day="\x00"),
        _post(office, "/pengaturan/sumber/baru", name=NASTY, url="http://x\x00/", kind="rss"),
        _post(office, "/penunjukan", seat="\x00"),
        _post(office, "/akun/sesi", session="\x00"),
        _post(office, "/pantauan/pilihan", act="\x00", ids="\x00"),
        browser.post("/masuk", data={"csrf_token": _csrf(browser), "email": "a\x00b", "password": "\x00"}),
        browser.post("/lupa", data={"csrf_token": _csrf(browser), "email": "a\x00b@x.test"}),
    ]
    assert not [(answer.request.path, answer.status_code) for answer in answers if answer.status_code >= 500]
    page = browser.get(f"/tiket/{ticket.id}").text
    assert "<script>alert(1)" not in page and "\x00" not in page and "\x07" not in page


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(chunks)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def _jpeg(exif: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "JPEG", **({"exif": exif} if exif else {}))
    return out.getvalue()


BOMB = zlib.compress(b"x" * 50_000_000)
PICTURE = _jpeg()
FILES = {
    "svg.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "page.png": b"<html><script>alert(1)</script>",
    "huge.png": _png(60000, 60000),
    "large.png": _png(10000, 9000),
    "zero.png": _png(0, 0),
    "text.png": _png(20, 20, struct.pack(">I", len(BOMB) + 7) + b"zTXt" + b"abcde\0\0" + BOMB + b"\0\0\0\0"),
    "cut.jpg": PICTURE[: len(PICTURE) // 2],
    "exif.jpg": _jpeg(b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12\0\x03\0\0\0\x01\0\xff\0\0" * 3),
    "exif2.jpg": _jpeg(b"Exif\0\0II*\0\xff\xff\xff\xff"),
    "exif3.jpg": _jpeg(b"Exif\0\0"),
    "webp.webp": b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 40,
    "empty.pdf": b"",
    "gif.gif": b"GIF89a" + b"\0" * 100,
    "exe.pdf": b"MZ" + b"\0" * 200,
    "zip.docx": b"PK\x03\x04" + b"\0" * 200,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_what_it_says_is_refused_in_plain_words(people, login, name):
    ticket = _ticket("Jalan", people, A)
    browser = login(f"admin@{A}.demo")
    file = (io.BytesIO(FILES[name]), name)
    answer = _post(browser, f"/tiket/{ticket.id}/berkas", file=file)
    kept = db.session.scalars(db.select(Evidence.name)).all()
    assert answer.status_code == 422 if not kept else answer.status_code in (200, 303), (answer.status_code, kept)
    assert name.startswith(("exif",)) or not kept, name


def test_names_of_files_are_only_words(app, people, login):
    ticket = _ticket("Jalan", people, A)
    browser = login(f"admin@{A}.demo")
    for name in ("../../etc/passwd.jpg", "a\x00b.jpg", 'x"; filename="y.html', "\u202egpj.exe", "<b>.jpg"):
        answer = _post(browser, f"/tiket/{ticket.id}/berkas", file=(io.BytesIO(PICTURE), name))
        assert answer.status_code in (200, 303), name
    for evidence_id in db.session.scalars(db.select(Evidence.id)):
        got = browser.get(f"/berkas/{evidence_id}")
        assert got.status_code == 200
        assert got.headers["Content-Type"] == "image/jpeg"
        assert not set("<>\r\n\0/") & set(got.headers["Content-Disposition"])
    page = browser.get(f"/tiket/{ticket.id}").text
    assert "\u202e" not in page and "<b>.jpg" not in page


def test_a_full_disk_refuses_files_in_plain_words_and_takes_words(client, people, login, monkeypatch):
    ticket = _ticket("Jalan", people, A)
    seat = people[f"admin@{A}.demo"]
    secret = mint_link("ticket", ticket.stream, seat.person_id, seat.id)
    db.session.commit()
    monkeypatch.setattr(storage, "NEEDED_FREE", 1 << 62)
    browser, office = login(f"admin@{A}.demo"), login("operator@diskominfo.demo")
    refused = [
        _post(browser, f"/tiket/{ticket.id}/berkas", file=(io.BytesIO(PICTURE), "a.jpg")),
        client.post(f"/t/{secret}/berkas", data={"file": (io.BytesIO(PICTURE), "a.jpg")}),
        _post(
            office, "/impor", source="", name="Lembar", channel="berita", file=(io.BytesIO(b"judul,tanggal\n"), "a.csv")
        ),
    ]
    assert [answer.status_code for answer in refused[:2]] == [507, 507]
    assert refused[2].status_code in (422, 507)
    assert all("Traceback" not in answer.text and "<h1" in answer.text for answer in refused)
    assert _post(browser, f"/tiket/{ticket.id}/status", move="take_on").status_code == 303
    assert client.post(f"/t/{secret}/catatan", data={"text": "Siap", "audience": "shared"}).status_code == 303
