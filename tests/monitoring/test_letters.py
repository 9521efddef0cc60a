"""Forward-by-e-mail: only from known officers, once, whatever the letter is like."""

import io
import os
import random
import ssl
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select, update

from app.core import clock, doctor, storage
from app.core.events import broken_links
from app.core.work import Work, WorkState
from app.extensions import db
from app.monitoring import actions, mailroom
from app.monitoring.jobs import offer_fetch
from app.monitoring.models import Alert, AlertFile, Inbound, IngestRun
from app.monitoring.readers import guarded
from app.monitoring.rules import mailing
from app.monitoring.rules.kinds import Channel
from tests.harness.client import parse
from tests.harness.waiting import until

OPERATOR, HEAD = "operator@diskominfo.demo", "kepala@diskominfo.demo"
ROOT = Path(__file__).resolve().parents[2]
PDF = b"%PDF-1.4\n%\xe2\xe3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF" + b" " * 300
VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0" * 400


def picture() -> bytes:
    shot = io.BytesIO()
    Image.effect_noise((200, 200), 80).save(shot, "PNG")
    return shot.getvalue()


def letter(to, body="Air PDAM mati di Anggana sejak kemarin.", subject="Fwd: Air mati", sender=OPERATOR, **headers):
    """A letter by the book; `message_id=None` leaves that header out."""
    told = EmailMessage()
    told["From"], told["To"], told["Subject"] = f"Rina <{sender}>", to, subject
    message_id = headers.pop("message_id", f"<{abs(hash((to, body, subject, sender)))}@hp.test>")
    if message_id:
        told["Message-ID"] = message_id
    for name, value in headers.items():
        told[name.replace("_", "-")] = value
    told.set_content(body)
    return told


def sent(message) -> bytes:
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@pytest.fixture
def address(postbox, people):
    """The operator's own address."""
    return actions.address_of(people[OPERATOR])


@pytest.fixture
def fetch(db_session, work_off):
    """Look into the mailbox now, as clock and worker do."""

    def go():
        offer_fetch()
        open_work = (Work.kind == "mail.fetch", Work.state == WorkState.WAITING)
        db_session.execute(update(Work).where(*open_work).values(next_try=clock.now()))
        work_off(1)
        db_session.expire_all()

    return go


@pytest.fixture
def work_off(app):
    from tests.harness.working import work_off

    return lambda at_most=200: work_off(app, at_most)


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def alerts() -> list[Alert]:
    return list(db.session.scalars(select(Alert).order_by(Alert.id)))


def inbound() -> list[Inbound]:
    return list(db.session.scalars(select(Inbound).order_by(Inbound.id)))


def refused(postbox, fetch, raw) -> str:
    """The reason for which a letter was refused; nothing came of it, and it is not looked at again."""
    number = postbox.put(raw if isinstance(raw, bytes) else sent(raw))
    fetch()
    row = inbound()[-1]
    assert row.outcome == "refused" and row.run_id is None and row.raw_key == ""
    assert count(Alert) == count(IngestRun) == 0 and number in postbox.seen
    return row.reason


def test_a_forwarded_letter_becomes_an_alert(postbox, address, fetch, people, visit_as):
    body = (
        "Mohon dicek.\n\n---------- Forwarded message ---------\nDari: Warga <w@x.test>\nDate: Sen\nSubject: Air mati\n"
        "To: <rina@x.test>\n\nAir PDAM mati di Anggana sejak kemarin.\nTelepon 0812-3456-7890.\n\n-- \nRina\nDiskominfo"
    )
    number = postbox.put(sent(letter(address, body)))
    fetch()
    alert, row = alerts()[0], inbound()[0]
    assert (alert.title, alert.channel, alert.media) == ("Air mati", Channel.COMPLAINT, "Warga (surel)")
    assert "Mohon dicek." in alert.text and "sejak kemarin" in alert.text and "0812" not in alert.text
    assert "w@x.test" not in alert.text and "Diskominfo" not in alert.text
    assert alert.raw["asal"] == "Surel yang diteruskan" and alert.run_id == row.run_id
    assert (row.outcome, row.sender, row.seat_id) == ("taken", OPERATOR, people[OPERATOR].id)
    assert db.session.get(IngestRun, row.run_id).seat_id == people[OPERATOR].id
    assert storage.read(row.raw_key) == postbox.letters[number] and postbox.seen == {number}
    assert not list(broken_links())
    page = visit_as(HEAD)("/pengaturan/surel-masuk")
    assert "Air mati" in page.text() and page.css_first(f'a[href="/impor/{row.run_id}"]').text() == "Masuk"


