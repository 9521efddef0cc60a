"""Sources and imports as people see them."""

import io

import pytest
from sqlalchemy import select

from app.core import clock
from app.monitoring import actions
from app.monitoring.models import Alert, IngestRun, Source
from tests.factories import make_source
from tests.harness.client import read, submit

OPERATOR, KEEPER = "operator@diskominfo.demo", "kepala@diskominfo.demo"
SHEET = "tanggal;judul;url\n24/11/2022;Satu judul;https://a.example/1\nkemarin;Dua <script>alert(1)</script>;\n"
PAGES = ["/pengaturan/sumber", "/impor", "/pengaturan/sumber/{source}", "/impor/{run}", "/impor/{run}/kemajuan"]
KEEPING = ["/pengaturan/sumber/baru", "/pengaturan/sumber/{source}/ubah"]


@pytest.fixture
def things(db_session, people):
    source = make_source("Kabar Etam")
    run = actions.start_run(source, b"x", file_name="<b>x</b>.csv")
    db_session.commit()
    return {"source": source.id, "run": run.id}


@pytest.mark.parametrize("path", PAGES + KEEPING)
@pytest.mark.parametrize("email", ["admin@dpu.demo", "narahubung@dpu.demo", "pimpinan@kukar.demo"])
def test_nobody_outside_diskominfo_sees_them(login, things, path, email):
    assert login(email).get(path.format(**things)).status_code == 404


@pytest.mark.parametrize("path", KEEPING)
def test_operators_do_not_keep_sources(login, things, path):
    assert login(OPERATOR).get(path.format(**things)).status_code == 404


def test_operators_see_health_and_runs(visit_as, things):
    visit = visit_as(OPERATOR)
    assert "Kabar Etam" in visit("/pengaturan/sumber").text()
    page = visit(f"/pengaturan/sumber/{things['source']}")
    assert page.css_first("form[action$=ambil]") and not page.css_first("form[action$=jeda]")
    assert "<b>x</b>.csv" in visit(f"/impor/{things['run']}").text()


def test_what_does_not_exist_is_404(visit_as, things):
    for path in ("/pengaturan/sumber/99", "/impor/99", "/pengaturan/sumber/99999999999999999999"):
        visit_as(KEEPER)(path, 404)


def new_source(client, **changes):
    page = read(client.get("/pengaturan/sumber/baru").text)
    values = {"name": "Suara Hulu", "url": "https://suarahulu.example/feed", "channel": "berita"} | changes
    return submit(client, page, "form[action$=baru]", **values)


def test_a_system_admin_adds_a_feed_that_is_asked_at_once(login, db_session):
    answer = new_source(login(KEEPER))
    source = db_session.scalars(select(Source)).one()
    assert answer.status_code == 303 and answer.location.endswith(f"/pengaturan/sumber/{source.id}")
    assert source.next_poll_at <= clock.now() and source.every_minutes == 15


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"name": ""}, "Beri nama"),
        ({"url": "javascript:alert(1)"}, "https://"),
        ({"url": "demo:../../etc/passwd"}, "https://"),
        ({"url": ""}, "https://"),
        ({"every_minutes": "1"}, "Antara 5 dan 1440"),
        ({"channel": "radio"}, "Pilih salah satu"),
        ({"kind": "paste"}, "Pilih salah satu"),
    ],
)
def test_wrong_fields_are_said(login, db_session, changes, said):
    answer = new_source(login(KEEPER), **changes)
    assert answer.status_code == 422 and said in answer.text
    assert db_session.scalars(select(Source)).all() == []


def test_a_name_is_used_once_and_a_form_too(login, db_session):
    client = login(KEEPER)
    new_source(client)
    assert "sudah dipakai" in new_source(client).text
    page = read(client.get("/pengaturan/sumber/baru").text)
    for _ in range(2):
        submit(client, page, "form[action$=baru]", name="Lembar", kind="sheet", channel="berita")
    assert len(db_session.scalars(select(Source)).all()) == 2


def test_two_who_change_a_source_meet(login, things, db_session):
    client = login(KEEPER)
    page = read(client.get(f"/pengaturan/sumber/{things['source']}/ubah").text)
    source = db_session.get(Source, things["source"])
    source.every_minutes = 60
    db_session.commit()
    answer = submit(client, page, "form[action$=ubah]", every_minutes="30")
    assert answer.status_code == 409 and "60" in answer.text
    assert submit(client, read(answer.text), "form[action$=ubah]").status_code == 303
    assert db_session.get(Source, things["source"], populate_existing=True).every_minutes == 30


