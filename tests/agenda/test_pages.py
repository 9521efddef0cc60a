"""A matter goes from a ticket's page through a rakor to a plan that is kept, as people with a browser do it."""

import io

import pytest
from sqlalchemy import func, select

from app.agenda import actions
from app.agenda.models import AgendaItem, Plan, Rakor, RakorItem
from app.agenda.rules import AgendaStage, Attendance, PlanState, RakorState
from app.core import clock
from app.tickets.actions import secrecy
from tests.agenda.hall import matter, place_of, plan, rakor
from tests.harness.client import fields_of, parse, read
from tests.tickets.desk import ADMIN, LEADER, OPERATOR, OTHER_ADMIN, ticket

MOST_STATEMENTS = 16
AND_TO_COMPARE = 6
"""A rakor's page also makes a fresh draft beside the frozen material."""


def send(browser, page: str, action: str, **values):
    """Fill in the form of `page` that goes to `action`, and send it."""
    form = next(form for form in parse(browser.get(page).text).css("form") if form.attributes["action"] == action)
    return browser.post(action, data=fields_of(form) | values, content_type="multipart/form-data")


def test_from_a_tickets_page_to_the_agenda(people, login, db_session):
    row = ticket(people)
    browser = login(OPERATOR)
    assert f'href="/tiket/{row.id}/usulkan"' in browser.get(f"/tiket/{row.id}").text
    where = f"/tiket/{row.id}/usulkan"
    answer = send(browser, where, where, question="Dari anggaran mana?")
    item = db_session.scalars(select(AgendaItem)).one()
    assert answer.headers["Location"] == f"/agenda/{item.id}"
    assert (item.title, item.lead.code, item.why) == (row.title, "DISDIKBUD", "")
    assert browser.get(where).headers["Location"] == f"/agenda/{item.id}", (
        "once proposed it is shown, not proposed again"
    )
    assert f"/agenda/{item.id}" in browser.get("/agenda").text


def test_from_an_isu_to_the_agenda(people, login, db_session):
    from app.monitoring.actions.isu import put_together
    from tests.tickets.desk import alert

    isu = put_together([alert("Air keruh"), alert("Air keruh lagi")], people[OPERATOR], "Air keruh di hulu")
    browser, where = login(OPERATOR), f"/isu/{isu.id}/usulkan"
    assert f'href="{where}"' in browser.get(f"/isu/{isu.id}").text
    assert send(browser, where, where).status_code == 303
    item = db_session.scalars(select(AgendaItem)).one()
    assert item.title == "Air keruh di hulu"
    assert f'href="/isu/{isu.id}"' in browser.get(f"/agenda/{item.id}").text
    assert login(LEADER).get(where).status_code == 404


def test_an_agreement_is_pasted_and_refused_without_its_day(people, login, db_session):
    browser = login(OPERATOR)
    given = {"note": "Damkar siap dua truk.", "title": "Truk tangki"}
    answer = send(browser, "/agenda/usul", "/agenda/usul", **given)
    assert answer.status_code == 422 and "Damkar siap dua truk." in answer.text and "Isi tanggal" in answer.text
    day = clock.today().isoformat()
    assert send(browser, "/agenda/usul", "/agenda/usul", **given, noted_on=day).status_code == 303
    assert "Damkar siap dua truk." in browser.get(f"/agenda/{db_session.scalar(select(AgendaItem.id))}").text


def test_a_form_that_is_sent_twice_acts_once(people, login, db_session):
    browser = login(OPERATOR)
    sent = fields_of(parse(browser.get("/agenda/usul").text).css_first('form[action="/agenda/usul"]'))
    sent |= {"note": "Sepakat.", "noted_on": clock.today().isoformat(), "title": "Sekali saja"}
    assert [browser.post("/agenda/usul", data=sent).status_code for _ in range(2)] == [303, 303]
    assert db_session.scalar(select(func.count()).select_from(AgendaItem)) == 1