def test_links_and_files_come_along(postbox, address, fetch):
    body = "Jalan rusak https://kabaretam.example/a\nhttps://kabaretam.example/b/lampu-jalan-padam-di-loa-kulu\n\nTerima kasih"
    told = letter(address, body, subject="Dua berita")
    told.add_attachment(picture(), maintype="image", subtype="png", filename="../../layar.png")
    told.add_attachment(PDF, maintype="application", subtype="pdf", filename="surat.pdf")
    told.add_attachment(VIDEO, maintype="application", subtype="octet-stream", filename="v.mp4")
    told.add_attachment(b"MZ" + b"\0" * 900, maintype="application", subtype="pdf", filename="virus.pdf")
    postbox.put(sent(told))
    fetch()
    assert [alert.title for alert in alerts()] == ["Jalan rusak", "Lampu jalan padam di loa kulu"]
    files = db.session.scalars(select(AlertFile).order_by(AlertFile.id)).all()
    assert [(file.name, file.media_type) for file in files] == [
        ("layar.jpg", "image/jpeg"), ("surat.pdf", "application/pdf"), ("v.mp4", "video/mp4")]  # fmt: skip
    assert {file.alert_id for file in files} == {alerts()[0].id}
    assert inbound()[0].reason.startswith("1 lampiran tidak diambil")


def test_a_picture_alone_is_about_its_subject(postbox, address, fetch):
    told = letter(address, "", subject="Trs: Banjir di Anggana")
    told.add_attachment(picture(), maintype="image", subtype="png", filename="a.png")
    postbox.put(sent(told))
    fetch()
    assert alerts()[0].title == "Banjir di Anggana" and count(AlertFile) == 1


@pytest.mark.parametrize(
    "subject, media, asked",
    [
        ("Fwd: Wartawan Kaltim Post: Air keruh", "Kaltim Post", "Permintaan konfirmasi wartawan, lewat surel"),
        ("ARAHAN: Air keruh", "Arahan pimpinan", "Arahan pimpinan, lewat surel"),
    ],
)
def test_the_subject_may_tell_who_asks(postbox, address, fetch, subject, media, asked):
    postbox.put(sent(letter(address, "Sejak kapan?", subject=subject)))
    fetch()
    alert = alerts()[0]
    assert (alert.title, alert.media, alert.raw["asal"]) == ("Air keruh", media, asked)


def test_html_is_read_as_text_with_its_links(postbox, address, fetch):
    told = letter(address, "x")
    told.set_content(
        "<style>p{}</style><script>alert(1)</script><p>Baca <a href='https://kabaretam.example/x?a=1&copy=2'>Pasar "
        "terbakar</a></p><img src=x onerror=alert(2)><a href='javascript:alert(3)'>klik</a>",
        subtype="html",
    )
    postbox.put(sent(told))
    fetch()
    alert = alerts()[0]
    assert "Pasar terbakar" in alert.title and alert.url == "https://kabaretam.example/x?a=1&copy=2"
    assert "alert(" not in alert.title + alert.text


def test_the_same_letter_twice_does_nothing(postbox, address, fetch):
    raw = sent(letter(address))
    bare = sent(letter(address, "Tanpa nomor surat.", message_id=None))
    for copy in (raw, raw, bare, b"Received: by x\r\n" + bare):
        postbox.put(copy)
    fetch()
    fetch()
    assert count(Inbound) == count(Alert) == count(IngestRun) == 2 and len(postbox.seen) == 4


