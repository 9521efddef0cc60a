"""The media of the region as suggestions: found by name, one click fills the form, nothing is fetched before that."""

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.monitoring.models import Source
from app.monitoring.rules.links import host_of
from app.monitoring.rules.media import GUESSED, UNKNOWN, media, media_like, medium_of
from tests.factories import make_source
from tests.harness.client import fields_of, read

NEW = "/pengaturan/sumber/baru"
KEEPER = "kepala@diskominfo.demo"
GUESS = next(medium for medium in media() if medium.told == GUESSED and medium.government)


@pytest.fixture
def keeper(login):
    return login(KEEPER)


def test_every_row_of_the_file_is_a_site_and_no_guess_is_told_as_a_fact():
    assert len(media()) == 57 and len({medium.domain for medium in media()}) == 57
    for medium in media():
        assert medium.name and host_of(f"https://{medium.domain}/")
        assert (medium.told == GUESSED) == medium.feed_status.startswith("guess")
        assert (medium.told == UNKNOWN) == (medium.feed_url == "")


def test_media_are_found_by_words_of_name_or_domain():
    assert [medium.name for medium in media_like("KUTAI  news")] == ["Kutai Kartanegara News"]
    assert media_like("onews.id") == [medium_of("onews.id")]
    assert media_like("") == list(media()) and media_like("tidak ada begini") == []


def test_suggestions_are_no_sources_until_saved(keeper, db_session):
    page = read(keeper.get(NEW).text)
    assert len(page.css("#saran tbody tr")) == 57
    assert "Alamat umpan dugaan, belum dicoba" in page.css_first("#saran").text()
    assert db.session.scalar(select(func.count()).select_from(Source)) == 0


def test_one_click_fills_the_form_and_saving_makes_the_source(keeper, db_session):
    page = read(keeper.get(NEW, query_string={"cari": GUESS.domain}).text)
    (link,) = page.css("#saran tbody a")
    filled = read(keeper.get(link.attributes["href"]).text)
    values = fields_of(filled.css_first('form[method="post"][action$="/baru"]'))
    assert (values["name"], values["url"], values["government"]) == (GUESS.name, GUESS.feed_url, "y")
    assert "dugaan, belum dicoba" in filled.css_first("form[method=post] .say").text()
    assert keeper.post(NEW, data=values).status_code == 303
    source = db.session.scalar(select(Source))
    assert (source.name, source.url, source.government) == (GUESS.name, GUESS.feed_url, True)
    again = read(keeper.get(NEW, query_string={"cari": GUESS.domain}).text)
    assert "Sudah menjadi sumber" in again.css_first("#saran").text()


@pytest.mark.parametrize(
    "query", [{"isi": "tidak.ada"}, {"isi": "<script>"}, {"cari": "\u202e<b>\x00" * 50}, {"cari": " "}]
)
def test_odd_questions_are_answered_with_the_page(keeper, query):
    answer = keeper.get(NEW, query_string=query)
    assert (
        answer.status_code == 200
        and "<script>" not in answer.text.replace("<script>\n", "")
        and "<b>\x00" not in answer.text
    )
    read(answer.text)


def test_a_refused_form_keeps_the_suggestions(keeper, db_session):
    form = read(keeper.get(NEW).text).css_first('form[method="post"][action$="/baru"]')
    answer = keeper.post(NEW, data=fields_of(form) | {"name": ""})
    assert answer.status_code == 422 and len(read(answer.text).css("#saran tbody tr")) == 57


def test_the_page_costs_the_same_with_many_sources(keeper, db_session, statements):
    for n in range(40):
        make_source(url=f"https://media{n}.example/feed")
    keeper.get(NEW)
    with statements() as seen:
        assert keeper.get(NEW).status_code == 200
    assert len(seen) <= 8, seen
