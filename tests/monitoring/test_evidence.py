"""Evidence: the hash of what was seen, its sheet, and whether the page is still there."""

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.core import clock
from app.core.events import Event
from app.core.work import Work
from app.extensions import db
from app.monitoring import actions
from app.monitoring.actions.links import CHECK
from app.monitoring.models import Alert
from app.monitoring.readers import pushed
from app.monitoring.rules.evidence import MARKER, Content, Seen, sheet
from app.monitoring.rules.kinds import SourceKind
from app.monitoring.rules.reach import Link, judged
from app.tickets import actions as tickets
from app.tickets.jobs import LINKS_AT_ONCE, recheck_links
from tests.factories import make_alert
from tests.harness.pressroom import Page
from tests.tickets.desk import OPERATOR, ticket

AT = datetime(2026, 11, 24, 0, 10, tzinfo=UTC)
CONTENT = Content("Jalan rusak", "https://kabar.example/1", AT, "Baris satu\nBaris dua é")


def of_bytes(sheet_bytes: bytes) -> str:
    """What `sed '1,/^marker$/d' | sha256sum` gives."""
    return hashlib.sha256(sheet_bytes.partition(f"\n{MARKER}\n".encode())[2]).hexdigest()


def seen(**values) -> Seen:
    return Seen(**{"number": 7, "content": CONTENT, "seen_hash": CONTENT.hash(), "facts": ()} | values)


def test_the_canonical_form_is_the_one_that_is_written_down():
    lines = "tanggap-bukti-1\nJalan rusak\nhttps://kabar.example/1\n2026-11-24T00:10:00.000000+00:00\n"
    expected = f"{lines}Baris satu\nBaris dua é\n"
    assert CONTENT.canonical() == expected
    assert CONTENT.hash() == hashlib.sha256(expected.encode("utf-8")).hexdigest()


def test_the_same_instant_in_another_zone_is_the_same_evidence():
    there = AT.astimezone(timezone(timedelta(hours=8)))
    assert Content(CONTENT.title, CONTENT.url, there, CONTENT.text).hash() == CONTENT.hash()


@pytest.mark.parametrize("part", ["title", "url", "text"])
def test_every_part_counts(part):
    other = Content(**{"title": "J", "url": "u", "published_at": AT, "text": "t"} | {part: "lain"})
    assert other.hash() != Content("J", "u", AT, "t").hash()


@pytest.mark.parametrize("text", ["", "satu", f"a\n{MARKER}\nb", "akhir\n"])
def test_the_hash_is_computed_again_from_the_sheet_whatever_the_text_holds(text):
    content = Content("Judul", "", AT, text)
    assert of_bytes(sheet(seen(content=content, seen_hash=content.hash())).encode()) == content.hash()


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="the command that the sheet names is not here")
def test_the_command_that_the_sheet_names_gives_the_hash(tmp_path):
    told = sheet(seen())
    (tmp_path / "NAMA-BERKAS").write_bytes(told.encode())
    command = told.partition("Linux atau macOS: ")[2].partition("\n")[0]
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == CONTENT.hash()


def test_a_masked_sheet_says_that_its_hash_is_of_the_original():
    masked = Content("Jalan [nomor telepon]", CONTENT.url, AT, CONTENT.text)
    told = sheet(seen(content=masked, masked=["nomor telepon"]))
    assert "disamarkan (nomor telepon)" in told and "sha256sum" not in told
    open_sheet = sheet(seen(content=masked, masked=["nomor telepon"]).uncovered(CONTENT.title, CONTENT.text))
    assert of_bytes(open_sheet.encode()) == CONTENT.hash() and "sha256sum" in open_sheet


def test_what_was_changed_afterwards_is_told():
    assert "PERHATIAN" in sheet(seen(content=Content("Lain", "", AT, "")))
    assert "tidak ada; masuk sebelum hash dicatat" in sheet(seen(seen_hash=""))


def test_under_a_judul_aman_nothing_of_the_original_is_told():
    told = sheet(seen(safe_title="Perkara anak di Tenggarong"))
    assert "Perkara anak" in told and "Jalan rusak" not in told and "kabar.example" not in told
    assert "Baris satu" not in told and CONTENT.hash() in told


def test_intake_hashes_what_came_before_masking_and_a_repeat_changes_nothing(db_session):
    source = actions.found_or_added("Kait", SourceKind.WEBHOOK)
    item = {"title": "Hubungi 081234567890", "text": "Atap roboh.", "url": "https://kabar.example/9", "id": "9"}
    item["published_at"] = "2026-11-23T08:00:00+08:00"
    actions.take_delivery(source, "msg_1", pushed.read([item], clock.now()), "")
    kept = db.session.scalars(db.select(Alert)).one()
    whole = Content("Hubungi 081234567890", item["url"], datetime(2026, 11, 23, tzinfo=UTC), "Atap roboh.")
    assert kept.title == "Hubungi [nomor telepon]" and kept.seen_hash == whole.hash()
    actions.take_delivery(source, "msg_2", pushed.read([item | {"text": "Sudah diubah."}], clock.now()), "")
    db.session.expire_all()
    assert db.session.scalars(db.select(Alert)).one().seen_hash == whole.hash()


URL = "https://kabar.example/berita/1"


