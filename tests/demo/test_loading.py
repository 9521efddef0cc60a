"""Loading the story: on any day, into nothing but an empty database, all of it or none."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.events import Event
from app.demo import loading
from app.monitoring.models import Alert
from app.people.models import Person
from tests.factories import make_person

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "now",
    [
        "2026-11-23T02:00",
        "2027-01-04T07:00",
        pytest.param("2026-11-22T15:00", marks=pytest.mark.slow),
        pytest.param("2026-03-30T09:30", marks=pytest.mark.slow),
        pytest.param("2026-12-28T23:59", marks=pytest.mark.slow),
    ],
)
def test_it_can_be_loaded_on_any_day(app, db_session, now):
    """Weekends, long holidays, before and after office hours."""
    instant = clock.parse_local(now)
    assert app.test_cli_runner().invoke(args=["demo", "--now", now]).exit_code == 0
    assert db_session.scalar(select(func.max(Event.at))) <= instant + timedelta(minutes=1)


def test_a_database_with_data_is_refused(app, db_session):
    make_person()
    db_session.commit()
    again = app.test_cli_runner().invoke(args=["demo"])
    assert again.exit_code == 2 and "sudah berisi data" in again.output


def test_an_interrupted_load_leaves_nothing(db_session, monkeypatch):
    monkeypatch.setattr(loading, "_were_sent", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loading.load_story(NOW)
    db_session.rollback()
    assert db_session.scalar(select(func.count()).select_from(Person)) == 0
    assert db_session.scalar(select(func.count()).select_from(Alert)) == 0
