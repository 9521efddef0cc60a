"""Every page of every role in Chromium: light and dark, desk and phone; axe, console, foreign requests, width."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys import walk
from tests.journeys.test_whole_card import sign_in

MORE_THAN = {"kepala": "operator"}
"""Who has the same pages as another and some more: only those are looked at again."""

pytestmark = [pytest.mark.browser, pytest.mark.tree, pytest.mark.xdist_group("demo")]


@pytest.fixture
def rules(app):
    return app


@pytest.mark.parametrize("role", walk.ROLES)
def test_pages_of(office, rules, open_browser, role):
    page = open_browser(reduced_motion="reduce")
    page.add_init_script(path=Path(walk.AXE))
    ear = walk.Ear(page, office.url)
    sign_in(page, office, walk.ROLES[role])
    pages = walk.reachable(rules, page, office.url)
    assert len(pages) >= 3, pages
    if role in MORE_THAN:
        known = _kinds_of(office, rules, open_browser, MORE_THAN[role])
        pages = [path for path in pages if walk.kind_of(rules, urlsplit(path).path) not in known]
        assert pages, f"{role} reaches nothing that {MORE_THAN[role]} does not"
    faults = [fault for path in pages for fault in _looks(page, office.url + path)]
    faults += [f"console: {line}" for line in ear.said] + [f"foreign request: {url}" for url in ear.foreign]
    assert not faults, "\n".join(sorted(set(faults)))


def _kinds_of(office, rules, open_browser, role: str) -> set[str]:
    page = open_browser()
    sign_in(page, office, walk.ROLES[role])
    return {walk.kind_of(rules, urlsplit(path).path) for path in walk.reachable(rules, page, office.url)}


def _looks(page, url: str) -> list[str]:
    """One visit, seen by day on a desk and by night on a phone."""
    page.goto(url)
    faults = []
    for theme, size in walk.LOOKS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(walk.SIZES[size])
        faults += [f"{url} ({theme}, {size}): {fault}" for fault in walk.complaints(page)]
        if walk.overflow(page) > 0:
            faults.append(f"{url} ({theme}, {size}): {walk.overflow(page)} px wider than the window")
    return faults
