"""The door: who comes in, what strangers learn, how often one may try, and where one lands."""

from datetime import timedelta

import pytest
import structlog
from sqlalchemy import select

from app.core import clock
from app.people import actions
from app.people.models import LoginSession, secret_digest
from app.people.rules import IDLE_LIMIT, Role
from app.web.access import signed_in
from tests.factories import make_seat, sign_in
from tests.harness.client import PASSWORD, read, submit

WRONG = "Email atau kata sandi tidak cocok."


def try_to_enter(client, email, password, url="/masuk"):
    return submit(client, read(client.get(url).text), 'form[action^="/masuk"]', email=email, password=password)


def sessions(db_session):
    db_session.rollback()
    return list(db_session.scalars(select(LoginSession)))


def test_the_right_password_opens_a_session_of_which_only_a_hash_is_kept(client, people, db_session):
    answer = try_to_enter(client, "OPERATOR@diskominfo.demo ", PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    with client.session_transaction() as cookie:
        secret = cookie["_user_id"]
    [row] = sessions(db_session)
    assert row.digest == secret_digest(secret)
    assert len(secret) >= 43


@pytest.mark.parametrize("email", ["operator@diskominfo.demo", "nobody@diskominfo.demo"])
def test_strangers_hear_the_same_words_whether_the_address_is_known(client, people, db_session, email):
    answer = try_to_enter(client, email, "bukan kata sandinya")
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert not sessions(db_session)


def test_strangers_cost_the_same_work(app, monkeypatch):
    from app.people.actions import passwords

    asked = []

    class Counting:
        def verify(self, given_hash, password):
            asked.append(given_hash.split("$")[3])
            return False

        hash = staticmethod(passwords.hasher.hash)

    monkeypatch.setattr(passwords, "hasher", Counting())
    assert not actions.matches_password("x", None)
    assert not actions.matches_password("x", actions.hash_password("y"))
    assert asked[0] == asked[1] == "m=19456,t=2,p=1"


def test_a_person_without_a_seat_today_is_told_so_only_with_the_right_password(client, people, db_session):
    seat = people["admin@dpu.demo"]
    seat.ends_on = clock.today() - timedelta(days=1)
    assert WRONG in try_to_enter(client, "admin@dpu.demo", "salah sekali").text
    assert "belum punya penunjukan" in try_to_enter(client, "admin@dpu.demo", PASSWORD).text


def test_a_deactivated_person_does_not_get_in(client, people):
    people["admin@dpu.demo"].person.active = False
    assert WRONG in try_to_enter(client, "admin@dpu.demo", PASSWORD).text


def test_too_many_failures_bring_a_pause_for_that_account_only(client, people):
    answers = [try_to_enter(client, "admin@dpu.demo", "salah").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    paused = try_to_enter(client, "admin@dpu.demo", PASSWORD)
    assert paused.status_code == 429
    assert "Tunggu 15 menit" in paused.text
    assert not any(word in paused.text for word in ("tersisa", "sisa percobaan"))
    assert try_to_enter(client, "operator@diskominfo.demo", PASSWORD).status_code == 303


def test_only_failures_count(client, people):
    for _ in range(12):
        assert try_to_enter(client, "operator@diskominfo.demo", PASSWORD).status_code == 303
        client.post("/keluar", data={"csrf_token": token(client)})


def token(client):
    page = read(client.get("/masuk").text)
    field = page.css_first('input[name="csrf_token"]')
    if field is None:  # signed in: any page with the menu carries one
        page = read(client.get("/akun").text)
        field = page.css_first('input[name="csrf_token"]')
    return field.attributes["value"]


def test_signing_in_again_rotates_the_session_and_the_csrf_token(client, people, db_session):
    before = token(client)
    try_to_enter(client, "operator@diskominfo.demo", PASSWORD)
    with client.session_transaction() as cookie:
        first = cookie["_user_id"]
        assert cookie.get("csrf_token") is None
    client.post("/keluar", data={"csrf_token": token(client)})
    try_to_enter(client, "operator@diskominfo.demo", PASSWORD)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != first
    assert [row.digest == secret_digest(first) for row in sessions(db_session)] == [False]
    assert before


def test_signing_out_ends_the_row_so_that_a_copied_cookie_is_worth_nothing(app, client, people, db_session):
    try_to_enter(client, "operator@diskominfo.demo", PASSWORD)
    thief = app.test_client()
    with client.session_transaction() as cookie, thief.session_transaction() as copy:
        copy.update(cookie)
    assert thief.get("/akun").status_code == 200
    client.post("/keluar", data={"csrf_token": token(client)})
    assert thief.get("/akun").status_code == 303


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [
        ("/akun", "/akun"),
        ("/akun?a=1", "/akun?a=1"),
        ("https://evil.example/akun", "/"),
        ("//evil.example/akun", "/"),
        ("/\\evil.example", "/"),
        ("/keluar", "/"),
        ("/tidak-ada", "/"),
        ("javascript:alert(1)", "/"),
        ("/akun\r\nSet-Cookie: a=b", "/"),
    ],
)
def test_next_leads_only_to_own_pages(client, people, wanted, lands):
    page = read(client.get("/masuk", query_string={"next": wanted}).text)
    values = {"email": "operator@diskominfo.demo", "password": PASSWORD}
    assert submit(client, page, 'form[action^="/masuk"]', **values).location == lands


def test_a_page_without_session_leads_to_the_door_and_back(client, people):
    answer = client.get("/akun?a=1")
    assert answer.status_code == 303
    assert answer.location == "/masuk?next=/akun?a%3D1"


def test_an_idle_or_old_session_is_over(app, db_session):
    seat = make_seat(Role.DISKOMINFO)
    idle, old = sign_in(app.test_client(), seat), sign_in(app.test_client(), seat)
    first, second = db_session.scalars(select(LoginSession).order_by(LoginSession.created_at))
    first.last_seen_at = clock.now() - IDLE_LIMIT - timedelta(minutes=1)
    second.expires_at = clock.now() - timedelta(minutes=1)
    assert idle.get("/akun").status_code == old.get("/akun").status_code == 303


def test_last_seen_is_written_at_most_every_five_minutes(app, db_session, statements):
    client = sign_in(app.test_client(), make_seat(Role.DISKOMINFO))
    row = db_session.scalar(select(LoginSession))
    row.last_seen_at = clock.now() - timedelta(minutes=6)
    db_session.commit()
    with statements() as seen:
        client.get("/akun")
    assert sum(statement.startswith("UPDATE") for statement in seen) == 1
    with statements() as seen:
        client.get("/akun")
    assert not [statement for statement in seen if statement.startswith("UPDATE")]
    db_session.refresh(row)
    assert clock.now() - row.last_seen_at < timedelta(minutes=1)


def test_failures_are_counted_where_all_web_processes_see_them(app, client, people, valkey, monkeypatch):
    from limits.storage import storage_from_string

    from app.extensions import limiter

    socket = valkey.connection_pool.connection_kwargs["path"]
    shared = type(limiter._limiter)(storage_from_string(f"redis+unix://{socket}"))
    monkeypatch.setattr(limiter, "_limiter", shared)
    monkeypatch.setattr(limiter, "_storage_dead", False)
    for _ in range(10):
        assert try_to_enter(client, "admin@dpu.demo", "salah").status_code == 422
    keys = b" ".join(valkey.keys())
    assert keys and b"dpu" not in keys
    elsewhere = app.test_client()
    assert try_to_enter(elsewhere, "admin@dpu.demo", PASSWORD).status_code == 429


def test_a_dead_queue_locks_nobody_out(app, client, people, monkeypatch):
    from app.extensions import limiter

    def dead(*_args, **_kwargs):
        raise ConnectionError("queue is away")

    monkeypatch.setattr(limiter._limiter, "test", dead)
    monkeypatch.setattr(limiter._limiter, "hit", dead)
    monkeypatch.setattr(limiter, "_storage_dead", False)
    assert try_to_enter(client, "admin@dpu.demo", "salah").status_code == 422
    assert try_to_enter(client, "admin@dpu.demo", PASSWORD).status_code == 303


def test_log_lines_of_a_request_name_who_acts_and_for_which_opd(app, db_session, monkeypatch):
    said, seat = {}, make_seat()

    @signed_in
    def page():
        said.update(structlog.contextvars.get_contextvars())
        return ""

    monkeypatch.setitem(app.view_functions, "people.account", page)
    sign_in(app.test_client(), seat).get("/akun")
    assert (said["person"], said["opd"]) == (seat.person_id, seat.opd_id)
