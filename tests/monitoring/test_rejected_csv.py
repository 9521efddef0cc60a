"""The rows that were not taken, as a file for a spreadsheet."""

import csv
import io

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.events import Event
from app.monitoring.models import IngestRun, RejectedRow
from app.monitoring.rules.kinds import RunState
from app.web.downloads import harmless
from tests.factories import make_source

OPERATOR = "operator@diskominfo.demo"


@pytest.fixture
def run(db_session, people):
    run = IngestRun(source_id=make_source("IMA").id, state=RunState.DONE, file_name="IMA – 24 November.XLSX")
    db_session.add(run)
    db_session.flush()
    return run


def reject(session, run, row_no, reason, raw, **more):
    session.add(RejectedRow(run_id=run.id, row_no=row_no, reason=reason, raw=raw, **more))
    session.flush()


def download(login, run, email=OPERATOR):
    answer = login(email).get(f"/impor/{run.id}/ditolak.csv")
    return answer, list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_every_row_stands_under_its_own_headers(login, db_session, run):
    reject(db_session, run, 3, "Tanggal kosong.", {"Judul": 'Banjir; «Loa Janan», "lagi"', "Media": "Kaltim Post"})
    reject(db_session, run, 9, "Judul dan isi kosong.", {"Tanggal": "24/11/2026", "Media": "dua\nbaris"})
    answer, rows = download(login, run)
    assert rows == [
        ["Baris", "Alasan", "Judul", "Media", "Tanggal"],
        ["3", "Tanggal kosong.", 'Banjir; «Loa Janan», "lagi"', "Kaltim Post", ""],
        ["9", "Judul dan isi kosong.", "", "dua\nbaris", "24/11/2026"],
    ]
    assert answer.data.startswith(b"\xef\xbb\xbf") and answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ditolak-ima-24-november-{run.id}.csv"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_nothing_in_it_is_calculated(sign):
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"


def test_headers_and_reasons_are_guarded_like_cells_and_numbers_stay(login, db_session, run):
    reject(db_session, run, 3, "=Alasan", {"=cmd": "=HYPERLINK(1)", "Judul": "a = b", "Angka": "12"})
    assert download(login, run)[1] == [
        ["Baris", "Alasan", "'=cmd", "Judul", "Angka"],
        ["3", "'=Alasan", "'=HYPERLINK(1)", "a = b", "12"],
    ]


def test_more_rows_than_are_read_at_once(login, db_session, run, monkeypatch):
    monkeypatch.setattr("app.monitoring.routes.rejected.AT_ONCE", 3)
    for n in range(1, 9):
        reject(db_session, run, n, "Tanggal kosong.", {f"kolom {n}": str(n)})
    rows = download(login, run)[1]
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, 9)] and len(rows[0]) == 10


def test_only_what_still_waits_and_never_another_readings_rows(login, db_session, run):
    other = IngestRun(source_id=run.source_id)
    db_session.add(other)
    db_session.flush()
    reject(db_session, other, 1, "Lain", {})
    reject(db_session, run, 2, "Sudah", {}, settled_at=clock.now(), settled_as="dropped")
    reject(db_session, run, 0, "Berkas rusak.", {})
    assert download(login, run)[1] == [["Baris", "Alasan"], ["Berkas", "Berkas rusak."]]


def test_a_reading_without_any_gives_the_header_alone(login, db_session, run):
    answer, rows = download(login, run)
    assert answer.status_code == 200 and rows == [["Baris", "Alasan"]]


@pytest.mark.parametrize("email", ["admin@dpu.demo", "narahubung@dpu.demo", "pimpinan@kukar.demo"])
def test_nobody_outside_diskominfo_gets_it(login, run, email):
    assert login(email).get(f"/impor/{run.id}/ditolak.csv").status_code == 404


def test_that_it_was_taken_along_is_written_down(login, db_session, run):
    download(login, run)
    event = db_session.scalars(select(Event).where(Event.kind == "source.rejected_downloaded")).one()
    assert event.ref_id == run.id and event.stream == f"source:{run.source_id}" and event.seat_id


def test_the_page_of_a_reading_leads_to_it(visit_as, db_session, run):
    reject(db_session, run, 3, "Tanggal kosong.", {})
    assert visit_as(OPERATOR)(f"/impor/{run.id}").css_first(f'a[href="/impor/{run.id}/ditolak.csv"]')
