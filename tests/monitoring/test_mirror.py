"""The mirror of SP4N-LAPOR!: what its export becomes, what a later one may change, and what never comes in."""

from datetime import UTC, datetime

import orjson
import pytest
from sqlalchemy import func, select

from app.core import clock, events, search
from app.core.events import Event
from app.core.work import Work
from app.monitoring import actions
from app.monitoring.actions.runs import IMPORT
from app.monitoring.models import Alert, IngestRun, Mirrored, RejectedRow
from app.monitoring.readers import Refused, guarded
from app.monitoring.rules import mirror
from app.monitoring.rules.kinds import AlertState, Channel, MirrorState, RunState, Tone
from app.monitoring.rules.records import Rejected
from app.people.actions import seed_opds
from tests.monitoring.sp4n import HEADER, NAME, complaint, export
from tests.monitoring.workbooks import workbook

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TOLD_AT = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)


@pytest.fixture
def source(db_session):
    seed_opds()
    return actions.add_source({"name": "SP4N-LAPOR!", "kind": "sp4n"}, None)


@pytest.fixture
def take_in(db_session, source, work_off, tmp_path):
    """`take_in(rows, told=…)`: an export read on the worker's path; the finished run."""

    def take(rows, at=NOW, **how):
        path = export(tmp_path / "sp4n.xlsx", rows, **how)
        with clock.pretend(at):
            run_id = actions.start_run(source, path.read_bytes(), file_name="sp4n.xlsx").id
            db_session.commit()
            work_off()
        return db_session.get(IngestRun, run_id, populate_existing=True)

    return take


def read(path, **how):
    return [item for batch in guarded.read(path, NOW, **how) for item in batch.items]


@pytest.mark.parametrize(
    "word, state",
    [
        ("Belum Terverifikasi", MirrorState.UNVERIFIED),
        ("Belum ditindaklanjuti", MirrorState.UNANSWERED),
        ("Sedang Diproses", MirrorState.IN_PROCESS),
        ("Laporan Selesai", MirrorState.DONE),
        ("Tertunda", MirrorState.POSTPONED),
        ("Diarsipkan", MirrorState.ARCHIVED),
        ("Menunggu Langit Biru", MirrorState.UNKNOWN),
        ("", MirrorState.UNKNOWN),
    ],
)
def test_a_status_is_mapped_and_an_unknown_word_is_no_trouble(word, state):
    assert mirror.state_of(word) is state


def test_a_row_becomes_an_alert_with_its_mirror(take_in, db_session):
    run = take_in([complaint()])
    assert (run.state, run.new, run.rejected, run.rows_total) == (RunState.DONE, 1, 0, 1)
    alert, mirrored = db_session.scalars(select(Alert)).one(), db_session.scalars(select(Mirrored)).one()
    assert alert.channel is Channel.COMPLAINT and alert.external_id == mirrored.tracking_id == "5049672"
    assert alert.published_at == mirrored.reported_at == datetime(2026, 11, 3, 1, 15, tzinfo=UTC)
    assert mirrored.raw_state == "Belum Ditindaklanjuti" and mirrored.state is MirrorState.UNANSWERED
    assert (mirrored.agency, mirrored.category, mirrored.kind) == ("Dinas PU Kukar", "Jalan", "Pengaduan")
    assert mirrored.data_at == run.data_at == TOLD_AT
    assert alert.hints[0]["opd"] == "DPU"


@pytest.mark.parametrize("written", ["3 Januari 2026", "3 Jan 2026", "3 January 2026", "3 Mei 2026", "3 May 2026"])
def test_dates_come_in_indonesian_and_english(tmp_path, written):
    record = read(export(tmp_path / "a.xlsx", [complaint(**{"Tanggal Laporan Masuk": written})]))[0]
    assert (record.published_at.astimezone(clock.zone()).day, record.published_at.month) in ((3, 1), (3, 5))


def test_a_csv_with_semicolons_is_read_the_same(tmp_path):
    lines = [["Laporan SP4N"], ["Dicetak 23 November 2026 08.10 WITA"], HEADER, complaint("77"), ["Total", "1"]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(";".join(map(str, line)) for line in lines))
    (record,) = read(path, mirror=True)
    assert record.external_id == "77" and record.mirror["data_at"] == TOLD_AT.isoformat()


def test_of_reporters_nothing_comes_in(take_in, db_session):
    hidden = {"Tipe Laporan (Anonim/Rahasia)": "Rahasia"}
    run = take_in(
        [complaint(1, **hidden), complaint(2), complaint(3, **{"Tanggal Laporan Masuk": "kapan-kapan"}),
         complaint(4, **{"Judul Laporan": "", "Isi Laporan Awal": ""})]
    )  # fmt: skip
    assert (run.new, run.rejected) == (2, 2)
    for table in (Alert, Mirrored, RejectedRow, search.SearchDoc, Event):
        for row in db_session.execute(select(table.__table__)).mappings():
            assert "Kanari" not in orjson.dumps(dict(row), default=str).decode(), table
    told = dict(db_session.execute(select(Mirrored.tracking_id, Mirrored.reporter_hidden)).all())
    assert told == {"1": True, "2": False}
    assert "(pelapor)" in db_session.scalars(select(Alert.text)).first()
    assert NAME  # what was looked for is what the rows carried


