"""Errors: Indonesian, helpful, and never at the cost of what was typed."""

import re

import pytest

from tests.harness.client import parse
from tests.look.sample import create_sample

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(scope="module")
def browser():
    return create_sample().test_client()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503, 507])
def test_an_error_is_a_page_in_indonesian(browser, status):
    answer = browser.get(f"/galat/{status}")
    page = parse(answer.text)
    assert answer.status_code == status
    assert len(page.css("h1")) == 1 and page.css_first("title").text().endswith(" · Tanggap")
    assert page.css_first("main a.btn"), "a way on"
    assert not re.search(r"Not Found|Error|Bad Request|Oops|!", page.css_first("main").text())


@pytest.mark.parametrize("status", [401, 404, 409, 500, 503])
def test_for_a_fragment_it_is_a_note_that_leaves_the_form_alone(browser, status):
    answer = browser.post(f"/galat/{status}", headers=HTMX)
    assert answer.status_code == status and answer.headers["HX-Reswap"] == "none"
    assert answer.text.strip().startswith('<hx-partial hx-target="#toasts"')
    assert "<html" not in answer.text and "Content-Security-Policy" in answer.headers


def test_an_unexpected_error_has_a_code_to_quote(browser):
    code = parse(browser.get("/galat/500").text).css_first("code").text()
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{2}", code)


def test_a_broken_page_needs_neither_session_nor_head(browser):
    page = parse(browser.get("/galat/503").text)
    assert not page.css(".stations, .tabbar, .who, script")


def test_not_found_tells_nothing_of_what_was_asked(browser):
    assert "rahasia-7" not in browser.get("/tidak-ada/rahasia-7").text


def test_a_dead_session_leads_back_to_the_page_that_asked(browser):
    headers = HTMX | {"HX-Current-URL": "http://localhost/tiket/17?a=1"}
    link = parse(browser.post("/galat/401", headers=headers).text).css_first("a").attributes["href"]
    assert link == "/masuk?next=/tiket/17?a%3D1" or "next=%2Ftiket%2F17" in link


def test_it_never_leads_elsewhere(browser):
    headers = HTMX | {"HX-Current-URL": "http://localhost.evil.example/tiket"}
    link = parse(browser.post("/galat/401", headers=headers).text).css_first("a").attributes["href"]
    assert "evil" not in link
