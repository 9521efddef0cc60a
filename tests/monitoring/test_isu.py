"""Isu by hand: put together, moved, taken apart, merged and split back exactly."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.events import Event, broken_links
from app.core.refused import Refused
from app.extensions import db
from app.monitoring.actions import sorting
from app.monitoring.actions.isu import merge, put_together, rename, split, take_out
from app.monitoring.models import Alert, Isu, IsuLink
from app.monitoring.rules.sentences import alert_sentence
from tests.factories import make_alert, make_source

OPERATOR = "operator@diskominfo.demo"


@pytest.fixture
def seat(people):
    return people[OPERATOR]


def told(alert) -> list[str]:
    stream = db.select(Event).where(Event.stream == f"alert:{alert.id}").order_by(Event.seq)
    return [alert_sentence(event.kind, event.before, event.after) for event in db.session.scalars(stream)]


def shown_under(isu) -> set[int]:
    """The alerts that the page of `isu` shows."""
    links = db.select(IsuLink.alert_id).join(Isu, Isu.id == IsuLink.isu_id).where(Isu.root_id == isu.id)
    return set(db.session.scalars(links))


def test_a_new_isu_takes_the_first_title_that_is_shown(seat):
    alert = make_alert("Nama anak", sensitive=True, safe_title="Perkara anak di Anggana")
    isu = put_together([alert, make_alert("Lain")], seat)
    assert isu.title == "Perkara anak di Anggana" and isu.root_id == isu.id and len(shown_under(isu)) == 2


def test_an_alert_is_in_one_isu_and_moving_it_is_told(seat):
    alert = make_alert()
    first = put_together([alert], seat, "Isu pertama")
    second = put_together([alert], seat, "Isu kedua")
    put_together([alert], seat, isu=second)
    assert shown_under(first) == set() and shown_under(second) == {alert.id}
    assert told(alert) == [
        f"menyatukannya dalam isu {first.id}.",
        f"memindahkannya dari isu {first.id} ke isu {second.id}.",
    ]
    assert not list(broken_links())


def columns(alert) -> dict:
    db.session.flush()
    return {column.name: getattr(alert, column.name) for column in Alert.__table__.columns}


def test_taking_out_leaves_no_residue(seat):
    alert = make_alert("Air keruh")
    before = columns(alert)
    isu = put_together([alert], seat)
    take_out([alert], seat)
    take_out([alert], seat)
    assert db.session.get(IsuLink, alert.id) is None and columns(alert) == before
    assert told(alert)[-1] == f"mengeluarkannya dari isu {isu.id}." and len(told(alert)) == 2


def test_an_isu_named_after_an_alert_that_becomes_sensitive_takes_the_judul_aman(seat):
    alert, other = make_alert("Nama anak disebut"), make_alert("Lain")
    isu, kept = put_together([alert], seat), put_together([other], seat, "Perkara di Anggana")
    merge(isu, kept, seat)
    sorting.set_safe_title(alert, seat, "Perkara anak di Anggana")
    assert isu.title == "Perkara anak di Anggana" and kept.title == "Perkara di Anggana"


def test_an_isu_is_not_called_after_an_alert_that_left(seat):
    gone, moved, stays = make_alert("Nama anak di sekolah"), make_alert("Rumah korban"), make_alert("Air keruh")
    isu = put_together([gone, moved, stays], seat)
    take_out([gone], seat)
    assert isu.title == "Rumah korban"
    put_together([moved], seat)
    assert isu.title == "Air keruh" and not list(broken_links())
    take_out([stays], seat)
    assert isu.title == "Air keruh"


def test_titles_have_a_length(seat):
    isu = put_together([make_alert()], seat, "Air bersih")
    for title in ("   ", "Air", "x" * 301):
        with pytest.raises(Refused):
            rename(isu, seat, title)
    rename(isu, seat, " Air bersih Kerta Buana ")
    assert isu.title == "Air bersih Kerta Buana"


def test_what_cannot_be_merged_or_split_says_so(seat):
    one, two, three = (put_together([make_alert()], seat, f"Isu nomor {n}") for n in range(3))
    merge(one, two, seat)
    for isu, into in ((one, three), (three, one), (two, two), (two, one)):
        with pytest.raises(Refused):
            merge(isu, into, seat)
    with pytest.raises(Refused):
        split(two, seat)


class Plain:
    """The same in plain Python: each isu has its alerts and the one it went into."""

    def __init__(self, many):
        self.own = {n: {n} for n in range(many)}
        self.into: dict[int, int] = {}

    def root(self, n):
        return self.root(self.into[n]) if n in self.into else n

    def shown(self, n):
        return set().union(*(own for other, own in self.own.items() if self.root(other) == n))

    def put(self, alert, n):
        self.out(alert)
        self.own[n].add(alert)

    def out(self, alert):
        for own in self.own.values():
            own.discard(alert)


MANY = 5
NUMBERS = st.integers(0, MANY - 1)
STEPS = st.lists(st.tuples(st.sampled_from(["merge", "split", "put", "out"]), NUMBERS, NUMBERS), max_size=25)


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_merging_splitting_and_moving_is_what_plain_python_says(seat, steps):
    source = make_source()
    alerts = [make_alert(source=source) for _ in range(MANY)]
    isus = [put_together([alert], seat, f"Isu nomor {n}") for n, alert in enumerate(alerts)]
    plain = Plain(MANY)
    for step, a, b in steps:
        _both(step, a, b, plain, alerts, isus, seat)
        names = {alert.id: n for n, alert in enumerate(alerts)}
        for n, isu in enumerate(isus):
            assert {names[each] for each in shown_under(isu)} == plain.shown(n)
            assert isus.index(db.session.get(Isu, isu.root_id)) == plain.root(n)


def _both(step, a, b, plain, alerts, isus, seat):
    if step == "put":
        put_together([alerts[a]], seat, isu=isus[b])
        plain.put(a, b)
    elif step == "out":
        take_out([alerts[a]], seat)
        plain.out(a)
    elif step == "split" and a in plain.into:
        split(isus[a], seat)
        del plain.into[a]
    elif step == "merge" and a != b and a not in plain.into and b not in plain.into:
        merge(isus[a], isus[b], seat)
        plain.into[a] = b
    else:
        return


def test_a_split_gives_back_what_was_merged_into_it_and_nothing_else(seat):
    alerts = [make_alert() for _ in range(3)]
    one, two, three = (put_together([alert], seat, f"Isu nomor {n}") for n, alert in enumerate(alerts))
    merge(one, two, seat)
    merge(two, three, seat)
    split(two, seat)
    assert shown_under(three) == {alerts[2].id} and shown_under(two) == {alerts[0].id, alerts[1].id}
    assert one.into_id == two.id and one.root_id == two.id