def test_stages_on_the_page(people, login, db_session):
    item = matter(people)
    where, browser = f"/agenda/{item.id}", login(OPERATOR)
    assert send(browser, where, f"{where}/tahap", move="agree").status_code == 303
    refused = send(browser, where, f"{where}/tahap", move="approve")
    assert refused.status_code == 422 and "Pilih bentuk" in refused.text
    given = {"approval_kind": "disposisi", "approval_on": clock.today().isoformat(), "approval_number": "188/12"}
    picture = {"file": (io.BytesIO(b"GIF89a"), "a.gif")}
    assert send(browser, where, f"{where}/tahap", move="approve", **given, **picture).status_code == 422
    signed = {"file": (io.BytesIO(b"%PDF-1.7 disposisi"), "scan.pdf")}
    assert send(browser, where, f"{where}/tahap", move="approve", **given, **signed).status_code == 303
    db_session.expire_all()
    assert item.stage is AgendaStage.APPROVED
    assert browser.get(f"{where}/persetujuan.pdf").data == b"%PDF-1.7 disposisi"
    assert "188/12" in login(LEADER).get(where).text


def test_a_stale_page_changes_nothing_keeps_the_words_and_says_who_was_first(people, login, db_session):
    item = matter(people)
    where, browser = f"/agenda/{item.id}/isi", login(OPERATOR)
    old = fields_of(parse(browser.get(where).text).css_first(f'form[action="{where}"]'))
    send(browser, where, where, title="Yang pertama")
    answer = browser.post(where, data=old | {"title": "Yang kedua"})
    assert answer.status_code == 409 and "Yang kedua" in answer.text and "Rina Operator" in answer.text
    again = fields_of(read(answer.text).css_first(f'form[action="{where}"]'))
    assert browser.post(where, data=again).status_code == 303, "sent again it is a decision"
    db_session.expire_all()
    assert item.title == "Yang kedua"


def test_merging_on_the_page(people, login, db_session):
    item, other = matter(people), matter(people, title="Kelas bocor")
    where, browser = f"/agenda/{item.id}", login(OPERATOR)
    assert send(browser, where, f"{where}/satukan", other=str(other.id)).status_code == 303
    assert browser.get(f"/agenda/{other.id}").headers["Location"] == where


def prepared(people, login, *items):
    """A rakor through its form, with these matters, not locked."""
    browser = login(OPERATOR)
    given = {
        "topic": "Rakor pekan ini",
        "starts_at": "2026-12-03T09:00",
        "place": "Ruang rapat",
        "guests": ["DISDIKBUD"],
    }
    where = send(browser, "/rakor/baru", "/rakor/baru", **given).headers["Location"]
    if items:
        page = browser.get(where).text
        sent = fields_of(parse(page).css_first(f'form[action="{where}/acara"]'))
        assert (
            browser.post(f"{where}/acara", data=sent | {"items": [str(item.id) for item in items]}).status_code == 303
        )
    return browser, where


def test_a_rakor_is_prepared_held_and_finished(people, login, db_session):
    item = matter(people)
    browser, where = prepared(people, login, item)
    assert "Belum ada rakor" not in login(ADMIN).get("/rakor").text
    before = login(ADMIN).get(where).text
    assert "setelah Diskominfo mengunci" in before and item.title not in before
    assert send(browser, where, f"{where}/kunci").status_code == 303
    told = login(ADMIN).get(where).text
    assert item.title in told and item.question in told and f"/agenda/{item.id}" not in told
    meeting = db_session.scalars(select(Rakor)).one()
    guest = meeting.guests[0]
    came = {f"hadir-{guest.id}": "represented", f"oleh-{guest.id}": ""}
    refused = send(browser, where, f"{where}/hadir", **came)
    assert refused.status_code == 422
    assert parse(refused.text).css_first(f'#hadir-{guest.id} option[value="represented"][selected]'), "nothing is lost"
    assert send(browser, where, f"{where}/hadir", **came | {f"oleh-{guest.id}": "Sekdis"}).status_code == 303
    page = f"{where}/perkara/{item.id}"
    said = {"outcome": "Rehab bertahap.", "discussion": "Dibahas.", "agreed": "y"}
    assert send(browser, page, f"{page}/keputusan", **said).status_code == 303
    given = {"text": "Perbaiki atap", "opd": "DISDIKBUD", "due_on": "2026-12-31", "supports": ["DPU"]}
    assert send(browser, page, f"{page}/rencana", **given).status_code == 303
    assert send(browser, page, f"{page}/rencana", **given).status_code == 422, (
        "the same plan again, after a lost answer"
    )
    assert send(browser, where, f"{where}/selesai").status_code == 303
    db_session.expire_all()
    assert (meeting.state, guest.attendance) == (RakorState.FINISHED, Attendance.REPRESENTED)
    assert item.stage is AgendaStage.AGREED
    made = db_session.scalars(select(Plan)).one()
    assert [support.opd.code for support in made.supports] == ["DPU"]
    for email in (ADMIN, OTHER_ADMIN, LEADER):
        assert "Perbaiki atap" in login(email).get("/rtl").text


