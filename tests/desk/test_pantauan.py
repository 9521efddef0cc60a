"""The list of pantauan: statements, filters, paging that does not move, search, and what came since."""

from datetime import timedelta

import pytest

from app.core import clock, search
from app.monitoring.rules.kinds import AlertState, Channel, Tone
from tests.factories import make_alert, make_source
from tests.harness.client import parse

OPERATOR = "operator@diskominfo.demo"
BUDGET = 8


def titles(page) -> list[str]:
    return [link.text().strip() for link in page.css("[data-row] h3 a")]


def ago(**time):
    return clock.now() - timedelta(**time)


def findable(alert):
    search.put("alert", alert.id, f"{alert.title} {alert.text}")
    return alert


@pytest.mark.parametrize("many", [3, 60])
def test_the_first_page_costs_the_same_however_many_rows(login, db_session, statements, many):
    source = make_source()
    for n in range(many):
        make_alert(f"Berita {n}", source, hints=[{"opd": "DPU", "words": ["jalan"], "score": 2}])
    client = login(OPERATOR)
    client.get("/pantauan")
    with statements() as seen:
        assert client.get("/pantauan").status_code == 200
    assert len(seen) <= BUDGET, seen


@pytest.mark.parametrize(
    "who, status",
    [
        (OPERATOR, 200),
        ("kepala@diskominfo.demo", 200),
        ("admin@disdikbud.demo", 404),
        ("narahubung@dpu.demo", 404),
        ("pimpinan@kukar.demo", 404),
    ],
)
def test_pantauan_is_diskominfos_alone(login, db_session, who, status):
    alert = make_alert("Kanari pantauan")
    client = login(who)
    for path in ("/pantauan", "/pantauan/baru", f"/pantauan/{alert.id}", "/pantauan/pilihan"):
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == status
        assert status == 200 or "Kanari" not in answer.text


def test_a_row_shows_tone_media_place_time_and_the_words_of_the_hint(visit_as, db_session, people):
    opd = people["admin@disdikbud.demo"].opd
    hint = {"opd": "DISDIKBUD", "words": ["ruang kelas", "SD"], "score": 3.0}
    make_alert(
        "Atap SD ambruk", media="Suara Hulu", place="Muara Muntai", tone=Tone.NEGATIVE, hint_opd_id=opd.id, hints=[hint]
    )
    row = visit_as(OPERATOR)("/pantauan").css_first("[data-row]")
    assert "Atap SD ambruk" in row.text() and "Suara Hulu" in row.text() and "Muara Muntai" in row.text()
    assert [mark.text() for mark in row.css("mark")] == ["ruang kelas", "SD"] and "Disdikbud" in row.text()
    assert row.css_first('[data-tone="negative"]') is not None


def test_each_filter_narrows_and_stays_in_the_address(visit_as, db_session, people):
    news, social = make_source("Kabar"), make_source("ISA")
    opd = people["admin@dpu.demo"].opd
    make_alert("Satu", news, tone=Tone.NEGATIVE, published_at=ago(hours=2))
    make_alert("Dua", social, channel=Channel.SOCIAL, tone=Tone.POSITIVE, published_at=ago(days=3))
    make_alert("Tiga", news, hint_opd_id=opd.id, published_at=ago(days=20))
    make_alert("Empat", news, state=AlertState.IGNORED, ignored_reason="iklan")
    visit = visit_as(OPERATOR)
    assert titles(visit("/pantauan")) == ["Satu", "Dua", "Tiga"]
    assert titles(visit("/pantauan?tone=negative")) == ["Satu"]
    assert titles(visit("/pantauan?tone=belum")) == ["Tiga"]
    assert titles(visit("/pantauan?kanal=medsos")) == ["Dua"]
    assert titles(visit(f"/pantauan?sumber={social.id}")) == ["Dua"]
    assert titles(visit("/pantauan?opd=DPU")) == ["Tiga"]
    assert titles(visit("/pantauan?umur=1")) == ["Satu"]
    assert titles(visit("/pantauan?umur=7&urut=terlama")) == ["Dua", "Satu"]
    assert titles(visit("/pantauan?tampilan=diabaikan")) == ["Empat"]
    assert titles(visit("/pantauan?tampilan=tiket")) == []
    page = visit("/pantauan?tampilan=semua&kanal=berita")
    assert sorted(titles(page)) == ["Empat", "Satu", "Tiga"]
    assert page.css_first('select[name="kanal"] option[selected]').attributes["value"] == "berita"
    assert titles(visit("/pantauan?tone=ngawur&sumber=x&umur=9&tampilan=z")) == ["Satu", "Dua", "Tiga"]


