"""The feeds as a file for other readers: well-formed whatever they are called, for Diskominfo alone."""

from datetime import UTC, datetime
from xml.etree import ElementTree  # reads our own files only

import pytest

from app.monitoring.rules.kinds import SourceKind
from app.monitoring.rules.opml import opml
from tests.factories import make_source

URL = "/pengaturan/sumber/umpan.opml"


def outlines(body: bytes) -> list[dict]:
    return [outline.attrib for outline in ElementTree.fromstring(body).iter("outline")]


def test_feeds_are_listed_also_paused_ones_and_nothing_else(login, db_session):
    make_source("Kabar & <Etam>", url="https://kabaretam.example/feed?a=1&b=2", enabled=False)
    make_source("IMA", kind=SourceKind.SHEET, url="")
    make_source("Radar", url="demo:radar")
    client = login("operator@diskominfo.demo")
    answer = client.get(URL)
    assert answer.status_code == 200 and answer.mimetype == "text/x-opml"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sumber-tanggap.opml"'
    (feed,) = outlines(answer.data)
    assert feed == {
        "type": "rss",
        "text": "Kabar & <Etam>",
        "title": "Kabar & <Etam>",
        "xmlUrl": "https://kabaretam.example/feed?a=1&b=2",
    }
    assert URL in client.get("/pengaturan/sumber").text


@pytest.mark.parametrize("name", ['"><script>', "]]>", "\x00\x0b\ufffe nama", "\u202ebalik", "&amp;", "'", "\ud800"])
def test_any_name_makes_a_well_formed_file(name):
    body = opml(
        name, [(name, "https://a.example/feed"), (name, "javascript:alert(1)")], datetime(2026, 11, 24, tzinfo=UTC)
    )
    assert [outline["xmlUrl"] for outline in outlines(body)] == ["https://a.example/feed"]


def test_nobody_else_downloads_it(login, client):
    assert client.get(URL).status_code in (302, 303, 404)
    for email in ("admin@disdikbud.demo", "pimpinan@kukar.demo"):
        assert login(email).get(URL).status_code == 404