def test_a_forged_id_does_not_shadow_the_real_letter(postbox, address, fetch):
    mine = {"message_id": "<sama@hp.test>"}
    postbox.put(sent(letter(address, sender="orang@luar.test", **mine)))
    postbox.put(sent(letter(address, **mine)))
    fetch()
    assert [row.outcome for row in inbound()] == ["refused", "taken"] and count(Alert) == 1


def test_a_strangers_letter_is_refused_and_listed(postbox, address, fetch, login):
    assert refused(postbox, fetch, letter(address, sender="orang@luar.test")) == mailing.WRONG_SENDER
    page = login(HEAD).get("/pengaturan/surel-masuk").text
    assert "orang@luar.test" in page and "bukan pemilik alamat" in parse(page).text()
    for who in (OPERATOR, "admin@dpu.demo", "pimpinan@kukar.demo"):
        assert login(who).get("/pengaturan/surel-masuk").status_code == 404


def test_another_officers_address_is_refused(postbox, address, fetch, people):
    assert refused(postbox, fetch, letter(actions.address_of(people[HEAD]))) == mailing.WRONG_SENDER


def test_two_senders_are_none(postbox, address, fetch):
    raw = sent(letter(address)).replace(b"From: Rina", b"From: orang@luar.test, Rina")
    assert refused(postbox, fetch, raw) == mailing.WRONG_SENDER
    raw = b"From: orang@luar.test\r\n" + sent(letter(address, "lain"))
    assert refused(postbox, fetch, raw) == mailing.WRONG_SENDER


def test_a_forged_signature_is_refused(postbox, address, fetch):
    local, _, domain = address.partition("@")
    forged = f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}"
    assert refused(postbox, fetch, letter(forged)) == mailing.FORGED
    assert refused(postbox, fetch, letter("tanggap@kantor.test")) == mailing.NO_ADDRESS


def test_an_address_holds_for_its_seat_alone(postbox, address, fetch, people):
    local, _, rest = address.partition("+")
    number, _, signature = rest.partition("-")
    assert int(number) == people[OPERATOR].id
    assert refused(postbox, fetch, letter(f"{local}+{people[HEAD].id}-{signature}", sender=HEAD)) == mailing.FORGED


def test_upper_case_and_blind_copies_are_fine(postbox, address, fetch):
    postbox.put(sent(letter("undisclosed:;", Delivered_To=address.upper())))
    fetch()
    assert count(Alert) == 1


def test_who_has_moved_sends_no_more(postbox, address, fetch, people):
    people[OPERATOR].ended_at = clock.now()
    db.session.commit()
    assert refused(postbox, fetch, letter(address)) == mailing.ENDED


def test_an_opd_has_no_such_address(postbox, address, people):
    assert actions.address_of(people["admin@dpu.demo"]) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
    ],
)
def test_what_no_person_wrote_is_refused_and_nothing_is_answered(postbox, address, fetch, outbox, headers):
    assert refused(postbox, fetch, letter(address, **headers)) == mailing.AUTOMATIC
    assert not list(outbox.glob("*"))


def test_the_news_of_a_bounce_is_refused(postbox, address, fetch):
    raw = sent(letter(address)).replace(b"Content-Type: text/plain", b"Content-Type: multipart/report; boundary=x")
    assert refused(postbox, fetch, raw) == mailing.AUTOMATIC


def test_a_letter_forwarded_as_an_attachment_is_opened(postbox, address, fetch):
    inner = letter(
        "rina@x.test", "Pasar Tangga Arung terbakar tadi malam.", subject="Kebakaran pasar", sender="w@x.test"
    )
    inner.add_attachment(picture(), maintype="image", subtype="png", filename="api.png")
    outer = letter(address, "", subject="Fwd:")
    outer.add_attachment(inner)
    postbox.put(sent(outer))
    fetch()
    alert = alerts()[0]
    assert alert.title == "Kebakaran pasar" and "tadi malam" in alert.text and count(AlertFile) == 1


def test_an_empty_letter_is_refused(postbox, address, fetch):
    assert refused(postbox, fetch, letter(address, " \n")) == mailing.EMPTY


def nested(deep: int) -> bytes:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(deep))
    return head + b"Content-Type: text/plain\r\n\r\nhalo\r\n"


