"""Papers of a rakor from its rows and from its frozen material: who gets them, what they tell, what they never tell."""

import io
import time
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from app.agenda import actions as agenda
from app.agenda.models import AgendaItem
from app.agenda.rules import Attendance
from app.core import clock
from app.extensions import db
from app.papers import rakor as shaping
from app.papers.rules import MeetingPaper
from app.papers.rules.meetings import MATRIX_HEAD
from app.papers.rules.signing import head_of_office, head_of_region
from app.tickets.actions import secrecy
from tests.agenda.hall import matter, place_of, plan, rakor
from tests.papers.meetings import photo
from tests.papers.test_pages import fields
from tests.papers.test_render import bare, text_of_docx, text_of_pdf
from tests.papers.test_secrets_leave_nowhere import everything_in
from tests.tickets.desk import ADMIN, HEAD, LEADER, NARAHUBUNG, OPERATOR, ticket

EVERYTHING = [(kind, form) for kind in MeetingPaper for form in kind.forms]
OUTCOME = "Atap diganti dari anggaran perubahan."


@pytest.fixture
def held(people):
    """A rakor of one matter that was decided, with a plan, and ended."""
    item = matter(people, background="Dua kelas belajar di teras.", cause="Rangka lapuk")
    meeting = rakor(people, item, locked=True, chair="Sekretaris Daerah", note_taker="Rina")
    by = {guest.id: (Attendance.PRESENT, "") for guest in meeting.guests[:1]}
    by |= {guest.id: (Attendance.REPRESENTED, "Sekretaris dinas") for guest in meeting.guests[1:]}
    agenda.attend(meeting, people[OPERATOR], by)
    agenda.decide(meeting, place_of(item, meeting), people[OPERATOR], "Kepala sekolah menjelaskan.", OUTCOME, True)
    plan(people, item, meeting, indicator="Kelas dipakai lagi", spokesperson="Kadisdikbud")
    agenda.finish(meeting, people[OPERATOR])
    db.session.commit()
    return meeting


def address(meeting, kind, form="pdf"):
    return f"/rakor/{meeting.id}/kertas/{kind}.{form}"


def words(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return text_of_pdf(answer.data) if answer.data.startswith(b"%PDF") else text_of_docx(answer.data)


def test_the_page_offers_every_paper_in_one_click(held, visit_as):
    html = visit_as(OPERATOR)(f"/rakor/{held.id}/kertas")
    links = {link.attributes["href"] for link in html.css(".paper-list a[download]")}
    assert links == {address(held, kind, form) for kind, form in EVERYTHING}


@pytest.mark.parametrize(("kind", "form"), EVERYTHING)
def test_every_paper_comes_in_every_form(held, login, kind, form):
    answer = login(OPERATOR).get(address(held, kind, form))
    assert answer.status_code == 200
    assert f'filename="{kind}-rakor-{held.id}.{form}"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("who", [ADMIN, NARAHUBUNG])
@pytest.mark.parametrize("path", ["/kertas", "/kertas/undangan.pdf", "/kertas/bahan.docx", "/kertas/matriks.xlsx"])
def test_an_invited_opd_prints_none(held, login, who, path):
    assert login(who).get(f"/rakor/{held.id}{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/agenda/register.pdf", "/agenda/register.docx", "/rtl/matriks.xlsx", "/rtl/matriks.pdf"]
)
def test_register_and_matriks_of_everything(held, login, path):
    assert login(OPERATOR).get(path).status_code == login(LEADER).get(path).status_code == 200
    assert login(ADMIN).get(path).status_code == 404


def test_a_workbook_is_offered_of_the_matriks_only(held, login):
    assert login(OPERATOR).get(address(held, "notula", "xlsx")).status_code == 404


