"""«Bukti tayang»: the sheet that is downloaded leads to the hash, within policy, masks and judul aman."""

import hashlib
import io
import zipfile

import pytest

from app.core import clock, search
from app.core.events import Event
from app.extensions import db
from app.monitoring.actions.isu import put_together
from app.monitoring.models import Alert, Shielded
from app.monitoring.rules.evidence import MARKER, Content
from app.tickets import actions as tickets
from tests.desk.test_sorting import HTMX, form_on, kinds, send
from tests.factories import make_alert
from tests.harness.pressroom import Page
from tests.tickets.desk import ADMIN, HEAD, LEADER, OPERATOR

PLAIN: dict = {}
TITLE, TEXT = "Hubungi 081234567890", "Atap roboh.\nMinta bantuan 081234567890."


def computed(body: bytes) -> str:
    return hashlib.sha256(body.partition(f"\n{MARKER}\n".encode())[2]).hexdigest()


def seen_alert(title="Atap roboh", text="Isi\nberita", **values) -> Alert:
    values = {"published_at": clock.now(), "url": "https://media.demo/atap"} | values
    content = Content(title, values["url"], values["published_at"], text)
    return make_alert(title, text=text, seen_hash=content.hash(), **values)


@pytest.fixture
def masked(db_session) -> Alert:
    made = seen_alert(TITLE, TEXT)
    made.title, made.text = (words.replace("081234567890", "[nomor telepon]") for words in (TITLE, TEXT))
    db.session.add(Shielded(alert_id=made.id, kinds=["nomor telepon"], title=TITLE, text=TEXT, author=""))
    db.session.commit()
    return made


def test_the_downloaded_sheet_leads_to_the_hash(login, db_session):
    alert = seen_alert()
    client = login(OPERATOR)
    page = client.get(f"/pantauan/{alert.id}").text
    assert "Bukti tayang" in page and f"/pantauan/{alert.id}/bukti.txt" in page and alert.seen_hash in page
    answer = client.get(f"/pantauan/{alert.id}/bukti.txt")
    assert answer.content_type == "text/plain; charset=utf-8" and "no-store" in answer.headers["Cache-Control"]
    assert f'filename="bukti-pantauan-{alert.id}.txt"' in answer.headers["Content-Disposition"]
    assert computed(answer.data) == alert.seen_hash and alert.seen_hash in answer.text
    for fact in ("Atap roboh", "https://media.demo/atap", "Isi\nberita", "Belum pernah diperiksa"):
        assert fact in answer.text


def test_the_sheet_is_diskominfos_alone_and_of_a_restricted_ticket_its_officers(login, people, db_session):
    alert = seen_alert()
    path = f"/pantauan/{alert.id}/bukti.txt"
    for email in (ADMIN, LEADER):
        assert login(email).get(path).status_code == 404
    ticket = tickets.promote([alert], people[OPERATOR], {"opd": "DISDIKBUD"})
    tickets.set_secrecy(ticket, people[HEAD], named=[people[HEAD].person_id])
    db.session.commit()
    pack = f"/tiket/{ticket.id}/bukti.zip"
    for email, status in ((OPERATOR, 404), (HEAD, 200)):
        client = login(email)
        assert [client.get(each).status_code for each in (path, pack)] == [status, status]
    assert login(ADMIN).get(pack).status_code == 404


def test_personal_data_stay_masked_without_a_reason(login, masked):
    answer = login(OPERATOR).get(f"/pantauan/{masked.id}/bukti.txt")
    assert "081234567890" not in answer.text and "[nomor telepon]" in answer.text
    assert "disamarkan (nomor telepon)" in answer.text and masked.seen_hash in answer.text


def test_with_a_reason_the_whole_sheet_is_written_down_first(login, masked):
    client = login(OPERATOR)
    answer = send(client, masked, "bukti.txt", PLAIN, reason="Laporan ke polisi")
    assert answer.status_code == 200 and computed(answer.data) == masked.seen_hash
    assert "081234567890" in answer.text
    event = db.session.scalar(db.select(Event).where(Event.kind == "alert.unmasked"))
    assert event.after == {"kinds": ["nomor telepon"]}


@pytest.mark.parametrize("reason", ["", "perlu"])
def test_without_a_real_reason_it_is_not_given(login, masked, reason):
    answer = send(login(OPERATOR), masked, "bukti.txt", PLAIN, reason=reason)
    assert answer.status_code == 422 and "081234567890" not in answer.text and "bukti-alasan-error" in answer.text
    assert "alert.unmasked" not in kinds(f"alert:{masked.id}")


