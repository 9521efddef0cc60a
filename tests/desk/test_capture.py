"""Screenshots and phone videos: an alert of their own, more for a known one, taken back, and handed out with care."""

import io
from datetime import timedelta
from threading import Event as Signal
from threading import Thread

import pytest
import time_machine
from PIL import Image
from sqlalchemy import func, select

from app.core import clock, storage
from app.core.events import Event, broken_links
from app.desk import verify
from app.desk.routes import files as routes
from app.extensions import db
from app.monitoring.actions import pasting
from app.monitoring.models import Alert, AlertFile, IngestRun
from tests.desk.test_pasting import act, alerts, count, hidden, last_run

OPERATOR = "operator@diskominfo.demo"
VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0" * 400
KINDS = {
    "mp4": VIDEO,
    "mov": b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 400,
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + b"\0" * 400,
    "3gp": b"\0\0\0\x18ftyp3gp5\0\0\0\0" + b"\0" * 400,
}


def shot(kind="PNG", **extra) -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(picture, kind, **extra)
    return picture.getvalue()


def send(client, files=(), url="/pantauan/tempel/berkas", **values):
    form = hidden(client) | {"origin": "warga"} | values
    form |= {"file": [(io.BytesIO(content), name) for content, name in files]}
    return client.post(url, data=form, content_type="multipart/form-data")


def files() -> list[AlertFile]:
    return list(db.session.scalars(select(AlertFile).order_by(AlertFile.id)))