@pytest.mark.parametrize(
    "status, ended, link",
    [
        (200, URL, Link.THERE),
        (206, URL, Link.THERE),
        (200, "https://www.kabar.example/berita/1/judul", Link.THERE),
        (404, URL, Link.GONE),
        (410, URL, Link.GONE),
        (200, "https://kabar.example/", Link.GONE),
        (200, "https://kabar.example", Link.GONE),
        (200, "https://kabar.example/index.php", Link.GONE),
        (200, "https://kabar.example/?p=1", Link.THERE),
        (200, "https://kabar.example/login?next=/berita/1", Link.UNKNOWN),
        (403, URL, Link.UNKNOWN),
        (429, URL, Link.UNKNOWN),
        (500, URL, Link.UNKNOWN),
        (503, "https://kabar.example/", Link.UNKNOWN),
    ],
)
def test_what_an_answer_says_of_the_page(status, ended, link):
    assert judged(URL, status, ended)[0] is link


def test_a_front_page_that_was_seen_as_such_is_there():
    assert judged("https://kabar.example/", 200, "https://kabar.example/")[0] is Link.THERE


@pytest.fixture
def check(app, db_session, pressroom, work_off):
    """`check(alert)`: ask for its page as a worker does; the alert afterwards."""
    app.config["FETCH_ALLOW"] = pressroom.host

    def ask(alert):
        assert actions.ask_link(alert.id)
        db.session.commit()
        work_off()
        return db.session.get(Alert, alert.id, populate_existing=True)

    yield ask
    app.config["FETCH_ALLOW"] = ""


def told(alert) -> list[dict]:
    rows = db.select(Event.after).where(Event.stream == f"alert:{alert.id}").order_by(Event.seq)
    return list(db.session.scalars(rows))


def test_gone_and_back_again(check, pressroom):
    alert = make_alert(url=pressroom.url("/a"))
    gone = check(alert)
    assert gone.link_gone_at == gone.link_checked_at is not None and gone.version == 1
    first = gone.link_gone_at
    assert check(alert).link_gone_at == first, "gone since it was first gone"
    pressroom["/a"] = Page(b"ada", 503)
    assert check(alert).link_gone_at == first, "an ill site says nothing"
    pressroom["/a"] = Page(b"ada")
    assert check(alert).link_gone_at is None
    assert [each["link"] for each in told(alert)] == ["hilang", "hilang", "belum diketahui", "masih ada"]
    assert pressroom.asked[-1][2]["Range"] == "bytes=0-1023"


def test_a_redirect_to_the_front_page_is_gone(check, pressroom):
    pressroom["/a"] = Page(b"", 302, {"Location": "/"})
    pressroom["/"] = Page(b"depan")
    assert check(make_alert(url=pressroom.url("/a"))).link_gone_at


def test_what_cannot_be_reached_is_not_known(check, pressroom):
    inner = check(make_alert(url="http://127.0.0.1:1/a"))
    assert inner.link_checked_at and inner.link_gone_at is None
    assert told(inner)[0]["link"] == "belum diketahui" and "TANGGAP_FETCH_ALLOW" in told(inner)[0]["reason"]
    pressroom["/putar"] = Page(b"", 302, {"Location": "/putar"})
    assert check(make_alert(url=pressroom.url("/putar"))).link_gone_at is None


def test_a_redirect_inside_is_refused(check, pressroom):
    pressroom["/a"] = Page(b"", 302, {"Location": "http://169.254.169.254/latest"})
    alert = check(make_alert(url=pressroom.url("/a")))
    assert alert.link_gone_at is None and told(alert)[0]["link"] == "belum diketahui"


def test_one_check_at_a_time(db_session):
    alert = make_alert()
    assert actions.ask_link(alert.id) and not actions.ask_link(alert.id)


def asked() -> list[int]:
    return list(db.session.scalars(db.select(Work.ref_id).where(Work.kind == CHECK).order_by(Work.id)))


def test_news_of_open_tickets_is_asked_for_weekly_a_few_at_a_time_one_of_a_site(people):
    row = ticket(people)
    lately, long_ago = clock.now() - timedelta(days=6), clock.now() - timedelta(days=8)
    loose = make_alert(url="https://lepas.example/1")
    hosts = [f"https://s{n}.example/a" for n in range(LINKS_AT_ONCE + 2)]
    never = [make_alert(url=url) for url in ["https://satu.example/1", "https://satu.example/2"]]
    due = [make_alert(url=url, link_checked_at=long_ago) for url in hosts]
    fresh = make_alert(url="https://segar.example/1", link_checked_at=lately)
    put_behind([*never, *due, fresh], row, people)
    recheck_links()
    assert asked() == [never[0].id, *(alert.id for alert in due[: LINKS_AT_ONCE - 1])]
    assert loose.id not in asked() and fresh.id not in asked()


def test_news_of_ended_tickets_is_left_alone(people):
    row = ticket(people)
    put_behind([make_alert(url="https://satu.example/1")], row, people)
    tickets.move(row, "archive", people[OPERATOR], {"reason": "Salah buka."})
    db.session.commit()
    recheck_links()
    assert asked() == []


def put_behind(alerts, row, people) -> None:
    tickets.merge(alerts, row, people[OPERATOR])
    db.session.commit()
