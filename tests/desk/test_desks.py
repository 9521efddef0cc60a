"""Each role's first page: what waits stands first; nothing of others; a fixed number of statements."""

from datetime import timedelta

import pytest

from app.core import clock
from app.extensions import db
from app.notify.models import Letter, LetterState
from app.people.models import Seat
from app.people.rules import Role, SeatKind
from app.tickets import actions
from app.tickets.rules import State
from tests.factories import make_alert, make_person, make_seat, make_source, make_ticket

OPERATOR, HEAD = "operator@diskominfo.demo", "kepala@diskominfo.demo"
ADMIN, LIAISON, LEADER = "admin@dpu.demo", "narahubung@dpu.demo", "pimpinan@kukar.demo"
BUDGET = (
    15  # one asks for tasks, one for the last shift's notes, one for what is to be known at once of restricted matters
)


def opened(people, title, **values):
    ticket = actions.promote([make_alert(title)], people[OPERATOR], values)
    db.session.commit()
    return ticket


def answered(people, title, text="Ditambal Rabu 25 November pukul 14.00."):
    ticket = opened(people, title, opd="DPU")
    actions.move(ticket, "take_on", people[ADMIN])
    actions.move(ticket, "submit", people[ADMIN], {"answer": text})
    return ticket


def headings(page) -> list[str]:
    return [head.text().strip() for head in page.css(".group-head h2")]


def titles(page) -> list[str]:
    return [link.text().strip() for link in page.css("main .item h3 a")]


@pytest.mark.parametrize("who", [OPERATOR, HEAD, ADMIN, LIAISON, LEADER])
def test_the_desk_costs_the_same_however_much_waits(login, people, statements, who):
    client = login(who)
    for n in range(3):
        opened(people, f"Jalan {n}", opd="DPU")
        opened(people, f"Baru {n}")
        answered(people, f"Jawab {n}")
    client.get("/")
    with statements() as few:
        client.get("/")
    for n in range(20):
        opened(people, f"Jalan lagi {n}", opd="DPU")
    with statements() as many:
        client.get("/")
    assert len(few) == len(many) <= BUDGET, many


def test_diskominfos_desk_groups_what_waits_by_verb(visit_as, people):
    opened(people, "Belum ada pengampu")
    contested = opened(people, "Diperebutkan", opd="DPU")
    actions.move(contested, "object", people[ADMIN], {"reason": "Bukan jalan kabupaten.", "proposed": "DISDIKBUD"})
    reviewed = answered(people, "Terjawab")
    actions.move(reviewed, "approve", people[LIAISON])
    crisis = opened(people, "Bendungan retak", opd="DPU")
    actions.set_level(crisis, people[OPERATOR], "krisis")
    page = visit_as(HEAD)("/")
    assert headings(page) == [
        "Usulan tingkat Krisis", "Jawaban menunggu telaah", "Menunggu penetapan pengampu", "Belum diteruskan",
    ]  # fmt: skip
    assert titles(page) == ["Bendungan retak", "Terjawab", "Diperebutkan", "Belum ada pengampu"]
    verbs = [button.text() for button in page.css("main .act a")]
    assert verbs == ["Tetapkan", "Telaah", "Tetapkan", "Teruskan"] and "keberatan ke-1" in page.css_first("main").text()


def test_diskominfos_desk_names_who_moved_what_is_ill_and_what_failed(visit_as, people, db_session):
    mover = make_seat(Role.NARAHUBUNG, people[ADMIN].opd, make_person("Ibu Pindah"), moved_at=clock.now())
    mover.proposed_name = "Pak Ganti"
    make_source("Radar Pesut", trouble="Situs tidak menjawab.", failures=3)
    make_source("Sehat")
    opened(people, "Plafon ambruk", opd="DPU")
    db.session.execute(db.update(Letter).values(state=LetterState.FAILED, trouble="554 ditolak"))
    make_alert("Satu")
    text = visit_as(OPERATOR)("/").css_first("main").text()
    assert "Ibu Pindah" in text and "Pak Ganti" in text and "Radar Pesut" in text and "Sehat" not in text
    assert "2 surat gagal dikirim" in text and "1 pantauan perlu dipilah" in text


