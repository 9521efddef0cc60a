"""Verbs of sorting: each leaves an event, takes only what it knows, and can be taken back."""

import pytest

from app.core import search
from app.core.events import Event, broken_links
from app.core.refused import Refused
from app.extensions import db
from app.monitoring.actions import sorting
from app.monitoring.models import Alert
from app.monitoring.policy import may_sort, visible_alerts
from app.monitoring.rules.kinds import IGNORE_REASONS, AlertState, Tone
from app.monitoring.rules.sentences import alert_sentence
from tests.factories import make_alert

OPERATOR = "operator@diskominfo.demo"


def told(alert) -> list[str]:
    events = db.session.scalars(db.select(Event).where(Event.stream == f"alert:{alert.id}").order_by(Event.seq))
    return [alert_sentence(event.kind, event.before, event.after) for event in events]


@pytest.mark.parametrize("reason", IGNORE_REASONS)
def test_every_reason_of_the_list_can_be_given_and_taken_back(people, reason):
    alert = make_alert()
    sorting.ignore([alert], people[OPERATOR], reason)
    assert alert.state is AlertState.IGNORED and alert.ignored_reason == reason
    sorting.restore([alert], people[OPERATOR])
    assert alert.state is AlertState.NEW and alert.ignored_reason == ""
    assert told(alert) == [f"mengabaikannya: {IGNORE_REASONS[reason]}.", "mengembalikannya ke daftar pilah."]
    assert not list(broken_links())


def test_an_alert_behind_a_ticket_is_not_ignored(people):
    alert = make_alert(state=AlertState.TICKETED)
    with pytest.raises(Refused) as refusal:
        sorting.ignore([make_alert(), alert], people[OPERATOR], "iklan")
    assert "Urungkan dulu" in refusal.value.errors["alert"]


def test_restoring_leaves_alone_what_was_not_ignored(people):
    alert = make_alert(state=AlertState.TICKETED)
    sorting.restore([alert], people[OPERATOR])
    assert alert.state is AlertState.TICKETED and told(alert) == []


def test_a_tone_goes_back_to_the_sources_own(people):
    alert = make_alert(tone=Tone.POSITIVE, tone_source=Tone.POSITIVE)
    sorting.set_tone(alert, people[OPERATOR], "negative")
    sorting.set_tone(alert, people[OPERATOR], "negative")
    sorting.set_tone(alert, people[OPERATOR], "")
    assert alert.tone is Tone.POSITIVE and alert.tone_final is None
    assert told(alert) == ["mengubah tone dari Positif menjadi Negatif.", "mengubah tone dari Negatif menjadi Positif."]


def test_behind_a_judul_aman_nothing_else_is_found(people):
    alert = make_alert("Siswi kanari")
    search.put("alert", alert.id, "Siswi kanari korban")
    sorting.set_safe_title(alert, people[OPERATOR], "Peristiwa yang menyangkut anak")

    def found(words):
        return [row.ref_id for row in db.session.execute(search.matches("alert", words))]

    assert found("peristiwa") == [alert.id] and found("kanari") == found("korban") == []
    sorting.note_opened(alert, people[OPERATOR])
    assert told(alert) == ["memberinya judul aman.", "membuka judul asli."]


@pytest.mark.parametrize("title", ["", "pendek", "x" * 301])
def test_a_judul_aman_says_something(people, title):
    with pytest.raises(Refused):
        sorting.set_safe_title(make_alert(), people[OPERATOR], title)


def test_alerts_are_seen_and_sorted_by_diskominfo_alone(people):
    make_alert()
    for email, seat in people.items():
        mine = email.endswith("@diskominfo.demo")
        assert may_sort(seat) is mine
        assert len(db.session.scalars(visible_alerts(seat)).all()) == (1 if mine else 0)
    assert db.session.scalar(db.select(Alert.state)) is AlertState.NEW
