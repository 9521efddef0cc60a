"""The office of the walks."""

import pytest

from tests.journeys.office import Office


@pytest.fixture
def open_office(app, outbox, open_browser):
    """`open_office(day)`: an office of its own at seven in the morning of that day; see tests.journeys.office."""
    made = []

    def begin(day):
        made.append(Office(app, outbox, open_browser, day))
        return made[-1]

    yield begin
    for each in made:
        each.close()
