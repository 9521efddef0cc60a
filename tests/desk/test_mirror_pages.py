"""A complaint of SP4N-LAPOR! on the pages: how old it is, one key to a ticket, and the answer on its way back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, search
from app.core.events import Event
from app.core.work import Work
from app.monitoring.models import Mirrored
from app.monitoring.rules.kinds import Channel, MirrorState
from app.notify.models import Letter
from app.tickets import actions as tickets
from app.tickets.models import Ticket
from tests.factories import make_alert, make_source
from tests.harness.client import parse, submit

OPERATOR = "operator@diskominfo.demo"


@pytest.fixture
def mirrored(db_session, people):
    """`mirrored(tracking_id, …)`: a complaint of the export; its alert."""

    def make(tracking_id="5049672", title="Jalan berlubang di Tenggarong", **told):
        source = make_source(f"SP4N {tracking_id}", kind="sp4n", url="")
        alert = make_alert(title, source, channel=Channel.COMPLAINT, external_id=tracking_id)
        facts = {"raw_state": "Belum", "state": MirrorState.UNANSWERED, "data_at": clock.now(), **told}
        db_session.add(Mirrored(alert_id=alert.id, tracking_id=tracking_id, reported_at=clock.now(), **facts))
        search.put("alert", alert.id, title)
        db_session.flush()
        return alert

    return make


@pytest.fixture
def ticket_of(db_session, people):
    """`ticket_of(alert)`: made by the operator and forwarded to the PU office."""
    return lambda alert: tickets.promote([alert], people[OPERATOR], {"opd": "DPU", "level": "biasa"})


def answered(ticket, people):
    admin, narahubung = people["admin@dpu.demo"], people["narahubung@dpu.demo"]
    tickets.move(ticket, "take_on", admin)
    tickets.move(ticket, "submit", admin, {"answer": "Lubang sudah ditambal 20 November."})
    tickets.move(ticket, "approve", narahubung, {"answer": "Lubang sudah ditambal 20 November."})


def test_every_place_says_how_old_the_data_is(login, mirrored, db_session):
    alert = mirrored(raw_state="Menunggu Langit", state=MirrorState.UNKNOWN, agency="Dinas PU Kukar")
    client, per = login(OPERATOR), f"per {clock.short(clock.now())[:10]}"
    for page in (client.get("/pantauan").text, client.get("/cari?q=berlubang").text):
        assert f"SP4N {per}" in page and "Belum dikenali: “Menunggu Langit”" in page
    reader = client.get(f"/pantauan/{alert.id}").text
    for said in ("5049672", "Menunggu Langit", "Dinas PU Kukar", "Data SP4N per", "kurang dari 1 jam"):
        assert said in reader
    assert "unduh ekspor baru" not in reader


def test_only_data_older_than_a_working_day_asks_for_a_new_export(login, mirrored):
    old = mirrored(data_at=clock.now() - timedelta(days=6))
    page = login(OPERATOR).get(f"/pantauan/{old.id}").text
    assert "Data ini berumur 6 hari; unduh ekspor baru" in page


def test_until_it_is_a_ticket_it_mails_nobody_and_then_it_is_an_aduan(login, mirrored, db_session):
    alert = mirrored()
    client = login(OPERATOR)
    page = client.get(f"/pantauan/{alert.id}")
    assert db_session.scalars(select(Letter)).all() == [] and db_session.scalars(select(Work)).all() == []
    chosen = parse(page.text).css_first(f"#tiket-{alert.id} select[name=ticket_class] option[selected]")
    assert chosen.attributes["value"] == "aduan"
    submit(client, parse(page.text), f"form[action$='/pantauan/{alert.id}/tiket']", opd="DPU")
    ticket = db_session.scalars(select(Ticket)).one()
    assert ticket.ticket_class == "aduan"
    assert db_session.scalars(select(Letter)).first()


def test_the_answer_is_copied_back_and_ticked_and_the_tick_taken_back(login, mirrored, ticket_of, people, db_session):
    alert = mirrored()
    ticket = ticket_of(alert)
    client = login(OPERATOR)
    assert "Belum ada jawaban yang disetujui" in client.get(f"/tiket/{ticket.id}").text
    assert "belum dientri di SP4N" not in client.get("/").text
    answered(ticket, people)
    assert "1 jawaban belum dientri di SP4N" in client.get("/").text
    page = client.get(f"/tiket/{ticket.id}")
    copied = parse(page.text).css_first("#salin-sp4n").text()
    assert copied.startswith("Lubang sudah ditambal") and copied.strip().endswith(people["admin@dpu.demo"].opd.name)
    form = f"form[action$='/pantauan/{alert.id}/dientri']"
    assert submit(client, parse(page.text), form).location.endswith(f"/tiket/{ticket.id}#sp4n")
    kept = db_session.get(Mirrored, alert.id, populate_existing=True)
    assert kept.entered_at and kept.entered_by
    assert "belum dientri di SP4N" not in client.get("/").text
    submit(client, parse(client.get(f"/pantauan/{alert.id}").text), form)
    assert db_session.get(Mirrored, alert.id, populate_existing=True).entered_at is None
    kinds = db_session.scalars(select(Event.kind).where(Event.kind.like("alert.mirror%")).order_by(Event.id)).all()
    assert kinds == ["alert.mirror_entered", "alert.mirror_reopened"]


def test_an_office_sees_the_complaint_and_not_the_way_back(login, mirrored, ticket_of, people):
    alert = mirrored()
    ticket = ticket_of(alert)
    answered(ticket, people)
    page = login("admin@dpu.demo").get(f"/tiket/{ticket.id}").text
    assert "5049672" in page and "Salin jawaban untuk SP4N" not in page
    assert login("admin@dpu.demo").post(f"/pantauan/{alert.id}/dientri").status_code in (400, 404)


def test_what_is_no_complaint_cannot_be_ticked(login, db_session, people):
    alert = make_alert("Berita biasa")
    client = login(OPERATOR)
    page = client.get(f"/pantauan/{alert.id}")
    assert "dientri" not in page.text
    token = parse(page.text).css_first("input[name=csrf_token]").attributes["value"]
    client.post(f"/pantauan/{alert.id}/dientri", data={"csrf_token": token, "nonce": "n" * 32, "entered": "1"})
    assert db_session.scalars(select(Event).where(Event.kind == "alert.mirror_entered")).all() == []