def hostile(address: str) -> dict[str, bytes]:
    top = f"From: {OPERATOR}\r\nTo: {address}\r\nSubject: x\r\nMessage-ID: <h@x>\r\n".encode()
    plain = (
        top
        + b"Content-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: %s\r\n\r\nAir mati di Anggana \xe9\xff\r\n"
    )
    many = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 5_000
    return {
        "odd charset": plain % (b"x-tidak-ada", b"8bit"),
        "charset with NUL": plain % (b'"utf\0-8"', b"8bit"),
        "charset that is no charset": plain % (b"hex", b"8bit"),
        "odd encoding": plain % (b"utf-8", b"x-aneh"),
        "broken base64": plain % (b"utf-8", b"base64"),
        "no head": b"\r\n\r\n",
        "nothing": b"",
        "no body": top,
        "noise": bytes(range(256)) * 400,
        "broken subject": top.replace(b"Subject: x", b"Subject: =?utf-8?b?!!!?= =?x-aneh?q?=41?=") + b"\r\nAir mati di Anggana",
        "line break in the subject": top.replace(b"Subject: x", b"Subject: =?utf-8?q?a=0D=0ABcc:_b?=") + b"\r\nAir mati",
        "huge head": top + b"X: " + b"a" * 400_000 + b"\r\n\r\nhalo",
        "many recipients": top + b"Cc: " + b"a@b.test, " * 20_000 + b"\r\n\r\nAir mati di Anggana",
        "open comments": top.replace(b"From: ", b"From: " + b"(" * 3_000) + b"\r\nhalo",
        "boundary that never comes": top + b"Content-Type: multipart/mixed; boundary=b\r\n\r\nAir mati di Anggana",
        "no boundary": top + b"Content-Type: multipart/mixed\r\n\r\nAir mati di Anggana",
        "many parts": top + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + many,
        "nested 30": top + nested(30),
        "nested 3000": top + nested(3_000),
        "rfc822 in rfc822": top + b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
        "deep html": top + b"Content-Type: text/html\r\n\r\n" + b"<b>" * 60_000 + b"halo",
        "open anchors": top + b"Content-Type: text/html\r\n\r\n" + b'<a href="https://a.example/x">' * 20_000,
        "odd file name": top + b"Content-Type: image/png\r\nContent-Disposition: attachment; filename*=x-aneh''%ff%00\r\n\r\nx",
        "broken uuencode": top + b"Content-Transfer-Encoding: uuencode\r\n\r\nbegin 644 a\r\n###\r\n",
        "half anchors": top + b"Content-Type: text/html\r\n\r\n" + b"<a href = " * 20_000,
        "wide anchor": top + b"Content-Type: text/html\r\n\r\n" + b"<a " + b"href      " * 19_000,
        "many links": top + b"\r\n" + b"".join(b"https://a.example/%d\r\n" % n for n in range(5_000)),
        "long line": top + b"\r\n" + b"a" * 3_000_000,
        "picture bomb": top + b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"iVBORw0KGgoAAAANSUhEUgAA//8AAP//CAIAAAA=\r\n",
    }  # fmt: skip


def test_hostile_letters_end_within_bounds_and_stop_nothing(postbox, address, fetch):
    cases = hostile(address)
    for name, raw in cases.items():
        postbox.put(raw.replace(b"<h@x>", b"<%s@x>" % name.replace(" ", ".").encode()))
    postbox.put(sent(letter(address, "Surat baik sesudahnya.", subject="Surat baik")))
    fetch()
    assert len(postbox.seen) == len(cases) + 1 == count(Inbound)
    outcomes = dict(zip(cases, (row.outcome for row in inbound()), strict=False))
    assert {name for name, outcome in outcomes.items() if outcome == "taken"} >= {
        "odd charset", "charset that is no charset", "broken subject", "many recipients", "boundary that never comes",
        "many links"}  # fmt: skip
    assert {"no head", "nothing", "noise", "huge head", "many parts", "nested 30", "nested 3000"} <= {
        name for name, outcome in outcomes.items() if outcome == "refused"
    }
    assert alerts()[-1].title == "Surat baik"
    assert all("\n" not in alert.title and "\ufffe" not in alert.title for alert in alerts())


