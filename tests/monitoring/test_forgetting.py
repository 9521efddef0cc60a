"""The layouts of a source on its page, and what forgetting one leaves true."""

import pytest
from sqlalchemy import select

from app.core.events import Event
from app.extensions import db
from app.monitoring import actions
from app.monitoring.models import Alert, IngestRun, Profile, Source
from app.monitoring.rules.kinds import RunState, SourceKind
from app.monitoring.rules.mapping import Column, Mapping, Transform, in_words
from app.people.actions import seed_opds
from tests.factories import make_source
from tests.harness.client import read, submit

KEEPER, OPERATOR = "kepala@diskominfo.demo", "operator@diskominfo.demo"
MAPPING = Mapping(
    "",
    0,
    ("Kapan", "Jam", "Perihal", "Ket"),
    (
        Column("published_at", ("Kapan", "Jam"), Transform.DATE, required=True),
        Column("title", ("Perihal",), Transform.TRIM),
        Column("media", (), Transform.CONSTANT, "Kaltim Post"),
    ),
)
SHEET = b"Kapan;Jam;Perihal;Ket\n24/11/2026;07.00;Banjir;x\n;;Jalan rusak;y\n"
FORGET = "form[action$=lupakan]"


@pytest.fixture
def source(db_session, people):
    seed_opds()
    return make_source("IMA", kind=SourceKind.SHEET)


@pytest.fixture
def profile(source):
    return actions.remember_layout(source, "IMA harian", MAPPING, None)


@pytest.fixture
def run(source, profile, work_off):
    run_id = actions.start_run(source, SHEET, file_name="ima.csv", profile=profile).id
    db.session.commit()
    work_off()
    return db.session.get(IngestRun, run_id, populate_existing=True)


def page_of(client, source):
    return read(client.get(f"/pengaturan/sumber/{source.id}").text)


def said(node) -> str:
    return " ".join(node.text().split())


def forget(client, source):
    return submit(client, page_of(client, source), FORGET)


def kinds():
    return db.session.scalars(select(Event.kind).where(Event.kind.startswith("source.profile"))).all()


def test_the_page_tells_name_columns_and_when_it_was_used_last(login, source, run):
    section = page_of(login(OPERATOR), source).css_first("[aria-labelledby=h-profil]")
    assert "IMA harian" in said(section) and section.css("time")
    assert "Tanggal terbit: Kapan + Jam; Judul: Perihal; Media: selalu «Kaltim Post»" in said(section)


def test_one_that_was_never_used_says_so(login, source, profile):
    assert "belum pernah" in said(page_of(login(OPERATOR), source).css_first("[aria-labelledby=h-profil]"))


def test_columns_in_words_also_where_a_cell_is_filled_in():
    filled = Column("tone", ("Nada",), Transform.VALUE_MAP, {"merah": "negatif"}, default="netral")
    assert in_words(Mapping("", 0, ("Nada",), (filled,))) == [("Tone", "Nada, bila kosong «netral»")]


def test_a_sheet_without_any_and_a_feed(login, source):
    client = login(OPERATOR)
    assert "Belum ada. Susunan diingat" in said(page_of(client, source).body)
    assert not page_of(client, make_source("Umpan")).css("#h-profil")


def test_forgetting_leaves_runs_alerts_and_numbers(login, source, run):
    run_id, profile_id = run.id, run.profile_id
    assert profile_id and (run.new, run.rejected) == (1, 1)
    assert forget(login(KEEPER), source).status_code == 303
    db.session.expire_all()
    run = db.session.get(IngestRun, run_id)
    assert db.session.get(Profile, profile_id) is None and run.profile_id is None
    assert (run.state, run.new, run.rejected, run.rows_done) == (RunState.DONE, 1, 1, 2)
    assert db.session.scalars(select(Alert.title)).all() == ["Banjir"]
    event = db.session.scalars(select(Event).where(Event.kind == "source.profile_forgotten")).one()
    assert event.before["name"] == "IMA harian" and event.after == {"runs": 1} and event.ref_id == profile_id
    assert Mapping.from_dict(event.before["mapping"]) == MAPPING and event.seat_id


def test_the_same_layout_is_asked_about_again(login, source, run, people, work_off):
    forget(login(KEEPER), source)
    again = actions.start_run(db.session.get(Source, source.id), SHEET, file_name="b.csv", by=people[KEEPER]).id
    db.session.commit()
    work_off()
    assert db.session.get(IngestRun, again, populate_existing=True).state is RunState.ASKING


def test_not_while_a_file_is_read_by_it(login, source, run):
    client = login(KEEPER)
    run.state = RunState.WAITING
    assert forget(client, source).status_code == 303
    assert "sedang dipakai membaca berkas" in client.get(f"/pengaturan/sumber/{source.id}").text
    assert db.session.scalars(select(Profile.name)).all() == ["IMA harian"] and kinds() == ["source.profile_added"]


def test_one_that_somebody_changed_meanwhile_stays(login, source, profile):
    client = login(KEEPER)
    page = page_of(client, source)
    profile.name = "IMA baru"
    db.session.commit()
    submit(client, page, FORGET)
    assert "baru saja diubah" in client.get(f"/pengaturan/sumber/{source.id}").text
    assert db.session.scalars(select(Profile.name)).all() == ["IMA baru"]


def test_a_form_sent_twice_forgets_once_and_the_second_person_meets_nothing(login, source, profile):
    client, other = login(KEEPER), login(KEEPER)
    page, theirs = page_of(client, source), page_of(other, source)
    assert [submit(client, page, FORGET).status_code for _ in range(2)] == [303, 303]
    assert submit(other, theirs, FORGET).status_code == 404
    assert kinds().count("source.profile_forgotten") == 1


def test_operators_read_and_admins_forget(login, source, profile):
    client = login(OPERATOR)
    assert not page_of(client, source).css(FORGET)
    path = f"/pengaturan/sumber/{source.id}/profil/{profile.id}/lupakan"
    assert client.post(path).status_code in (400, 404)
    assert db.session.scalars(select(Profile.name)).all() == ["IMA harian"]


def test_that_of_another_source_is_not_there(login, source, profile):
    client, other = login(KEEPER), make_source("ISA", kind=SourceKind.SHEET)
    page = page_of(client, source)
    html = page.html.replace(f"/sumber/{source.id}/profil/", f"/sumber/{other.id}/profil/")
    assert submit(client, read(html), FORGET).status_code == 404
    assert db.session.scalars(select(Profile.name)).all() == ["IMA harian"]
