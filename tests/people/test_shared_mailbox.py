"""An office's shared mailbox: whoever acts says who they are, and history names both."""

import pytest
from sqlalchemy import select

from app.core.events import Event
from app.core.refused import Refused
from app.people import actions
from app.people.actions import mint_link
from app.people.models import MailboxName
from app.people.rules import Role
from app.tickets.models import Ticket
from tests.factories import make_opd, make_person, make_seat, make_ticket, sign_in
from tests.harness.client import fields_of, read, submit


@pytest.fixture
def mailbox(db_session):
    """A narahubung seat behind the mailbox of a secretariat."""
    person = make_person("Sekretariat DPU", shared=True)
    return make_seat(Role.NARAHUBUNG, make_opd("DPU"), person)


@pytest.fixture
def letter(mailbox):
    """(ticket that was forwarded to the mailbox's OPD, token of its link)."""
    ticket = make_ticket(mailbox.opd, state="forwarded", turn="opd")
    return ticket, mint_link("ticket", ticket.stream, mailbox.person_id, mailbox.id)


def newest(session) -> Event:
    session.expire_all()
    return session.scalar(select(Event).order_by(Event.id.desc()).limit(1))


def test_nothing_opens_before_the_name_is_known(app, mailbox, db_session):
    client = sign_in(app.test_client(), mailbox)
    asked = client.get("/tiket?q=banjir")
    assert asked.status_code == 303 and asked.headers["Location"].startswith("/atas-nama?next=")
    page = read(client.get(asked.headers["Location"]).text)
    answer = submit(client, page, "main form", name="Siti Rahma")
    assert answer.headers["Location"] == "/tiket?q=banjir"
    assert "Siti Rahma" in client.get("/").text


def test_a_form_of_a_nameless_session_is_refused_and_writes_nothing(app, mailbox, db_session):
    client = sign_in(app.test_client(), mailbox)
    ticket = make_ticket(mailbox.opd, state="forwarded", turn="opd")
    hidden = fields_of(read(client.get("/atas-nama").text).css_first("main form"))
    fields = {"csrf_token": hidden["csrf_token"], "text": "Rahasia kecil", "audience": "shared"}
    answer = client.post(f"/tiket/{ticket.id}/catatan", data=fields)
    assert answer.status_code == 409 and "Sebut dulu nama Anda" in answer.text
    assert newest(db_session) is None


def test_every_act_names_the_human_and_the_mailbox(app, mailbox, db_session):
    client = sign_in(app.test_client(), mailbox)
    submit(client, read(client.get("/atas-nama").text), "main form", name="Siti")
    ticket = make_ticket(mailbox.opd, state="forwarded", turn="opd")
    page = read(client.get(f"/tiket/{ticket.id}").text)
    answer = submit(client, page, 'form[action$="/catatan"]', text="Sudah dicek", audience="shared")
    assert answer.status_code == 303
    assert newest(db_session).actor == "Siti, lewat email Sekretariat DPU, narahubung Dpu"


def test_names_used_before_are_offered_again(app, mailbox, db_session):
    client = sign_in(app.test_client(), mailbox)
    for name in ("Siti", "Budi", "Siti"):
        submit(client, read(client.get("/atas-nama").text), "main form", name=name)
    offered = [button.text() for button in read(client.get("/atas-nama").text).css("main button[name=name]")]
    assert sorted(offered) == ["Budi", "Siti"] and offered[0] == "Siti"


def test_a_typed_name_counts_before_the_button_that_enter_presses(app, mailbox, db_session):
    client = sign_in(app.test_client(), mailbox)
    hidden = fields_of(read(client.get("/atas-nama").text).css_first("main form"))
    client.post("/atas-nama", data=hidden | {"name": ["Siti", "Budi"]})
    client.post("/atas-nama", data=hidden | {"name": ["", " "]})
    assert db_session.scalars(select(MailboxName.name)).all() == ["Budi"]


def test_a_link_asks_for_the_name_in_every_form_and_keeps_the_text(client, letter, db_session):
    _ticket, token = letter
    page = read(client.get(f"/t/{token}").text)
    assert all(form.css_first("[name=as_name]") for form in page.css("main form"))
    refused = submit(client, page, 'form[action$="/catatan"]', text="Pompa datang besok", audience="shared")
    assert refused.status_code == 422
    assert "Sebut nama Anda" in refused.text and "Pompa datang besok" in refused.text
    assert newest(db_session) is None


def test_a_named_act_by_link_is_signed_and_its_name_remembered(client, letter, mailbox, db_session):
    ticket, token = letter
    page = read(client.get(f"/t/{token}").text)
    fields = {"text": "Pompa datang besok", "audience": "shared", "as_name": "Ibu Nur"}
    assert submit(client, page, 'form[action$="/catatan"]', **fields).status_code == 303
    assert newest(db_session).actor.startswith("Ibu Nur, lewat email Sekretariat DPU")
    assert "Set-Cookie" not in client.get(f"/t/{token}").headers
    assert db_session.scalar(select(MailboxName.name)) == "Ibu Nur"
    check = submit(client, read(client.get(f"/t/{token}").text), 'form:has([value="take_on"])', as_name="Ibu Nur")
    assert check.status_code == 200 and 'name="as_name" value="Ibu Nur"' in check.text
    assert submit(client, read(check.text), "main form").status_code == 303
    db_session.expire_all()
    assert db_session.get(Ticket, ticket.id).state == "in_progress"


def test_a_mailbox_of_ones_own_is_asked_nothing(client, db_session):
    seat = make_seat(Role.NARAHUBUNG, make_opd("DPU"))
    ticket = make_ticket(seat.opd, state="forwarded", turn="opd")
    token = mint_link("ticket", ticket.stream, seat.person_id, seat.id)
    assert "as_name" not in client.get(f"/t/{token}").text


def test_diskominfo_acts_under_own_accounts(db_session):
    head = make_seat(Role.DISKOMINFO, admin=True)
    box = make_person("Kotak Diskominfo", shared=True)
    values = {"role": Role.DISKOMINFO, "kind": "definitif", "basis": "SK", "starts_on": head.starts_on}
    with pytest.raises(Refused, match="akun sendiri"):
        actions.appoint(box, head.opd, values, head)
    with pytest.raises(Refused, match="akun sendiri"):
        actions.change_person(head.person, {"shared": True}, head)