def test_a_cancelled_rakor_has_no_papers(people, login):
    meeting = rakor(people, matter(people))
    agenda.cancel(meeting, people[OPERATOR], "Bentrok")
    db.session.commit()
    assert login(OPERATOR).get(f"/rakor/{meeting.id}/kertas").status_code == 404
    assert login(OPERATOR).get(address(meeting, "undangan")).status_code == 404


def test_the_notula_tells_who_came_what_was_decided_and_who_does_it(held, login):
    browser = login(OPERATOR)
    for form in ("pdf", "docx"):
        told = bare(words(browser.get(address(held, "notula", form))))
        for part in ("Atap sekolah di hulu", OUTCOME, "Perbaiki atap SDN 014", "Kelas dipakai lagi", "Sekretaris Daerah",
                     "Diwakili oleh Sekretaris dinas", "1 hadir, 1 diwakili"):  # fmt: skip
            assert bare(part) in told, part


def test_the_berita_acara_writes_the_day_out_and_is_signed_by_those_who_came(people, held):
    made = shaping.shape(MeetingPaper.AGREEMENT, held, people[OPERATOR])
    assert (
        "tanggal" in made.opening[0]
        and f"tahun dua ribu dua puluh {'enam' if clock.today().year == 2026 else ''}" in made.opening[0]
    )
    assert [who for _office, who in made.parties] == ["", "Sekretaris dinas"]
    assert made.points[0].paragraphs[0] == OUTCOME


def test_the_matriks_has_its_twelve_columns(held, login):
    body = login(OPERATOR).get(address(held, "matriks", "xlsx")).data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    first = next(n for n, row in enumerate(rows) if tuple(row) == MATRIX_HEAD)
    assert rows[first + 1][6] == "Perbaiki atap SDN 014"
    assert rows[first + 1][9:11] == ["Berjalan", 0]


def test_what_was_decided_is_a_draft_until_the_rakor_has_ended(people, held):
    item = matter(people, ticket(people), title="Jalan")
    coming = rakor(people, item, locked=True)
    for kind in MeetingPaper:
        if kind.after:
            assert shaping.shape(kind, coming, people[OPERATOR]).sheet.mark == "DRAF"
            assert shaping.shape(kind, held, people[OPERATOR]).sheet.mark == ""


def test_locked_material_prints_the_same_bytes_whatever_changes(people, login):
    item = matter(people, background="Dua kelas belajar di teras.")
    meeting = rakor(people, item)
    browser = login(OPERATOR)
    assert "DRAF" in words(browser.get(address(meeting, "bahan"))).replace(" ", "")
    agenda.lock(meeting, people[OPERATOR])
    db.session.commit()
    before = browser.get(address(meeting, "bahan")).data
    agenda.revise(item, people[OPERATOR], {"title": "Judul lain", "background": "Lain"})
    agenda.rearrange(meeting, people[OPERATOR], {
        "topic": "Topik lain", "starts_at": clock.now() + timedelta(days=9), "place": "Aula", "guests": ["DPU"],
    })  # fmt: skip
    db.session.commit()
    assert browser.get(address(meeting, "bahan")).data == before
    assert "DRAF" not in text_of_pdf(before).replace(" ", "")
    assert "Aula" in words(browser.get(address(meeting, "undangan")))


def test_few_guests_stand_in_the_letter_and_many_on_a_list(people):
    few = shaping.shape(MeetingPaper.INVITATION, rakor(people), people[OPERATOR])
    assert len(few.guests) == 2 and not few.annexed and few.letter.attachment == "-"
    codes = db.session.scalars(db.text("select code from opd where active limit 20")).all()
    many = shaping.shape(MeetingPaper.INVITATION, rakor(people, guests=tuple(codes)), people[OPERATOR])
    assert many.annexed == (len(many.guests) > 8)


CANARY = "kanari"


def told_on_paper(login, meeting, readers=(OPERATOR, HEAD, LEADER)) -> dict:
    paths = [address(meeting, kind, form) for kind, form in EVERYTHING]
    paths += ["/agenda/register.pdf", "/agenda/register.docx", "/rtl/matriks.xlsx", "/rtl/matriks.docx"]
    return {(who, path): everything_in(login(who).get(path)).lower() for who in readers for path in paths}