def test_pause_and_resume(login, things, db_session):
    client, path = login(KEEPER), f"/pengaturan/sumber/{things['source']}"
    submit(client, read(client.get(path).text), "form[action$=jeda]")
    assert not db_session.get(Source, things["source"], populate_existing=True).enabled
    submit(client, read(client.get(path).text), "form[action$=lanjut]")
    assert db_session.get(Source, things["source"], populate_existing=True).enabled


def upload(client, content, file_name="ima.csv", **changes):
    page = read(client.get("/impor").text)
    values = {
        "source": "baru",
        "name": "IMA",
        "channel": "berita",
        "file": (io.BytesIO(content.encode() if isinstance(content, str) else content), file_name),
    }
    return submit(client, page, "form[action$=impor]", **values | changes)


def confirm(client, path, work_off):
    """The columns of a first sheet are confirmed as they were suggested."""
    work_off()
    return submit(client, read(client.get(path).text), "form[action$=susunan]", do="simpan")


def test_a_sheet_is_uploaded_read_and_told_about(login, db_session, work_off):
    client = login(OPERATOR)
    answer = upload(client, SHEET)
    assert answer.status_code == 303
    assert read(client.get(answer.location).text).css_first("[data-live][hx-ptag]")
    assert confirm(client, answer.location, work_off).status_code == 303
    waiting = read(client.get(answer.location).text)
    assert waiting.css_first("[data-live][hx-ptag]")
    work_off()
    done = read(client.get(answer.location).text)
    assert not done.css_first("[data-live]") and "kemarin" in done.text()
    assert db_session.scalars(select(Alert.title)).all() == ["Satu judul"]
    assert db_session.scalars(select(IngestRun)).one().seat_id


def test_progress_answers_304_until_something_changes(login, db_session, work_off):
    client = login(OPERATOR)
    path = upload(client, SHEET).location
    confirm(client, path, work_off)
    tag = read(client.get(path).text).css_first("[hx-ptag]").attributes["hx-ptag"]
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert client.get(f"{path}/kemajuan", headers=partial | {"HX-PTag": tag}).status_code == 304
    work_off()
    answer = client.get(f"{path}/kemajuan", headers=partial | {"HX-PTag": tag})
    assert answer.status_code == 200 and "<html" not in answer.text and "Selesai" in answer.text
    assert client.get(f"{path}/kemajuan").status_code == 303


def test_the_same_upload_twice_is_one(login, db_session):
    client = login(OPERATOR)
    page = read(client.get("/impor").text)
    for _ in range(2):
        values = {"source": "baru", "name": "IMA", "channel": "berita", "file": (io.BytesIO(SHEET.encode()), "a.csv")}
        assert submit(client, page, "form[action$=impor]", **values).status_code == 303
    assert len(db_session.scalars(select(IngestRun)).all()) == 1


@pytest.mark.parametrize("content, said", [(b"%PDF-1.7", "bukan lembar kerja"), (b"", "kosong")])
def test_what_is_no_sheet_is_said_at_once(login, db_session, content, said):
    answer = upload(login(OPERATOR), content)
    assert answer.status_code == 422 and said in answer.text
    assert db_session.scalars(select(IngestRun)).all() == []


def test_a_new_source_needs_a_name(login):
    again = upload(login(OPERATOR), SHEET, name="").text
    assert "Beri nama sumbernya" in again and "Pilih lagi berkasnya" in again


def test_rejected_rows_come_in_pages(login, db_session, work_off):
    client = login(OPERATOR)
    path = upload(client, "tanggal;judul\n" + "".join(f"x;Judul {n}\n" for n in range(70))).location
    confirm(client, path, work_off)
    work_off()
    page = read(client.get(path).text)
    assert len(page.css("tbody tr")) == 50
    further = page.css_first("a[href*=sesudah]").attributes["href"]
    assert len(read(client.get(further).text).css("tbody tr")) == 20


def test_pages_cost_the_same_whatever_they_show(login, db_session, statements):
    client = login(OPERATOR)

    def cost(path):
        with statements() as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    for number in range(3):
        make_source(f"A{number}")
    few = cost("/pengaturan/sumber"), cost("/impor")
    for number in range(40):
        actions.start_run(make_source(f"B{number}"), b"x", file_name="x")
    assert (cost("/pengaturan/sumber"), cost("/impor")) == few
