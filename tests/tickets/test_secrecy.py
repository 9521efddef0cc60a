"""Restricted, sensitive, child cases: who is let in, for how long, who is told, and what is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.events import Event, EventText
from app.extensions import db
from app.monitoring.models import Alert
from app.notify.models import Letter
from app.people.models import Seat
from app.tickets import actions, policy, queries
from app.tickets.actions import Refused, secrecy
from app.tickets.models import NamedOfficer, Ticket
from app.tickets.policy import secrecy as who
from app.tickets.rules.secrecy import sentences, wrong_circle, wrong_summary
from tests.harness import client as browsing
from tests.tickets import desk


def ids(people, *emails):
    return [people[email].person_id for email in emails]


@pytest.fixture
def secret(people):
    """Restricted to the head and Disdikbud's admin, with Disdikbud's narahubung as deputy."""
    ticket = desk.ticket(people, ("take_on", desk.ADMIN), title="kanari-terbatas")
    officers, deputies = ids(people, desk.HEAD, desk.ADMIN), ids(people, desk.NARAHUBUNG)
    secrecy.restrict(ticket, people[desk.HEAD], officers, deputies)
    db.session.commit()
    return ticket


def sees(ticket, seat) -> bool:
    return db.session.scalar(policy.visible_to(seat).where(Ticket.id == ticket.id)) is not None


def kinds(ticket):
    return db.session.scalars(select(Event.kind).where(Event.stream == ticket.stream).order_by(Event.seq)).all()


# ── the rules alone ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, count",
    [
        ("", 0),
        ("Pendampingan berjalan.", 1),
        ("Pendampingan berjalan. Rujukan sudah dibuat.", 2),
        ("Pendampingan di Kec. Sebulu berjalan, rujukan No. 31 sudah dibuat", 1),
        ("Berjalan. Selesai. Ditutup.", 3),
        ("satu\ndua\ntiga", 3),
    ],
)
def test_sentences_are_counted_as_people_count_them(text, count):
    assert sentences(text) == count


def test_a_safe_summary_has_two_sentences_at_most():
    assert wrong_summary("Pendampingan berjalan. Rujukan sudah dibuat.") is None
    assert "dua kalimat" in wrong_summary("Senin ia pulang. Selasa ia dibawa. Rabu ia diperiksa.")
    assert "600" in wrong_summary("a" * 601)


def test_a_circle_has_two_officers_besides_deputies():
    assert wrong_circle([1, 2], [3], [1, 2, 3]) is None
    assert wrong_circle([1], [2, 3], [1, 2, 3])
    assert wrong_circle([1, 2], [2], [1, 2]), "who is a deputy is no officer"
    assert wrong_circle([1, 9], [], [1, 2])


# ── the circle ──────────────────────────────────────────────────────────


def test_officers_and_deputies_see_it_and_nobody_else(secret, people):
    inside = {email for email, seat in people.items() if sees(secret, seat)}
    assert inside == {desk.HEAD, desk.ADMIN, desk.NARAHUBUNG}


def test_the_circle_is_chosen_from_diskominfo_and_the_lead(secret, people):
    with pytest.raises(Refused):
        secrecy.restrict(secret, people[desk.HEAD], ids(people, desk.HEAD, desk.OTHER_ADMIN), [])
    with pytest.raises(Refused):
        secrecy.restrict(secret, people[desk.HEAD], ids(people, desk.HEAD), ids(people, desk.ADMIN))


def test_who_is_left_out_holds_it_no_more(people):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN))
    actions.assign(ticket, people[desk.ADMIN], str(people[desk.NARAHUBUNG].id))
    secrecy.restrict(ticket, people[desk.HEAD], ids(people, desk.HEAD, desk.ADMIN), [])
    assert ticket.seat_id is None


def test_marking_tells_first_who_loses_sight(people, login):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN))
    browser = login(desk.HEAD)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}/kerahasiaan").text)
    choices = {f"p{people[desk.HEAD].person_id}": "petugas", f"p{people[desk.ADMIN].person_id}": "petugas"}
    asked = browsing.submit(browser, page, 'form[action$="/terbatas"]', **choices)
    assert asked.status_code == 200 and "kehilangan akses" in asked.text
    for name in ("Rina Operator", "Budi Narahubung", "Siti Pimpinan"):
        assert name in asked.text
    assert "Joko Narahubung" not in asked.text, "never saw it"
    db.session.expire_all()
    assert not db.session.get(Ticket, ticket.id).restricted, "nothing happened yet"
    done = browsing.submit(browser, browsing.read(asked.text), "#yakin")
    assert done.status_code == 303
    db.session.expire_all()
    assert db.session.get(Ticket, ticket.id).restricted
    assert login(desk.OPERATOR).get(f"/tiket/{ticket.id}").status_code == 404
    assert "kanari" not in browser.get(done.location).text


def test_one_officer_alone_is_refused_and_the_choice_survives(people, login):
    ticket = desk.ticket(people)
    browser = login(desk.HEAD)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}/kerahasiaan").text)
    me = f"p{people[desk.HEAD].person_id}"
    answer = browsing.submit(browser, page, 'form[action$="/terbatas"]', **{me: "petugas"})
    assert answer.status_code == 422 and "dua petugas" in answer.text
    kept = browsing.read(answer.text).css_first(f"#{me} option[selected]")
    assert kept.attributes["value"] == "petugas"


def test_whoever_leaves_himself_out_is_led_to_the_list(people, login):
    ticket = desk.ticket(people)
    browser = login(desk.OPERATOR)
    sent = {f"p{people[desk.HEAD].person_id}": "petugas", f"p{people[desk.ADMIN].person_id}": "petugas", "sure": "1"}
    page = browsing.read(browser.get(f"/tiket/{ticket.id}/kerahasiaan").text)
    done = browsing.submit(browser, page, 'form[action$="/terbatas"]', **sent)
    assert done.location == "/tiket"
    assert "Anda sendiri tidak termasuk" in browser.get("/tiket").text


def test_lifting_needs_a_reason_and_forgets_every_name(secret, people):
    with pytest.raises(Refused):
        secrecy.unrestrict(secret, people[desk.HEAD], " ")
    secrecy.unrestrict(secret, people[desk.HEAD], "Perkaranya sudah diumumkan.")
    assert sees(secret, people[desk.OPERATOR])
    assert not db.session.scalar(select(NamedOfficer.person_id))
    assert "ticket.unrestricted" in kinds(secret)


def test_a_stale_page_cannot_change_the_circle(secret, people, login):
    browser = login(desk.HEAD)
    page = browsing.read(browser.get(f"/tiket/{secret.id}/kerahasiaan").text)
    secrecy.restrict(secret, people[desk.HEAD], ids(people, desk.HEAD, desk.NARAHUBUNG), [])
    answer = browsing.submit(browser, page, 'form[action$="/cabut-terbatas"]', reason="Sudah selesai.")
    assert answer.status_code == 409 and "Sudah selesai." in answer.text
    db.session.expire_all()
    assert db.session.get(Ticket, secret.id).restricted


# ── emergency opening ───────────────────────────────────────────────────


@pytest.fixture
def second_head(people):
    """Another system admin, who is not named."""
    seat = people[desk.OPERATOR]
    seat.is_admin = True
    db.session.commit()
    return seat


def opened(browser, number, reason="Kedua petugas cuti, tenggat pukul 12."):
    page = browsing.read(browser.get("/tiket/darurat").text)
    return browsing.submit(browser, page, 'form[action="/tiket/darurat"]', number=str(number), reason=reason)


def test_an_emergency_opening_lasts_a_day_and_all_named_are_told(secret, people, second_head, login, work_off):
    browser = login(desk.OPERATOR)
    answer = opened(browser, secret.id)
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert "kanari-terbatas" in page and "dalam keadaan darurat" in page
    row = db.session.get(NamedOfficer, (secret.id, second_head.person_id))
    assert row.reason == "Kedua petugas cuti, tenggat pukul 12."
    told = db.session.scalars(select(Letter.person_id).where(Letter.kind == "emergency")).all()
    assert set(told) == set(ids(people, desk.HEAD, desk.ADMIN, desk.NARAHUBUNG))
    work_off()
    assert set(db.session.scalars(select(Letter.state).where(Letter.kind == "emergency"))) == {"sent"}
    assert "Rina Operator" in login(desk.HEAD).get("/").text, "on the desk of those who are named"
    row.until = clock.now() - timedelta(minutes=1)
    db.session.commit()
    assert browser.get(answer.location).status_code == 404


def test_an_emergency_notice_tells_neither_matter_nor_reason(secret, people, second_head, login, work_off, app):
    from pathlib import Path

    opened(login(desk.OPERATOR), secret.id, "alasan-kanari")
    work_off()
    letters = [path.read_text() for path in Path(app.config["INSTANCE_PATH"]).rglob("*emergency*.eml")]
    assert len(letters) == 3
    for letter in letters:
        assert "kanari" not in letter and "/t/" not in letter


def test_whatever_cannot_be_opened_gets_one_sentence(secret, people, second_head, login):
    plain = desk.ticket(people)
    browser = login(desk.OPERATOR)
    told = {
        opened(browser, number).text.partition("Tidak ada tiket terbatas")[2][:90] for number in (plain.id, 9999, "x")
    }
    assert len(told) == 1 and told != {""}
    assert opened(login(desk.HEAD), secret.id).status_code == 422, "open to its officers already"
    assert opened(login(desk.OTHER_ADMIN), secret.id).status_code == 422, "another OPD's"


def test_only_system_admins_and_officers_of_opds_may_try(people, login):
    assert login(desk.OPERATOR).get("/tiket/darurat").status_code == 404
    assert login(desk.LEADER).get("/tiket/darurat").status_code == 404
    assert login(desk.OTHER_NARAHUBUNG).get("/tiket/darurat").status_code == 200


def test_an_officer_of_the_lead_who_is_not_named_may_open(people, login):
    ticket = desk.ticket(people, ("take_on", desk.ADMIN))
    secrecy.restrict(ticket, people[desk.HEAD], ids(people, desk.HEAD, desk.ADMIN), [])
    assert opened(login(desk.NARAHUBUNG), ticket.id).status_code == 303


def test_who_opened_in_an_emergency_cannot_change_the_circle(secret, people, second_head):
    secrecy.open_in_emergency(secret.id, second_head, "Mendesak.")
    with pytest.raises(Refused):
        secrecy.restrict(secret, second_head, ids(people, desk.OPERATOR, desk.HEAD), [])
    with pytest.raises(Refused):
        secrecy.unrestrict(secret, second_head, "Saya ingin membacanya.")


def test_an_opening_that_has_ended_counts_nothing_any_more(secret, people, second_head):
    """It is out of numbers too, not only out of pages."""
    secrecy.open_in_emergency(secret.id, second_head, "Mendesak.")
    assert sum(queries.counts(second_head).values()) == 1
    db.session.get(NamedOfficer, (secret.id, second_head.person_id)).until = clock.now() - timedelta(seconds=1)
    db.session.flush()
    assert sum(queries.counts(second_head).values()) == 0


# ── the alarm ───────────────────────────────────────────────────────────


def all_move(people):
    for email in (desk.HEAD, desk.ADMIN, desk.NARAHUBUNG):
        people[email].ended_at = clock.now()


def test_when_all_named_have_moved_a_system_admin_names_others_without_reading(secret, people, second_head, login):
    browser = login(desk.OPERATOR)
    assert f"#{secret.number}" not in browser.get("/tiket/terbatas").text
    all_move(people)
    kept = Seat(person_id=people[desk.OTHER_ADMIN].person_id, opd_id=people[desk.ADMIN].opd_id, role="admin_opd",
                basis="SK", confirmed_at=clock.now())  # fmt: skip
    db.session.add(kept)
    db.session.commit()
    assert "1 tiket terbatas" in browser.get("/").text
    alarm = browser.get("/tiket/terbatas").text
    assert f"#{secret.number}" in alarm and "Disdikbud" in alarm and "kanari" not in alarm
    page = browsing.read(browser.get(f"/tiket/terbatas/{secret.id}").text)
    assert "kanari" not in page.html
    named = {f"p{second_head.person_id}": "petugas", f"p{kept.person_id}": "petugas"}
    assert browsing.submit(browser, page, "main form", **named).status_code == 303
    assert sees(secret, kept)
    assert browser.get(f"/tiket/terbatas/{secret.id}").status_code == 404, "no alarm any more"


def test_who_moved_to_another_office_stands_for_it_no_more(secret, people, second_head):
    """A person is named, but only as long as they sit in Diskominfo or the lead OPD."""
    for email in (desk.HEAD, desk.ADMIN, desk.NARAHUBUNG):
        people[email].opd_id, people[email].role = people[desk.OTHER_ADMIN].opd_id, people[desk.OTHER_ADMIN].role
    db.session.flush()
    assert [row.id for row in db.session.execute(who.unattended(second_head))] == [secret.id]


# ── judul aman and child cases ──────────────────────────────────────────


def test_a_judul_aman_is_set_and_undone_from_the_ticket(people, login):
    ticket = desk.ticket(people, title="Siswi kelas 5")
    browser = login(desk.OPERATOR)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}/kerahasiaan").text)
    done = browsing.submit(
        browser, page, 'form[action$="/kerahasiaan/judul-aman"]', safe_title="Perkara di sebuah sekolah"
    )
    page = browsing.read(browser.get(done.location).text)
    assert "Siswi kelas 5" not in page.html
    done = browsing.submit(browser, page, '.say form[action$="/cabut-judul-aman"]')
    page = browsing.read(browser.get(done.location).text)
    assert "Siswi kelas 5" in page.html
    browsing.submit(browser, page, '.say form[action$="/judul-aman"]')
    assert "Siswi kelas 5" not in browser.get(f"/tiket/{ticket.id}").text


def test_the_title_is_not_told_again_while_sensitive_news_stands_behind(people):
    alert = desk.alert("Siswi korban", sensitive=True, safe_title="Perkara perlindungan anak")
    ticket = actions.promote([alert], people[desk.OPERATOR], {})
    with pytest.raises(Refused):
        secrecy.unmark_sensitive(ticket, people[desk.OPERATOR])


CHILD = {
    "safe_title": "Perkara perlindungan anak",
    "safe_summary": "Pendampingan berjalan. Rujukan sudah dibuat.",
    "case_reference": "31/UPTD",
}


def test_a_child_case_hides_its_news_and_keeps_two_sentences(people, login):
    ticket = desk.ticket(people, title="kanari-judul")
    browser = login(desk.OPERATOR)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}/kerahasiaan").text)
    done = browsing.submit(browser, page, 'form[action$="/anak"]', **CHILD)
    assert done.status_code == 303 and "Pertimbangkan" in browser.get(done.location).text
    db.session.expire_all()
    ticket = db.session.get(Ticket, ticket.id)
    assert ticket.child_case and ticket.sensitive and ticket.case_reference == "31/UPTD"
    assert all(alert.sensitive for alert in db.session.scalars(select(Alert)))
    told = browser.get(f"/tiket/{ticket.id}").text
    assert "Pendampingan berjalan" in told and "31/UPTD" in told and "kanari" not in told
    page = browsing.read(told)
    asli = browsing.submit(browser, page, 'form[action$="/asli"]', reason="Memeriksa rujukan")
    assert "kanari-judul" in asli.text and "Atap SDN 014" not in asli.text, "its news is not laid out"
    said = select(EventText.text).join(Event).where(Event.kind == "ticket.original_opened")
    assert db.session.scalar(said) == "Memeriksa rujukan"


def test_a_chronology_is_refused_and_kept_for_mending(people, login):
    ticket = desk.ticket(people)
    browser = login(desk.OPERATOR)
    page = browsing.read(browser.get(f"/tiket/{ticket.id}/kerahasiaan").text)
    long = "Senin ia pulang. Selasa ia dibawa. Rabu ia diperiksa."
    answer = browsing.submit(browser, page, 'form[action$="/anak"]', **CHILD | {"safe_summary": long})
    assert answer.status_code == 422 and long in answer.text
    db.session.expire_all()
    assert not db.session.get(Ticket, ticket.id).child_case


def test_news_that_joins_a_child_case_is_hidden_too(people):
    ticket = desk.ticket(people)
    secrecy.mark_child_case(ticket, people[desk.OPERATOR], CHILD)
    late = desk.alert("Berita susulan")
    actions.merge([late], ticket, people[desk.OPERATOR])
    assert late.sensitive and late.safe_title == "Perkara perlindungan anak"
