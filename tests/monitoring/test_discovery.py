"""«Cari umpan»: a site's address is enough; a worker looks there, few requests, and a person chooses."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from app.core import clock
from app.core.work import Work, WorkState
from app.desk.rules.health import kind_label
from app.extensions import db
from app.monitoring import jobs
from app.monitoring.actions.searching import SEARCH
from app.monitoring.discovery import MOST_ASKED, NONE_FOUND, USUAL
from app.monitoring.models import Alert, IngestRun, Source
from app.monitoring.readers import Refused, guarded
from app.monitoring.rules.kinds import RunState
from app.monitoring.rules.media import media
from tests.factories import make_alert, make_source
from tests.harness.client import fields_of, read
from tests.harness.pressroom import Page

KEEPER, OPERATOR = "kepala@diskominfo.demo", "operator@diskominfo.demo"
NEW = "/pengaturan/sumber/baru"
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ITEM = "<item><title>{0}</title><link>https://kabaretam.example/{0}</link><pubDate>{1:%d %b %Y} 10:00:00 +0800</pubDate></item>"


def feed(*titles: str, name: str = "Kabar Etam", days: int = 0) -> bytes:
    items = (ITEM.format(title, clock.now() - timedelta(days=days + n + 1)) for n, title in enumerate(titles))
    return f"<rss version='2.0'><channel><title>{name}</title>{''.join(items)}</channel></rss>".encode()


def site(*links: str, base: str = "") -> bytes:
    head = "".join(f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links)
    return f"<!DOCTYPE html><html><head>{base}{head}</head><body>Berita</body></html>".encode()


@pytest.fixture
def room(app, pressroom):
    """The press room, which workers may ask."""
    app.config["FETCH_ALLOW"] = pressroom.host
    yield pressroom
    app.config["FETCH_ALLOW"] = ""


@pytest.fixture
def keeper(login):
    return login(KEEPER)


@pytest.fixture
def seek(keeper, room, db_session, work_off):
    """`seek(address)`: type it, let the worker look; the page of what was found."""

    def go(address: str | None = None):
        form = read(keeper.get(NEW).text).css_first('form[action="/pengaturan/sumber/cari"]')
        answer = keeper.post(form.attributes["action"], data=fields_of(form) | {"site": address or room.url("/")})
        assert answer.status_code == 303, answer.text
        assert room.asked == [], "the web asks nobody"
        assert "Sedang melihat" in keeper.get(answer.location).text
        work_off()
        return read(keeper.get(answer.location).text)

    return go


def run_of() -> IngestRun:
    return db.session.scalar(select(IngestRun).execution_options(populate_existing=True))


def source_of() -> Source:
    return db.session.scalar(select(Source).execution_options(populate_existing=True))


def headings(page) -> list[str]:
    return [node.text() for node in page.css("[id^=h-umpan]")]


def test_what_the_page_declares_is_shown_and_one_press_takes_it(seek, keeper, room, db_session, work_off):
    room["/"] = Page(site("/kabar/feed?a=1", "/comments/feed/", "https://[rusak/"))
    room["/kabar/feed?a=1"] = Page(feed("satu", "dua", "tiga", "empat"))
    page = seek()
    assert headings(page) == ["Kabar Etam"] and "4 butir, terbaru" in page.text()
    assert [item.text() for item in page.css("#h-umpan-1, .bullets li")][-3:] == ["satu", "dua", "tiga"]
    assert [path for _, path, _ in room.asked] == ["/", "/kabar/feed?a=1"], "no guess where the page says it"
    source = source_of()
    assert not source.enabled and db_session.scalar(select(func.count()).select_from(Alert)) == 0
    form = page.css_first('form[action$="/pakai"]')
    url = form.css_first('button[name="feed"]').attributes["value"]
    for _ in range(2):
        assert keeper.post(form.attributes["action"], data=fields_of(form) | {"feed": url}).status_code == 303
    source = source_of()
    assert (source.name, source.url, source.enabled) == ("Kabar Etam", room.url("/kabar/feed?a=1"), True)
    run = run_of()
    assert run.state is RunState.DONE and run.asked["found"] == []
    work_off()
    assert db_session.scalar(select(func.count()).select_from(Alert)) == 4, "it is asked at once"
    assert "sudah dipilih" in keeper.get(f"/impor/{run.id}", follow_redirects=True).text


def test_the_usual_paths_are_tried_where_the_page_says_nothing(seek, room):
    room["/"] = Page(site())
    room["/rss"] = Page(b"<html>bukan umpan</html>")
    room["/feed.xml"] = room["/rss.xml"] = Page(feed("a"))
    assert headings(seek()) == ["Kabar Etam"], "one feed under two addresses is one"
    assert [path for _, path, _ in room.asked] == ["/", *USUAL]


def test_a_link_in_the_text_base_and_redirects_are_followed(seek, room):
    room["/"] = Page(status=302, headers={"Location": "/id/"})
    room["/id/"] = Page(
        b"<html><head><base href='/media/'></head><a href='rss.xml'>RSS</a><a href='feedback'>x</a></html>"
    )
    room["/media/rss.xml"] = Page(feed("a", name=""))
    page = seek()
    assert headings(page) == [room.host] and room.url("/media/rss.xml") in page.text()


def test_the_address_of_a_feed_is_a_find_as_well(seek, room):
    room["/umpan.json"] = Page(
        b'{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","title":"t"}]}'
    )
    assert headings(seek(room.url("/umpan.json"))) == ["J"] and len(room.asked) == 1


def test_nothing_found_says_what_to_do(seek, room, keeper):
    room["/"] = Page(site("/hilang"))
    page = seek()
    assert NONE_FOUND in page.text() and "cari tautan bernama RSS" in page.text()
    assert run_of().state is RunState.REFUSED and not source_of().enabled
    assert "Tidak ditemukan" in keeper.get(f"/pengaturan/sumber/{source_of().id}").text


def test_a_site_that_refuses_us_is_quoted(seek, room):
    room["/"] = Page(status=403)
    room["/berita"] = Page(status=404)
    assert "menolak permintaan kita (403)" in seek(room.url("/berita")).text()
    assert [path for _, path, _ in room.asked] == ["/berita", "/", *USUAL]


def test_a_feed_of_the_bundled_story_has_no_site_to_look_at(keeper, db_session):
    source = make_source(url="demo:radar.xml", trouble="Situs sedang bermasalah (503).")
    assert "Cari umpan lagi" not in keeper.get(f"/pengaturan/sumber/{source.id}").text


@pytest.mark.parametrize(
    "address, words",
    [("http://127.0.0.1:1/", "Port 1 tidak diizinkan"), ("http://10.0.0.1/", "jaringan dalam"), ("http://[::1]/", "")],
)
def test_no_way_leads_inside(seek, room, keeper, address, words):
    if words:
        assert words in seek(address).text()
    else:
        form = read(keeper.get(NEW).text).css_first('form[action="/pengaturan/sumber/cari"]')
        answer = keeper.post(form.attributes["action"], data=fields_of(form) | {"site": address})
        assert answer.status_code == 422 and source_of() is None
    assert room.asked == []


def test_a_page_cannot_send_the_worker_inside_or_on_and_on(seek, room):
    inside = ["http://10.0.0.1/feed", "http://169.254.169.254/feed", "file:///etc/passwd", "javascript:alert(1)"]
    room["/"] = Page(site(*inside, *(f"/f{n}" for n in range(500))))
    assert NONE_FOUND in seek().text()
    assert 0 < len(room.asked) <= MOST_ASKED


def test_a_site_that_is_silent_is_asked_once(seek, room):
    room["/a/b"] = Page(body=lambda handler: handler.connection.close())
    assert "terputus" in seek(room.url("/a/b")).text() and len(room.asked) == 1


HOSTILE = {
    "nested": b"<html>" + b"<div>" * 100_000,
    "open comment": b"<html><!--" + b"<!-" * 100_000,
    "attributes": b"<html><link " + b"a=1 " * 100_000 + b">",
    "many links": site(*(f"/{'x' * 100}{n}/feed" for n in range(20_000))),
    "bytes": b"<html>" + bytes(range(256)) * 2_000,
    "quotes": b"<html><a href='" + b"x" * 400_000,
    "base": b"<html><base href='javascript:x'><link rel=alternate type=application/rss+xml href=feed>",
    "marked": b"<html><![CDATA[" + b"<![" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_few_links_or_a_refusal(name):
    try:
        seen = guarded.sight(HOSTILE[name], "text/html", "https://a.example/", NOW)
    except Refused as refused:
        assert refused.reason
    else:
        assert seen.kind == "page" and len(seen.links) <= 8
        assert all(link.startswith(("https://", "http://")) for link in seen.links)


def test_what_stood_before_a_broken_declaration_counts():
    body = site("/umpan") + b"<![" * 1_000
    assert guarded.sight(body, "text/html", "https://a.example/", NOW).links == ["https://a.example/umpan"]


def test_a_sheet_is_neither():
    with pytest.raises(Refused):
        guarded.sight(b"Tanggal;Judul\n", "text/csv", "https://a.example/", NOW)


def test_headlines_pass_the_shield_and_are_text(seek, room):
    room["/"] = Page(site("/f"))
    room["/f"] = Page(
        feed("Hubungi 081234567890", "&lt;script&gt;alert(1)&lt;/script&gt; B", name="&lt;b&gt;K&lt;/b&gt;")
    )
    page = seek()
    assert "081234567890" not in page.html and "<script>alert" not in page.css_first("main").html
    assert headings(page) == ["K"]


def test_a_medium_that_is_known_is_not_added_twice(seek, keeper, room):
    room["/"] = Page(site("/f"))
    room["/f"] = Page(feed("a"))
    form = seek().css_first('form[action$="/pakai"]')
    keeper.post(form.attributes["action"], data=fields_of(form) | {"feed": room.url("/f")})
    form = read(keeper.get(NEW).text).css_first('form[action="/pengaturan/sumber/cari"]')
    answer = keeper.post(form.attributes["action"], data=fields_of(form) | {"site": room.url("/lain")})
    assert (
        answer.status_code == 422
        and "sudah menjadi sumber: Kabar Etam" in read(answer.text).css_first("#site-error").text()
    )


def test_a_second_try_uses_the_same_paused_source(seek, room, db_session):
    room["/"] = Page(site())
    seek()
    room.asked.clear()
    room["/"] = Page(site("/f"))
    room["/f"] = Page(feed("a"))
    assert headings(seek()) == ["Kabar Etam"]
    assert db_session.scalar(select(func.count()).select_from(Source)) == 1


def test_a_mistyped_site_leaves_nothing_behind(seek, keeper, room, db_session):
    room["/"] = Page(site())
    seek()
    place = f"/pengaturan/sumber/{source_of().id}"
    form = read(keeper.get(place).text).css_first('form[action$="/buang"]')
    assert keeper.post(form.attributes["action"], data=fields_of(form)).location == "/pengaturan/sumber"
    assert source_of() is None and run_of() is None and keeper.get(place).status_code == 404


@pytest.mark.parametrize("used_by", ["alert", "run", "enabled"])
def test_a_source_that_was_used_is_kept(keeper, db_session, used_by):
    source = make_source(enabled=used_by == "enabled")
    if used_by == "alert":
        make_alert(source=source)
    if used_by == "run":
        db_session.add(IngestRun(source_id=source.id))
    db_session.commit()
    place = f"/pengaturan/sumber/{source.id}"
    form = read(keeper.get(place).text).css_first('form[method="post"][action$="/cari"]')
    answer = keeper.post(f"{place}/buang", data=fields_of(form))
    assert answer.location == place and source_of() is not None and "tetap disimpan" in keeper.get(place).text


def test_an_ill_source_finds_its_feed_again(keeper, room, db_session, work_off):
    source = make_source("Kabar", url=room.url("/lama/feed"), trouble="Alamat umpan tidak ditemukan (404).", failures=9)
    make_source("Tetangga", url=room.url("/tetangga"))
    room["/"] = Page(site("/baru/feed", "/tetangga"))
    room["/baru/feed"], room["/tetangga"] = Page(feed("a", name="Baru")), Page(feed("b", name="Tetangga"))
    form = read(keeper.get(f"/pengaturan/sumber/{source.id}").text).css_first('form[method="post"][action$="/cari"]')
    place = keeper.post(form.attributes["action"], data=fields_of(form)).location
    work_off()
    page = read(keeper.get(place).text)
    assert headings(page) == ["Baru", "Tetangga"] and "Sudah menjadi sumber" in page.text()
    (form,) = page.css('form[action$="/pakai"]')
    keeper.post(form.attributes["action"], data=fields_of(form) | {"feed": room.url("/baru/feed")})
    kept = db_session.get(Source, source.id, populate_existing=True)
    assert (kept.name, kept.url, kept.failures, kept.trouble) == ("Kabar", room.url("/baru/feed"), 0, "")


def test_only_what_was_found_can_be_taken(seek, keeper, room):
    room["/"] = Page(site("/f"))
    room["/f"] = Page(feed("a"))
    form = seek().css_first('form[action$="/pakai"]')
    answer = keeper.post(form.attributes["action"], data=fields_of(form) | {"feed": "http://10.0.0.1/"})
    assert answer.status_code == 422 and not source_of().enabled and source_of().url == room.url("/")


def test_progress_is_a_fragment_that_says_when_nothing_changed(seek, keeper, room):
    room["/"] = Page(site("/f"))
    room["/f"] = Page(feed("a"))
    seek()
    place = f"/pengaturan/sumber/pencarian/{run_of().id}/kemajuan"
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    first = keeper.get(place, headers=partial)
    assert "Pakai umpan ini" in first.text and "<html" not in first.text
    assert keeper.get(place).status_code == 303


def test_a_search_that_kills_every_worker_is_told(seek, keeper, room, db_session, monkeypatch):
    monkeypatch.setattr("app.monitoring.discovery.discover", lambda *_: 1 / 0)
    seek()
    db_session.execute(update(Work).where(Work.kind == SEARCH).values(state=WorkState.DEAD))
    jobs.offer_polls()
    run = run_of()
    assert run.state is RunState.REFUSED and "berhenti mendadak" in run.trouble
    assert "Mencari umpan" in kind_label(SEARCH)
    page = read(keeper.get(f"/pengaturan/sumber/pencarian/{run.id}").text)
    assert [link.attributes["href"] for link in page.css(".bullets a")] == [NEW, f"/pengaturan/sumber/{run.source_id}"]


def test_a_suggested_medium_fills_the_address_of_its_site(keeper):
    medium = media()[0]
    page = read(keeper.get(NEW, query_string={"isi": medium.domain}).text)
    assert page.css_first('input[name="site"]').attributes["value"] == medium.domain


def test_operators_look_and_do_not_choose(seek, room, login):
    room["/"] = Page(site("/f"))
    room["/f"] = Page(feed("a"))
    seek()
    operator = login(OPERATOR)
    page = read(operator.get(f"/pengaturan/sumber/pencarian/{run_of().id}").text)
    assert headings(page) == ["Kabar Etam"] and not page.css('form[action$="/pakai"]')
    assert operator.post(f"/pengaturan/sumber/pencarian/{run_of().id}/pakai").status_code in (400, 404)
    assert login("pimpinan@kukar.demo").get(f"/pengaturan/sumber/pencarian/{run_of().id}").status_code == 404


@pytest.mark.parametrize(
    "said", ["", "bukan alamat", "ftp://a.example", "https://user:x@a.example/", "http://", "x" * 300]
)
def test_what_is_no_site_is_said_beside_the_field(keeper, said, db_session):
    form = read(keeper.get(NEW).text).css_first('form[action="/pengaturan/sumber/cari"]')
    answer = keeper.post(form.attributes["action"], data=fields_of(form) | {"site": said})
    assert answer.status_code == 422 and read(answer.text).css_first("#site-error") and source_of() is None
