"""A rejected row is corrected on a page and read again, or dropped."""

import pytest
from sqlalchemy import select

from app.core.events import Event
from app.extensions import db
from app.monitoring import actions
from app.monitoring.models import Alert, IngestRun, Profile, RejectedRow, Shielded
from app.monitoring.rules.kinds import RunState, SourceKind
from app.people.actions import seed_opds
from tests.factories import make_source
from tests.harness.client import fields_of, parse, read, submit

OPERATOR, SECOND = "operator@diskominfo.demo", "kepala@diskominfo.demo"
HEAD = "Tanggal;Judul;Isi;Media;URL;Sentimen;Akun\n"
GOOD = "24/11/2026 07.12;Air PDAM keruh;Warga Kerta Buana mengeluh;Kabar Etam;https://kabaretam.example/air;Negatif;\n"
BAD = (
    "kemarin;Jalan Loa Janan rusak;Hubungi 0812 3456 7890 segera;Kaltim Post;https://kp.example/1;Negatif;budisantoso\n"
)
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
FIXED = {"sel_tanggal": "23/11/2026 08.00"}


@pytest.fixture
def take_in(db_session, people, work_off):
    """`take_in(text)`: the run of a sheet of social media, read by a worker."""
    seed_opds()
    source = actions.add_source({"name": "IMA", "kind": "sheet", "channel": "medsos"}, None)

    def take(text, source=source):
        run_id = actions.start_run(source, text.encode(), file_name="ima.csv").id
        db_session.commit()
        work_off()
        return db_session.get(IngestRun, run_id, populate_existing=True)

    return take


@pytest.fixture
def run(take_in):
    return take_in(HEAD + GOOD + BAD)


def row_of(run) -> RejectedRow:
    own = select(RejectedRow).where(RejectedRow.run_id == run.id).order_by(RejectedRow.id)
    return db.session.scalars(own.execution_options(populate_existing=True)).first()


def address(run, row=None) -> str:
    return f"/impor/{run.id}/baris/{(row or row_of(run)).id}"


def open_row(client, run, row=None):
    return read(client.get(address(run, row)).text)


def again(client, run, **cells):
    return submit(client, open_row(client, run), 'form[aria-label^="Perbaiki"]', **cells)


def drop(client, run):
    return submit(client, open_row(client, run), "form[action$=buang]")


def counts(run):
    db.session.refresh(run)
    return run.new, run.repeated, run.rejected, run.rows_done


def kinds():
    return [kind for kind in db.session.scalars(select(Event.kind).order_by(Event.id)) if ".row_" in kind]


def text_of(client, run) -> str:
    return " ".join(parse(client.get(f"/impor/{run.id}").text).text().split())


def test_a_corrected_row_becomes_an_alert_as_if_the_file_had_held_it(login, run):
    client = login(OPERATOR)
    page = open_row(client, run)
    assert "Tanggal 'kemarin' tidak terbaca" in page.text() and page.css_first("h1").text() == "Baris 3"
    answer = again(client, run, **FIXED)
    assert answer.status_code == 303 and answer.location.endswith(f"/impor/{run.id}#baris-{row_of(run).id}")
    alert = db.session.scalars(select(Alert).where(Alert.title == "Jalan Loa Janan rusak")).one()
    assert alert.published_at.isoformat() == "2026-11-23T00:00:00+00:00"
    assert (alert.media, alert.url, alert.tone, alert.place) == (
        "Kaltim Post", "https://kp.example/1", "negative", alert.place
    )  # fmt: skip
    assert alert.run_id == run.id and counts(run) == (2, 0, 0, 2)
    row = row_of(run)
    assert row.settled_as == "new" and row.settled_at and kinds() == ["source.row_new"]
    assert "1 diperbaiki, 0 menunggu" in text_of(client, run)


def test_what_was_masked_is_read_as_it_came_and_masked_again(login, run):
    client, row = login(OPERATOR), row_of(run)
    assert row.raw["Isi"] == "Hubungi [nomor telepon] segera" and row.raw["Akun"] == "[akun warga]"
    assert "3456" not in client.get(address(run)).text and "budisantoso" not in client.get(address(run)).text
    again(client, run, **FIXED)
    alert = db.session.scalars(select(Alert).where(Alert.title == "Jalan Loa Janan rusak")).one()
    original = db.session.get(Shielded, alert.id)
    assert (alert.text, alert.author) == ("Hubungi [nomor telepon] segera", "[akun warga]")
    assert (original.text, original.author) == ("Hubungi 0812 3456 7890 segera", "budisantoso")
    assert row_of(run).hidden == {}


def test_a_corrected_row_meets_the_same_row_of_a_later_file(login, run, take_in):
    again(login(OPERATOR), run, **FIXED)
    later = take_in(HEAD + BAD.replace("kemarin", "23/11/2026 08.00"))
    assert (later.new, later.repeated) == (0, 1)