def test_what_changed_since_the_lock_is_shown(people, login):
    item = matter(people)
    meeting = rakor(people, item, locked=True)
    browser = login(OPERATOR)
    assert "Belum ada yang berubah sejak dikunci." in browser.get(f"/rakor/{meeting.id}").text
    send(browser, f"/agenda/{item.id}/isi", f"/agenda/{item.id}/isi", title="Atap semua sekolah")
    page = browser.get(f"/rakor/{meeting.id}").text
    assert "Sejak dikunci berubah" in page and "judul Atap sekolah di hulu → Atap semua sekolah" in page


def test_the_order_is_changed_and_a_matter_taken_off(people, login, db_session):
    first, second = matter(people), matter(people, title="Air")
    meeting = rakor(people, first, second)
    where, browser = f"/rakor/{meeting.id}", login(OPERATOR)
    assert send(browser, where, f"{where}/acara/{second.id}", do="naik").status_code == 303
    assert send(browser, where, f"{where}/acara/{first.id}", do="keluarkan").status_code == 303
    left = db_session.scalars(select(RakorItem.item_id).where(RakorItem.rakor_id == meeting.id)).all()
    assert left == [second.id]


def test_two_who_write_the_same_decision(people, login, db_session):
    item = matter(people)
    meeting = rakor(people, item, locked=True)
    page, browser = f"/rakor/{meeting.id}/perkara/{item.id}", login(OPERATOR)
    old = fields_of(parse(browser.get(page).text).css_first(f'form[action="{page}/keputusan"]'))
    send(browser, page, f"{page}/keputusan", outcome="Yang pertama")
    answer = browser.post(f"{page}/keputusan", data=old | {"outcome": "Yang kedua"})
    assert answer.status_code == 409 and "Yang kedua" in answer.text and "Rina Operator" in answer.text
    db_session.expire_all()
    assert place_of(item, meeting).outcome == "Yang pertama"


def test_the_projector_goes_from_open_plans_through_every_matter(people, visit_as):
    first, second = matter(people), matter(people, title="Air keruh")
    plan(people, first)
    meeting = rakor(people, first, second, locked=True)
    visit = visit_as(OPERATOR)
    seen = [visit(f"/rakor/{meeting.id}/layar/{n}") for n in range(3)]
    assert [page.css_first("h1").text() for page in seen] == ["Rencana yang masih terbuka", first.title, second.title]
    assert seen[0].css_first('[data-key="ArrowRight"]').attributes["href"] == f"/rakor/{meeting.id}/layar/1"
    assert seen[2].css_first('[data-key="ArrowRight"]') is None and seen[2].css_first('[data-key="ArrowLeft"]')
    visit(f"/rakor/{meeting.id}/layar/3", 404)
    visit_as(ADMIN)(f"/rakor/{meeting.id}/layar/1", 404)