def test_an_unknown_opd_filters_everything_away_and_says_what_to_do(visit_as, db_session):
    make_alert("Satu")
    page = visit_as(OPERATOR)("/pantauan?opd=TIDAKADA")
    assert titles(page) == [] and "Lepas saringan" in page.css_first(".empty").text()


@pytest.mark.parametrize("order, address", [("newest", "/pantauan"), ("oldest", "/pantauan?urut=terlama")])
def test_paging_shows_each_row_once_although_rows_arrive(visit_as, db_session, order, address):
    source, at = make_source(), ago(days=1)
    for n in range(120):  # many share an instant: the id decides
        make_alert(f"Berita {n}", source, published_at=at + timedelta(minutes=n // 10))
    visit, seen = visit_as(OPERATOR), []
    page = visit(address)
    while True:
        seen += titles(page)
        make_alert(f"Susulan {len(seen)}", source, published_at=clock.now() if order == "newest" else ago(days=9))
        more = page.css_first('a[rel="next"]')
        if more is None:
            break
        page = visit(more.attributes["href"])
    old = [title for title in seen if title.startswith("Berita")]
    assert len(old) == len(set(old)) == 120
    assert not any(title.startswith("Susulan") for title in seen)


def test_a_broken_cursor_shows_the_first_page(visit_as, db_session):
    make_alert("Satu")
    for cursor in ("x", "1-x", "99999999999999999999-1", "-", "9" * 17 + "-1"):
        assert titles(visit_as(OPERATOR)(f"/pantauan?sebelum={cursor}")) in (["Satu"], [])


def test_search_finds_stems_within_the_view_and_pages_on(visit_as, db_session):
    source = make_source()
    for n in range(70):
        findable(make_alert(f"Jalan berlubang nomor {n}", source, text="Warga mengeluhkan lubang."))
    findable(make_alert("Sampah menumpuk", source))
    findable(make_alert("Jalan lama", source, state=AlertState.IGNORED))
    visit = visit_as(OPERATOR)
    first = visit("/pantauan?q=berlubang")
    rest = visit(first.css_first('a[rel="next"]').attributes["href"])
    assert len(titles(first)) == 50 and len(titles(rest)) == 20 and not set(titles(first)) & set(titles(rest))
    assert titles(visit("/pantauan?q=sampah")) == ["Sampah menumpuk"]
    assert titles(visit("/pantauan?q=lama&tampilan=diabaikan")) == ["Jalan lama"]
    assert titles(visit("/pantauan?q=lama")) == []


def test_a_sensitive_alert_shows_its_judul_aman_alone(visit_as, db_session):
    alert = make_alert(
        "Siswi kanari jadi korban", text="Kronologi kanari", author="akunkanari", url="https://kanari.example/",
        sensitive=True, safe_title="Peristiwa yang menyangkut anak di Sebulu",
    )  # fmt: skip
    visit = visit_as(OPERATOR)
    for address in ("/pantauan", f"/pantauan/{alert.id}"):
        page = visit(address)
        assert "kanari" not in page.html and "menyangkut anak" in page.html


def test_the_strip_counts_what_came_and_answers_304_while_nothing_does(login, db_session):
    source = make_source()
    make_alert("Lama", source)
    client = login(OPERATOR)
    strip = parse(client.get("/pantauan").text).css_first("#baru")
    address, tag = strip.attributes["hx-get"], strip.attributes["hx-ptag"]
    asks = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-PTag": tag}
    assert client.get(address, headers=asks).status_code == 304
    for n in range(3):
        make_alert(f"Baru {n}", source)
    news = client.get(address, headers=asks)
    assert news.status_code == 200 and "3 pantauan baru. Tampilkan" in news.text
    assert client.get(address, headers=asks | {"HX-PTag": news.headers["HX-PTag"]}).status_code == 304


def test_the_strip_counts_only_what_its_filters_match(login, db_session):
    here, there = make_source("Sini"), make_source("Sana")
    make_alert("Lama", here)
    client = login(OPERATOR)
    strip = parse(client.get(f"/pantauan?sumber={here.id}").text).css_first("#baru")
    make_alert("Lain", there)
    make_alert("Cocok", here)
    answer = client.get(strip.attributes["hx-get"], headers={"HX-Request-Type": "partial"})
    assert "1 pantauan baru" in answer.text and f"sumber={here.id}" in answer.text


def test_counts_stop_at_ninety_nine(visit_as, db_session):
    source = make_source()
    for n in range(101):
        make_alert(f"B{n}", source, tone=Tone.NEGATIVE)
    page = visit_as(OPERATOR)("/pantauan")
    assert page.css_first(".views [aria-current] span:last-child").text() == "99+"
    assert page.css_first(".pills .count").text() == "99+"