def test_a_draft_waits_for_diskominfo_only_where_nobody_can_approve(visit_as, people):
    answered(people, "Draf DPU")
    visit = visit_as(OPERATOR)
    assert "Draf tanpa narahubung" not in headings(visit("/"))
    db.session.get(Seat, people[LIAISON].id).ended_at = clock.now()
    page = visit("/")
    assert "Draf tanpa narahubung" in headings(page) and "Draf DPU" in titles(page)


def test_an_empty_desk_says_so(visit_as, people):
    assert "Pantauan bersih" in visit_as(OPERATOR)("/").css_first("h1").text()
    page = visit_as(ADMIN)("/")
    assert (
        page.css_first("h1").text() == "Tidak ada yang menunggu Dinas Pu" or "Tidak ada" in page.css_first("h1").text()
    )
    assert "Permintaan berikutnya datang lewat email" in page.css_first(".empty").text()


def test_an_opds_desk_counts_what_waits_and_puts_the_nearest_due_first(visit_as, people):
    first, second = opened(people, "Nanti", opd="DPU"), opened(people, "Segera", opd="DPU")
    first.due_at, second.due_at = clock.now() + timedelta(days=3), clock.now() - timedelta(days=1)
    actions.move(first, "take_on", people[ADMIN])
    answered(people, "Di narahubung")
    opened(people, "Milik Disdikbud", opd="DISDIKBUD")
    page = visit_as(ADMIN)("/")
    assert page.css_first("h1").text().startswith("Dua hal menunggu")
    assert titles(page) == ["Segera", "Nanti", "Di narahubung"]
    assert headings(page)[:2] == ["Giliran Anda", "Menunggu pihak lain"]
    assert [a.text() for a in page.css(".act a")] == ["Terima & tangani", "Ajukan jawaban"]
    assert page.css_first('[data-due="late"]') is not None and "Milik Disdikbud" not in page.html


def test_the_narahubung_is_asked_to_approve(visit_as, people):
    answered(people, "Draf menunggu")
    page = visit_as(LIAISON)("/")
    assert titles(page) == ["Draf menunggu"] and [a.text() for a in page.css(".act a")] == ["Setujui"]


def test_krisis_reads_sangat_segera_outside_diskominfo(visit_as, people):
    ticket = opened(people, "Bendungan", opd="DPU")
    actions.set_level(ticket, people[HEAD], "krisis")
    page = visit_as(ADMIN)("/")
    assert "Krisis" not in page.css_first("main").text() and "Sangat segera" in page.css_first("main").text()


def test_finished_this_week_and_the_appointments_with_their_missing_decree(visit_as, people, db_session):
    make_ticket(people[ADMIN].opd, title="Beres", state=State.RESOLVED, open=False, ended_at=clock.now())
    make_ticket(
        people[ADMIN].opd, title="Lama beres", state=State.CLOSED, open=False, ended_at=clock.now() - timedelta(days=9)
    )
    started = clock.today() - timedelta(days=5)
    make_seat(
        Role.NARAHUBUNG,
        people[ADMIN].opd,
        make_person("Siti Plt"),
        kind=SeatKind.SEMENTARA,
        basis="",
        starts_on=started,
    )
    page = visit_as(ADMIN)("/")
    text = page.css_first("main").text()
    assert "Beres" in titles(page) and "Lama beres" not in titles(page)
    assert "Siti Plt" in text and "SK menyusul, 9 hari lagi" in text and "Disdikbud" not in text


def test_a_sensitive_matter_stands_under_its_judul_aman_on_every_desk(visit_as, people):
    alert = make_alert("Siswi kanari", sensitive=True, safe_title="Peristiwa yang menyangkut anak")
    ticket = actions.promote([alert], people[OPERATOR], {"opd": "DPU"})
    actions.move(ticket, "take_on", people[ADMIN])
    actions.move(ticket, "answer", people[LIAISON], {"answer": "Kanari didampingi sejak Senin 23 November."})
    for who in (OPERATOR, ADMIN, LIAISON, LEADER):
        page = visit_as(who)("/")
        assert "kanari" not in page.html.lower() and "menyangkut anak" in page.html