@pytest.mark.parametrize("named", [False, True])
def test_a_matter_that_became_a_secret_leaves_on_no_paper(people, login, named):
    """Sensitive, and restricted to a named officer, after the material was locked and the rakor held."""
    row = ticket(people)
    given = {
        name: f"{CANARY} {name}" for name in ("background", "cause", "narrative", "target", "indicator", "question")
    }
    item = matter(people, row, title="Kanari di sekolah", **given)
    meeting = rakor(people, item, locked=True)
    agenda.decide(meeting, place_of(item, meeting), people[OPERATOR], "Kanari dibahas.", "Didampingi.", True)
    plan(people, item, meeting, text="Dampingi keluarga")
    agenda.finish(meeting, people[OPERATOR])
    db.session.commit()
    assert any(CANARY in told for told in told_on_paper(login, meeting, [OPERATOR]).values()), "the canary sings before"
    people_named = [people[HEAD].person_id] if named else None
    secrecy.set_secrecy(row, people[HEAD], safe_title="Perkara perlindungan anak", named=people_named)
    item.title = "Perkara perlindungan anak"
    db.session.commit()
    found = told_on_paper(login, meeting)
    assert [where for where, told in found.items() if CANARY in told] == []
    notula = bare(found[OPERATOR, address(meeting, "notula", "docx")])
    assert (bare("Dampingi keluarga") in notula) is not named


def test_the_head_of_the_region_by_its_kind():
    assert head_of_region("Pemerintah Kabupaten Kutai Kartanegara") == "Bupati Kutai Kartanegara"
    assert head_of_region("Pemerintah Kota Samarinda") == "Wali Kota Samarinda"
    assert head_of_region("Otorita") == "Kepala Daerah"


@pytest.mark.parametrize(("office", "head"), [
    ("Dinas Perhubungan", "Kepala Dinas Perhubungan"), ("Sekretariat Daerah", "Sekretaris Daerah"),
    ("Kecamatan Anggana", "Camat Anggana"), ("Inspektorat", "Inspektur"),
    ("Perumda Air Minum Tirta Mahakam", "Direktur Utama Perumda Air Minum Tirta Mahakam"),
])  # fmt: skip
def test_the_head_of_an_office_by_its_kind(office, head):
    assert head_of_office(office) == head
    assert head_of_office("PLN UP3", outside=True) == "Pimpinan PLN UP3"


def with_photos(browser, meeting, *files, **values):
    page = f"/rakor/{meeting.id}/kertas"
    photos = [(io.BytesIO(body), f"foto {n}.jpg") for n, body in enumerate(files)]
    sent = fields(browser.get(page).text, f"{page}/foto") | {"photos": photos} | values
    return browser.post(f"{page}/foto", data=sent, content_type="multipart/form-data")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_notula_bears_its_photos_behind_it(held, login, form):
    given = {"shape": form, "captions": "Peserta di ruang rapat\n"}
    told = bare(words(with_photos(login(OPERATOR), held, photo(0), photo(1), **given)))
    assert bare("Foto 1. Peserta di ruang rapat") in told
    assert bare(f"Foto 2. {held.topic}") in told and bare(OUTCOME) in told


def test_what_is_no_photo_is_told_so_and_words_stay(held, login):
    browser = login(OPERATOR)
    refused = with_photos(browser, held, b"%PDF-1.7", captions="Ruang rapat")
    assert refused.status_code == 422 and "bukan foto" in refused.text and "Ruang rapat" in refused.text
    assert with_photos(browser, held).status_code == 422
    assert with_photos(browser, held, *[photo(0)] * 7).status_code == 422


