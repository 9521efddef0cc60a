"""Every page of every role in Chromium: light and dark, desk and phone; axe, console, foreign requests, width."""

from pathlib import Path

import pytest

from tests.journeys import walk
from tests.journeys.test_whole_card import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.tree, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """One demo office for the whole walk."""
    from tests.harness.tree import Tree

    tree = Tree(tmp_path_factory.mktemp("office") / "instance", DEMO="1").up(90)
    yield tree
    tree.stop()


@pytest.fixture
def rules(app):
    return app


@pytest.mark.parametrize("role", walk.ROLES)
def test_pages_of(office, rules, open_browser, role):
    scout = open_browser()
    sign_in(scout, office, walk.ROLES[role])
    pages = walk.reachable(rules, scout, office.url)
    assert len(pages) >= 3, pages
    cookies = scout.context.cookies()
    faults = []
    for theme, size in walk.LOOKS:
        faults += _look(open_browser, office, cookies, pages, theme, size)
    assert not faults, "\n".join(sorted(set(faults)))


def _look(open_browser, office, cookies, pages, theme, size) -> list[str]:
    page = open_browser(viewport=walk.SIZES[size], color_scheme=theme, reduced_motion="reduce")
    page.context.add_cookies(cookies)
    page.add_init_script(path=Path(walk.AXE))
    ear, faults = walk.Ear(page, office.url), []
    for path in pages:
        page.goto(office.url + path)
        where = f"{path} ({theme}, {size})"
        faults += [f"{where}: {fault}" for fault in walk.complaints(page)]
        if walk.overflow(page) > 0:
            faults.append(f"{where}: {walk.overflow(page)} px wider than the window")
    faults += [f"console ({theme}, {size}): {line}" for line in set(ear.said)]
    return faults + [f"foreign request: {url}" for url in set(ear.foreign)]