def test_leaders_read_states_and_approved_answers_without_level_or_lateness(visit_as, people):
    late = opened(people, "Jalan putus", opd="DPU", level="sangat_segera")
    late.due_at = clock.now() - timedelta(days=3)
    ticket = answered(people, "Jembatan", "Papan diganti Rabu 25 November.")
    draft = answered(people, "Drainase", "Draf kanari yang belum disetujui.")
    actions.move(ticket, "approve", people[LIAISON])
    secret = opened(people, "Kanari terbatas", opd="DPU")
    actions.set_secrecy(secret, people[HEAD], named=[people[HEAD].person_id])
    page = visit_as(LEADER)("/")
    text = page.css_first("main").text()
    assert {"Jalan putus", "Jembatan", draft.title} <= set(titles(page)) and "Papan diganti" in text
    for word in ("Sangat segera", "lewat", "anari", "tenggat"):
        assert word not in text


def test_a_restricted_matter_waits_on_the_desk_of_the_named_alone(visit_as, people):
    ticket = opened(people, "Kanari terbatas", opd="DPU")
    actions.set_secrecy(ticket, people[HEAD], named=[people[ADMIN].person_id])
    assert "Kanari terbatas" in visit_as(ADMIN)("/").html
    page = visit_as(LIAISON)("/")
    assert "Kanari terbatas" not in page.html and "Tidak ada yang menunggu" in page.css_first("h1").text()


def test_failed_letters_about_a_restricted_matter_are_counted_for_the_named_alone(visit_as, people):
    ticket = opened(people, "Kanari terbatas", opd="DPU")
    actions.set_secrecy(ticket, people[HEAD], named=[people[HEAD].person_id])
    db.session.execute(db.update(Letter).values(state=LetterState.FAILED, trouble="554 ditolak"))
    assert "2 surat gagal dikirim" in visit_as(HEAD)("/").html
    assert "surat gagal" not in visit_as(OPERATOR)("/").html


def test_a_former_lead_finds_nothing_of_it_on_its_desk(visit_as, people):
    ticket = opened(people, "Kanari pindah", opd="DISDIKBUD")
    actions.move(ticket, "reroute", people[OPERATOR], {"opd": "DPU", "reason": "Jalan kabupaten."})
    assert "Kanari pindah" not in visit_as("admin@disdikbud.demo")("/").html


TRENDS = [(": 4", "sebelumnya 1 Diteruskan ke OPD"), (": 1", "sebelumnya 0 Diteruskan ke OPD")]


def test_leaders_see_the_most_told_with_its_trend_what_waits_for_them_and_the_plans(visit_as, people):
    ticket, quiet = opened(people, "Air keruh", opd="DPU"), opened(people, "Parkir", opd="DPU")
    week = timedelta(days=7)
    for days, number in ((timedelta(days=1), 3), (week + timedelta(days=1), 1), (2 * week + timedelta(days=1), 9)):
        for n in range(number):
            alert = make_alert(f"Air keruh {days.days} {n}", published_at=clock.now() - days)
            db.session.flush()
            actions.merge([alert], ticket, people[OPERATOR])
    secret = opened(people, "Kanari terbatas", opd="DPU")
    actions.set_secrecy(secret, people[HEAD], named=[people[HEAD].person_id])
    db.session.commit()
    page = visit_as(LEADER)("/")
    rows = [" ".join(row.text(separator=" ").split()) for row in page.css("[aria-labelledby=h-ramai] .item")]
    assert [row.partition(" naik ")[2].partition(" pantauan, ")[::2] for row in rows] == TRENDS, rows
    assert rows[0].startswith("Air keruh") and rows[1].startswith(quiet.title) and "anari" not in page.html