def test_progress_is_reported_by_the_opd_and_the_end_by_diskominfo(people, login, db_session):
    made = plan(people)
    where = f"/rtl/{made.id}"
    assert send(login(ADMIN), where, f"{where}/kemajuan", note="Bahan dibeli.", progress="140").status_code == 422
    assert send(login(ADMIN), where, f"{where}/kemajuan", note="Bahan dibeli.", progress="40").status_code == 303
    assert "Bahan dibeli." in login(OTHER_ADMIN).get(where).text, "who supports reads how far it is"
    assert "/kemajuan" not in login(OTHER_ADMIN).get(where).text
    operator = login(OPERATOR)
    assert send(operator, where, f"{where}/akhir", do="batal").status_code == 422
    assert send(operator, where, f"{where}/akhir", do="terlaksana").status_code == 303
    db_session.expire_all()
    assert (made.state, made.progress) == (PlanState.KEPT, 100)


def test_leaders_staff_record_an_instruction(people, login, db_session):
    browser = login(LEADER)
    given = {"text": "Data ulang sekolah rusak", "opd": "DISDIKBUD", "due_on": "2026-12-20", "given_by": "Bupati"}
    day = clock.today().isoformat()
    assert send(browser, "/rtl/baru", "/rtl/baru", **given | {"given_by": ""}, given_on=day).status_code == 422
    assert send(browser, "/rtl/baru", "/rtl/baru", **given, given_on=day, way="Disposisi").status_code == 303
    assert "Data ulang sekolah rusak" in login(ADMIN).get("/rtl").text


@pytest.mark.parametrize(
    "path, statuses",
    [
        ("/agenda", (200, 200, 404)),
        ("/agenda/{item}", (200, 200, 404)),
        ("/agenda/{item}/isi", (200, 404, 404)),
        ("/agenda/usul", (200, 404, 404)),
        ("/rakor", (200, 200, 200)),
        ("/rakor/baru", (200, 404, 404)),
        ("/rakor/{rakor}", (200, 200, 404)),
        ("/rakor/{rakor}/perkara/{item}", (200, 200, 404)),
        ("/rtl", (200, 200, 200)),
        ("/rtl/baru", (200, 200, 404)),
        ("/rtl/{plan}", (200, 200, 404)),
    ],
)
def test_who_opens_what(people, visit_as, path, statuses):
    item = matter(people)
    meeting = rakor(people, item, guests=["SETDA"], locked=True)
    made = plan(people, item, meeting, opd="SETDA", supports=[])
    at = path.format(item=item.id, rakor=meeting.id, plan=made.id)
    for email, status in zip((OPERATOR, LEADER, ADMIN), statuses, strict=True):
        visit_as(email)(at, status)


def test_a_sensitive_matter_tells_leaders_its_title_alone(people, visit_as):
    row = ticket(people)
    item = matter(people, row, background="Latar rahasia")
    meeting = rakor(people, item, locked=True)
    actions.decide(meeting, place_of(item, meeting), people[OPERATOR], "", "Didampingi.", False)
    secrecy.mark_sensitive(row, people[OPERATOR], "Perkara di sebuah sekolah")
    for path in (f"/agenda/{item.id}", f"/rakor/{meeting.id}", f"/rakor/{meeting.id}/perkara/{item.id}", "/agenda",
                 f"/rakor/{meeting.id}/layar/1"):  # fmt: skip
        told = visit_as(LEADER)(path).html
        assert "Perkara di sebuah sekolah" in told
        assert "Latar rahasia" not in told and "Atap sekolah" not in told and "roboh" not in told, path


@pytest.mark.parametrize("path", ["/agenda", "/agenda/{item}", "/rakor", "/rakor/{rakor}", "/rtl", "/rtl/{plan}",
                                  "/rakor/{rakor}/perkara/{item}", "/rakor/{rakor}/layar/1"])  # fmt: skip
def test_how_many_statements_a_page_costs(people, login, statements, path):
    items = [matter(people, title=f"Perkara {number}") for number in range(6)]
    meeting = rakor(people, *items, locked=True)
    made = [plan(people, item, meeting) for item in items]
    browser = login(OPERATOR)
    at = path.format(item=items[0].id, rakor=meeting.id, plan=made[0].id)
    browser.get(at)
    with statements() as seen:
        assert browser.get(at).status_code == 200
    most = MOST_STATEMENTS + (AND_TO_COMPARE if path == "/rakor/{rakor}" else 0)
    assert len(seen) <= most, "\n".join(seen)
