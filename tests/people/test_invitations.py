"""The invitation and the forgotten password: mailed links that only a POST spends."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.core.events import Event
from app.people import actions
from app.people.models import LoginSession, Person
from app.people.rules import Role
from tests.factories import make_opd, make_person, make_seat, sign_in
from tests.harness.client import read, submit

NEW = "perahu kuning lewat tepian"


@pytest.fixture
def invited(db_session):
    person = make_person("Rina Baru", password_hash=None)
    make_seat(Role.ADMIN_OPD, person=person)
    secret = actions.mint_link("invite", f"person:{person.id}", person.id)
    db_session.commit()
    return person, secret


def kinds(db_session):
    return list(db_session.scalars(select(Event.kind).order_by(Event.id)))


def test_opening_an_invitation_changes_nothing_however_often_a_scanner_does_it(client, invited, db_session, statements):
    person, secret = invited
    for _ in range(5):
        with statements() as seen:
            answer = client.get(f"/undangan/{secret}")
        assert answer.status_code == 200
        assert all(statement.startswith("SELECT") for statement in seen)
        assert "Set-Cookie" not in answer.headers
        assert client.head(f"/undangan/{secret}").status_code == 200
    assert "Rina Baru" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_invited_choose_a_password_once_and_sign_in_with_it(client, invited, db_session):
    person, secret = invited
    page = read(client.get(f"/undangan/{secret}").text)
    answer = submit(client, page, "form", password=NEW)
    assert (answer.status_code, answer.location) == (303, "/masuk?tersimpan=1")
    with client.session_transaction() as cookie:
        assert "_user_id" not in cookie
    assert client.get(f"/undangan/{secret}").status_code == 404
    assert submit(client, page, "form", password=NEW).status_code == 404
    door = read(client.get("/masuk").text)
    assert submit(client, door, 'form[action^="/masuk"]', email=person.email, password=NEW).status_code == 303


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("pendek", "12 huruf"),
        ("katasandi1234", "mudah ditebak"),
        ("Rina Baru 2026", "mudah ditebak"),
        ("x" * 201, "paling banyak 200"),
        ("", "kata sandi baru"),
    ],
)
def test_a_weak_password_is_refused_with_a_next_step(client, invited, db_session, password, said):
    person, secret = invited
    page = read(client.get(f"/undangan/{secret}").text)
    answer = submit(client, page, "form", password=password)
    assert answer.status_code == 422
    assert said in answer.text
    db_session.expire_all()
    assert db_session.get(Person, person.id).password_hash is None


def test_dead_unknown_and_foreign_links_look_alike(client, invited, db_session):
    person, secret = invited
    other = actions.mint_link("reset", f"person:{person.id}", person.id)
    actions.end_links(person_id=person.id, purpose="invite")
    bodies = set()
    for url in (f"/undangan/{secret}", f"/undangan/{other}", "/undangan/tidak-ada", "/atur-ulang/tidak-ada"):
        answer = client.get(url)
        assert answer.status_code == 404
        bodies.add(answer.text.replace(answer.text.partition('nonce="')[2].partition('"')[0], ""))
    assert len(bodies) == 1


def test_a_forgotten_password_gets_the_same_answer_and_the_same_work_for_anybody(app, client, people, statements):
    answers, costs = [], []
    for email in ("admin@dpu.demo", "nobody@dpu.demo"):
        page = read(client.get("/lupa").text)
        with statements() as seen:
            answer = submit(client, page, 'form[action="/lupa"]', email=email)
        answers.append((answer.status_code, strip_nonce(answer.text)))
        costs.append([statement.split()[0] for statement in seen])
    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert costs[0] == costs[1]


def strip_nonce(text):
    return text.replace(text.partition('nonce="')[2].partition('"')[0], "")


def test_only_a_known_active_address_gets_a_letter(client, people, db_session, work_off):
    people["narahubung@dpu.demo"].person.active = False
    for email in ("admin@dpu.demo", "nobody@dpu.demo", "narahubung@dpu.demo"):
        submit(client, read(client.get("/lupa").text), 'form[action="/lupa"]', email=email)
    work_off()
    db_session.expire_all()
    assert kinds(db_session) == ["person.reset_requested"]
    assert db_session.scalar(select(Event.stream)) == f"person:{people['admin@dpu.demo'].person_id}"


def test_asking_too_often_brings_a_pause(client, people):
    codes = [
        submit(client, read(client.get("/lupa").text), 'form[action="/lupa"]', email="admin@dpu.demo").status_code
        for _ in range(6)
    ]
    assert codes == [200] * 5 + [429]


def test_a_new_password_signs_out_every_browser(app, client, db_session):
    seat = make_seat(Role.ADMIN_OPD)
    browser = sign_in(app.test_client(), seat)
    secret = actions.mint_link("reset", f"person:{seat.person_id}", seat.person_id)
    page = read(client.get(f"/atur-ulang/{secret}").text)
    assert submit(client, page, "form", password=NEW).status_code == 303
    assert browser.get("/akun").status_code == 303
    assert kinds(db_session) == ["person.password_set"]


def test_changing_ones_own_password_keeps_this_browser_and_ends_the_others(app, db_session):
    seat = make_seat(Role.ADMIN_OPD)
    mine, other = sign_in(app.test_client(), seat), sign_in(app.test_client(), seat)
    page = read(mine.get("/akun").text)
    form = 'form[action="/akun/kata-sandi"]'
    wrong = submit(mine, page, form, current="bukan ini", password=NEW)
    assert (wrong.status_code, "tidak cocok" in wrong.text) == (422, True)
    assert submit(mine, page, form, current="gunung-sungai-2026", password=NEW).status_code == 303
    assert mine.get("/akun").status_code == 200
    assert other.get("/akun").status_code == 303
    assert len(db_session.scalars(select(LoginSession)).all()) == 1


def test_one_can_end_other_sessions_of_ones_own_only(app, db_session):
    seat, stranger = make_seat(Role.ADMIN_OPD), make_seat(Role.ADMIN_OPD)
    mine, other = sign_in(app.test_client(), seat), sign_in(app.test_client(), seat)
    theirs = sign_in(app.test_client(), stranger)
    digest = db_session.scalar(select(LoginSession.digest).where(LoginSession.person_id == stranger.person_id))
    page = read(mine.get("/akun").text)
    form = 'form[action="/akun/sesi"]'
    assert submit(mine, page, form, session=digest[:16]).status_code == 404
    assert submit(mine, page, form, session="lain").status_code == 303
    assert [browser.get("/akun").status_code for browser in (mine, other, theirs)] == [200, 303, 200]


def test_person_add_prints_an_invitation_once(app, people, db_session):
    run = app.test_cli_runner().invoke
    words = ["person", "add", "Baru@Dpu.demo", "--name", "Orang Baru", "--role", "narahubung", "--opd", "DPU"]
    db_session.commit()
    result = run(args=words)
    assert result.exit_code == 0, result.output
    url = result.output.strip().splitlines()[-1]
    assert "/undangan/" in url
    assert app.test_client().get(url.partition("/undangan/")[2].join(["/undangan/", ""])).status_code == 200
    assert run(args=words).exit_code == 2
    assert run(args=[*words[:-1], "TIDAKADA"]).exit_code == 2
    assert db_session.scalar(select(Person).where(Person.email == "baru@dpu.demo")).seats[0].active


def letters(app):
    folder = Path(app.config["INSTANCE_PATH"]) / "mail"
    return [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("**/*.eml"))]


def link_in(letter, word):
    text = letter.get_body(("plain",)).get_content()
    [url] = {line.strip() for line in text.splitlines() if f"/{word}/" in line}
    return urlsplit(url).path


def test_the_letters_lead_to_the_pages_that_set_a_password(app, db_session, work_off):
    keeper = sign_in(app.test_client(), make_seat(Role.DISKOMINFO, admin=True))
    make_opd("DPUX")
    page = read(keeper.get("/pengaturan/orang/baru?opd=DPUX").text)
    values = {"name": "Rina Baru", "email": "rina@kantor.demo", "role": "narahubung", "invite": "y"}
    submit(keeper, page, 'form[action="/pengaturan/orang/baru"]', **values)
    work_off()
    [invitation] = letters(app)
    assert "rina@kantor.demo" in invitation["To"]
    client = app.test_client()
    assert (
        submit(client, read(client.get(link_in(invitation, "undangan")).text), "form", password=NEW).status_code == 303
    )
    submit(client, read(client.get("/lupa").text), 'form[action="/lupa"]', email="rina@kantor.demo")
    work_off()
    [second] = [letter for letter in letters(app) if "/atur-ulang/" in letter.get_body(("plain",)).get_content()]
    assert client.get(link_in(second, "atur-ulang")).status_code == 200