def test_a_mask_is_never_stored_as_if_somebody_had_written_it(login, run):
    answer = again(login(OPERATOR), run, **FIXED, sel_isi="Hubungi [nomor telepon] hari ini")
    assert answer.status_code == 422 and "bukan isi sebenarnya" in answer.text
    assert counts(run) == (1, 0, 1, 2) and not row_of(run).settled_as


def test_a_cell_written_anew_is_shielded_too(login, run):
    again(login(OPERATOR), run, **FIXED, sel_isi="Hubungi 0813 1111 2222")
    alert = db.session.scalars(select(Alert).where(Alert.title == "Jalan Loa Janan rusak")).one()
    assert alert.text == "Hubungi [nomor telepon]"


def test_what_is_known_already_is_repeated(login, run):
    again(login(OPERATOR), run, **FIXED, sel_judul="Air PDAM keruh", sel_url="https://kabaretam.example/air")
    assert counts(run) == (1, 1, 0, 2) and row_of(run).settled_as == "repeated" and kinds() == ["source.row_repeated"]
    assert "1 berulang, 0 menunggu" in text_of(login(OPERATOR), run)


def test_what_is_still_wrong_is_said_and_what_was_typed_stays(login, run):
    answer = again(login(OPERATOR), run, sel_tanggal="lusa", sel_judul="Jalan <b>rusak")
    page = read(answer.text)
    assert answer.status_code == 422 and "Tanggal 'lusa' tidak terbaca" in page.text()
    values = fields_of(page.css_first('form[aria-label^="Perbaiki"]'))
    assert values["sel_tanggal"] == "lusa" and values["sel_judul"] == "Jalan <b>rusak"
    assert counts(run) == (1, 0, 1, 2) and kinds() == [] and row_of(run).raw["Tanggal"] == "kemarin"


def test_a_row_is_read_as_its_profile_says(login, take_in, db_session):
    source = make_source("Lembar lain", kind=SourceKind.SHEET)
    columns = [
        {"target": target, "headers": [header], "transform": how, "argument": "", "required": False, "default": ""}
        for target, header, how in (("published_at", "Kapan", "date"), ("title", "Perihal", "trim"))
    ]
    mapping = {"sheet": "", "header_row": 0, "headers": ["Kapan", "Perihal", "Catatan"], "columns": columns}
    from app.monitoring.rules.mapping import Mapping

    own = Mapping.from_dict(mapping)
    profile = Profile(name="Lain", source_id=source.id, signature=own.signature, mapping=mapping)
    db_session.add(profile)
    db_session.flush()
    run = actions.start_run(source, b"Kapan;Perihal;Catatan\n;Banjir;x\n", file_name="lain.csv", profile=profile)
    db_session.commit()
    from app.core import work

    for work_id in list(db_session.scalars(select(work.Work.id).where(work.Work.state == work.WorkState.WAITING))):
        db_session.commit()
        work.perform(work_id)
    page = open_row(login(OPERATOR), run)
    assert "Dibaca sebagai Tanggal terbit." in page.text() and page.css_first("[name=sel_kapan]")
    again(login(OPERATOR), run, sel_kapan="22/11/2026")
    assert db_session.scalars(select(Alert.title).where(Alert.source_id == source.id)).all() == ["Banjir"]


def test_a_row_without_any_date_column_is_offered_one(login, take_in):
    run = take_in("Tanggal;Judul\n24/11/2026;Satu\n;Dua\n")
    again(login(OPERATOR), run, **FIXED)
    assert counts(run) == (2, 0, 0, 2)


def test_two_people_at_once_the_second_is_told(login, run):
    first, second = login(OPERATOR), login(SECOND)
    page = open_row(second, run)
    again(first, run, **FIXED)
    answer = submit(second, page, 'form[aria-label^="Perbaiki"]', sel_tanggal="22/11/2026")
    assert answer.status_code == 409 and "lebih dulu" in answer.text and "masuk sebagai baru" in answer.text
    answer = submit(second, page, "form[action$=buang]")
    assert answer.status_code == 409 and counts(run) == (2, 0, 0, 2) and kinds() == ["source.row_new"]


def test_a_form_sent_twice_counts_once(login, run):
    client = login(OPERATOR)
    page = open_row(client, run)
    for _ in range(2):
        assert submit(client, page, 'form[aria-label^="Perbaiki"]', **FIXED).status_code == 303
    assert counts(run) == (2, 0, 0, 2) and kinds() == ["source.row_new"]