PLANS_BY_SQL = """
SELECT count(*), sum(CASE WHEN p.state = 'running' THEN 1 ELSE 0 END),
       sum(CASE WHEN p.state = 'running' AND p.due_on < :today THEN 1 ELSE 0 END),
       sum(CASE WHEN p.state = 'kept' THEN 1 ELSE 0 END)
FROM plan p JOIN rakor_item i ON i.id = p.rakor_item_id WHERE i.rakor_id = :rakor"""
GUESTS_BY_SQL = "SELECT attendance, count(*) FROM rakor_guest WHERE rakor_id = :rakor GROUP BY attendance"
ALERTS_BY_SQL = """
SELECT count(DISTINCT a.id), sum(CASE WHEN a.tone = 'negative' THEN 1 ELSE 0 END)
FROM agenda_source s JOIN ticket_alert t ON t.ticket_id = s.ticket_id JOIN alert a ON a.id = t.alert_id
WHERE s.item_id = :item"""


def test_numbers_on_paper_are_those_of_the_rows(people, held):
    """Counted once more without any of our queries."""
    [of_rakor] = {one.item_id for one in held.matters}
    item = db.session.get_one(AgendaItem, of_rakor)
    late = plan(people, item, held, text="Pagari lokasi", due_on=clock.today() - timedelta(days=1))
    agenda.keep(plan(people, item, held, text="Data kelas"), people[OPERATOR], "Selesai")
    db.session.commit()
    assert late.late
    known = {"rakor": held.id, "today": clock.today(), "item": of_rakor}

    def rows(sql):
        return db.session.execute(db.text(sql), {name: known[name] for name in known if f":{name}" in sql}).all()

    [(every, running, overdue, kept)] = rows(PLANS_BY_SQL)
    made = shaping.shape(MeetingPaper.MATRIX, held, people[OPERATOR])
    assert made.summary == f"{every} rencana: {running} berjalan ({overdue} lewat target), {kept} terlaksana."
    assert (every, running, overdue, kept) == (3, 2, 1, 1)
    came = dict(rows(GUESTS_BY_SQL))
    assert shaping.shape(MeetingPaper.ATTENDANCE, held, people[OPERATOR]).summary == (
        f"Diundang {sum(came.values())} OPD: {came['present']} hadir, {came['represented']} diwakili."
    )
    [(alerts, _negative)] = rows(ALERTS_BY_SQL)
    [brought] = shaping.shape(MeetingPaper.MATERIAL, held, people[OPERATOR]).matters
    assert brought.evidence[0].startswith(f"{alerts} pantauan")


AFTERWARDS = (MeetingPaper.MINUTES, MeetingPaper.MATRIX, MeetingPaper.REGISTER)
MOST_STATEMENTS = 22
SECONDS = 3
"""What an operator waits for after «Rakor selesai»; on one page or on fifteen."""


def test_thirty_matters_cost_as_many_statements_as_two_and_are_there_at_once(people, login, statements):
    def decided(many):
        row = [matter(people, ticket(people, title=f"Perkara {n}"), title=f"Perkara {n}") for n in range(many)]
        meeting = rakor(people, *row, locked=True)
        for item in row:
            agenda.decide(meeting, place_of(item, meeting), people[OPERATOR], "Dibahas.", OUTCOME, True)
            plan(people, item, meeting)
        agenda.finish(meeting, people[OPERATOR])
        db.session.commit()
        return meeting

    def costs(meeting):
        found = {}
        for kind in AFTERWARDS:
            with statements() as seen:
                since = time.perf_counter()
                for form in ("pdf", "docx"):
                    assert browser.get(address(meeting, kind, form)).status_code == 200
                assert time.perf_counter() - since < SECONDS, kind
            found[kind] = len(seen) // 2
        return found

    browser, few, many = login(OPERATOR), decided(2), decided(30)
    costs(few)
    assert costs(many) == costs(few)
    assert max(costs(few).values()) <= MOST_STATEMENTS
