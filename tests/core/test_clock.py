"""One clock: local days, Indonesian words, and a time that can be pretended."""

from datetime import UTC, date, datetime, timedelta

from app.core import clock

DAWN = datetime(2026, 11, 23, 22, 10, tzinfo=UTC)
"""Ten past six in the morning of the 24th in Tenggarong, still the 23rd in UTC."""


def test_the_day_of_an_instant_is_the_local_one(app):
    with app.app_context(), clock.pretend(DAWN):
        assert clock.short_day(DAWN) == "Sel 24 Nov"
        assert clock.long_day(DAWN) == "Selasa, 24 November 2026"
        assert clock.short(DAWN) == "Sel 24 Nov, 06.10"
        assert clock.short_day(date(2026, 11, 24)) == "Sel 24 Nov"
        assert clock.today() == date(2026, 11, 24)


def test_another_year_is_named(app):
    with app.app_context(), clock.pretend(DAWN):
        assert clock.short_day(date(2027, 2, 18)) == "Kam 18 Feb 2027"


def test_time_is_pretended_inside_and_real_again_outside():
    before = clock.now()
    with clock.pretend(DAWN):
        assert clock.now() == DAWN
        with clock.pretend(DAWN + timedelta(days=1)):
            assert clock.now() == DAWN + timedelta(days=1)
        assert clock.now() == DAWN
    assert clock.now() >= before
