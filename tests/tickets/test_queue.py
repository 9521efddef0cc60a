"""`/tiket`: views, filters, order, pages, search; one price however long the list."""

from datetime import timedelta

import pytest

from app.core import clock
from app.extensions import db
from app.tickets import actions
from app.tickets.models import Ticket
from app.tickets.rules import State
from tests.tickets import desk

STATEMENTS = 8


def titles(page) -> list[str]:
    return [node.text() for node in page.css(".item-ticket h3")]


def numbers(page) -> list[int]:
    return [int(node.attributes["id"].removeprefix("tiket-")) for node in page.css(".item-ticket")]


def pills(page) -> dict[str, str]:
    return {
        " ".join(pill.text().split()[:-1]): pill.text().split()[-1] for pill in page.css(".pill") if pill.css(".count")
    }


def many(people, count: int) -> None:
    """Tickets as plain rows: the page's price is asked, not the moves'."""
    opd = people[desk.ADMIN].opd_id
    now = clock.now()
    db.session.add_all(
        Ticket(
            title=f"Perkara {n}", state=State.IN_PROGRESS, turn="opd", lead_opd_id=opd,
            opened_at=now - timedelta(minutes=n), received_at=now, due_at=now + timedelta(days=n % 9),
        )
        for n in range(count)
    )  # fmt: skip
    db.session.commit()


@pytest.mark.parametrize("who", [desk.OPERATOR, desk.ADMIN, desk.LEADER])
def test_the_price_is_the_same_for_10_and_500_tickets(who, people, login, statements):
    browser, prices = login(who), []
    browser.get("/tiket")  # what a process keeps for a while (days off) is known
    for more in (10, 490):
        many(people, more)
        with statements() as seen:
            assert browser.get("/tiket?tampilan=terbuka").status_code == 200
        prices.append(len(seen))
    assert prices[0] == prices[1] <= STATEMENTS, "\n".join(seen)


@pytest.mark.parametrize("order", ["", "&urut=tenggat"])
def test_pages_follow_each_other_without_gap_or_repeat(order, people, visit_as):
    many(people, 120)
    for _ in range(3):
        desk.ticket_in(State.NEW, people)
    get, address, seen = visit_as(desk.OPERATOR), f"/tiket?tampilan=terbuka{order}", []
    while address:
        page = get(address)
        seen += numbers(page)
        following = page.css_first("a[rel=next]")
        address = following.attributes["href"] if following else None
    assert len(seen) == len(set(seen)) == 123
    dates = {row.id: row.due_at for row in db.session.scalars(db.select(Ticket))}
    if order:
        dated = [dates[number] for number in seen if dates[number]]
        assert dated == sorted(dated) and all(dates[number] is None for number in seen[-3:])


def test_views_hold_what_they_say_and_count_it(people, visit_as):
    for state in State:
        desk.ticket_in(state, people)
    get = visit_as(desk.OPERATOR)
    page = get("/tiket")
    counts = pills(page)
    assert counts == {"Giliran kami": "3", "Terbuka": "9", "Ditunda": "2", "Selesai": "4", "Semua": "13"}
    for view in ("giliran", "terbuka", "ditunda", "selesai", "semua"):
        shown = get(f"/tiket?tampilan={view}")
        current = shown.css_first(".pill[aria-current] .count").text()
        assert len(numbers(shown)) == int(current)


def test_an_opd_sees_its_own_and_what_it_once_held(people, visit_as):
    mine = desk.ticket_in(State.FORWARDED, people)
    theirs = desk.ticket(people, opd="DPU")
    once = desk.ticket(people, ("take_on", desk.ADMIN), ("reroute", desk.OPERATOR, {"opd": "DPU", "reason": "Jalan."}))
    get = visit_as(desk.ADMIN)
    assert numbers(get("/tiket?tampilan=semua")) == [mine.id]
    assert numbers(get("/tiket?tampilan=pernah")) == [once.id]
    assert theirs.id not in numbers(get("/tiket?tampilan=pernah"))
    assert pills(get("/tiket")) == {"Giliran kami": "1", "Terbuka": "1", "Ditunda": "0", "Selesai": "0", "Semua": "1"}


