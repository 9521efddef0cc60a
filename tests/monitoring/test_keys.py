from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.monitoring.rules import keys
from app.monitoring.rules.records import Record, Rejected, taken

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ITEM = Record(
    line=1,
    title="Air PDAM keruh di Kerta Buana",
    text="Warga mengeluh.",
    url="https://kabaretam.example/air",
    published_at=NOW,
)


def same(one: Record, other: Record, source: int = 1, other_source: int = 1) -> bool:
    return bool(set(keys.keys_of(one, source)) & set(keys.keys_of(other, other_source)))


def test_a_tracking_variant_is_the_same_item():
    assert same(
        ITEM, replace(ITEM, url="https://m.kabaretam.example/air/amp?utm_source=x", title="Judul berubah", text="")
    )


def test_an_id_belongs_to_its_source():
    one, other = (
        replace(ITEM, external_id="abc"),
        Record(external_id="abc", title="Hal lain sama sekali di sini", published_at=NOW),
    )
    assert same(one, other)
    assert not same(one, other, 1, 2)


def test_the_same_words_in_another_outlet_are_another_item():
    assert not same(ITEM, replace(ITEM, url="https://suarahulu.example/air"))


def test_the_same_words_on_another_day_are_another_item():
    one = replace(ITEM, url="", media="Kabar Etam")
    assert not same(one, replace(one, published_at=datetime(2026, 11, 22, 4, 0, tzinfo=UTC)))
    assert same(one, replace(one, published_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC)))


def test_two_posts_of_two_people_are_two_items():
    one = Record(title="Jalan rusak lagi di sini", author="@a", published_at=NOW)
    assert not same(one, replace(one, author="@b"))


def test_few_words_do_not_merge_two_addresses():
    one = replace(ITEM, title="Kabar duka", text="", url="https://a.example/1")
    assert not same(one, replace(one, url="https://a.example/2"))


def test_the_name_of_the_outlet_is_no_words():
    one = replace(ITEM, title="Tautan vt.tiktok.com", text="", url="https://vt.tiktok.com/ZSabc1")
    assert not same(one, replace(one, url="https://vt.tiktok.com/ZSabc2"))


def test_a_front_page_identifies_nothing():
    one = replace(ITEM, url="https://kabaretam.example/")
    assert not same(one, replace(one, title="Hal yang sama sekali lain lagi", text=""))


def test_an_item_without_date_is_the_same_whenever_it_is_fetched():
    item = Record(line=1, title="Tanpa tanggal sama sekali", media="X")
    later = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
    assert same(taken(item, NOW), taken(item, later))


@given(st.builds(Record, title=st.text(), text=st.text(), external_id=st.text(), url=st.text(), author=st.text()))
def test_every_item_that_is_taken_has_keys_and_equals_itself(record):
    item = taken(record, NOW)
    if isinstance(item, Record):
        assert item.title and keys.keys_of(item, 1)
        assert keys.keys_of(item, 1) == keys.keys_of(taken(record, NOW), 1)
        assert all(len(key) <= 64 for key in keys.keys_of(item, 1))


def test_future_dates_become_now_and_say_so():
    item = taken(replace(ITEM, published_at=datetime(2027, 1, 1, tzinfo=UTC)), NOW)
    assert item.published_at == NOW and item.marks == ["future_date"]


def test_nothing_to_read_is_rejected():
    assert taken(Record(line=4, title=" \u200b", text="<script>x</script>"), NOW) == Rejected(
        4, "Judul dan isi kosong.", {}
    )
