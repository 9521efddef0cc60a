"""What becomes of rows: new, repeated, rejected; and what survives."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.core import search
from app.core.refused import Refused
from app.monitoring import actions
from app.monitoring.actions.runs import IMPORT
from app.monitoring.models import Alert, AlertKey, IngestRun, RejectedRow, Source
from app.monitoring.readers.guarded import Batch
from app.monitoring.rules.kinds import Channel, RunState, SourceKind, Tone
from app.monitoring.rules.records import Record, Rejected, taken
from app.people.actions import seed_opds

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
HEAD = "Tanggal;Judul;Isi;Media;URL;Sentimen\n"
ROW = "24/11/2026 07.12;Air PDAM keruh di Kerta Buana;Warga Desa Kerta Buana, Tenggarong Seberang;Kabar Etam;{url};Negatif\n"


@pytest.fixture
def source(db_session):
    seed_opds()
    return actions.add_source({"name": "IMA", "kind": "sheet"}, None)


@pytest.fixture
def take_in(db_session, work_off):
    """`take_in(source, bytes)`: import through the worker's path; the finished run."""

    def take(source, content):
        run = actions.start_run(source, content if isinstance(content, bytes) else content.encode())
        run_id = run.id
        db_session.commit()
        work_off()
        return db_session.get(IngestRun, run_id, populate_existing=True)

    return take


def counts(run):
    return run.new, run.repeated, run.rejected


def test_a_row_becomes_an_alert_with_what_is_known_about_it(source, take_in, db_session):
    run = take_in(source, HEAD + ROW.format(url="https://kabaretam.example/air?utm_source=x"))
    assert counts(run) == (1, 0, 0) and run.state is RunState.DONE and run.rows_total == 1
    alert = db_session.scalars(select(Alert)).one()
    assert alert.title == "Air PDAM keruh di Kerta Buana" and alert.media == "Kabar Etam"
    assert alert.tone is alert.tone_source is Tone.NEGATIVE and alert.channel is Channel.NEWS
    assert alert.place == "Kerta Buana, Tenggarong Seberang"
    assert alert.hints[0]["opd"] == "TIRTAMAHAKAM" and "air pdam" in alert.hints[0]["words"]
    assert alert.hint_opd_id and alert.run_id == run.id and alert.source_id == source.id
    assert db_session.scalars(search.matches("alert", "keruh").with_only_columns(search.SearchDoc.ref_id)).all() == [
        alert.id
    ]


def test_the_same_file_again_adds_nothing(source, take_in, db_session):
    text = HEAD + "".join(
        ROW.format(url=f"https://kabaretam.example/{n}").replace("keruh", f"keruh {n}") for n in range(20)
    )
    assert counts(take_in(source, text)) == (20, 0, 0)
    assert counts(take_in(source, text)) == (0, 20, 0)
    assert db_session.scalar(select(func.count()).select_from(Alert)) == 20
    assert set(db_session.scalars(select(Alert.sightings))) == {1}


@pytest.mark.parametrize(
    "variant",
    [
        "https://m.kabaretam.example/air/",
        "http://kabaretam.example/air/amp?fbclid=1",
        "https://kabaretam.example/air#x",
    ],
)
def test_a_variant_of_an_address_is_a_repeat_also_in_one_file(source, take_in, variant):
    other = ROW.format(url=variant).replace("keruh di", "keruh lagi di")
    assert counts(take_in(source, HEAD + ROW.format(url="https://kabaretam.example/air") + other)) == (1, 1, 0)


def test_another_source_that_tells_it_is_counted_once(source, take_in, db_session):
    other = actions.add_source({"name": "RSS", "kind": "sheet"}, None)
    text = HEAD + ROW.format(url="https://kabaretam.example/air")
    take_in(source, text)
    assert counts(take_in(other, text)) == counts(take_in(other, text)) == (0, 1, 0)
    assert db_session.scalars(select(Alert.sightings)).all() == [2]


def test_a_repeat_teaches_its_other_keys(source, take_in):
    with_id = "news_id;tanggal;judul;url\nABCDEF-1;24/11/2026;{title};{url}\n"
    take_in(source, with_id.format(title="Satu judul yang panjang sekali", url="https://a.example/1"))
    assert counts(
        take_in(source, with_id.format(title="Lain sekali judulnya sekarang", url="https://a.example/2"))
    ) == (0, 1, 0)
    assert counts(take_in(source, "tanggal;judul;url\n24/11/2026;Apa pun;https://a.example/2\n")) == (0, 1, 0)


def test_rejected_rows_are_kept_with_their_reason(source, take_in, db_session):
    run = take_in(source, HEAD + "kemarin;Judul;;;;\n;;;x;;\n" + ROW.format(url=""))
    assert counts(run) == (1, 0, 2) and run.rows_done == 3
    rows = db_session.scalars(select(RejectedRow).order_by(RejectedRow.id)).all()
    assert [row.row_no for row in rows] == [2, 3] and "kemarin" in rows[0].reason and rows[0].raw["Judul"] == "Judul"


def test_a_file_that_cannot_be_read_is_one_rejected_row(source, take_in, db_session):
    run = take_in(source, b"PK\x03\x04 broken")
    assert run.state is RunState.REFUSED and counts(run) == (0, 0, 1) and "rusak" in run.trouble
    assert db_session.get(Source, source.id).trouble == run.trouble


