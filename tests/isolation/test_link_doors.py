"""Personal links before whoever should not use them: foreign origins, dead tokens, other seats, the other host."""

import pytest
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from app.core import clock
from app.extensions import db
from app.people.actions import mint_link
from app.people.models import Opd, PersonalLink
from app.tickets import actions
from app.tickets.models import Evidence
from tests.isolation import world as worlds
from tests.isolation.test_side_doors import OPERATOR, _ticket

A, B = worlds.A, worlds.B
POSTS = ("status", "catatan", "berkas", "pindah", "periksa", "perbaiki")


@pytest.fixture
def split(app):
    """Personal links have a host of their own."""
    before = {name: app.config[name] for name in ("BASE_URL", "LINK_BASE_URL")}
    app.config.update(BASE_URL="http://tanggap.test", LINK_BASE_URL="http://surat.test")
    yield
    app.config.update(before)


def _link(ticket, seat, **kwargs) -> str:
    secret = mint_link("ticket", ticket.stream, seat.person_id, seat.id, **kwargs)
    db.session.commit()
    return secret


def _moving(people, name="admin"):
    ticket = _ticket("Jalan", people, A)
    return ticket, _link(ticket, people[f"{name}@{A}.demo"])


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.test"}, {"Origin": "null"}, {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_no_foreign_page_acts_through_a_link(client, people, headers):
    ticket, secret = _moving(people)
    for name in POSTS:
        assert client.post(f"/t/{secret}/{name}", data={"move": "take_on"}, headers=headers).status_code == 403
    db.session.refresh(ticket)
    assert ticket.state == "forwarded"


def test_reading_a_link_changes_nothing(client, people):
    ticket, secret = _moving(people)
    for method in ("GET", "HEAD", "OPTIONS"):
        for rest in ("", "/", "/status?move=take_on", "/pindah", "/periksa", "/..", "/../tiket", "/%2e%2e%2ftiket"):
            answer = client.open(f"/t/{secret}{rest}", method=method)
            assert answer.status_code < 500
            assert "Set-Cookie" not in answer.headers
    db.session.refresh(ticket)
    assert ticket.state == "forwarded"


def test_a_link_makes_only_its_own_seats_moves(client, people):
    ticket, secret = _moving(people)
    for move in ("answer", "approve", "forward", "close", "archive", "reroute", "resolve", "refer", "reopen"):
        values = {"move": move, "answer": "x", "opd": B.upper(), "reason": "x", "body": "x", "reference": "1"}
        assert client.post(f"/t/{secret}/status", data=values).status_code == 422
    for block in ("opd", "penugasan", "tingkat", "tenggat", "asli", "segar"):
        assert client.post(f"/t/{secret}/{block}", data={"seat": "1", "level": "biasa"}).status_code in (404, 405)


def test_dead_links_look_like_no_link(client, people):
    """Forged, expired, revoked, of another purpose, of a lead that was, of a seat that ended."""
    admin = people[f"admin@{A}.demo"]
    ticket = _ticket("Jalan", people, A)
    secrets = {"forged": "x" * 43, "long": "x" * 99, "invite": mint_link("invite", "person:1", admin.person_id)}
    secrets["expired"] = _link(ticket, admin)
    last = db.session.scalar(db.select(PersonalLink).order_by(PersonalLink.created_at.desc()))
    last.expires_at = clock.now()
    secrets["other"] = _link(ticket, people[f"admin@{B}.demo"])
    secrets["left"] = _link(ticket, admin)
    actions.move(ticket, "reroute", people[OPERATOR], {"opd": B.upper(), "reason": "Bukan"})
    db.session.commit()
    del secrets["other"]
    pages = {name: client.get(f"/t/{secret}") for name, secret in secrets.items()}
    assert {page.status_code for page in pages.values()} == {404}
    words = {page.text for page in pages.values()}
    assert len(words) == 1
    for secret in secrets.values():
        assert client.post(f"/t/{secret}/catatan", data={"text": "x", "audience": "shared"}).status_code == 404


