"""/pengaturan/kesehatan: what a system admin sees of the machine, and decides about work that was given up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, doctor
from app.core.events import Event
from app.core.work import Work, WorkState
from app.extensions import db
from app.monitoring.actions.runs import bury_runs
from app.monitoring.models import IngestRun, RejectedRow
from app.monitoring.rules.kinds import RunState
from app.notify.models import Letter, LetterState
from app.tickets import actions
from tests.factories import make_alert, make_source
from tests.harness.client import fields_of, parse, read, submit

OPERATOR, HEAD = "operator@diskominfo.demo", "kepala@diskominfo.demo"
PAGE = "/pengaturan/kesehatan"
BUDGET = 22


def make_work(kind="source.poll", state=WorkState.DEAD, ref_id=None, **values) -> Work:
    moment = clock.now()
    row = Work(kind=kind, ref_id=ref_id, state=state, next_try=moment, created_at=moment, attempts=5, **values)
    db.session.add(row)
    db.session.commit()
    return row


def failed(page) -> list[str]:
    return [node.attributes["id"] for node in page.css("[id^=pekerjaan-]")]


def decisions(work: Work) -> list[str]:
    return list(db.session.scalars(select(Event.kind).where(Event.stream == f"work:{work.id}")))


def state_of(work: Work) -> WorkState:
    return db.session.scalar(select(Work.state).where(Work.id == work.id))


@pytest.mark.parametrize("who", [OPERATOR, "admin@dpu.demo", "narahubung@dpu.demo", "pimpinan@kukar.demo"])
def test_it_is_for_system_admins_alone(login, who):
    work = make_work()
    client = login(who)
    assert client.get(PAGE).status_code == 404
    token = fields_of(parse(client.get("/").text).css_first('form[action="/keluar"]'))
    for verb in ("coba-lagi", "buang"):
        assert client.post(f"{PAGE}/pekerjaan/{work.id}/{verb}", data=token).status_code == 404
    assert state_of(work) is WorkState.DEAD and PAGE not in client.get("/pengaturan").text


def test_it_is_listed_among_the_settings(visit_as):
    page = visit_as(HEAD)("/pengaturan")
    assert page.css_first(f'a[href="{PAGE}"]').text().startswith("Kesehatan sistem")


def test_it_tells_what_waits_what_runs_and_what_is_ill(visit_as):
    ill = make_source("Zeta Sakit", trouble="Situs tidak menjawab.", failures=4)
    make_source("Alfa Sehat", worked_at=clock.now())
    late = make_work(state=WorkState.WAITING)
    late.next_try = clock.now() - timedelta(minutes=12, seconds=5)
    make_work(state=WorkState.LEASED, ref_id=ill.id, lease_until=clock.now() + timedelta(seconds=9))
    page = visit_as(HEAD)(PAGE)
    text = page.css_first("main").text()
    assert "yang paling lama menunggu 12 menit" in text and "Mengambil umpan: Zeta Sakit" in text
    assert text.index("Zeta Sakit", text.index("Gagal berturut-turut")) < text.index("Alfa Sehat")
    assert "1 sakit" in text and "200 MB" in text and "Umpan" not in failed(page)


def test_advice_is_not_called_all_well(visit_as, monkeypatch):
    examine = doctor.examine
    monkeypatch.setattr(doctor, "examine", lambda page: [one for one in examine(page=page) if one.ok])
    page = visit_as(HEAD)(PAGE)
    advice = len(page.css('[data-finding="saran"]'))
    assert advice
    assert f"Semua berjalan; {advice} hal sebaiknya dibereskan" in page.css_first(".page-title").text()


def test_failed_work_tells_its_reason_in_plain_words(visit_as):
    make_work(ref_id=make_source("Radar Pesut").id, last_error="OperationalError: (psycopg) kanari SELECT 1")
    make_work("run.import", last_error="Berkas ini terkunci kata sandi.")
    page = visit_as(HEAD)(PAGE)
    told = page.css_first("main").text()
    assert "Mengambil umpan: Radar Pesut" in told and "kesalahan yang tidak terduga (OperationalError)" in told
    assert "Berkas ini terkunci kata sandi." in told and "kanari" not in page.html


@pytest.mark.parametrize(
    ("verb", "state", "kind"),
    [("coba-lagi", WorkState.WAITING, "work.tried_again"), ("buang", WorkState.DONE, "work.discarded")],
)
def test_a_decision_acts_once_and_history_knows(login, people, verb, state, kind):
    work = make_work()
    client, other = login(HEAD), login(HEAD)
    form = f"#pekerjaan-{work.id} form[action$='{verb}']"
    page, late = (parse(each.get(PAGE).text) for each in (client, other))
    assert submit(client, page, form).status_code == 303
    assert submit(client, page, form).status_code == 303
    assert state_of(work) is state and decisions(work) == [kind]
    answer = submit(other, late, form)
    assert answer.status_code == 409 and "sudah diputuskan lebih dulu" in read(answer.text).body.text()
    assert decisions(work) == [kind]
    event = db.session.scalar(select(Event).where(Event.kind == kind))
    assert event.person_id == people[HEAD].person_id and event.audience == "internal"


def test_a_file_whose_reading_was_buried_is_read_on(login, db_session):
    run = IngestRun(source_id=make_source().id, file_name="isa.xlsx", state=RunState.RUNNING, rows_done=40, new=40)
    db.session.add(run)
    db.session.flush()
    work = make_work("run.import", ref_id=run.id, last_error="Proses berhenti mendadak.")
    bury_runs([run.id])
    client = login(HEAD)
    submit(client, parse(client.get(PAGE).text), f"#pekerjaan-{work.id} form[action$='coba-lagi']")
    db.session.refresh(run)
    assert (run.state, run.rows_done, run.rejected, run.trouble) == (RunState.WAITING, 40, 0, "")
    assert db.session.scalar(select(RejectedRow.id)) is None and state_of(work) is WorkState.WAITING


def test_letters_are_decided_elsewhere_and_those_of_a_restricted_ticket_are_never_told(login, people):
    ticket = actions.promote([make_alert("Kanari")], people[OPERATOR], {"opd": "DPU"})
    actions.set_secrecy(ticket, people[OPERATOR], named=[people[OPERATOR].person_id])
    db.session.execute(db.update(Letter).values(state=LetterState.FAILED, trouble="554 ditolak"))
    db.session.execute(db.update(Work).values(state=WorkState.DEAD, last_error="554 ditolak"))
    db.session.commit()
    letter_work = db.session.scalar(select(Work.id).where(Work.kind == "letter.send"))
    client = login(HEAD)
    page = parse(client.get(PAGE).text)
    told = page.css_first("main").text()
    assert failed(page) == [] and "surat gagal" not in told and "554" not in told and "Antrean kosong" in told
    token = fields_of(page.css_first('form[action="/keluar"]'))
    assert client.post(f"{PAGE}/pekerjaan/{letter_work}/coba-lagi", data=token).status_code == 404
    actions.set_secrecy(ticket, people[OPERATOR], named=[people[OPERATOR].person_id, people[HEAD].person_id])
    assert "2 surat gagal dikirim" in client.get(PAGE).text


def test_failed_work_pages_by_key(login):
    moment = clock.now()
    fresh = {"kind": "source.poll", "state": WorkState.DEAD, "attempts": 5, "next_try": moment, "created_at": moment}
    db.session.execute(db.insert(Work), [fresh] * 55)
    db.session.commit()
    client = login(HEAD)
    first = parse(client.get(PAGE).text)
    second = parse(client.get(first.css_first(".pager a").attributes["href"]).text)
    assert (len(failed(first)), len(failed(second))) == (50, 5) and not set(failed(first)) & set(failed(second))


def test_it_costs_the_same_however_much_there_is(login, statements):
    client = login(HEAD)
    make_source("Satu", trouble="Sakit")
    make_work()
    assert client.get(PAGE).status_code == 200
    with statements() as few:
        client.get(PAGE)
    for number in range(9):
        source = make_source(f"Sumber {number}", trouble="Sakit")
        db.session.add(IngestRun(source_id=source.id))
        for state in (WorkState.DEAD, WorkState.WAITING, WorkState.LEASED):
            make_work(state=state, ref_id=source.id)
    with statements() as many:
        client.get(PAGE)
    assert len(few) == len(many) <= BUDGET, many
