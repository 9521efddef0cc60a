"""The sources that ship with the demo, through the house's own readers."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.work import Work, WorkState
from app.demo import bundled
from app.monitoring import actions
from app.monitoring.models import Alert, IngestRun, RejectedRow, Source
from app.monitoring.rules.kinds import Channel, RunState
from app.people.actions import seed_opds

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def sources(db_session):
    seed_opds()
    with clock.pretend(NOW):
        return bundled.load_demo_sources(NOW)


def test_a_believable_fortnight_comes_in(sources, db_session):
    alerts = db_session.scalars(select(Alert)).all()
    assert len(alerts) >= 55 and len(sources) == 5
    assert all(NOW - timedelta(days=14) < alert.published_at <= NOW for alert in alerts)
    assert not any(alert.date_doubtful for alert in alerts)
    assert {alert.channel for alert in alerts} == {Channel.NEWS, Channel.SOCIAL}
    assert all("{{" not in f"{alert.title}{alert.text}{alert.raw}" for alert in alerts)


def test_one_article_in_two_sources_is_one_alert(sources, db_session):
    alert = db_session.scalars(select(Alert).where(Alert.url.contains("air-keruh-kerta-buana"))).one()
    assert alert.sightings == 2
    assert db_session.scalar(select(func.sum(IngestRun.repeated))) == 1
    assert db_session.scalar(select(func.count()).select_from(RejectedRow)) == 2
    assert set(db_session.scalars(select(IngestRun.state))) == {RunState.DONE}


def test_the_stories_find_their_agencies_and_places(sources, db_session):
    found = {alert.url.split("/")[-1].partition("?")[0]: alert for alert in db_session.scalars(select(Alert))}

    def first(slug):
        return found[slug].hints[0]["opd"] if found[slug].hints else None

    assert first("air-keruh-kerta-buana") == "TIRTAMAHAKAM"
    assert first("jalan-poros-kota-bangun-berlubang") == "DPU"
    assert first("plafon-sd-muara-muntai-ambruk") == "DISDIKBUD"
    assert first("antrean-rsud-parikesit") == "RSUD-AMP"
    assert first("lampu-jalan-padam-anggana") == "DISHUB"
    assert first("sampah-tps-loa-janan") == "DLHK"
    assert first("anak-korban-kekerasan") == "DP3A"
    assert first("pesan-berantai-penculikan") == "DISKOMINFO"
    assert found["lampu-jalan-padam-anggana"].place == "Sungai Meriam, Anggana"
    assert found["etam-fc"].hints == []


def test_everything_is_read_and_nothing_waits(sources, db_session):
    open_work = select(func.count()).select_from(Work).where(Work.state != WorkState.DONE)
    assert db_session.scalar(open_work) == 0
    assert all(source.worked_at for source in db_session.scalars(select(Source)))


def test_a_later_poll_of_the_bundled_feed_finds_nothing_new(sources, db_session, work_off):
    before = db_session.scalar(select(func.count()).select_from(Alert))
    actions.poll_now(sources[0].id)
    work_off()
    source = db_session.get(Source, sources[0].id, populate_existing=True)
    assert source.trouble == "" and source.polled_at > NOW
    assert db_session.scalar(select(func.count()).select_from(Alert)) == before