def misdated() -> bytes:
    """A picture on its side whose EXIF writes a number in letters: Pillow stumbles over it with `struct.error`."""
    picture, number, letters = shot("JPEG"), b"\x01\x12\0\3\0\0\0\1\0\6\0\0", b"\1\0\0\2\0\0\0\4cam\0"
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\2" + number + letters + b"\0\0\0\0"
    return picture[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + picture[2:]


def large(kind: str) -> bytes:
    picture = io.BytesIO()
    Image.new("L", (5001, 5000)).save(picture, kind)
    return picture.getvalue()


@pytest.fixture
def operator(login):
    return login(OPERATOR)


def test_a_screenshot_alone_becomes_an_alert_without_where_it_was_taken(operator, db_session):
    exif = Image.Exif()
    exif[0x010E] = "kanari di rumah"
    exif.get_ifd(0x8825)[1] = "S"
    answer = send(operator, [(shot("JPEG", exif=exif), "Layar 1.jpg")], title="Banjir di Anggana")
    assert answer.status_code == 303 and answer.location.endswith(f"/pantauan/tempel/{last_run().id}")
    alert, file = alerts()[0], files()[0]
    assert (alert.title, file.alert_id, file.media_type, file.name) == (
        "Banjir di Anggana", alert.id, "image/jpeg", "Layar 1.jpg")  # fmt: skip
    assert b"kanari" not in storage.read(file.key) and not Image.open(storage.path(file.key)).getexif()
    assert f"/pantauan/{alert.id}/berkas/{file.id}" in operator.get(f"/pantauan/{alert.id}").text
    got = operator.get(f"/pantauan/{alert.id}/berkas/{file.id}")
    assert got.status_code == 200 and got.data == storage.read(file.key)
    assert not list(verify.findings())


@pytest.mark.parametrize("ending, content", KINDS.items())
def test_a_video_is_told_by_content_and_only_downloaded(operator, db_session, ending, content):
    send(operator, [(content, "../../<b>x.html")], title="Video banjir")
    file = files()[0]
    assert file.name.endswith(f".{ending}") and "<" not in file.name and "/" not in file.name
    got = operator.get(f"/pantauan/{file.alert_id}/berkas/{file.id}")
    assert got.data == content and got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in got.headers["Content-Security-Policy"]
    page = operator.get(f"/pantauan/{file.alert_id}").text
    assert "<video" not in page and f'src="/pantauan/{file.alert_id}/berkas' not in page


def test_a_file_named_after_somebody_is_kept_without_the_number(operator, db_session):
    send(operator, [(shot(), "KTP 6402091507880003 hp 0812-3456-7890.png")], title="Banjir di Anggana")
    assert files()[0].name == "KTP [NIK] hp [nomor telepon].jpg"


@pytest.mark.parametrize(
    "sent, values, words",
    [
        ([], {"title": "Banjir"}, "Pilih atau tempel"),
        ([(shot(), "a.png")] * 6, {"title": "Banjir"}, "Paling banyak 5"),
        ([(b"<svg onload=alert(1)>", "a.png")], {"title": "Banjir"}, "tidak bisa diterima"),
        ([(b"MZ" + b"\0" * 400, "a.mp4")], {"title": "Banjir"}, "tidak bisa diterima"),
        ([(shot()[:60], "a.png")], {"title": "Banjir"}, "rusak"),
        ([(misdated(), "a.jpg")], {"title": "Banjir"}, "rusak"),
        ([(large("PNG"), "a.png")], {"title": "Banjir"}, "di bawah 25 megapiksel"),
        ([(b"%PDF-1.4", "a.pdf")], {"title": "Banjir"}, "tidak bisa diterima"),
        ([(shot(), "a.png")], {}, "Beri judul"),
        ([(shot(), "a.png")], {"text": "Satu hal\n\nDua hal"}, "Satu hal saja"),
        ([(shot(), "a.png")], {"title": "Banjir", "origin": "wartawan"}, "Sebut media"),
    ],
)
def test_what_cannot_be_taken_is_422_with_the_words_kept(operator, db_session, sent, values, words):
    answer = send(operator, sent, **values)
    assert answer.status_code == 422 and words in answer.text
    assert values.get("title", "") in answer.text and count(Alert) == count(AlertFile) == count(IngestRun) == 0


def test_a_video_may_be_larger_than_any_other_request_up_to_its_bound(operator, db_session, monkeypatch):
    from app.core import uploads

    forty = VIDEO + b"\0" * (40 * 2**20)
    assert send(operator, [(forty, "a.mp4")], title="Video").status_code == 303
    monkeypatch.setattr(uploads, "LARGEST_VIDEO", 2**20)
    assert "lebih besar dari 64 MB" in send(operator, [(forty, "b.mp4")], title="Lain").text
    assert operator.post("/pantauan/tempel", data=hidden(operator) | {"text": "x" * 36 * 2**20}).status_code == 413


def test_a_full_disk_is_507_with_the_words_kept(operator, db_session, monkeypatch):
    monkeypatch.setattr(storage, "NEEDED_FREE", 2**60)
    answer = send(operator, [(shot(), "a.png")], title="Banjir di Anggana")
    assert answer.status_code == 507 and "Banjir di Anggana" in answer.text and "hampir penuh" in answer.text
    assert count(Alert) == 0


def test_taken_back_its_rows_go_and_the_bytes_stay(operator, db_session):
    send(operator, [(shot(), "a.png")], title="Banjir di Anggana")
    key = files()[0].key
    act(operator, f"/pantauan/tempel/{last_run().id}/urungkan")
    assert count(Alert) == count(AlertFile) == 0 and storage.exists(key)


def test_taking_back_waits_for_whoever_adds_a_file_and_leaves_that_alert(operator, login, db_session, monkeypatch):
    send(operator, [(shot(), "a.png")], title="Banjir di Anggana")
    first, run, other = alerts()[0].id, last_run().id, login("kepala@diskominfo.demo")
    adding, undoing, kept, stored, locked = Signal(), Signal(), [], routes._stored, pasting.held
    postgres = db.engine.dialect.name == "postgresql"  # on SQLite the second request waits before its first question

    def slowly(form):
        adding.set()
        assert not postgres or undoing.wait(10)
        return stored(form)

    def asking(*wanted):
        undoing.set()
        return locked(*wanted)

    monkeypatch.setattr(routes, "_stored", slowly)
    monkeypatch.setattr(pasting, "held", asking)
    more = Thread(target=lambda: kept.append(send(other, [(shot(), "b.png")], url=f"/pantauan/{first}/berkas")))
    more.start()
    assert adding.wait(10)
    undone = act(operator, f"/pantauan/tempel/{run}/urungkan")
    more.join()
    assert undone.status_code == kept[0].status_code == 303
    db.session.expire_all()
    assert [alert.id for alert in alerts()] == [first] and len(files()) == 2


def test_more_files_hang_on_what_is_known_and_keep_it_from_being_taken_back(operator, db_session):
    link = "https://kabaretam.example/berita/2"
    send(operator, [(shot(), "a.png")], text=f"{link} Lampu padam")
    alert, first = alerts()[0], last_run().id
    send(operator, [(VIDEO, "b.mp4")], text=link)
    assert count(Alert) == 1
    assert send(operator, [(shot(), "c.png")], f"/pantauan/{alert.id}/berkas").status_code == 303
    assert [file.alert_id for file in files()] == [alert.id] * 3
    assert "menambahkan 1 berkas." in operator.get(f"/pantauan/{alert.id}").text
    assert send(operator, [], f"/pantauan/{alert.id}/berkas").status_code == 422
    act(operator, f"/pantauan/tempel/{first}/urungkan")
    assert count(Alert) == 1 and count(AlertFile) == 3 and not list(broken_links())


def test_a_form_sent_twice_adds_once(operator, db_session):
    for _ in range(2):
        send(operator, [(shot(), "a.png")], title="Banjir di Anggana", nonce="sekali")
    assert count(AlertFile) == count(IngestRun) == 1


def test_files_of_a_sensitive_alert_open_with_its_original_for_an_hour_and_for_that_seat(operator, login, db_session):
    send(operator, [(shot(), "a.png")], title="Anak korban banjir")
    alert, file = alerts()[0], files()[0]
    at = f"/pantauan/{alert.id}/berkas/{file.id}"
    act(operator, f"/pantauan/{alert.id}/judul-aman", safe_title="Perkara anak di satu sekolah")
    page = operator.get(f"/pantauan/{alert.id}").text
    assert operator.get(at).status_code == 404 and at not in page and "1 berkas tidak ditampilkan" in page
    assert at in act(operator, f"/pantauan/{alert.id}/judul-asli").text
    assert operator.get(at).status_code == 200
    assert login("kepala@diskominfo.demo").get(at).status_code == 404
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert operator.get(at).status_code == 404


@pytest.mark.parametrize("email", ["admin@disdikbud.demo", "narahubung@dpu.demo", "pimpinan@kukar.demo"])
def test_only_diskominfo_meets_them(operator, login, db_session, email):
    send(operator, [(shot(), "a.png")], title="Banjir di Anggana")
    file = files()[0]
    other = login(email)
    assert other.get(f"/pantauan/{file.alert_id}/berkas/{file.id}").status_code == 404
    assert other.get("/pantauan/tempel/berkas").status_code == 404
    assert send(other, [(shot(), "b.png")], f"/pantauan/{file.alert_id}/berkas").status_code == 404
    assert send(other, [(shot(), "b.png")], title="Lain").status_code == 404
    assert count(AlertFile) == 1


def test_a_file_answers_only_under_its_own_alert(operator, db_session):
    send(operator, [(shot(), "a.png")], title="Banjir di Anggana")
    send(operator, [(shot(), "b.png")], title="Lampu padam di Loa Kulu")
    first, second = files()
    assert operator.get(f"/pantauan/{first.alert_id}/berkas/{second.id}").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Event).where(Event.kind == "alert.file")) == 0