def test_a_refusal_in_the_middle_keeps_what_was_taken(source, take_in, monkeypatch):
    from app.monitoring import readers
    from app.monitoring.readers import guarded

    def read(*_, **__):
        yield Batch([taken(Record(line=n, title=f"Judul nomor {n} yang panjang"), NOW) for n in range(3)])
        raise readers.Refused(guarded.DIED)

    monkeypatch.setattr(guarded, "read", read)
    run = take_in(source, b"x")
    assert counts(run) == (3, 0, 1) and run.state is RunState.REFUSED and run.rows_done == 4


def test_an_interrupted_run_goes_on_where_it_was(source, db_session, work_off, monkeypatch):
    """Every place at which a worker can die between two batches; the counts stay right."""
    monkeypatch.setattr("app.monitoring.readers.guarded.BATCH", 3)
    text = (
        HEAD
        + "".join(ROW.format(url=f"https://a.example/{n}").replace("keruh", f"keruh {n % 8}") for n in range(10))
        + "x;y\n"
    )
    run = actions.start_run(source, text.encode())
    db_session.commit()
    take, left = actions.take_batch, [2]

    def dies(*args):
        if left[0] == 0:
            left[0] = 2
            raise RuntimeError("killed")
        left[0] -= 1
        take(*args)

    monkeypatch.setattr(actions, "take_batch", dies)
    for _ in range(4):
        work_off()
        make_due(db_session)
    db_session.refresh(run)
    assert run.state is RunState.DONE and counts(run) == (8, 2, 1) and run.rows_done == 11
    assert db_session.scalar(select(func.count()).select_from(Alert)) == 8
    assert db_session.scalar(select(func.count()).select_from(RejectedRow)) == 1


def make_due(session):
    from sqlalchemy import update

    from app.core import clock
    from app.core.work import Work, WorkState

    session.execute(update(Work).where(Work.state == WorkState.WAITING).values(next_try=clock.now()))
    session.commit()


def test_a_run_is_one_work_however_often_it_is_started(source, db_session):
    from app.core import work

    run = actions.start_run(source, b"x")
    assert work.later(IMPORT, run.id, key=f"{IMPORT}:{run.id}") is None


def test_a_run_that_kills_every_worker_is_refused(source, db_session):
    from sqlalchemy import update

    from app.core.work import Work, WorkState
    from app.monitoring.jobs import offer_polls

    run = actions.start_run(source, b"x")
    db_session.execute(update(Work).values(state=WorkState.DEAD))
    offer_polls()
    assert run.state is RunState.REFUSED and run.rejected == 1


def test_a_batch_costs_the_same_statements_whatever_its_size(source, db_session, statements):
    run = actions.start_run(source, b"x")
    intake = actions.Intake(source)

    def cost(first, many):
        items = [
            taken(Record(line=n, title=f"Judul {n} panjang sekali", url=f"https://a.example/{n}"), NOW)
            for n in range(first, first + many)
        ]
        with statements() as seen:
            actions.take_batch(run, intake, Batch([*items, Rejected(1, "x")]))
            db_session.flush()
        return len(seen)

    cost(0, 10)
    few, many = cost(100, 10), cost(1000, 400)
    assert many <= few + 6 and few <= 14


titles = st.sampled_from(
    ["Air keruh di Anggana sejak pagi", "Jalan rusak di Kota Bangun lagi", "Kabar", "Lampu jalan mati total malam ini"]
)
urls = st.sampled_from(
    ["", "https://a.example/1", "http://www.a.example/1/", "https://a.example/2?utm_source=x", "https://b.example/1"]
)
records = st.builds(
    Record,
    title=titles,
    url=urls,
    external_id=st.sampled_from(["", "id-1", "id-2"]),
    author=st.sampled_from(["", "@a"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(records, max_size=12), st.integers(1, 5))
def test_taking_the_same_rows_again_never_adds_and_never_loses(source, db_session, rows, size):
    items = [taken(row, NOW) for row in rows]

    def take():
        run = actions.start_run(source, b"x")
        intake = actions.Intake(source)
        for at in range(0, len(items), size):
            actions.take_batch(run, intake, Batch(items[at : at + size]))
        assert run.new + run.repeated == len(items)
        return run.new

    before = db_session.scalar(select(func.count()).select_from(Alert))
    new = take()
    assert db_session.scalar(select(func.count()).select_from(Alert)) == before + new
    assert take() == 0
    orphans = select(func.count()).select_from(Alert).where(~Alert.id.in_(select(AlertKey.alert_id)))
    assert db_session.scalar(orphans) == 0


def test_paid_and_doubtful_items_say_so(source, take_in, db_session):
    take_in(source, "tanggal;judul\n24/11/2099;[Advertorial] Peresmian pasar\n")
    alert = db_session.scalars(select(Alert)).one()
    assert alert.date_doubtful and "advertorial" in alert.raw["catatan"] and "masa depan" in alert.raw["catatan"]


def test_command_line_sources_are_made_once(db_session):
    one = actions.found_or_added("X", SourceKind.SHEET)
    assert actions.found_or_added("X", SourceKind.RSS) is one
    with pytest.raises(Refused):
        actions.add_source({"name": "X", "kind": "rss"}, None)
