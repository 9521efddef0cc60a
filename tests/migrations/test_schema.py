"""One head, models == migrations, triggers present, and up, down, up again with data inside."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from app.agenda.models import AgendaItem, Plan, Rakor, RakorGuest, RakorItem
from app.agenda.rules import PlanOrigin
from app.config import ROOT
from app.core import clock, events
from app.extensions import Base, db
from app.people.models import Opd, Person, Seat
from app.people.rules import Role


def test_there_is_one_head():
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_models_are_what_the_migrations_make(db_session):
    """Nothing that autogenerate would still want to do."""
    from migrations.guards import HAND_MADE

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, **HAND_MADE})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'lain'",
        "DELETE FROM event",
        "DELETE FROM event_text",
        "UPDATE event_text SET text = 'lain'",
        "UPDATE event_text SET digest = 'lain'",
    ],
)
def test_history_refuses_to_be_changed(db_session, statement):
    events.record("opd:1", "opd.edit", None, text="asli")
    db_session.commit()
    with pytest.raises(DBAPIError, match="append-only|redacted"):
        db_session.execute(text(statement))
    db_session.rollback()


def test_a_text_may_be_redacted_and_the_chain_holds(db_session):
    events.record("opd:1", "opd.edit", None, text="nomor telepon")
    events.record("opd:1", "opd.edit", None, text="berikutnya")
    db_session.commit()
    db_session.execute(text("UPDATE event_text SET text = NULL WHERE event_id = (SELECT min(id) FROM event)"))
    db_session.commit()
    assert list(events.broken_links()) == []


def test_full_text_search_survives_an_update_of_the_row(db_session):
    from app.core import search

    search.put("ticket", 1, "jalan rusak")
    search.put("ticket", 1, "air keruh")
    db_session.commit()
    assert [row.ref_id for row in db_session.execute(search.matches("ticket", "keruh"))] == [1]
    assert db_session.execute(search.matches("ticket", "rusak")).all() == []


@pytest.fixture
def migrated(request, tmp_path):
    """An app on a fresh database of its own, migrated to the head."""
    import os

    from flask_migrate import upgrade

    from app import create_app
    from tests.harness import postgres

    cluster = os.environ.get("TANGGAP_TEST_CLUSTER")
    on_postgres = request.config.getoption("--database") == "postgres"
    name = f"m_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    address = postgres.make_database(cluster, name) if on_postgres else ""
    app = create_app({"INSTANCE_PATH": str(tmp_path), "DATABASE_URL": address})
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_down_and_up_again_with_data(migrated):
    """On a database of its own: the schema goes down to nothing and comes up whole."""
    app = migrated
    from flask_migrate import downgrade, upgrade

    with app.app_context():
        db.session.add(Opd(code="X", name="X", short="X", kind="dinas"))
        events.record("opd:1", "opd.edit", None, after={"at": clock.now().isoformat()})
        db.session.commit()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert "event" in inspect(db.engine).get_table_names()
        events.record("opd:1", "opd.edit", None)
        db.session.commit()
        with pytest.raises(DBAPIError):
            db.session.execute(text("DELETE FROM event"))
        db.session.rollback()


def test_the_agenda_goes_down_and_comes_up_with_rows_that_point_at_each_other(migrated):
    from flask_migrate import downgrade, upgrade

    with migrated.app_context():
        seat = Seat(opd=Opd(code="X", name="X", short="X", kind="dinas"), person=Person(name="X", email="x@x.test"))
        seat.role = Role.DISKOMINFO
        db.session.add(seat)
        db.session.flush()
        _an_agenda(seat)
        db.session.commit()
        downgrade(revision="0003")
        assert not {"agenda_item", "rakor", "plan"} & set(inspect(db.engine).get_table_names())
        upgrade()
        _an_agenda(db.session.get_one(Seat, seat.id))
        db.session.commit()


def _an_agenda(seat: Seat) -> None:
    """A matter that a rakor took up, with its plan: rows that point at each other."""
    item = AgendaItem(title="Air", seat_id=seat.id)
    rakor = Rakor(topic="Rakor", starts_at=clock.now(), seat_id=seat.id, guests=[RakorGuest(opd_id=seat.opd_id)])
    place = RakorItem(item=item, position=1)
    rakor.matters = [place]
    db.session.add(rakor)
    db.session.flush()
    promise = {"origin": PlanOrigin.RAKOR, "text": "Alirkan", "due_on": clock.today(), "opd_id": seat.opd_id}
    db.session.add(Plan(item_id=item.id, rakor_item_id=place.id, seat_id=seat.id, **promise))
    db.session.flush()
