"""Future and very old items are marked where an operator sorts and reads them."""

from datetime import timedelta

import pytest

from app.core import clock
from tests.factories import make_alert

OPERATOR = "operator@diskominfo.demo"


def published(**ago):
    return clock.now() - timedelta(**ago)


@pytest.mark.parametrize(
    "values, mark, note",
    [
        ({"published_at": published(days=40)}, "berita lama", "Berita lama: terbit lebih dari 30 hari"),
        ({"date_doubtful": True}, "tanggal?", "Tanggal di sumber diragukan"),
    ],
)
def test_a_marked_item_says_so_in_its_row_and_in_the_reader(visit_as, db_session, people, values, mark, note):
    alert = make_alert("Kabar", **values)
    visit = visit_as(OPERATOR)
    assert mark in visit("/pantauan").css_first(f"#pantauan-{alert.id} .when").text()
    assert note in visit(f"/pantauan/{alert.id}").text()


def test_an_item_that_grew_old_here_is_not_marked(visit_as, db_session, people):
    alert = make_alert("Kabar", published_at=published(days=60), fetched_at=published(days=59))
    visit = visit_as(OPERATOR)
    assert "lama" not in visit("/pantauan").css_first(f"#pantauan-{alert.id} .when").text()
    assert "Berita lama: terbit" not in visit(f"/pantauan/{alert.id}").text()