def test_a_dropped_row_stays_and_can_be_taken_back(login, run):
    client = login(OPERATOR)
    assert drop(client, run).status_code == 303
    assert row_of(run).settled_as == "dropped" and counts(run) == (1, 0, 1, 2)
    assert "1 dibuang, 0 menunggu" in text_of(client, run)
    assert submit(client, open_row(client, run), "form[action$=urungkan]").status_code == 303
    assert row_of(run).settled_as == "" and row_of(run).settled_at is None
    assert kinds() == ["source.row_dropped", "source.row_restored"]
    again(client, run, **FIXED)
    assert counts(run) == (2, 0, 0, 2)


def test_what_was_not_dropped_is_not_taken_back(login, run):
    client = login(OPERATOR)
    drop(client, run)
    page = open_row(client, run)
    submit(client, page, "form[action$=urungkan]")
    again(client, run, **FIXED)
    page = parse(page.html.replace('name="nonce" value="', 'name="nonce" value="x'))
    form = page.css_first("form[action$=urungkan]")
    assert client.post(form.attributes["action"], data=fields_of(form)).status_code in (303, 409)
    assert row_of(run).settled_as == "new"


def test_in_the_list_it_opens_in_place_and_answers_there(login, run):
    client, row = login(OPERATOR), row_of(run)
    page = read(client.get(f"/impor/{run.id}").text)
    link = page.css_first(f"#baris-{row.id} a[hx-get]")
    assert link.attributes["href"] == link.attributes["hx-get"] == address(run)
    piece = parse(f"<table>{client.get(address(run), headers=PARTIAL).text}</table>")
    form = piece.css_first(f"tr#baris-{row.id} form[hx-post='{address(run)}']")
    answer = client.post(address(run), data=fields_of(form) | FIXED, headers=PARTIAL)
    assert answer.status_code == 200 and f'<tr id="baris-{row.id}">' in answer.text
    assert "Diperbaiki, masuk sebagai baru" in answer.text and f'hx-target="#run-{run.id}-counts"' in answer.text
    assert "masuk sebagai pantauan baru" in answer.text


def test_in_the_list_dropping_offers_the_way_back(login, run):
    client = login(OPERATOR)
    piece = parse(f"<table>{client.get(address(run), headers=PARTIAL).text}</table>")
    form = piece.css_first("form[hx-post$=buang]")
    answer = client.post(form.attributes["action"], data=fields_of(form), headers=PARTIAL)
    back = parse(answer.text).css_first("form[hx-post$=urungkan]")
    client.post(back.attributes["action"], data=fields_of(back), headers=PARTIAL)
    assert kinds() == ["source.row_dropped", "source.row_restored"]


def test_a_whole_file_is_not_corrected_but_advised(login, take_in):
    run = take_in("Anu;Itu\n1;2\n")
    client = login(OPERATOR)
    page = open_row(client, run)
    assert run.state is RunState.REFUSED and "seluruh berkasnya" in page.text() and not page.css("[name^=sel_]")
    assert not read(client.get(f"/impor/{run.id}").text).css_first(f"#baris-{row_of(run).id} a[hx-get]")
    form = fields_of(read(client.get("/impor").text).css_first("form[action$=impor]"))
    answer = client.post(address(run), data=form)
    assert answer.status_code == 422 and not row_of(run).settled_as


@pytest.mark.parametrize("kind", [SourceKind.RSS, SourceKind.WEBHOOK, SourceKind.SP4N])
def test_rows_of_other_sources_are_corrected_where_they_come_from(login, people, db_session, kind):
    run = IngestRun(source_id=make_source(kind=kind).id, state=RunState.DONE, rejected=1)
    db_session.add(run)
    db_session.flush()
    db_session.add(RejectedRow(run_id=run.id, row_no=4, reason="Judul dan isi kosong.", raw={"title": ""}))
    page = open_row(login(OPERATOR), run)
    assert "Perbaiki di sumbernya" in page.text() and not page.css("[name^=sel_]")


def test_a_file_that_is_still_read_waits(login, run, db_session):
    run.state = RunState.RUNNING
    assert "masih dibaca" in open_row(login(OPERATOR), run).text()


@pytest.mark.parametrize("email", ["admin@dpu.demo", "narahubung@dpu.demo", "pimpinan@kukar.demo"])
def test_nobody_outside_diskominfo_meets_it(login, run, email):
    client, here = login(email), address(run)
    assert client.get(here).status_code == 404
    for path in (here, f"{here}/buang", f"{here}/urungkan"):
        assert client.post(path).status_code in (400, 404)
    assert not row_of(run).settled_as


def test_a_row_of_another_reading_is_not_there(login, run, take_in):
    other = take_in(HEAD + GOOD)
    assert login(OPERATOR).get(address(other, row_of(run))).status_code == 404


def test_what_is_settled_is_not_in_the_download(login, run):
    client = login(OPERATOR)
    drop(client, run)
    assert b"kemarin" not in client.get(f"/impor/{run.id}/ditolak.csv").data
