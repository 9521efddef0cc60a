"""Backup and restore: whole or not at all, between either database, and no old letter goes out by itself."""

import json
import os

import pytest
from sqlalchemy import func, select

from app import create_app
from app.core import backup, clock, events, schema, storage, upkeep, work
from app.extensions import Base, db
from tests.harness import postgres


@pytest.fixture
def written(app, people, tmp_path, monkeypatch):
    """A backup of an installation with people, history, a file, and a letter that is not sent yet."""
    monkeypatch.setitem(work.HANDLERS, "outward", work.Handler(lambda ref_id, lease: None, 3, outward=True))
    monkeypatch.setitem(work.HANDLERS, "inward", work.Handler(lambda ref_id, lease: None, 3))
    events.record("opd:1", "opd.tested", people["kepala@diskominfo.demo"], after={"nama": "Ünïcode"}, text="rahasia")
    events.record("opd:1", "opd.tested", None)
    work.later("outward", 1)
    work.later("inward", 1)
    db.session.commit()
    storage.put(b"foto jalan rusak")
    return backup.backup(tmp_path / "cadangan"), tmp_path / "cadangan"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path):
    """An installation into which nobody has written yet, on either database."""
    settings = {"INSTANCE_PATH": tmp_path / "baru", "DEMO": "0"}
    if request.param == "postgres":
        name = f"restored_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        settings["DATABASE_URL"] = postgres.make_database(os.environ["TANGGAP_TEST_CLUSTER"], name)
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def counts():
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in Base.metadata.sorted_tables
            if table.name not in backup.LEFT_OUT
        }


def test_everything_comes_back(app, db_session, written, empty):
    manifest, folder = written
    with app.app_context():
        before = counts()
    restored = backup.restore(folder)
    assert counts() == before == {name: facts["rows"] for name, facts in manifest["tables"].items()}
    assert restored["held"] == 1
    assert list(events.broken_links()) == []
    (key,) = storage.all_keys()
    assert storage.read(key) == b"foto jalan rusak"


def test_history_goes_on_where_it_stood(written, empty):
    backup.restore(written[1])
    events.record("opd:1", "opd.tested", None)
    db.session.commit()
    assert list(events.broken_links()) == []


def test_old_letters_wait_for_an_admin(written, empty):
    backup.restore(written[1])
    states = dict(db.session.execute(select(work.Work.kind, work.Work.state)).all())
    assert states["outward"] == work.WorkState.HELD
    assert states["inward"] == work.WorkState.WAITING
    assert upkeep.release_held() == 1


@pytest.mark.parametrize("harm", ["change", "remove", "foreign file"])
def test_a_damaged_backup_is_refused_before_anything_is_loaded(written, empty, harm):
    folder = written[1]
    path = folder / "tables" / "person.jsonl.gz"
    if harm == "change":
        path.write_bytes(path.read_bytes()[:-1] + b"!")
    elif harm == "remove":
        path.unlink()
    else:
        (stored,) = (folder / "files").glob("??/*")
        stored.write_bytes(b"lain")
    with pytest.raises(backup.CannotDo, match="rusak"):
        backup.restore(folder)
    assert schema.present() is None


def test_a_database_in_use_is_not_overwritten(app, db_session, written):
    with pytest.raises(backup.CannotDo, match="sudah berisi"):
        backup.restore(written[1])


def test_a_backup_of_another_version_says_so(written, empty):
    path = written[1] / backup.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": "9999"}))
    with pytest.raises(backup.CannotDo, match="9999"):
        backup.restore(written[1])


def test_a_folder_with_something_in_it_is_left_alone(app, people, tmp_path):
    (tmp_path / "catatan.txt").write_text("penting")
    with pytest.raises(backup.CannotDo, match="tidak kosong"):
        backup.backup(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_no_secret_and_no_session_is_in_it(app, people, login, tmp_path):
    login("operator@diskominfo.demo")
    manifest = backup.backup(tmp_path / "b")
    assert "login_session" not in manifest["tables"]
    assert not list((tmp_path / "b").rglob("secret*"))
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


def test_it_is_one_moment_although_others_write(app, people, tmp_path, monkeypatch):
    """What is committed while the backup runs is either wholly in it or not at all."""
    dump, late = backup._dump, []

    def slow(connection, table, folder):
        if table.name == "opd":
            facts = dump(connection, table, folder)
            with db.engine.begin() as other:
                values = {"kind": "late", "state": "waiting", "attempts": 0}
                other.execute(
                    work.Work.__table__.insert().values(next_try=clock.now(), created_at=clock.now(), **values)
                )
            late.append(True)
            return facts
        return dump(connection, table, folder)

    monkeypatch.setattr(backup, "_dump", slow)
    db.session.commit()
    manifest = backup.backup(tmp_path / "b")
    assert late
    assert manifest["tables"]["work"]["rows"] == 0


def test_commands(app, people, tmp_path):
    runner = app.test_cli_runner()
    done = runner.invoke(args=["backup", str(tmp_path / "b")])
    assert (done.exit_code, "Cadangan selesai" in done.stdout) == (0, True)
    assert runner.invoke(args=["backup", str(tmp_path / "b")]).exit_code == 2
    assert runner.invoke(args=["restore", str(tmp_path / "b")]).exit_code == 2
    assert runner.invoke(args=["release"]).stdout == "0 surat dilepas.\n"