def test_the_token_opens_files_of_its_own_opd_only(client, people):
    ticket, secret = _moving(people)
    ours = actions.attach(ticket, people[f"admin@{A}.demo"], worlds._picture(), "kami.png")
    theirs = actions.attach(ticket, people[OPERATOR], worlds._picture(), "pusat.png")
    elsewhere = _ticket("Sekolah", people, B)
    foreign = actions.attach(elsewhere, people[f"admin@{B}.demo"], worlds._picture(), "lain.png")
    db.session.commit()
    assert client.get(f"/t/{secret}/berkas/{ours.id}").status_code == 200
    for other in (theirs, foreign):
        assert client.get(f"/t/{secret}/berkas/{other.id}").status_code == 404
    assert db.session.scalar(db.select(db.func.count(Evidence.id))) == 3


HOSTS = ("surat.test", "SURAT.test", "surat.test.", "surat.test:80", "surat.test:8080")


@pytest.mark.parametrize("host", HOSTS)
def test_the_host_of_links_serves_nothing_else(split, client, login, people, host):
    ticket, secret = _moving(people)
    insider = login(OPERATOR)
    cookie = insider.get_cookie("tanggap")
    client.set_cookie("tanggap", cookie.value, domain="surat.test")
    for path in (
        "/",
        "/masuk",
        "/tiket",
        f"/tiket/{ticket.id}",
        "/pantauan",
        "/readyz",
        "/undangan/x",
        "/atur-ulang/x",
    ):
        answer = client.get(path, base_url=f"http://{host}")
        assert answer.status_code == 404, path
        assert "Set-Cookie" not in answer.headers, path
        assert "Rina" not in answer.text
    assert client.get(f"/t/{secret}", base_url=f"http://{host}").status_code == 200
    assert client.post("/masuk", data={"email": OPERATOR}, base_url=f"http://{host}").status_code == 404
    assert client.get("/tidak-ada", base_url=f"http://{host}").status_code == 404
    assert "Rina" not in client.get("/tidak-ada", base_url=f"http://{host}").text


def test_the_intranet_serves_links_too(split, client, people):
    _ticket_, secret = _moving(people)
    assert client.get(f"/t/{secret}", base_url="http://tanggap.test").status_code == 200
    assert client.get("/masuk", base_url="http://tanggap.test").status_code == 200


def test_a_restricted_matter_shows_its_number_at_most(client, people):
    admin, head = people[f"admin@{A}.demo"], people["kepala@diskominfo.demo"]
    ticket = _ticket("Kanari terbatas", people, A)
    named, other = _link(ticket, admin), _link(ticket, people[f"narahubung@{A}.demo"])
    actions.set_secrecy(ticket, head, named=[admin.person_id, head.person_id])
    db.session.commit()
    for method, rest in (
        ("GET", ""),
        ("POST", "/status"),
        ("POST", "/catatan"),
        ("POST", "/pindah"),
        ("POST", "/periksa"),
    ):
        shown = client.open(f"/t/{named}{rest}", method=method, data={"move": "take_on", "text": "x"})
        assert shown.status_code == 403 and "Kanari" not in shown.text and "Set-Cookie" not in shown.headers
        assert client.open(f"/t/{other}{rest}", method=method).status_code == 404
    db.session.refresh(ticket)
    assert ticket.state == "forwarded"


def test_tokens_and_texts_are_in_no_log(client, people, monkeypatch):
    """Also not when the page breaks, or the database does."""
    _ticket_, secret = _moving(people)
    monkeypatch.setattr("app.tickets.routes.links.KINDS", None)
    with capture_logs() as told:
        assert client.get(f"/t/{secret}").status_code == 500
        with pytest.raises(IntegrityError) as broken:
            db.session.execute(db.insert(Opd).values(code="DPU", name="kanari nama", short="x", kind="dinas"))
        db.session.rollback()
    assert [entry["event"] for entry in told].count("unexpected error") == 1
    assert secret not in repr(told)
    assert "kanari nama" not in str(broken.value)