@pytest.mark.parametrize(
    "filters, expected",
    [
        ("keadaan=in_progress", 1),
        ("tingkat=segera", 1),
        ("jenis=aduan", 1),
        ("opd=DPU", 1),
        ("opd=PLN", 3),
        ("keadaan=x", 3),
        ("pemegang=belum", 3),
        ("pemegang=saya", 0),
    ],
)
def test_filters_narrow_the_list(filters, expected, people, visit_as):
    desk.ticket(people, ("take_on", desk.ADMIN))
    desk.ticket(people, level="segera", ticket_class="aduan")
    desk.ticket(people, opd="DPU")
    assert len(numbers(visit_as(desk.OPERATOR)(f"/tiket?tampilan=semua&{filters}"))) == expected


def test_one_finds_by_word_by_number_and_only_ones_own(people, visit_as):
    mine = desk.ticket(people, title="Atap roboh di Mangkurawang")
    desk.ticket(people, opd="DPU", title="Jembatan Mangkurawang retak")
    assert numbers(visit_as(desk.ADMIN)("/tiket?q=mangkurawang")) == [mine.id]
    assert len(numbers(visit_as(desk.OPERATOR)("/tiket?q=mangkura"))) == 2
    assert numbers(visit_as(desk.OPERATOR)(f"/tiket?q=%23{mine.number}")) == [mine.id]
    assert numbers(visit_as(desk.OTHER_ADMIN)(f"/tiket?q={mine.id}")) == []


def test_a_former_lead_finds_by_the_words_of_its_time_only(people, visit_as):
    once = desk.ticket(
        people,
        ("take_on", desk.ADMIN),
        ("reroute", desk.OPERATOR, {"opd": "DPU", "reason": "Jalan."}),
        title="Atap Loa Ipuh",
    )
    actions.merge([desk.alert("Terowongan ambrol")], once, people[desk.OPERATOR])
    db.session.commit()
    get = visit_as(desk.ADMIN)
    assert numbers(get("/tiket?tampilan=pernah&q=ipuh")) == [once.id]
    assert numbers(get("/tiket?tampilan=pernah&q=terowongan")) == []
    assert numbers(visit_as(desk.OTHER_ADMIN)("/tiket?q=terowongan")) == [once.id]


def test_a_sensitive_ticket_is_listed_and_found_by_its_safe_title_only(people, visit_as):
    alert = desk.alert("Siswi SMP di Loa Janan jadi korban", sensitive=True, safe_title="Perkara perlindungan anak")
    ticket = actions.promote([alert], people[desk.OPERATOR], {"opd": "DISDIKBUD"})
    db.session.commit()
    get = visit_as(desk.OPERATOR)
    assert titles(get("/tiket?tampilan=semua")) == ["Perkara perlindungan anak"]
    assert numbers(get("/tiket?q=korban")) == [] and numbers(get("/tiket?q=perlindungan")) == [ticket.id]


def test_a_restricted_ticket_is_in_no_list_count_or_search_but_of_those_named(people, visit_as):
    ticket = desk.ticket(people, title="Perkara Mangkurawang")
    head = people[desk.HEAD]
    actions.set_secrecy(ticket, head, named=[head.person_id])
    db.session.commit()
    for who, seen in ((desk.HEAD, [ticket.id]), (desk.OPERATOR, []), (desk.ADMIN, []), (desk.LEADER, [])):
        page = visit_as(who)("/tiket?tampilan=semua")
        assert numbers(page) == seen
        assert pills(page)["Semua"] == str(len(seen))
        assert numbers(visit_as(who)("/tiket?q=mangkurawang")) == []
        assert numbers(visit_as(who)(f"/tiket?q={ticket.id}")) == seen


@pytest.mark.parametrize("nonsense", ["sebelum=x", "sebelum=9-9-9", "sebelum=n", "tampilan=x", "q=%22%27*", "urut=1"])
def test_a_nonsense_address_is_still_a_list(nonsense, people, visit_as):
    visit_as(desk.ADMIN)(f"/tiket?{nonsense}")


def test_the_first_page_is_light(people, login):
    many(people, 60)
    import gzip

    body = login(desk.OPERATOR).get("/tiket?tampilan=terbuka").data
    assert len(gzip.compress(body, 4)) < 12_000


def test_an_empty_desk_says_what_comes_next(people, visit_as):
    page = visit_as(desk.ADMIN)("/tiket")
    assert "Tidak ada yang menunggu Disdikbud" in page.css_first(".empty").text()