def test_a_reader_that_dies_is_one_refused_letter(postbox, address, fetch, monkeypatch):
    def dies(_raw):
        os.abort()

    monkeypatch.setattr(guarded, "_letter", dies)
    assert refused(postbox, fetch, letter(address)) == guarded.NO_LETTER


def test_up_to_25_megabytes_are_taken_and_more_is_not_even_fetched(postbox, address, fetch):
    told = letter(address, "Video banjir", subject="Video banjir")
    told.add_attachment(VIDEO + b"\1" * 17_500_000, maintype="video", subtype="mp4", filename="v.mp4")
    raw = sent(told)
    assert 22 << 20 < len(raw) <= mailing.LARGEST
    postbox.put(raw)
    fetch()
    file = db.session.scalars(select(AlertFile)).one()
    assert file.size == len(VIDEO) + 17_500_000 and storage.path(file.key).stat().st_size == file.size
    postbox.put(sent(letter(address, "Terlalu besar", subject="Besar")) + b"x" * mailing.LARGEST)
    fetch()
    assert inbound()[-1].reason == mailing.TOO_LARGE and inbound()[-1].sender == OPERATOR
    assert "BODY.PEEK[HEADER]" in postbox.asked[-3] and count(Alert) == 1


def test_a_line_cut_before_the_mark_neither_loses_nor_doubles(postbox, address, fetch):
    postbox.put(sent(letter(address)))
    postbox.put(sent(letter(address, "Lampu jalan padam di Loa Kulu.", subject="Lampu")))
    postbox.cut = {"STORE"}
    fetch()
    assert count(Alert) == 1 and not postbox.seen
    postbox.cut = set()
    fetch()
    assert count(Alert) == count(Inbound) == count(IngestRun) == 2 and postbox.seen == {1, 2}


def test_a_failure_before_the_commit_leaves_the_letter(postbox, address, fetch, monkeypatch):
    take = actions.take_letter

    def half(*args):
        take(*args)
        raise RuntimeError("killed")

    monkeypatch.setattr(actions, "take_letter", half)
    postbox.put(sent(letter(address)))
    fetch()
    assert count(Alert) == count(Inbound) == 0 and not postbox.seen
    monkeypatch.setattr(actions, "take_letter", take)
    fetch()
    assert count(Alert) == count(Inbound) == 1 and postbox.seen == {1}


@pytest.fixture
def worker(app, postbox):
    """Starts a process that does the open work of this test's database."""
    settings = {
        "TANGGAP_INSTANCE_PATH": app.config["INSTANCE_PATH"],
        "TANGGAP_DATABASE_URL": app.config["DATABASE_URL"],
        "TANGGAP_REDIS_URL": "redis://127.0.0.1:9/0",
        "TANGGAP_SECRET_KEY": app.config["SECRET_KEY"],
        "TANGGAP_IMAP_URL": postbox.url,
        "TANGGAP_MAIL_FROM": app.config["MAIL_FROM"],
    }
    command = [sys.executable, "-m", "tests.monitoring.importing"]
    started = []

    def start():
        started.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_kill_9_between_commit_and_mark(postbox, address, db_session, worker):
    postbox.put(sent(letter(address)))
    postbox.hang = {"STORE"}
    offer_fetch()
    db_session.commit()
    first = worker()
    assert postbox.hanging.wait(60)
    first.kill()
    first.wait()
    assert count(Alert) == 1 and not postbox.seen
    db_session.rollback()
    postbox.hang = set()
    assert worker().wait(120) == 0
    assert count(Alert) == count(Inbound) == 1 and postbox.seen == {1}