def test_footers_are_no_rows_at_all(tmp_path):
    items = read(export(tmp_path / "a.xlsx", [complaint(1), ["Catatan", "x"], complaint("dua"), complaint(2)]))
    assert [item.external_id for item in items] == ["1", "2"] and not any(isinstance(i, Rejected) for i in items)


def test_a_wrong_file_is_refused_in_a_clear_sentence(tmp_path, take_in, db_session):
    wrong = workbook(tmp_path / "ima.xlsx", [["23/11/2026", "Judul", "Isi", "Media", "", "Positif"]])
    with pytest.raises(Refused, match="Tracking ID"):
        read(wrong, mirror=True)
    feed = tmp_path / "a.xml"
    feed.write_text("<rss version='2.0'><channel><item><title>x</title></item></channel></rss>")
    with pytest.raises(Refused, match="Tracking ID"):
        read(feed, mirror=True)
    run = take_in([complaint()], header=[name.replace("Status Laporan", "Keadaan") for name in HEADER])
    assert run.state is RunState.REFUSED and "Status Laporan" in run.trouble


def test_a_newer_export_changes_the_mirror_and_nothing_of_ours(take_in, db_session):
    take_in([complaint(1), complaint(2)])
    alert = db_session.scalars(select(Alert).where(Alert.external_id == "1")).one()
    alert.state, alert.tone_final, alert.sensitive, alert.safe_title = (
        AlertState.IGNORED,
        Tone.POSITIVE,
        True,
        "Judul aman",
    )
    db_session.commit()
    before = dict(db_session.execute(select(Alert.__table__).where(Alert.id == alert.id)).mappings().one())
    later = complaint(
        1, "Sudah Selesai", **{"Judul Laporan": "Lain sekali judulnya", "Instansi Terdisposisi": "Dishub"}
    )
    run = take_in([later, complaint(2)], told="24 Nov 2026 09:00")
    assert (run.new, run.repeated) == (0, 2)
    mirrored = db_session.scalars(select(Mirrored).where(Mirrored.tracking_id == "1")).one()
    assert (mirrored.raw_state, mirrored.state, mirrored.agency) == ("Sudah Selesai", MirrorState.DONE, "Dishub")
    assert dict(db_session.execute(select(Alert.__table__).where(Alert.id == alert.id)).mappings().one()) == before
    changes = db_session.scalars(select(Event).where(Event.kind == "alert.mirror_changed")).all()
    assert [(e.stream, e.before, e.after) for e in changes] == [
        (f"alert:{alert.id}", {"status": "Belum Ditindaklanjuti"}, {"status": "Sudah Selesai"})
    ]
    take_in([complaint(1, "Ditunda")], told="24 Nov 2026 10:00")
    assert not list(events.broken_links())


def test_an_older_export_changes_nothing(take_in, db_session):
    take_in([complaint(1, "Selesai")])
    take_in([complaint(1, "Proses")], told="20 Nov 2026 08:00")
    mirrored = db_session.scalars(select(Mirrored)).one()
    assert mirrored.state is MirrorState.DONE and mirrored.data_at == TOLD_AT
    assert db_session.scalar(select(func.count()).where(Event.kind == "alert.mirror_changed")) == 0


def test_without_a_told_time_the_data_is_as_old_as_its_import(take_in, db_session):
    assert take_in([complaint(1)], told=None).data_at == NOW
    assert take_in([complaint(1)], told="1 Jan 2030 08:00").data_at == NOW


def test_one_tracking_id_twice_in_a_file_is_one_alert_and_the_last_counts(take_in, db_session):
    run = take_in([complaint(1, "Proses"), complaint(1, "Selesai"), complaint(2)])
    assert (run.new, run.repeated) == (2, 1)
    assert set(db_session.scalars(select(Mirrored.raw_state))) == {"Selesai", "Belum Ditindaklanjuti"}


def test_a_batch_costs_the_same_however_many_rows(source, db_session, statements, tmp_path):
    def cost(many, status):
        path = export(tmp_path / "a.xlsx", [complaint(n, status) for n in range(1, many + 1)])
        run = actions.start_run(source, path.read_bytes())
        intake, (batch,) = actions.Intake(source), guarded.read(path, NOW, mirror=True)
        db_session.flush()
        with statements() as seen:
            intake.take(run, batch.items)
            db_session.flush()
        return seen

    few = cost(2, "Proses")
    assert len(cost(300, "Proses")) <= len(few) + 2  # some known, some new
    assert len(cost(300, "Ditunda")) == len(cost(2, "Proses"))


def test_an_import_writes_no_letter_and_starts_no_clock(take_in, db_session):
    take_in([complaint(1)])
    take_in([complaint(1, "Selesai")], told="24 Nov 2026 09:00")
    assert set(db_session.scalars(select(Work.kind))) == {IMPORT}
