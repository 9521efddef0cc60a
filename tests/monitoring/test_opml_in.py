"""A list of feeds from another reader: looked at, ticked, added paused; hostile files end in one sentence."""

import io
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.core.work import Work
from app.extensions import db
from app.monitoring.actions import offer_polls
from app.monitoring.models import Source
from app.monitoring.rules.kinds import SourceKind
from app.monitoring.rules.opml import MOST_FEEDS, Feed, Unreadable, feeds_in, opml, seen
from tests.factories import make_source
from tests.harness.client import fields_of, read

URL = "/pengaturan/sumber/opml"
KEEPER = "kepala@diskominfo.demo"
FEEDS = [("Kabar & <Etam>", "https://kabaretam.example/feed?a=1&b=2"), ("Radar \U0001f4a5", "http://radar.example/rss")]
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def file_of(*outlines: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


def outline(url: str, name: str = "Nama") -> str:
    return f'<outline text="{name}" xmlUrl="{url}"/>'


@pytest.fixture
def upload(login):
    """`upload(body, expect)`: what the page answers to a file."""
    keeper = login(KEEPER)

    def send(body: bytes, expect: int = 200):
        values = fields_of(read(keeper.get(URL).text).css_first('main form, form[enctype="multipart/form-data"]'))
        answer = keeper.post(URL, data=values | {"file": (io.BytesIO(body), "x.opml")})
        assert answer.status_code == expect
        return read(answer.text)

    send.keeper = keeper
    return send


def sources() -> list[Source]:
    return list(db.session.scalars(select(Source).order_by(Source.id).execution_options(populate_existing=True)))


def test_what_goes_out_comes_in_again():
    assert feeds_in(opml("Sumber", FEEDS, NOW)) == [Feed(*one) for one in FEEDS]


def test_folders_case_and_missing_names_are_no_hindrance():
    body = file_of('<OUTLINE text="Folder"><outline TEXT="A" XMLURL=" https://a.example/ feed "/></OUTLINE>',
                   '<outline xmlUrl="https://b.example/rss"/>', '<outline text="kosong"/>')  # fmt: skip
    assert feeds_in(body) == [Feed("A", "https://a.example/feed"), Feed("b.example", "https://b.example/rss")]


def test_known_double_and_impossible_ones_cannot_be_chosen():
    urls = ("https://a.example/feed", "http://www.a.example/feed/", "https://b.example/feed", "javascript:alert(1)",
            "http://127.0.0.1/feed", "http://[::1]/feed", "http://169.254.169.254/latest", "http://localhost:8000/f",
            "file:///etc/passwd", "https://" + "c" * 1200 + ".example/")  # fmt: skip
    told = seen([Feed("x", url) for url in urls], {"https://b.example/feed": 7})
    assert [one.free for one in told] == [True] + [False] * 9
    assert told[1].why_not == "dua kali di berkas ini" and told[2].known_as == 7 and not told[2].why_not
    assert [("http" in one.why_not, "jaringan dalam" in one.why_not) for one in told[3:]] == [
        (True, False), *[(False, True)] * 4, (True, False), (True, False)]  # fmt: skip


def test_ticked_feeds_become_sources_that_nobody_asks(upload, db_session):
    known = make_source("Radar", url="http://www.radar.example/rss/")
    page = upload(opml("x", [*FEEDS, ("Kabar & <Etam>", "https://lain.example/feed")], NOW))
    assert "2 dari 3 dapat ditambahkan" in page.text() and f"/pengaturan/sumber/{known.id}" in page.html
    form = page.css_first(f'form[action="{URL}/tambah"]')
    ticked = [box.attributes["value"] for box in form.css('input[name="feed"]')]
    assert ticked == [f"{FEEDS[0][1]} {FEEDS[0][0]}", f"https://lain.example/feed {FEEDS[0][0]}"]
    values = fields_of(form) | {"feed": ticked}
    for _ in range(2):  # sent twice, it acts once
        assert upload.keeper.post(f"{URL}/tambah", data=values).status_code == 303
    added = [(s.name, s.url, s.kind, s.enabled) for s in sources()[1:]]
    assert added == [
        (FEEDS[0][0], FEEDS[0][1], SourceKind.RSS, False),
        (f"{FEEDS[0][0]} (2)", "https://lain.example/feed", SourceKind.RSS, False),
    ]
    known.enabled = False
    db.session.commit()
    assert offer_polls() == 0 and db.session.scalar(select(func.count()).select_from(Work)) == 0


def test_what_was_never_in_the_list_is_judged_again(upload, db_session):
    page = upload(opml("x", FEEDS, NOW))
    values = fields_of(page.css_first(f'form[action="{URL}/tambah"]'))
    forged = [
        "javascript:alert(1) x",
        "http://10.0.0.1/ y",
        "",
        " ",
        "ftp://a.example z",
        "https://a.example/f " + "n" * 900,
    ]
    assert upload.keeper.post(f"{URL}/tambah", data=values | {"feed": forged}).status_code == 303
    assert [(source.url, len(source.name)) for source in sources()] == [("https://a.example/f", 120)]


BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 20}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
MANY = [outline(f"https://a{n}.example/feed") for n in range(10_000)]
HOSTILE = {
    "bomb": (file_of(outline("https://a.example/", "&i;"), before=BOMB), "entitas"),
    "outside": (
        file_of(outline("https://a.example/"), before="<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"),
        "entitas",
    ),
    "many": (file_of(*MANY[:8_000])[:500_000], "lebih dari 300 umpan"),
    "too many": (file_of(*MANY, *MANY), "512 KB"),
    "folders only": (file_of(*["<outline text='x'/>"] * 5_000), "lebih dari 300 umpan"),
    "deep": (file_of("<outline>" * 5_000 + "</outline>" * 5_000), "40 tingkat"),
    "broken": (file_of('<outline xmlUrl="https://a.example/feed">'), "rusak di baris 1"),
    "empty": (b"", "rusak"),
    "no feeds": (file_of(), "Tidak ada umpan"),
    "page": (b"<html><body>x</body></html>", "bukan berkas OPML"),
    "feed": (b"<rss version='2.0'><channel/></rss>", "bukan berkas OPML"),
    "nul": (file_of("\0"), "rusak"),
    "encoding": (b"<?xml version='1.0' encoding='utf-7'?><opml/>", "rusak"),
    "zip": (b"PK\x03\x04" + bytes(2000), "rusak"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_sentence(name):
    body, words = HOSTILE[name]
    with pytest.raises(Unreadable, match=words):
        feeds_in(body)


def test_the_page_says_it_beside_the_file(upload, db_session):
    page = upload(HOSTILE["bomb"][0], 422)
    assert "entitas XML" in page.css_first("#file-error").text() and not sources()


def test_a_list_of_names_only_is_shown_as_text(upload, db_session):
    page = upload(opml("x", [("<script>alert(1)</script>", "https://a.example/feed")], NOW))
    assert "<script>alert(1)" not in page.html and "<script>alert(1)</script>" in page.css_first("table label").text()


def test_as_many_as_are_taken_are_added_in_one_go(upload, db_session):
    page = upload(opml("x", [(f"Media {n}", f"https://a{n}.example/feed") for n in range(MOST_FEEDS)], NOW))
    form = page.css_first(f'form[action="{URL}/tambah"]')
    ticked = [box.attributes["value"] for box in form.css('input[name="feed"]')]
    upload.keeper.post(f"{URL}/tambah", data=fields_of(form) | {"feed": ticked})
    assert len(sources()) == MOST_FEEDS


def test_operators_do_not_add_feeds(login):
    operator = login("operator@diskominfo.demo")
    assert operator.get(URL).status_code == 404 and "Unggah OPML" not in operator.get("/pengaturan/sumber").text