def test_a_sensitive_alert_gives_its_original_only_after_it_was_opened(login, db_session):
    alert = seen_alert("Nama korban", "Isi asli", sensitive=True, safe_title="Perkara anak di Tenggarong")
    client, path = login(OPERATOR), f"/pantauan/{alert.id}/bukti.txt"
    for told in (client.get(path), client.get(f"/pantauan/{alert.id}")):
        assert "Nama korban" not in told.text and "media.demo/atap" not in told.text and "Isi asli" not in told.text
    assert "Perkara anak" in client.get(path).text and alert.seen_hash in client.get(path).text
    send(client, alert, "judul-asli", PLAIN)
    opened = client.get(path)
    assert computed(opened.data) == alert.seen_hash and "Nama korban" in opened.text
    assert "Nama korban" not in login(HEAD).get(path).text
    assert f"bukti-pantauan-{alert.id}.txt" in opened.headers["Content-Disposition"]


def test_masks_of_an_unopened_sensitive_alert_stay_whatever_the_reason(login, masked):
    masked.sensitive, masked.safe_title = True, "Perkara anak di Tenggarong"
    db.session.commit()
    client = login(OPERATOR)
    form = form_on(client, masked, "judul-asli") | {"reason": "Laporan ke polisi"}
    assert client.post(f"/pantauan/{masked.id}/bukti.txt", data=form).status_code == 404
    assert "alert.unmasked" not in kinds(f"alert:{masked.id}")


def test_a_ticket_gives_the_sheets_of_all_its_alerts(login, people, db_session):
    alerts = [seen_alert(), seen_alert("Murid di teras", "Lain", url="https://media.demo/teras")]
    ticket = tickets.promote(alerts, people[OPERATOR], {"opd": "DISDIKBUD"})
    db.session.commit()
    client = login(OPERATOR)
    assert f"/tiket/{ticket.id}/bukti.zip" in client.get(f"/tiket/{ticket.id}").text
    pack = zipfile.ZipFile(io.BytesIO(client.get(f"/tiket/{ticket.id}/bukti.zip").data))
    assert [computed(pack.read(name)) for name in pack.namelist()] == [alert.seen_hash for alert in alerts]
    assert "bukti.zip" not in login(ADMIN).get(f"/tiket/{ticket.id}").text


# ── Periksa tautan ─────────────────────────────────────────────────────


@pytest.fixture
def room(app, pressroom):
    app.config["FETCH_ALLOW"] = pressroom.host
    yield pressroom
    app.config["FETCH_ALLOW"] = ""


def test_the_fragment_waits_for_the_worker_and_tells(login, people, room, work_off):
    alert = seen_alert(url=room.url("/hilang"))
    db.session.commit()
    client, path = login(OPERATOR), f"/pantauan/{alert.id}/tautan"
    answer = send(client, alert, "tautan", HTMX)
    assert "Sedang diperiksa" in answer.text and 'hx-trigger="every 2s"' in answer.text
    again = client.get(path, headers=HTMX | {"HX-PTag": answer.headers["HX-PTag"]})
    assert again.status_code == 304 and room.asked == []
    work_off()
    done = client.get(path, headers=HTMX | {"HX-PTag": answer.headers["HX-PTag"]})
    assert "Tautan hilang" in done.text and "every 2s" not in done.text and "Situs menjawab 404." in done.text
    assert "tautan hilang" in client.get("/pantauan").text
    assert "memeriksa tautannya: hilang. Situs menjawab 404." in client.get(f"/pantauan/{alert.id}").text
    assert "hilang. Situs menjawab 404." in client.get(f"/pantauan/{alert.id}/bukti.txt").text


def test_without_script_it_is_asked_once_and_not_known_is_told(login, people, room, work_off):
    room["/tutup"] = Page(b"", 403)
    alert = seen_alert(url=room.url("/tutup"))
    client = login(OPERATOR)
    form = form_on(client, alert, "tautan")
    answers = [client.post(f"/pantauan/{alert.id}/tautan", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    work_off()
    assert len(room.asked) == 1
    page = client.get(f"/pantauan/{alert.id}").text
    assert "Belum diketahui. Situs menjawab 403" in page and "Tautan hilang" not in page
    assert client.get(f"/pantauan/{alert.id}/tautan").status_code == 303


def test_a_ticket_marks_the_vanished_one(login, people, db_session):
    alert = seen_alert(link_gone_at=clock.now())
    ticket = tickets.promote([alert], people[OPERATOR], {"opd": "DISDIKBUD"})
    db.session.commit()
    for email in (OPERATOR, ADMIN):
        assert "tautan hilang" in login(email).get(f"/tiket/{ticket.id}").text


def test_isu_and_search_mark_it_too(login, people, db_session):
    alert = seen_alert(link_gone_at=clock.now())
    search.put("alert", alert.id, "Atap roboh")
    isu = put_together([alert], people[OPERATOR], "Atap roboh")
    db.session.commit()
    client = login(OPERATOR)
    for path in (f"/isu/{isu.id}", "/cari?q=atap"):
        assert "tautan hilang" in client.get(path).text


def test_an_alert_without_address_has_nothing_to_check(login, people, db_session):
    alert = seen_alert(url="")
    page = login(OPERATOR).get(f"/pantauan/{alert.id}").text
    assert "tidak punya tautan" in page and "Periksa tautan" not in page