@pytest.mark.parametrize("kills", [4, pytest.param(30, marks=pytest.mark.slow)])
def test_kill_9_at_any_moment_loses_and_doubles_nothing(postbox, address, db_session, worker, kills):
    chance, many = random.Random(7), 2 * kills
    for number in range(many):
        told = letter(address, f"Lampu jalan padam di gang nomor {number}.", subject=f"Lampu {number}")
        told.add_attachment(picture(), maintype="image", subtype="png", filename="a.png")
        postbox.put(sent(told))
    offer_fetch()
    db_session.commit()
    for _ in range(kills):
        process, enough = worker(), len(postbox.asked) + chance.randint(4, 10)
        until(
            lambda process=process, enough=enough: len(postbox.asked) > enough or process.poll() is not None, 60, 0.005
        )
        time.sleep(chance.random() * 0.1)
        process.kill()
        process.wait()
    assert worker().wait(300) == 0
    assert count(Alert) == count(Inbound) == count(IngestRun) == count(AlertFile) == many == len(postbox.seen)
    assert not list(broken_links())


@pytest.mark.parametrize("verb, words", [("LOGIN", "kata sandinya ditolak"), ("SELECT", "foldernya tidak ada")])
def test_a_mailbox_that_is_down_is_said_in_plain_words(postbox, address, fetch, login, verb, words):
    postbox.put(sent(letter(address)))
    postbox.refuse = {verb}
    fetch()
    fetch()
    work = db.session.scalars(select(Work).where(Work.kind == "mail.fetch")).one()
    assert work.state is WorkState.WAITING and words in work.last_error
    assert _finding().ok
    db.session.execute(update(Work).values(created_at=clock.now() - 2 * actions_pause()))
    db.session.commit()
    assert not _finding().ok and words in _finding().says
    assert words in parse(login(HEAD).get("/pengaturan/kesehatan").text).text()
    postbox.refuse = set()
    fetch()
    assert _finding().ok and "terakhir diambil" in _finding().says and count(Alert) == 1


def actions_pause():
    from app.monitoring.checks import UNFETCHED

    return UNFETCHED


def _finding():
    return next(finding for finding in doctor.examine(page=True) if finding.name == "surel masuk")


def test_the_server_must_prove_who_it_is(monkeypatch):
    given = {}

    def refuse(_host, port, timeout, ssl_context):
        given.update(port=port, timeout=timeout, trust=ssl_context)
        raise ssl.SSLCertVerificationError("self-signed")

    monkeypatch.setattr(mailroom, "MailBox", refuse)
    with (
        pytest.raises(mailroom.MailboxDown, match="sertifikatnya tidak dipercaya"),
        mailroom.opened("imaps://a:b@c.test"),
    ):
        pass
    assert given["port"] == 993 and given["timeout"] == mailroom.TIMEOUT
    assert given["trust"].verify_mode is ssl.CERT_REQUIRED and given["trust"].check_hostname


def test_without_a_mailbox_nothing_is_asked_and_no_address_shown(app, db_session, login):
    offer_fetch()
    assert count(Work) == 0 and _finding().says == "penerusan surel tidak dinyalakan"
    assert "Teruskan surel" not in login(OPERATOR).get("/pantauan/tempel").text
    assert "belum dinyalakan" in login(HEAD).get("/pengaturan/surel-masuk").text


def test_an_officer_finds_the_own_address(postbox, address, visit_as, people):
    page = visit_as(OPERATOR)("/pantauan/tempel")
    assert page.css_first("#alamat-surel").attributes["value"] == address
    assert page.css_first('[data-copy="alamat-surel"]') is not None
    assert address != actions.address_of(people[HEAD])


def test_refused_letters_are_forgotten_after_three_months(postbox, address, fetch):
    postbox.put(sent(letter(address)))
    postbox.put(sent(letter(address, sender="orang@luar.test")))
    fetch()
    db.session.execute(update(Inbound).values(received_at=clock.now() - actions.mailing.REFUSED_ARE_KEPT * 2))
    actions.forget_refused()
    assert [row.outcome for row in inbound()] == ["taken"]


@pytest.mark.parametrize(
    "url", ["imap://a:b@mail.example/INBOX", "imaps://mail.example", "http://a:b@x", "imaps://a:b@x:99999"]
)
def test_a_mailbox_is_named_with_its_password_and_reached_safely(url):
    from app import config

    with pytest.raises(config.BadSetting, match="TANGGAP_IMAP_URL"):
        config.load({"IMAP_URL": url})
    assert config.load({"IMAP_URL": "imaps://a%40b:c@mail.example/INBOX"})["IMAP_URL"]
